import type { Confidence } from "#base";
import type { KnownPolicy, Law, LawRule, Payer, Reason, StateLaw, Treatment } from "#knowledge";
import { plainDates } from "./short-words.ts";
import type { Inline, ReadState, Source } from "./types.ts";
import { type SectionWords, sectionWords } from "./words/words.ts";

type NewSource = Omit<Source, "number" | "records" | "usedFor">;

/** Collects the sources of a page: the same source is one row, numbered where it is first used. */
export type Citer = {
  /** A marker for running text; `usedFor` is said once in the row. */
  rule: (id: string, usedFor: string) => Inline;
  policy: (policy: KnownPolicy, usedFor: string) => Inline;
  treatment: (treatment: Treatment, usedFor: string) => Inline;
  reason: (reason: Reason, usedFor: string) => Inline;
  payer: (payer: Payer, usedFor: string) => Inline;
  state: (state: StateLaw, which: "externalReview" | "stepTherapy", usedFor: string) => Inline;
  rows: () => Source[];
};

/** Day on which the clinical and payer rows were brought in; their own source says how they were read. */
export const rowsCheckedOn = "2026-11-21";

export function citer(law: Law, say: SectionWords = sectionWords.en): Citer {
  const rows = new Map<string, Source>();
  const rules = rulesOf(law);
  const cite = (key: string, record: string, use: string, source: () => NewSource): Inline => {
    const usedFor = say.used[use] ?? use;
    const row = rows.get(key) ?? { number: rows.size + 1, records: [], usedFor, ...source() };
    if (!row.records.includes(record)) row.records.push(record);
    if (row.usedFor !== usedFor && !row.usedFor.split(", ").includes(usedFor)) row.usedFor += `, ${usedFor}`;
    rows.set(key, row);
    return { source: row.number };
  };
  return {
    rule: (id, usedFor) => {
      const rule = rules.get(id);
      if (!rule) throw new Error(`a guide cites ${id}, which is no rule of knowledge/law`);
      if (rule.inForce.to !== null) throw new Error(`a guide cites ${id}, which is no longer in force`);
      return cite(`law ${sectionOf(rule)}`, id, usedFor, () => ofRule(rule));
    },
    policy: (policy, usedFor) => cite(`policy ${policy.id}`, policy.id, usedFor, () => ofPolicy(policy, say)),
    treatment: (row, usedFor) =>
      cite(`treatment ${row.id}`, row.id, usedFor, () => ofRow(say.notesOn(row.name), row)),
    reason: (row, usedFor) =>
      cite(`reason ${row.id}`, row.id, usedFor, () => ofRow(say.notesOn(row.name), row)),
    payer: (row, usedFor) =>
      cite(`payer ${row.id}`, row.id, usedFor, () => ofRow(`Our list of payers: ${row.names[0]}`, row)),
    state: (row, which, usedFor) =>
      cite(`state ${row.code} ${which}`, row.code, usedFor, () => ofState(row, which)),
    rows: () => [...rows.values()],
  };
}

/** By every id of theirs; made once for a law, since thousands of pages ask. */
const known = new WeakMap<Law, ReadonlyMap<string, LawRule>>();

function rulesOf(law: Law): ReadonlyMap<string, LawRule> {
  const ready = known.get(law);
  if (ready) return ready;
  // A paragraph that stands in two titles of the Code is one rule; either address cites it.
  const rules = new Map(
    law.rules.flatMap((rule) => [
      ...rule.also.map(({ id }): [string, LawRule] => [id, rule]),
      [rule.id, rule],
    ]),
  );
  known.set(law, rules);
  return rules;
}

function sectionOf(rule: LawRule): string {
  return rule.cite.label.replace(/\(.*$/, "").trim();
}

function ofRule(rule: LawRule): NewSource {
  const read: ReadState =
    rule.confidence === "A"
      ? "whole"
      : rule.confidence === "B"
        ? "part"
        : rule.confidence === "C"
          ? "summary"
          : "not-read";
  return {
    label: sectionOf(rule),
    url: rule.cite.url ?? null,
    textDated: rule.inForce.from,
    checked: rule.cite.verifiedOn ?? null,
    read,
    confidence: rule.confidence,
  };
}

const readOf: Record<KnownPolicy["completeness"], ReadState> = {
  whole: "whole",
  excerpt: "part",
  "excerpt-and-recall": "part",
  recall: "not-read",
};

function ofPolicy(policy: KnownPolicy, say: SectionWords): NewSource {
  const number = policy.number && !policy.title.includes(policy.number) ? `, ${policy.number}` : "";
  const label = `${policy.payer ? `${policy.payer}: ` : ""}${policy.title}${number}`;
  return {
    label,
    url: linkIn(policy.source),
    textDated: policy.effective ? plainDates(policy.effective, say.language) : null,
    checked: rowsCheckedOn,
    read: readOf[policy.completeness],
    confidence: policy.confidence,
  };
}

function ofRow(label: string, row: { source: string[]; confidence: Confidence }): NewSource {
  const read: ReadState = row.confidence === "A" ? "whole" : row.confidence === "B" ? "part" : "not-read";
  return {
    label,
    url: linkIn(row.source),
    textDated: null,
    checked: rowsCheckedOn,
    read,
    confidence: row.confidence,
  };
}

function ofState(state: StateLaw, which: "externalReview" | "stepTherapy"): NewSource {
  const row = state[which];
  if (!row) throw new Error(`a guide cites ${which} of ${state.code}, which we do not have`);
  const read: ReadState =
    row.confidence === "A"
      ? "whole"
      : row.confidence === "B"
        ? "part"
        : row.confidence === "C"
          ? "summary"
          : "not-read";
  return {
    label: `${state.name}: ${row.cite.label}`,
    url: row.cite.url ?? null,
    textDated: null,
    checked: row.cite.verifiedOn ?? null,
    read,
    confidence: row.confidence,
  };
}

function linkIn(source: string[]): string | null {
  for (const text of source) {
    const found = /https:\/\/[^\s)\]]+/.exec(text);
    if (found) return found[0].replace(/[.,;]$/, "");
  }
  return null;
}
