import type { Span } from "#base";
import type { ClinicalProcedure } from "#knowledge";
import { billedAs, codesOf, diagnosisOf, draft, drugsOf, fallback } from "./code-matching.ts";
import { observation } from "./coded-observations.ts";
import { type Draft, factTypeOf } from "./drafts.ts";
import type { Entry } from "./entries.ts";
import type { Lexicon } from "./lexicon.ts";

/** The facts of a structured entry: its codes join the same concepts as the words of notes. */
export function factsOfEntry(entry: Entry, spans: Span[], lexicon: Lexicon): Draft[] {
  if (saysNothing(entry)) return [];
  switch (entry.kind) {
    case "medication":
      return drugsOf(entry, lexicon).map((drug) =>
        draft(entry, spans, {
          type: "medication",
          concept: drug?.generic ?? fallback(entry),
          codes: codesOf(entry),
        }),
      );
    case "allergy":
      return [allergy(entry, spans, lexicon)];
    case "observation":
      return observation(entry, spans, lexicon);
    case "encounter":
    case "document":
      return [
        draft(entry, spans, {
          type: entry.kind,
          concept: entry.kind === "encounter" ? "visit_date" : "document",
          codes: codesOf(entry),
        }),
      ];
    default:
      return billedDrug(entry, spans, lexicon) ?? [named(entry, spans, lexicon)];
  }
}

/** An order or a claim line whose HCPCS code is a drug's: "J1745". */
function billedDrug(entry: Entry, spans: Span[], lexicon: Lexicon): Draft[] | null {
  const billed = entry.kind === "procedure" ? billedAs(entry, lexicon) : undefined;
  const drug = billed === undefined ? undefined : lexicon.drugs.get(billed);
  if (!drug) return null;
  const given = draft(entry, spans, { type: "medication", concept: drug.generic, codes: codesOf(entry) });
  const status =
    entry.assertion === "planned" ? "planned" : entry.assertion === "present" ? "active" : "stopped";
  return [{ ...given, course: { status, ...entry.course } }];
}

/** "No information about procedures", "Drug or medication": an entry that stands where nothing is known. */
const saysNothing = ({ text, codings, kind, assertion }: Entry): boolean =>
  /^\s*(?:no (?:known )?(?:information|data|\w+ (?:information|indicated|recorded|available)|encounters?|procedures?|medications?|immunizations?|results?|problems?)\b|unknown\b|not available\b|n\/a\b)|\b(?:not available|no information)\b/i.test(
    text,
  )
    ? kind !== "allergy" || !/\bno known\b/i.test(text)
    : kind !== "observation" &&
      (assertion === "absent" || codings.length === 1) &&
      codings.some(({ system, code }) => system === "snomed" && placeholders.has(code));
/** SNOMED CT: drug or medication, procedure, implant, clinical finding, disease, substance. */
const placeholders = new Set(["410942007", "71388002", "40388003", "404684003", "64572001", "105590001"]);

function named(entry: Entry, spans: Span[], lexicon: Lexicon): Draft {
  const { diagnosis, mention } = diagnosisOf(entry, lexicon);
  const concept = diagnosis?.concept ?? mention?.meanings.find((meaning) => meaning.concept)?.concept?.id;
  const procedure = mention?.meanings.find(
    (meaning): meaning is typeof meaning & { procedure: ClinicalProcedure } =>
      meaning.procedure !== undefined,
  )?.procedure;
  const codes = codesOf(entry);
  if (diagnosis && entry.kind !== "procedure" && !codes.some(({ system }) => system === "icd-10-cm"))
    codes.push({ system: "icd-10-cm", code: diagnosis.code });
  const id =
    entry.kind === "procedure"
      ? (billedAs(entry, lexicon) ?? conceptOfProcedure(concept, lexicon) ?? procedure?.id ?? fallback(entry))
      : (concept ?? (diagnosis ? `icd-10-cm:${diagnosis.code}` : fallback(entry)));
  return draft(entry, spans, { type: entry.kind, concept: id, codes });
}

/** A procedure's words can name a concept that is a procedure ("defibrillator"), never a diagnosis. */
function conceptOfProcedure(id: string | undefined, lexicon: Lexicon): string | undefined {
  const row = id === undefined ? undefined : lexicon.concepts.get(id);
  return row && factTypeOf(row.kind) === "procedure" ? id : undefined;
}

function allergy(entry: Entry, spans: Span[], lexicon: Lexicon): Draft {
  const none =
    entry.assertion === "absent" ||
    /\bno known\b|\bNKDA\b|\bNKA\b/i.test(entry.text) ||
    entry.codings.some(({ code }) =>
      ["716186003", "409137002", "428607008", "429625007", "160244002"].includes(code),
    );
  const drugs = none ? [] : drugsOf(entry, lexicon).filter((drug) => drug !== null);
  return {
    ...draft(entry, spans, { type: "allergy", concept: "allergy", codes: codesOf(entry) }),
    assertion: none ? "absent" : entry.assertion,
    substance: none
      ? "no known allergies"
      : drugs.length > 0
        ? drugs.map(({ generic }) => generic).join("/")
        : entry.text.toLowerCase(),
    when: entry.when,
  };
}
