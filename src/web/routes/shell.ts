import type { HtmlEscapedString } from "hono/utils/html";
import { caseFrame, page, type Shell, type Step } from "../pages/layout.ts";
import type { Markup } from "../pages/markup.ts";
import { speaker } from "../texts.ts";
import type { Ctx } from "../workbench.ts";

function shellOf(c: Ctx): Shell {
  return {
    say: c.get("say") ?? speaker("en"),
    account: c.get("account") ?? null,
    hosted: c.get("hosted") ?? false,
    path: c.req.path,
  };
}

type Options = { wide?: boolean; refresh?: number };

/** Answers a page in the frame of the workbench: `title` for the window, `body` with its own heading level 1. */
export function show(c: Ctx, title: string, body: Markup, options: Options = {}) {
  return c.html(page(shellOf(c), title, body, options) as HtmlEscapedString);
}

/** A page of the case that is open. The title of the window names the page, not the case: it may stay in a history. */
export function showCase(
  c: Ctx,
  at: Step | "overview" | null,
  title: string,
  body: Markup,
  options: Options = {},
) {
  const { log, state } = c.get("current");
  const shell = shellOf(c);
  return show(c, title, caseFrame(shell, log.id, state.title, at, body), options);
}
