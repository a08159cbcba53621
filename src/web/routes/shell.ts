import type { HtmlEscapedString } from "hono/utils/html";
import { caseFrame, page, type Shell, type Step } from "../pages/layout.ts";
import type { Markup } from "../pages/markup.ts";
import { speaker } from "../texts.ts";
import type { Ctx, Workbench } from "../workbench.ts";

export function shellOf(c: Ctx, bench: Workbench): Shell {
  return {
    say: c.get("say") ?? speaker("en"),
    account: c.get("account") ?? null,
    hosted: bench.mode === "hosted",
    path: c.req.path,
  };
}

type Options = { wide?: boolean; refresh?: number };

export function show(c: Ctx, bench: Workbench, title: string, body: Markup, options: Options = {}) {
  return c.html(page(shellOf(c, bench), title, body, options) as HtmlEscapedString);
}

/** A page of the case that is open. The title of the window names the page, not the case: it may stay in a history. */
export function showCase(
  c: Ctx,
  bench: Workbench,
  at: Step | null,
  title: string,
  body: Markup,
  options: Options = {},
) {
  const { log, state } = c.get("current");
  const shell = shellOf(c, bench);
  return show(c, bench, title, caseFrame(shell, log.id, state.title, at, body), options);
}
