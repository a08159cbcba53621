import type { NoticeOutcome, PlanKind, Reading, Span, Stage, Timing } from "#base";
import type { DenialPhrases, PhraseRow } from "#knowledge";
import { allSaid, phrasesOf, saidIn } from "./phrases.ts";
import type { Sentence, Zone } from "./sentences.ts";
import { readingAt, type Sheet } from "./sheet.ts";

const deciding: Zone[] = ["head", "body", "reason"];

type Said = { row: PhraseRow; sentence: Sentence; start: number; end: number };

/** The highest row that is said; among equals the one said first. */
function best(said: Iterable<Said>): Said | null {
  let top: Said | null = null;
  for (const one of said) if (!top || one.row.rank > top.row.rank) top = one;
  return top;
}

function bestReading<T>(sheet: Sheet, said: Iterable<Said>): Reading<T> | null {
  const top = best(said);
  return top ? readingAt(sheet, top.row.id as T, top.start, top.end) : null;
}

/** What was decided. A denied line in a table makes an approval partial. */
export function readOutcome(
  sheet: Sheet,
  sentences: Sentence[],
  phrases: DenialPhrases,
): Reading<NoticeOutcome> | null {
  const rows = phrasesOf(phrases.outcomes.filter(({ id }) => id !== "pending" && !id.startsWith("implied-")));
  const earlier = phrasesOf(phrases.zones.filter(({ id }) => id === "earlier-decision"));
  // "If we decide later that something is not covered" decides nothing.
  const now = sentences.filter(
    (sentence) =>
      !/^\s*(?:if|should|when) (?:we|a|an|any|something|the plan|it)\b/i.test(sentence.text) &&
      !earlier.some((phrase) => saidIn(phrase, sentence)),
  );
  const chosen =
    best(allSaid(rows, now, deciding)) ??
    best(allSaid(rows, sentences, deciding)) ??
    best(allSaid(rows, sentences, ["rights"]));
  if (!chosen) return null;
  const id = chosen.row.id as NoticeOutcome;
  const part = id === "denied" ? approvedLine(sheet, now) : null;
  const told = readingAt(sheet, part ? ("partly-denied" as const) : id, chosen.start, chosen.end);
  return part ? { ...told, from: [...told.from, ...part] } : told;
}

/** A line that ends with its own approval beside lines that are refused: "1) BRCA1/2 sequencing (81162) - APPROVED". */
function approvedLine(sheet: Sheet, sentences: readonly Sentence[]): Span[] | null {
  for (const { zone, text, start, end } of sentences) {
    if (!deciding.includes(zone) || text.length > 160) continue;
    if (
      (/(?:\s-{1,2}|[:\t]|\s{2,})\s*(?:approved|authorized|certified)[.\s]*(?:$|:|\s\d)/i.test(text) &&
        !/\b(?:not|fda|date|amount)\b/i.test(text)) ||
      /^\s*paid in full\.?\s*$/i.test(text) ||
      (/^\s*we(?:'ve| have| are|'re)? (?:approved|authorized|approving|authorizing|will cover) (?:the|your|a|\d+|one|two|three|four|five|six)\b/i.test(
        text,
      ) &&
        !/\b(?:before|previous\w*|last|earlier|until|in (?:January|February|March|April|May|June|July|August|September|October|November|December)|but)\b|\d{4}/i.test(
          text,
        )) ||
      /\b(?:decision|answer|outcome|status|determination|result)\s*:\s*(?:yes|approved|authorized|certified|covered)\b/i.test(
        text,
      ) ||
      (/^\s*approved:\s*(?!\d{1,2}\/)\S/i.test(text) &&
        sentences.some((one) => /^\s*(?:not approved|denied|disapproved):\s*\S/i.test(one.text))) ||
      /\$\s?\d[^$]{0,24}(?:\s-{1,2}|[:\t]|\s{2,}|\.\d\d )\s*paid[.\s]*$/i.test(text)
    )
      return sheet.span(start, end);
  }
  return null;
}

/** Where the notice says that nothing is decided yet: papers are asked for, or more time is taken. */
export function readPending(
  sheet: Sheet,
  sentences: Sentence[],
  phrases: DenialPhrases,
): Reading<true> | null {
  const rows = phrasesOf(phrases.outcomes.filter(({ id }) => id === "pending"));
  const said = best(allSaid(rows, sentences, deciding));
  return said ? readingAt(sheet, true, said.start, said.end) : null;
}

/**
 * A refusal that is not spoken but shown: what is missing, or what the plan does not pay for. `alone`: it needs no reason
 * beside it, because the cost or the care plainly stays with the reader.
 */
export function readImpliedRefusal(
  sheet: Sheet,
  sentences: Sentence[],
  phrases: DenialPhrases,
): { refusal: Reading<NoticeOutcome>; alone: boolean } | null {
  const rows = phrasesOf(phrases.outcomes.filter(({ id }) => id === "implied-refusal"));
  const consent = phrasesOf(phrases.outcomes.filter(({ id }) => id === "implied-approval"));
  if (best(allSaid(consent, sentences, ["body", "reason"]))) return null;
  const said = best(allSaid(rows, sentences, ["body", "reason"]));
  if (!said) return null;
  return {
    refusal: readingAt(sheet, "denied", said.sentence.start, said.sentence.end),
    alone: said.row.rank > 1,
  };
}

/**
 * An approval of less than was asked for: the notice approves and still gives a reason against. A decision that was
 * overturned tells the old reason, and stays an approval.
 */
export function withReason(
  outcome: Reading<NoticeOutcome> | null,
  grounds: readonly { from: Span[] }[],
): Reading<NoticeOutcome> | null {
  if (outcome?.value !== "approved" || grounds.length === 0) return outcome;
  if (/overturn|revers|set aside/i.test(outcome.from[0]?.quote ?? "")) return outcome;
  return { ...outcome, value: "partly-denied", from: [...outcome.from, ...grounds[0]!.from.slice(0, 1)] };
}

export function readStage(
  sheet: Sheet,
  sentences: Sentence[],
  phrases: DenialPhrases,
): Reading<Stage> | null {
  return bestReading(sheet, allSaid(phrasesOf(phrases.stages), sentences, deciding));
}

export function readTiming(
  sheet: Sheet,
  sentences: Sentence[],
  phrases: DenialPhrases,
): Reading<Timing> | null {
  const rows = phrasesOf(phrases.timings);
  const said = [...allSaid(rows, sentences, deciding)];
  const elsewhere = [...allSaid(rows, sentences, ["rights"])].filter(({ row }) => row.id !== "concurrent");
  const top = best(said) ?? best(elsewhere);
  return top ? readingAt(sheet, top.row.id as Timing, top.start, top.end) : null;
}

export function readUrgency(
  sheet: Sheet,
  sentences: Sentence[],
  phrases: DenialPhrases,
): Reading<boolean> | null {
  const top = best(allSaid(phrasesOf(phrases.urgency), sentences, [...deciding, "rights"]));
  return top ? readingAt(sheet, top.row.id === "urgent", top.start, top.end) : null;
}

/** Kinds of plan that exclude one another: the first of a list rules out the rest. */
const rulesOut: Record<string, string[]> = {
  church: ["erisa-self-funded", "erisa-insured", "erisa-unknown", "individual"],
  pshb: ["fehb", "erisa-self-funded", "erisa-insured", "erisa-unknown"],
  fehb: [
    "medicare-original",
    "erisa-self-funded",
    "erisa-insured",
    "erisa-unknown",
    "governmental-insured",
    "governmental-self-funded",
  ],
  tricare: ["va", "medicare-original", "individual", "erisa-self-funded", "erisa-insured"],
  va: ["tricare", "medicare-original"],
  "medicare-part-d": ["medicare-advantage", "medicare-original", "individual"],
  "medicare-advantage": ["medicare-original", "individual", "erisa-self-funded", "erisa-insured"],
  chip: ["medicaid-managed-care", "medicaid-fee-for-service"],
  "medicaid-fee-for-service": ["medicaid-managed-care"],
  "medicaid-managed-care": ["individual", "erisa-insured"],
  "governmental-self-funded": ["erisa-self-funded", "erisa-insured", "governmental-insured", "erisa-unknown"],
  "governmental-insured": ["erisa-self-funded", "erisa-insured", "erisa-unknown"],
  "erisa-self-funded": ["erisa-unknown", "erisa-insured"],
  "erisa-insured": ["erisa-unknown", "individual"],
  "short-term": ["individual", "erisa-self-funded", "erisa-insured", "erisa-unknown"],
  individual: ["erisa-unknown"],
};

/** How the employer's plan is paid for, in brackets behind its name: "Penrose Boat Works (fully insured)". */
function fundingInBrackets(
  sentences: readonly Sentence[],
): { kind: "erisa-insured" | "erisa-self-funded"; start: number; end: number }[] {
  return sentences.flatMap(({ zone, text, start }) => {
    const said = /[\w.] \((?<own>fully|self)[- ](?:insured|funded)(?: plan)?(?:,[^)]{0,40})?\)/i.exec(text);
    if (
      !said ||
      zone !== "head" ||
      /\b(?:city|county|state|school|district|public|municipal|university) /i.test(text)
    )
      return [];
    const kind = said.groups!["own"]!.toLowerCase() === "self" ? "erisa-self-funded" : "erisa-insured";
    return [{ kind, start: start + said.index + 2, end: start + said.index + said[0].length }] as const;
  });
}

/** Employers that are part of a government: their plans are not under ERISA (29 USC 1003(b)(1)). */
const publicEmployer =
  /\b(?:school district|school employees|public (?:school|employees?|servants|body)|county of [A-Z]\w*|city of [A-Z]\w*|[A-Z][a-z]+ county (?:government|employees)|cities and counties|state (?:employees|university)|municipal(?:ity)?|township|teachers'? (?:retirement|health)|transit authority|water district|the (?:district|county|city|state) itself)\b/i;
const madePublic = {
  "erisa-self-funded": "governmental-self-funded",
  "erisa-insured": "governmental-insured",
};

/** What a public employer pays for itself, or insures, is a governmental plan. */
function asPublic(found: Map<string, Pick<Said, "start" | "end">[]>, sentences: readonly Sentence[]): void {
  const employer = sentences.find(
    ({ zone, text }) => (zone === "head" || zone === "body") && publicEmployer.test(text),
  );
  if (!employer) return;
  for (const [private_, public_] of Object.entries(madePublic)) {
    const said = found.get(private_);
    if (!said) continue;
    found.delete(private_);
    if (!found.has(public_)) found.set(public_, said);
  }
}

/** A State's own agency, as the head of its notices names it. */
const stateAgency =
  /\b(?:department|division|bureau|office|agency|administration) (?:of|for) (?:[a-z]+,? ){0,4}?(?:health|human|social|medicaid|medical|aging|child)\b|\bhealth (?:care )?(?:authority|policy)\b|\bhealth and human services\b|\bmedicaid (?:agency|administration|division)\b|\b(?:commonwealth|state) of [A-Z]/i;
/** Any sign that a plan stands between the agency and the member; a plan of care is none. */
const anyPlan =
  /\b(?:health plan|managed care|mco|pihp|pahp|ccos?|community plan|complete care|coordinated care|insurance company)\b|\b(?:we,|our|your|the|this|each) (?:health )?plan(?!\s+of\b)\b|\bappeal (?:to|with) (?:the|your|our) plan\b|\bhmo\b/i;

/**
 * The words of a fair hearing stand in notices of plans and of the agency alike. Where the head is an agency's, no plan is
 * named anywhere and no appeal comes before the hearing, the agency decided itself.
 */
function asAgency(found: Map<string, Pick<Said, "start" | "end">[]>, sentences: readonly Sentence[]): void {
  const hearing = found.get("medicaid-managed-care") ?? offeredHearing(sentences);
  const others = [...found.keys()].filter((kind) => !kind.startsWith("medicaid") && kind !== "erisa-unknown");
  if (!hearing || others.length > 0) return;
  const heads = sentences.filter(({ zone }) => zone === "head");
  // The agency's name stands above the letter of a plan that names itself.
  if (heads.some(({ text }) => /\b(?:health plan|managed care|mco)\b/i.test(text)))
    found.delete("medicaid-fee-for-service");
  if (found.has("medicaid-fee-for-service")) return;
  const head = heads.some(({ text }) => stateAgency.test(text));
  const planned = sentences.some(({ text }) => anyPlan.test(text) || /\binternal appeal\b/i.test(text));
  const medicaid = sentences.some(({ text }) => /\bmedicaid\b|\bmedical assistance\b/i.test(text));
  if (!head || planned || !medicaid) return;
  found.delete("medicaid-managed-care");
  found.set("medicaid-fee-for-service", hearing);
}

/** "You have the right to a hearing", where no word of a fair one stands. */
function offeredHearing(sentences: readonly Sentence[]): Pick<Said, "start" | "end">[] | null {
  for (const { text, start } of sentences) {
    const said =
      /\b(?:right to|ask for|request) (?:a |an )?(?:administrative |state |medicaid )?hearing\b/i.exec(text);
    if (said) return [{ start: start + said.index, end: start + said.index + said[0].length }];
  }
  return null;
}

/** Signs of the kind of plan, with the words. General paragraphs and language help are no signs. */
export function readPlanHints(
  sheet: Sheet,
  sentences: Sentence[],
  phrases: DenialPhrases,
): { kind: PlanKind; from: ReturnType<Sheet["span"]> }[] {
  const found = new Map<string, Pick<Said, "start" | "end">[]>();
  for (const said of allSaid(phrasesOf(phrases.plans), sentences, [...deciding, "rights", "notice"])) {
    // The agency that holds the hearing stands in every notice of a plan that it pays.
    if (
      said.row.id === "medicaid-fee-for-service" &&
      said.sentence.zone === "rights" &&
      !/\bmanaged care plan|\bcard\b/i.test(said.sentence.text)
    )
      continue;
    found.set(said.row.id, [...(found.get(said.row.id) ?? []), said]);
  }
  for (const { kind, start, end } of fundingInBrackets(sentences))
    if (!found.has(kind)) found.set(kind, [{ start, end }]);
  asPublic(found, sentences);
  asAgency(found, sentences);
  for (const kind of [...found.keys()])
    for (const other of rulesOut[kind] ?? []) if (found.has(kind)) found.delete(other);
  return [...found]
    .filter(([kind]) => kind !== "erisa-unknown")
    .map(([kind, said]) => ({
      kind: kind as PlanKind,
      from: said.slice(0, 3).flatMap((one) => sheet.span(one.start, one.end)),
    }));
}
