import type { PassageEdit } from "#case";
import {
  asWritten,
  changeKey,
  citesIn,
  fixedBecause,
  lettersNow,
  problemsIn,
  problemsOf,
} from "../letters-now.ts";
import { letterPage } from "../pages/letter.ts";
import { checkedWords } from "../pages/letter-tools.ts";
import { html } from "../pages/markup.ts";
import type { App, Ctx, Workbench } from "../workbench.ts";
import { busy, change, waiting } from "./review.ts";
import { showCase } from "./shell.ts";

/** The most that one passage may hold, in characters. */
const MOST = 6000;

/** The letters to read, their words to change, and what the new words rest on. */
export function letterRoutes(app: App, bench: Workbench): void {
  app.get("/cases/:id/letter", async (c) => {
    const { log, state, file } = c.get("current");
    const say = c.get("say");
    const letters = lettersNow(file, state);
    const letter = letters.find((one) => one.file === c.req.query("which")) ?? letters[0];
    if (!file || !letter) return waiting(c, bench, "letter", say("letter.title"));
    const problems = await problemsIn(file, letter);
    const done = doneOf(c);
    const body = letterPage({ id: log.id, state, letters, letter, issues: file.issues, problems, done }, say);
    return showCase(c, "letter", say("letter.title"), html`${busy(c, bench)}${body}`, { wide: true });
  });

  app.post("/cases/:id/letter", async (c) => {
    const { log, state, file } = c.get("current");
    const given = await wordsOf(c);
    if (!given || !file) return c.notFound();
    const { letter, passage, text, cells } = given;
    if (text !== "" && text !== passage.text) {
      const { key, was, kin } = changeKey(file, state, letter.file, passage);
      const words = { text, was, kin, cites: citesIn(text, file), ...(cells ? { cells } : {}) };
      await change(bench, c, [{ kind: "passage-edited", letter: letter.file, passage: key, ...words }]);
    }
    return c.redirect(
      `/cases/${log.id}/letter?which=${encodeURIComponent(letter.file)}#passage-${passage.id}`,
      303,
    );
  });

  /** What the words would rest on, asked while a person types; nothing is kept. */
  app.post("/cases/:id/letter/check", async (c) => {
    const { file } = c.get("current");
    const say = c.get("say");
    const given = await wordsOf(c);
    if (!given || !file) return c.notFound();
    const { letter, passage, text, cells, adds } = given;
    if (text === "" || (!adds && text === passage.text)) return c.html(html``);
    const edit: PassageEdit = {
      letter: letter.file,
      passage: adds ? "own-tried" : passage.id,
      text,
      by: "me",
      cites: citesIn(text, file),
      ...(cells ? { cells } : {}),
      ...(adds ? { op: "add", behind: null } : {}),
    };
    const made = asWritten(file, letter.file, edit.passage, edit);
    // A passage that the person added has no draft below it: its words stand alone.
    const alone = { ...passage, text, by: "me" };
    const problems = await problemsOf(file, letter.file, made?.passage ?? alone, made?.drafted ?? null);
    return c.html(checkedWords(problems, say));
  });
}

/** The passage that a form is about, and the words it gives. */
async function wordsOf(c: Ctx) {
  const { state, file } = c.get("current");
  const body = await c.req.parseBody();
  const letter = lettersNow(file, state).find((one) => one.file === body.letter);
  const passage = letter?.passages.find((one) => one.id === body.passage);
  if (!letter || !passage) return null;
  const adds = body.do === "add";
  if (!adds && fixedBecause(letter, passage)) return null;
  const said = (value: unknown) =>
    typeof value === "string" ? value.replaceAll("\r\n", "\n").trim().slice(0, MOST) : "";
  if (adds || !passage.cells) {
    if (typeof body.text !== "string") return null;
    return { letter, passage, text: said(body.text), cells: null, adds };
  }
  const cells = passage.cells.map((cell, index) => {
    const given = body[`cell-${index}`];
    return given === undefined ? cell : said(given);
  });
  const text = cells.some((cell) => cell !== "") ? cells.filter(Boolean).join(" · ") : "";
  return { letter, passage, text, cells, adds };
}

/** What was just done, said at the top of the letter with the way to take it back. */
function doneOf(c: Ctx) {
  const [done, passage] = [c.req.query("done"), c.req.query("passage") ?? ""];
  if (done !== "move" && done !== "drop" && done !== "add") return null;
  const focus = c.req.query("focus");
  return {
    op: done,
    passage,
    focus: focus === "up" || focus === "down" || focus === "to" ? focus : null,
  } as const;
}
