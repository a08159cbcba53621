import type { EventBody } from "#case";
import { changeKey, citesIn, lettersNow } from "../letters-now.ts";
import { blackInLetter, saidInLetter } from "../pages/blackening.ts";
import { change } from "../routes/review.ts";
import type { App, Workbench } from "../workbench.ts";

/** Words to black out in the exhibits, and in the letter where it says them too. */
export function blackenRoutes(app: App, bench: Workbench): void {
  app.post("/cases/:id/blacken", async (c) => {
    const { log } = c.get("current");
    const { words } = await c.req.parseBody();
    const lines = (typeof words === "string" ? words : "")
      .split(/\r?\n/)
      .map((line) => line.trim().slice(0, 120));
    const answer = lines.filter(Boolean).slice(0, 100).join("\n");
    await change(bench, c, [{ kind: "answer-given", question: "redact", answer }]);
    return c.redirect(`/cases/${log.id}/packet`, 303);
  });

  /** An edit like any other: it stands in the list of changes, is checked, and can be taken back. */
  app.post("/cases/:id/blacken/letter", async (c) => {
    const { log, state, file } = c.get("current");
    const words = file?.answers.redact ?? [];
    const found = file && saidInLetter(lettersNow(file, state), words);
    if (!found || found.passages.length === 0) return c.redirect(`/cases/${log.id}/packet`, 303);
    const edits = found.passages.map((passage): EventBody => {
      const { key, was, kin } = changeKey(file, state, found.letter.file, passage);
      const text = blackInLetter(passage.text, words);
      const cells = passage.cells ? { cells: passage.cells.map((cell) => blackInLetter(cell, words)) } : {};
      const cites = citesIn(text, file);
      return {
        kind: "passage-edited",
        letter: found.letter.file,
        passage: key,
        text,
        was,
        kin,
        cites,
        ...cells,
      };
    });
    await change(bench, c, edits);
    return c.redirect(`/cases/${log.id}/letter/changes`, 303);
  });
}
