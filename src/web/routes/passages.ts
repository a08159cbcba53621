import { randomBytes } from "node:crypto";
import type { EventBody } from "#case";
import { changesPage } from "../pages/letter-changes.ts";
import type { App, Ctx, Workbench } from "../workbench.ts";
import { showCase } from "./shell.ts";

/** Dropping, moving and adding passages, and the list of what was changed. */
export function passageRoutes(app: App, bench: Workbench): void {
  app.get("/cases/:id/letter/changes", (c) => {
    const { log, state, file } = c.get("current");
    const say = c.get("say");
    const body = changesPage(log.id, state.review.edits, file?.letters ?? [], say);
    return showCase(c, "letter", say("letter.changes.title"), body);
  });

  app.post("/cases/:id/letter/passage", async (c) => {
    const { log } = c.get("current");
    const { letter, passage, do: what, text } = await c.req.parseBody();
    if (typeof letter !== "string" || typeof passage !== "string") return c.notFound();
    const words = typeof text === "string" ? text.replaceAll("\r\n", "\n").trim().slice(0, 6000) : "";
    const body = change(c, letter, passage, String(what), words);
    if (!body) return c.notFound();
    await log.append([body]);
    bench.workshop.request(log);
    if (what === "restore") return c.redirect(`/cases/${log.id}/letter/changes`, 303);
    return c.redirect(`/cases/${log.id}/letter?which=${encodeURIComponent(letter)}`, 303);
  });
}

/** The change that was asked for, bound to the drafted words of its passage. */
function change(c: Ctx, letter: string, passage: string, what: string, text: string): EventBody | null {
  const { state, file } = c.get("current");
  const edits = state.review.edits.filter((edit) => edit.letter === letter);
  if (what === "restore")
    return edits.some((edit) => edit.passage === passage)
      ? { kind: "passage-restored", letter, passage }
      : null;
  const found = file?.letters.find((one) => one.file === letter)?.passages.find(({ id }) => id === passage);
  if (!found) return null;
  const was = edits.find((edit) => edit.op === undefined && edit.text === found.text)?.was ?? found.text;
  if (what === "drop") return { kind: "passage-dropped", letter, passage, was };
  if (what === "up" || what === "down")
    return { kind: "passage-moved", letter, passage, was, places: what === "up" ? -1 : 1 };
  if (what !== "add" || text === "") return null;
  return { kind: "passage-added", letter, passage: `own-${randomBytes(6).toString("hex")}`, was, text };
}
