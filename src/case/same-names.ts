import type { Clinical } from "#knowledge";
import type { SourceDocument } from "#source";

/** A shorter name is too easily another word. */
const shortest = 4;

/**
 * Names of one and the same thing, for the things that the notice names: "heart attack", "myocardial infarction". Only what
 * our knowledge holds as one diagnosis or one measure; what is merely alike is not among them.
 */
export function sameNames(notice: readonly SourceDocument[], { diagnoses, concepts }: Clinical): string[][] {
  const text = notice
    .flatMap(({ pages }) => pages.map((page) => page.text))
    .join("\n")
    .replace(/\s+/g, " ")
    .toLowerCase();
  const measures = concepts.filter(({ units }) => units.length > 0);
  return [...diagnoses, ...measures]
    .map(({ names }) => names.map((name) => name.toLowerCase()).filter((name) => name.length >= shortest))
    .filter((names) => names.length > 1 && names.some((name) => stands(text, name)));
}

/** As a word of its own. */
function stands(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1))
    if (!/[a-z0-9]/.test(text[at - 1] ?? " ") && !/[a-z0-9]/.test(text[at + name.length] ?? " ")) return true;
  return false;
}
