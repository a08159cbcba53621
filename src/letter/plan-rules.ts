import type { SortedPaper } from "#intake";
import type { LetterInput } from "./input.ts";

/** Whose page it is: rules of a plan carry no patient. */
const ofPatient = /\b(DOB|D\.O\.B|date of birth|birth ?date|MRN|patient(?: name)?:|member(?: name| id)?:)/i;
/** How rules begin, in the first lines of a paper. */
const headed = /\b(polic(?:y|ies)|guidelines?|criteria|coverage determination|formulary)\b/i;
/** What rules say: "is approved when ALL are met". */
const ruling =
  /\b(?:is|are)\b[^.\n]{0,80}\b(?:covered|approved|(?:medically|clinically) necessary|limited|indicated|considered)\b|\bcoverage (?:is|criteria)\b/i;
const listed = /\b(?:all|any|each|one)\b[^.\n]{0,40}\b(?:met|following|documented|criteria|of these)\b/i;
/** Characters of the first page in which the title stands. */
const head = 240;

/**
 * True for a paper that was taken for a record and reads like the plan's rules: it names no patient, and it is headed as a
 * policy or with the number that the notice cites. No letter may quote it as what the record says.
 */
export function isPlanRules({ kind, document, pages }: SortedPaper, input: LetterInput): boolean {
  if (kind !== "record" && kind !== "noise" && kind !== "support-letter") return false;
  const source = input.documents.find((one) => one.document === document);
  if (!source || source.structured !== undefined) return false;
  const own = source.pages.filter(({ page }) => page >= pages.from && page <= pages.to);
  const text = own.map((page) => page.text).join("\n");
  const top = text.trimStart().slice(0, head);
  const named = [input.denial?.memberName, input.sorted.patient.name].flatMap(
    (read) => read?.value.split(/[\s,]+/).filter((word) => word.length > 3) ?? [],
  );
  if (ofPatient.test(text) || named.some((word) => text.includes(word))) return false;
  const isHeaded = headed.test(top) || numbersCited(input).some((number) => top.includes(number));
  return isHeaded && ruling.test(text) && listed.test(text);
}

/** Numbers of policies as the notice cites them: "RX-207", "CAR-12". */
const numbersCited = ({ denial }: LetterInput): string[] =>
  (denial?.criteriaCited ?? []).flatMap(
    ({ title, number }) =>
      [number?.value ?? "", title.value].join(" ").match(/\b[A-Z][A-Z0-9]*(?:[-.][A-Z0-9]+)*[-.]?\d+\b/g) ??
      [],
  );
