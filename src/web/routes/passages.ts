import { randomBytes } from "node:crypto";
import { type Anchor, type EventBody, endOfSection, isOwn, oneStep } from "#case";
import type { Letter, Passage } from "#letter";
import { changeKey, citesIn, draftedLetters, fixedBecause, lettersNow } from "../letters-now.ts";
import { changesPage } from "../pages/letter-changes.ts";
import type { App, Ctx, Workbench } from "../workbench.ts";
import { change } from "./review.ts";
import { showCase } from "./shell.ts";

type Change = EventBody & {
  kind: "passage-dropped" | "passage-moved" | "passage-added" | "passage-restored";
};

/** Dropping, moving and adding passages, and the list of what was changed. */
export function passageRoutes(app: App, bench: Workbench): void {
  app.get("/cases/:id/letter/changes", (c) => {
    const { log, state, file } = c.get("current");
    const say = c.get("say");
    const view = {
      id: log.id,
      edits: state.review.edits,
      letters: lettersNow(file, state),
      drafted: file ? draftedLetters(file) : [],
    };
    return showCase(c, "letter", say("letter.changes.title"), changesPage(view, say));
  });

  app.post("/cases/:id/letter/passage", async (c) => {
    const { log } = c.get("current");
    const body = await c.req.parseBody();
    const { letter: stem, passage, do: what } = body;
    if (typeof stem !== "string" || typeof passage !== "string") return c.notFound();
    const letter = lettersNow(c.get("current").file, c.get("current").state).find(
      ({ file }) => file === stem,
    );
    const event =
      what === "restore" ? restored(c, stem, passage, body.op) : changed(c, letter, passage, body);
    if (event === null) return c.notFound();
    if (event) await change(bench, c, [event]);
    if (what === "restore" && body.from !== "letter")
      return c.redirect(`/cases/${log.id}/letter/changes`, 303);
    return c.redirect(placeAfter(log.id, letter, stem, passage, event, String(what)), 303);
  });
}

/** Back to where the person was: to the words they added, to what they moved, to what stands above those they left out. */
function placeAfter(
  id: string,
  letter: Letter | undefined,
  stem: string,
  passage: string,
  event: Change | undefined,
  what: string,
): string {
  const at = `/cases/${id}/letter?which=${encodeURIComponent(stem)}`;
  if (event?.kind === "passage-added")
    return `${at}&done=add&passage=${event.passage}#passage-${event.passage}`;
  if (event?.kind === "passage-dropped") {
    const passages = letter?.passages ?? [];
    const above = passages[passages.findIndex((one) => one.id === passage) - 1];
    // What one added oneself is gone for good: there is nothing to take back.
    const done = isOwn(passage) ? "" : `&done=drop&passage=${encodeURIComponent(event.passage)}`;
    return `${at}${done}${above ? `#passage-${above.id}` : ""}`;
  }
  // No place in the address: the button that was pressed takes the focus again, so that a passage moves on key by key.
  if (what === "up" || what === "down" || what === "to")
    return `${at}&done=move&passage=${passage}&focus=${what}`;
  return `${at}#passage-${passage}`;
}

function restored(c: Ctx, letter: string, passage: string, op: unknown): Change | null {
  const kinds = ["edit", "drop", "move", "add"] as const;
  const wanted = kinds.find((kind) => kind === op);
  const known = c
    .get("current")
    .state.review.edits.some(
      (edit) =>
        edit.letter === letter && edit.passage === passage && (!wanted || (edit.op ?? "edit") === wanted),
    );
  return known ? { kind: "passage-restored", letter, passage, ...(wanted ? { op: wanted } : {}) } : null;
}

/** The change that was asked for, bound to drafted words; `undefined` where it changes nothing, `null` where it cannot be. */
function changed(
  c: Ctx,
  letter: Letter | undefined,
  passage: string,
  body: Record<string, unknown>,
): Change | null | undefined {
  const { state, file } = c.get("current");
  const found = letter?.passages.find(({ id }) => id === passage);
  if (!letter || !found || !file) return null;
  const stem = letter.file;
  const anchorOf = (one: Passage | null): Anchor => {
    if (!one) return null;
    const { was: words, kin } = changeKey(file, state, stem, one);
    return { passage: one.id, words, ...kin };
  };
  const { key, was, kin } = changeKey(file, state, stem, found);
  if (body.do === "add") {
    const text =
      typeof body.text === "string" ? body.text.replaceAll("\r\n", "\n").trim().slice(0, 6000) : "";
    if (text === "") return null;
    const own = `own-${randomBytes(6).toString("hex")}`;
    const cites = citesIn(text, file);
    return { kind: "passage-added", letter: stem, passage: own, was, text, behind: anchorOf(found), cites };
  }
  if (fixedBecause(letter, found)) return null;
  if (body.do === "drop") return { kind: "passage-dropped", letter: stem, passage: key, was };
  const behind = target(letter, found, body);
  if (behind === null) return null;
  if (behind === undefined || behind.anchor?.id === passage) return undefined;
  const drafted = draftedLetters(file).find((one) => one.file === stem)?.passages ?? [];
  const at = drafted.findIndex(({ id }) => id === passage);
  const from = at < 0 ? {} : { from: anchorOf(drafted[at - 1] ?? null) };
  return {
    kind: "passage-moved",
    letter: stem,
    passage: key,
    was,
    places: body.do === "up" ? -1 : 1,
    behind: anchorOf(behind.anchor),
    kin,
    ...from,
  };
}

/** What the passage comes to stand behind; `undefined` at the end of its way, `null` for a way there is not. */
function target(
  letter: Letter,
  { id }: Passage,
  body: Record<string, unknown>,
): { anchor: Passage | null } | null | undefined {
  if (body.do === "up" || body.do === "down") {
    const anchor = oneStep(letter.passages, id, body.do);
    return anchor === undefined ? undefined : { anchor };
  }
  if (body.do !== "to" || typeof body.section !== "string") return null;
  const anchor = endOfSection(letter.passages, body.section);
  return anchor ? { anchor } : null;
}
