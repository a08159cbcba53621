/** One passage by itself, as a person wrote or changed it: what it rests on, and what it no longer rests on. */
import { overlaps } from "#base";
import {
  contextOf,
  issueOf,
  lawDays,
  lawSteps,
  type PassageIssue,
  type Problem,
  problemsOf,
} from "./grounding.ts";
import type { LetterInput } from "./input.ts";
import { carried } from "./restated.ts";
import { squash } from "./sentences.ts";
import type { Passage } from "./types.ts";

/** A case as far as passages rest on it; a `CaseFile` and a `LetterInput` fit. */
export type GroundingCase = Pick<LetterInput, "documents" | "policy" | "rights" | "facts" | "asOf">;

/** What else is known of a passage that a person wrote. */
export type WrittenPassage = {
  /** The passage as it was drafted, where there was one. */
  drafted?: Passage | null;
  /** Names of drugs beside those of the record. */
  drugs?: Iterable<string>;
  /** The exhibits of the packet: a page that is cited must be one of theirs. */
  exhibits?: readonly { label: string; pages: readonly number[] }[];
};

/**
 * Checks one passage by itself, as it stands after an edit: every problem of it, at once. Pure, and quick enough for each
 * pause in typing (about a millisecond): only the pages that the passage rests on are read. For a passage that a person
 * wrote or changed (`by` is set, its support is that person) what is found is theirs to vouch for: a warning; that it
 * rests on nobody's page is said too. For a drafted passage it is an error. Empty when all its quotations, dates,
 * numbers and drugs stand in what it rests on.
 */
export function checkPassage(
  passage: Passage,
  file: GroundingCase,
  written: WrittenPassage = {},
): PassageIssue[] {
  const named = new Set(passage.rests.flatMap((rest) => ("evidence" in rest ? rest.evidence.document : [])));
  const near = file.facts.filter((fact) =>
    passage.rests.some(
      (rest) => "evidence" in rest && fact.from.some((span) => overlaps(span, rest.evidence)),
    ),
  );
  const known = new Set(near.map((fact) => fact.concept));
  // What the draft named was checked there; only what is new is asked about.
  const told = written.drafted?.text.toLowerCase() ?? "";
  const context = contextOf(
    file.documents.filter((source) => named.has(source.document)),
    {
      policy: file.policy,
      lawDays: lawDays(file.rights),
      lawSteps: lawSteps(file.rights),
      asOf: file.asOf,
      drugs: [
        ...(written.drugs ?? []),
        ...file.facts.flatMap((fact) => (fact.type === "medication" ? fact.concept : [])),
      ].filter((drug) => !known.has(drug) && !told.includes(drug.toLowerCase())),
    },
  );
  const problems = problemsOf(passage, context);
  if (passage.by === undefined) return problems.map((problem) => issueOf(problem, passage));
  const all = [
    ...problems,
    exhibitProblem(passage, written),
    ...lostSupport(passage, written.drafted ?? null),
  ];
  const found = all
    .filter((problem) => problem !== null)
    .map((problem): PassageIssue => ({ ...issueOf(problem, passage), severity: "warning" }));
  return [...found, ...onOwnWord(passage, written.drafted ?? null)];
}

/** A page that is cited and is in no exhibit of the packet. */
function exhibitProblem(passage: Passage, { exhibits }: WrittenPassage): Problem | null {
  if (!exhibits) return null;
  for (const [words, label, page] of passage.text.matchAll(
    /\bExhibit ([A-Z]{1,2})\b(?:, p(?:\.|age) (\d+))?/g,
  )) {
    const pages = exhibits.filter((one) => one.label === label).flatMap((one) => one.pages);
    if (pages.length === 0 || (page !== undefined && !pages.includes(Number(page))))
      return { code: "exhibit-unknown", text: `cites ${words}, which is not in the packet.` };
  }
  return null;
}

/** Pages that the drafted words rested on and the new words no longer carry. */
function lostSupport(passage: Passage, drafted: Passage | null): Problem[] {
  if (!drafted) return [];
  const spans = carried(passage.text, drafted).lost.flatMap((rest) =>
    "evidence" in rest ? [rest.evidence] : [],
  );
  const pages = [...new Set(spans.map((span) => `${span.document}, page ${span.page}`))];
  if (pages.length === 0) return [];
  const text = `no longer says what ${pages.slice(0, 3).join("; ")} holds: it does not count as its support any more.`;
  return [{ code: "support-lost", text, at: spans[0]! }];
}

/** Words of a person that no page, law or rule holds: not wrong, but to be known. */
function onOwnWord(passage: Passage, drafted: Passage | null): PassageIssue[] {
  const real = passage.rests.some((rest) => !("form" in rest || "person" in rest));
  // Courtesy and headings state nothing, whoever words them.
  const formal = drafted?.rests.every((rest) => "form" in rest) ?? false;
  if (real || formal || squash(passage.text) === "") return [];
  const text = `Passage ${passage.id} rests on your word alone: no page, law or rule of the policy holds it.`;
  return [{ severity: "information", code: "rests-on-word", text, passage: passage.id }];
}
