import { randomBytes } from "node:crypto";
import { type EventBody, withPending } from "#case";
import type { Passage } from "#letter";
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
    const before = neighbourOf(c, letter, passage);
    await log.append([body]);
    bench.workshop.request(log);
    if (what === "restore") return c.redirect(`/cases/${log.id}/letter/changes`, 303);
    // Back to where the person was: to the words they added, or to what stands above those they left out.
    const at = body.kind === "passage-added" ? body.passage : what === "drop" ? before : passage;
    const place = at ? `#passage-${at}` : "";
    return c.redirect(`/cases/${log.id}/letter?which=${encodeURIComponent(letter)}${place}`, 303);
  });
}

function passagesOf(c: Ctx, letter: string): readonly Passage[] {
  const { state, file } = c.get("current");
  const letters = withPending(file?.letters ?? [], state.review.edits);
  return letters.find((one) => one.file === letter)?.passages ?? [];
}

function neighbourOf(c: Ctx, letter: string, passage: string): string | null {
  const passages = passagesOf(c, letter);
  return passages[passages.findIndex(({ id }) => id === passage) - 1]?.id ?? null;
}

/** The change that was asked for, bound to the drafted words of its passage. */
function change(
  c: Ctx,
  letter: string,
  passage: string,
  what: string,
  text: string,
): Extract<EventBody, { letter: string }> | null {
  const { state } = c.get("current");
  const edits = state.review.edits.filter((edit) => edit.letter === letter);
  if (what === "restore")
    return edits.some((edit) => edit.passage === passage)
      ? { kind: "passage-restored", letter, passage }
      : null;
  const found = passagesOf(c, letter).find(({ id }) => id === passage);
  if (!found) return null;
  const was = edits.find((edit) => edit.op === undefined && edit.text === found.text)?.was ?? found.text;
  if (what === "drop") return { kind: "passage-dropped", letter, passage, was };
  if (what === "up" || what === "down")
    return { kind: "passage-moved", letter, passage, was, places: what === "up" ? -1 : 1 };
  if (what !== "add" || text === "") return null;
  return { kind: "passage-added", letter, passage: `own-${randomBytes(6).toString("hex")}`, was, text };
}
