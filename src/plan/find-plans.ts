/** Papers and answers → the plan kinds still possible, with the words that decided. A set, never a guess. */
import type { Issue, PlanKind, Reading, Span, StateCode } from "#base";
import type { PlanPaper, PlanWord, PlanWords } from "#knowledge";
import { findAll, type SourceDocument } from "#source";
import { questionsFor } from "./questions.ts";
import type { Plan } from "./types.ts";

/** What is used of the notice as it was read: who pays, and what the reader saw of the kind. */
export type PlanNotice = {
  payer: Reading<string> | null;
  payerId: string | null;
  noticeDate: Reading<string> | null;
  planHints: { kind: PlanKind; from: Span[] }[];
};

export type PlanInput = {
  denial: PlanNotice | null;
  documents: SourceDocument[];
  /** What a person said; it settles what the papers leave open. */
  answers: { plan?: PlanKind | PlanKind[]; state?: string; funding?: "self-funded" | "insured" };
  /** The kinds that a payer (by its id) can be at all, where known. */
  payerKinds?: Record<string, PlanKind[]>;
};

type Evidence = Plan["settledBy"][number] & {
  rank: number;
  id: string;
  over: string[];
  state: StateCode | null;
};

/** Kinds that a plan must name itself: without a word for it, none of them is thought of. */
const usual: PlanKind[] = [
  "erisa-self-funded",
  "erisa-insured",
  "individual",
  "governmental-self-funded",
  "governmental-insured",
  "church",
];

/** What each usual kind may turn out to be when a paper says so. */
const variants: Partial<Record<PlanKind, PlanKind[]>> = {
  "erisa-self-funded": ["grandfathered-erisa-self-funded", "retiree-only"],
  "erisa-insured": ["grandfathered-erisa-insured", "retiree-only", "excepted-benefit"],
  individual: ["grandfathered-individual", "short-term", "excepted-benefit"],
};
const unusual = new Set(Object.values(variants).flat());

const widened = (kinds: PlanKind[]) => [
  ...new Set([...kinds, ...kinds.flatMap((kind) => variants[kind] ?? [])]),
];

/** Unusual kinds stay only where a paper or a person named them. */
function namedOnly(possible: PlanKind[], heard: Evidence[]): PlanKind[] {
  const named = new Set(
    heard.flatMap(({ kinds }) => (kinds.every((kind) => unusual.has(kind)) ? kinds : [])),
  );
  const kept = possible.filter((kind) => !unusual.has(kind) || named.has(kind));
  const special = kept.filter((kind) => unusual.has(kind));
  return special.length > 0 ? special : kept.length > 0 ? kept : possible;
}

/** Finds the plan kinds that the papers and answers leave possible. */
export function findPlans(input: PlanInput, knowledge: PlanWords): Plan {
  const issues: Issue[] = [];
  const evidence = [
    ...answered(input),
    ...fromHints(input),
    ...fromWords(input, knowledge),
    ...fromPayer(input),
  ];
  const heard = evidence.filter((one) => !evidence.some((other) => other.over.includes(one.id)));
  const possible = namedOnly(settle(heard, issues), heard);
  const state = stateOf(input, heard, knowledge);
  return {
    possible,
    settledBy: heard.map(({ kinds, from, why, by }) => ({ kinds, from, why, by })),
    state,
    ask: questionsFor(possible, state !== null),
    issues,
  };
}

function answered({ answers }: PlanInput): Evidence[] {
  const plain = { from: [], by: "person" as const, rank: 9, over: [], state: null };
  const said: Evidence[] = [];
  if (answers.plan)
    said.push({
      ...plain,
      id: "answer-plan",
      kinds: [answers.plan].flat(),
      why: "You told us the kind of plan.",
    });
  if (answers.funding) {
    const kinds: PlanKind[] =
      answers.funding === "self-funded"
        ? [
            "erisa-self-funded",
            "governmental-self-funded",
            "church",
            "grandfathered-erisa-self-funded",
            "retiree-only",
          ]
        : [
            "erisa-insured",
            "individual",
            "governmental-insured",
            "church",
            "grandfathered-erisa-insured",
            "grandfathered-individual",
            "retiree-only",
          ];
    said.push({ ...plain, rank: 8, id: "answer-funding", kinds, why: "You told us who pays the claims." });
  }
  return said;
}

/** The reader of the notice has weighed its own signs; each kind it leaves stays possible. */
function fromHints({ denial }: PlanInput): Evidence[] {
  const hints = denial?.planHints ?? [];
  if (hints.length === 0) return [];
  const kinds = [...new Set(hints.map(({ kind }) => kind))];
  const from = hints.flatMap((hint) => hint.from);
  return [
    { id: "notice", rank: 2, kinds, from, why: "The notice says so.", by: "rule", over: [], state: null },
  ];
}

function fromWords({ denial, documents }: PlanInput, { words }: PlanWords): Evidence[] {
  const noticeNames = new Set(noticeDocuments(denial));
  return documents.flatMap((document) => {
    const paper = noticeNames.has(document.document) ? "notice" : paperOf(document);
    if (!paper) return [];
    return words
      .filter((word) => word.in.includes(paper))
      .flatMap((word) => {
        const from = placesOf(document, word);
        if (from.length === 0) return [];
        const { id, rank, leaves, over, state } = word;
        return [
          {
            id,
            rank,
            kinds: leaves,
            from: from.slice(0, 3),
            why: whyOf[paper],
            by: "rule" as const,
            over,
            state,
          },
        ];
      });
  });
}

const whyOf: Record<PlanPaper, string> = {
  card: "The insurance card says so.",
  "plan-document": "The plan document says so.",
  notice: "The notice says so.",
};

function noticeDocuments(denial: PlanNotice | null): string[] {
  if (!denial) return [];
  const spans = [
    ...(denial.payer?.from ?? []),
    ...(denial.noticeDate?.from ?? []),
    ...denial.planHints.flatMap((hint) => hint.from),
  ];
  return spans.map((span) => span.document);
}

const cardWords = [
  /\brx\s?(bin|pcn|grp|group)\b/i,
  /\b(member|subscriber|enrollee) (id|number|name)\b/i,
  /\bco-?pay/i,
  /\bgroup (no|number|#)/i,
  /\bpayer id\b/i,
];
const documentTitle =
  /summary plan description|evidence of coverage|certificate of (coverage|insurance)|benefit (booklet|handbook)|member handbook|plan document|summary of benefits and coverage|(policy|contract) of insurance/i;

/** A card is short and carries its numbers; a plan document names itself on its first pages. Others do not count. */
function paperOf(document: SourceDocument): PlanPaper | null {
  const text = document.pages.map((page) => page.text).join("\n");
  if (text.length < 2500 && cardWords.filter((word) => word.test(text)).length >= 2) return "card";
  return documentTitle.test(text.slice(0, 1500)) ? "plan-document" : null;
}

/** Where the words stand, sentences that take them back left out. */
function placesOf(document: SourceDocument, word: PlanWord): Span[] {
  const spans: Span[] = [];
  for (const says of word.says) {
    for (const { page, match, span } of findAll(document, new RegExp(says.replaceAll(" ", "\\s+"), "gis"))) {
      const sentence = sentenceAt(page.text, match.index, match.index + match[0].length);
      if (!word.unless.some((unless) => new RegExp(unless, "is").test(sentence))) spans.push(span);
    }
  }
  return spans;
}

function sentenceAt(text: string, start: number, end: number): string {
  const before = Math.max(
    ...[". ", ".\n", "\n\n", "? "].map((stop) => text.lastIndexOf(stop, start - 1)),
    -1,
  );
  const stops = [". ", ".\n", "\n\n", "? "].map((stop) => text.indexOf(stop, end)).filter((at) => at >= 0);
  return text.slice(before + 1, Math.min(text.length, ...stops) + 1);
}

function fromPayer({ denial, payerKinds }: PlanInput): Evidence[] {
  const kinds = denial?.payerId ? payerKinds?.[denial.payerId] : undefined;
  if (!kinds || kinds.length === 0 || !denial?.payer) return [];
  const why = `${denial.payer.value} can only be this.`;
  return [{ id: "payer", rank: 1, kinds, from: denial.payer.from, why, by: "rule", over: [], state: null }];
}

/** Strongest first: each piece narrows the set; one that would empty it is set aside, or joined when it is as strong. */
function settle(evidence: Evidence[], issues: Issue[]): PlanKind[] {
  let possible: PlanKind[] | null = null;
  let strength = 0;
  for (const one of evidence.toSorted((a, b) => b.rank - a.rank)) {
    const kinds = one.rank === 9 ? one.kinds : widened(one.kinds);
    if (possible === null) {
      possible = kinds;
      strength = one.rank;
      continue;
    }
    const both: PlanKind[] = possible.filter((kind) => kinds.includes(kind));
    if (both.length > 0) {
      possible = both;
      continue;
    }
    if (one.rank === strength && one.rank < 8) possible = [...new Set([...possible, ...kinds])];
    issues.push({
      severity: "warning",
      code: "plan-evidence-conflicting",
      text: "The papers do not agree on the kind of plan. Say which it is: the card, the employer or the plan's phone line can tell.",
      ...(one.from[0] ? { at: one.from[0] } : {}),
    });
  }
  return possible ?? [...usual];
}

/** The State of the plan: told, or named by a State program or by the one regulator that the notice names. */
function stateOf(
  { answers, denial, documents }: PlanInput,
  heard: Evidence[],
  { regulators }: PlanWords,
): Plan["state"] {
  const told = answers.state;
  if (told) return { value: told as StateCode, from: [], by: "person" };
  const program = heard.find((one) => one.state !== null);
  if (program?.state) return { value: program.state, from: program.from, by: "rule" };
  const notices = new Set(noticeDocuments(denial));
  const named: Reading<StateCode>[] = documents
    .filter((document) => notices.has(document.document))
    .flatMap((document) =>
      regulators.flatMap(({ name, state }) => {
        const pattern = new RegExp(name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replaceAll(" ", "\\s+"), "gi");
        const found = [...findAll(document, pattern)].map(({ span }) => span);
        return found.length > 0 ? [{ value: state, from: found, by: "rule" as const }] : [];
      }),
    );
  return new Set(named.map(({ value }) => value)).size === 1 ? named[0]! : null;
}
