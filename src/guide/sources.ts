import type { Confidence } from "#base";
import type { KnownPolicy, Law, LawRule, Payer, Reason, StateLaw, Treatment } from "#knowledge";
import { plainDates } from "./short-words.ts";
import type { Inline, ReadState, Source } from "./types.ts";
import { type SectionWords, sectionWords } from "./words/words.ts";

type NewSource = Omit<Source, "number" | "records" | "usedFor">;

/** One citing: which source, for which record and use, and the number it got. */
export type Citing = { key: string; record: string; use: string; number: number; source: NewSource };

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
  /** What has been cited one by one so far, in order. */
  noted: () => readonly Citing[];
  /** Cites all of these where each would get the number it has there; otherwise cites none and says so. */
  repeat: (citings: readonly Citing[]) => boolean;
};

/** Day on which the clinical and payer rows were brought in; their own source says how they were read. */
export const rowsCheckedOn = "2026-11-21";

type Row = { number: number; source: NewSource; records: string[]; uses: string[] };

export function citer(law: Law, say: SectionWords = sectionWords.en): Citer {
  const rows = new Map<string, Row>();
  const noted: Citing[] = [];
  const rules = rulesOf(law);
  const put = (citing: Citing): void => {
    const { key, record, use, number, source } = citing;
    const row = rows.get(key);
    if (!row) {
      rows.set(key, { number, source, records: [record], uses: [use] });
      return;
    }
    if (!row.records.includes(record)) row.records.push(record);
    if (!row.uses.includes(use)) row.uses.push(use);
  };
  const cite = (key: string, record: string, usedFor: string, source: () => NewSource): Inline => {
    const row = rows.get(key);
    const number = row?.number ?? rows.size + 1;
    const citing = {
      key,
      record,
      use: say.used[usedFor] ?? usedFor,
      number,
      source: row?.source ?? source(),
    };
    put(citing);
    noted.push(citing);
    return { source: number };
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
    rows: () => [...rows.values()].map(sourceOf),
    noted: () => noted,
    repeat: (citings) => {
      let next = rows.size + 1;
      const fresh = new Set<string>();
      for (const { key, number } of citings) {
        if (fresh.has(key)) continue;
        const known = rows.get(key)?.number;
        if ((known ?? next) !== number) return false;
        if (known === undefined) {
          fresh.add(key);
          next++;
        }
      }
      for (const citing of citings) put(citing);
      return true;
    },
  };
}

/** Rows are the same on many pages; as the same object they are rendered once. */
const interned = new WeakMap<NewSource, Map<string, Source>>();

function sourceOf({ source, number, records, uses }: Row): Source {
  const known = interned.get(source) ?? new Map<string, Source>();
  interned.set(source, known);
  const usedFor = uses.join(", ");
  const name = `${number} ${usedFor} ${records.join()}`;
  const row = known.get(name) ?? { ...source, number, records: [...records], usedFor };
  known.set(name, row);
  return row;
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
