import type { CaseFile } from "#case";
import type { Letter, Passage } from "#letter";
import { placesOf, saysAny } from "#packet";
import { fixedBecause } from "../letters-now.ts";
import type { Say } from "../texts.ts";
import { issueList } from "./issues.ts";
import { each, html, icon, type Markup, when } from "./markup.ts";

/** What the letter's argument is made of; who writes to whom, about what, is said elsewhere and stays. */
const said = new Set<Passage["role"]>(["text", "item", "row", "request"]);

/** The passages of the letter in the packet that say words to be blacked out, and that a person may change. */
export function saidInLetter(
  letters: readonly Letter[],
  words: readonly string[],
): { letter: Letter; passages: Passage[] } | null {
  const letter = letters.find(({ file }) => file === "appeal-letter") ?? letters[0];
  if (!letter || words.length === 0) return null;
  const passages = letter.passages.filter(
    (one) => said.has(one.role) && fixedBecause(letter, one) === null && saysAny(one.text, words),
  );
  return { letter, passages };
}

/** How a letter says that something is left out on purpose. */
const inItsPlace = "[blacked out]";

export function blackInLetter(text: string, words: readonly string[]): string {
  let left = text;
  for (const { start, end } of placesOf(text, words).toSorted((a, b) => b.start - a.start))
    if (end <= left.length) left = left.slice(0, start) + inItsPlace + left.slice(end);
  return left;
}

/** The words that are blackened in the packet, and what could not be. */
export function blackening(id: string, file: CaseFile, letters: readonly Letter[], say: Say): Markup {
  const words = file.answers.redact ?? [];
  const issues = file.issues.filter(
    ({ code }) => code.startsWith("blacken-") || code === "redaction-impossible",
  );
  return html`<details class="no-print"${words.length > 0 ? html` open` : ""}><summary>${icon("paper")} ${say("packet.blacken")}</summary>
${issueList(issues, say, say("issues.label"))}
${inLetter(id, saidInLetter(letters, words), say)}
<form method="post" action="/cases/${id}/blacken" class="stack"><p class="hint">${say("packet.blacken.hint")}</p>
<label for="blacken">${say("packet.blacken.words")}</label><textarea id="blacken" name="words" rows="4">${words.join("\n")}</textarea>
<button>${say("packet.blacken.go")}</button></form></details>`;
}

/** Where the letter itself says them: each place, and one button that leaves them out there too. */
function inLetter(id: string, found: ReturnType<typeof saidInLetter>, say: Say): Markup {
  return when(
    found && found.passages.length > 0,
    () => html`<form method="post" action="/cases/${id}/blacken/letter" class="stack"><p>${say("packet.blacken.letter", { n: found!.passages.length })}</p>
<ul>${each(found!.passages, (one) => html`<li><a href="/cases/${id}/letter?which=${found!.letter.file}#passage-${one.id}" lang="en">${one.text.slice(0, 80)}</a></li>`)}</ul>
<p class="hint">${say("packet.blacken.letter.hint")}</p><button class="small">${say("packet.blacken.letter.go")}</button></form>`,
  );
}
