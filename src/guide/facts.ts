/** What our rows on a treatment say of labels, guidelines and Medicare. Shown with the row as source, never as a plan's rule. */
import type { Treatment } from "#knowledge";
import type { Library } from "./compose.ts";
import type { PolicyOnPage } from "./criteria-table.ts";
import { plainDates, plainWords } from "./short-words.ts";
import type { Citer } from "./sources.ts";
import type { Section, Text } from "./types.ts";

/** A row of fewer words is a pointer without a statement, such as the number of a rule alone. */
const fewestWords = 4;

/** Words that mark a row of ours as not yet settled: such a row is a question, not a fact. */
const unsettled = /verify|to be checked|unverified|unsure|\bTBC\b/i;

/** A table of what texts say of this care; `null` where we know nothing that is settled. English only: the rows are. */
export function factsSection(
  treatment: Treatment,
  policies: readonly PolicyOnPage[],
  library: Library,
  cite: Citer,
): Section | null {
  if (library.language !== "en" || treatment.confidence === "D") return null;
  const { say } = library;
  const settled = (text: string) => !unsettled.test(text);
  // A label whose lines stand in the table above is not told a second time.
  const labelShown = policies.some(({ of }) => of === "label");
  const said: [string, string][] = [
    ...(labelShown ? [] : (treatment.indications ?? [])).map(({ text, approved }): [string, string] => [
      say.label,
      approved ? `${text} (approved ${approved})` : text,
    ]),
    ...(treatment.guidelines ?? []).map(({ body, name, year, outline }): [string, string] => [
      say.guideline,
      `${[body, name, year].filter(Boolean).join(", ")}${outline ? `: ${outline}` : ""}`,
    ]),
    ...(treatment.medicare ?? []).map((text): [string, string] => [say.medicare, text]),
    ...(treatment.notes ?? []).map((text): [string, string] => [say.note, text]),
  ];
  const rows = said
    .filter(([, text]) => settled(text) && text.split(/\s+/).length >= fewestWords)
    .slice(0, 14)
    .map(([where, text]): Text[] => [
      [where],
      [plainDates(plainWords(text)), cite.treatment(treatment, "label, guidelines, Medicare")],
    ]);
  if (rows.length === 0) return null;
  return {
    id: "facts",
    heading: say.factsHeading,
    blocks: [
      { kind: "paragraph", text: [say.factsLead] },
      {
        kind: "details",
        summary: say.factsShow,
        blocks: [{ kind: "table", caption: say.factsHeading, head: say.factsHead, rows }],
      },
    ],
  };
}
