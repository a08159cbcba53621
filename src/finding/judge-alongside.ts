import type { DrugKind } from "#knowledge";
import { type Chart, passage } from "./chart.ts";
import { met, notMet, unknown, type Verdict } from "./evaluate/verdict.ts";
import { termsOf } from "./lexicon.ts";
import { isPlainStatement } from "./polarity.ts";
import { type Sentence, spanOfSentence } from "./sentences.ts";

const together =
  "(?:in combination|concurrent(?:ly)?|concomitant(?:ly)?|together|simultaneous(?:ly)?|coadministered|co-administered|alongside|along)(?:\\s+(?:use|therapy|treatment))?\\s+(?:use\\s+)?with";
const asks = new RegExp(
  `\\b${together}\\s+(.+)$|\\b(?:not|no)\\b[^.;]{0,30}\\b(?:concurrent(?:ly)?|concomitant(?:ly)?)\\s+(?:us(?:e|ing)\\s+(?:of\\s+)?|receiving\\s+|taking\\s+|on\\s+)(.+)$|\\bnot (?:currently )?(?:receiving|taking|using|on)\\s+((?:another|any other)\\s+.+)$`,
  "i",
);
/** Words round the list of kinds that ask for nothing more. */
const frame =
  /\b(?:the|this|member|patient|individual|beneficiary|is|are|will|be|must|not|no|use[ds]?|using|given|taken|taking|administered|prescribed|receiving|requested|drug|medication|product|therapy|treatment|documentation|that|any|other|another|additional|a|an|of|and|or|nor|for|the same|same|in|combination|concurrent(?:ly)?|concomitant(?:ly)?|together|simultaneous(?:ly)?|co-?administered|alongside|along|condition|disease|indication|indications|such|as|with|on|currently|moderate|severe|to|adult|treat|treatments?|drugs?|agents?|medications?|products?|therapies|systemic|oral|chronic|listed)\b|[^a-z]+/gi;

/**
 * "Will not be used in combination with a JAK inhibitor or another biologic": a note that denies drugs of every kind
 * named, or says that the drug is given alone. Among exclusions ("concurrent use with another biologic") the same note
 * speaks against. `null`: of no such kind, or no note speaks of it.
 */
export function judgeAlongside(text: string, chart: Chart): Verdict | null {
  const plain = text.replace(/\s*\((?:e\.g\.|i\.e\.|such as|for example|including)[^()]*\)/gi, "");
  const found = asks.exec(plain);
  const list = found?.[1] ?? found?.[2] ?? found?.[3];
  if (!found || !list || /\bunless\b|\bexcept\b/i.test(plain)) return null;
  const wanted = kindsIn(list, chart);
  if (wanted.kinds.size === 0) return null;
  const bears = denialsOf(chart).filter(({ kinds }) =>
    [...wanted.kinds].some((kind) => kinds === "all" || covers(kinds, kind, chart) || kinds.has(kind)),
  );
  if (bears.length === 0) return null;
  const evidence = bears
    .slice(0, 2)
    .map(({ sentence }) => passage([spanOfSentence(sentence)], "none is taken with it, in writing"));
  if (takenNow(wanted.kinds, chart)) return unknown(evidence);
  if (!/\b(?:not|no|without|never)\b/i.test(plain)) return notMet(evidence);
  const denied = bears.some(({ kinds }) => kinds === "all")
    ? "all"
    : new Set(bears.flatMap(({ kinds }) => [...kinds]));
  const whole = [...wanted.kinds].every((kind) => denied === "all" || covers(denied, kind, chart));
  const rest = restOf(plain.replace(list, wanted.rest), chart);
  return whole && rest.length <= 12 ? met(evidence) : unknown(evidence);
}

type Denial = { sentence: Sentence; kinds: ReadonlySet<string> | "all" };

const denials = new WeakMap<Chart, Denial[]>();

/** Every sentence of the record that denies kinds of drugs, read once. */
function denialsOf(chart: Chart): Denial[] {
  const known = denials.get(chart);
  if (known) return known;
  const said = chart.index.sentences.flatMap(({ sentence }) => {
    const kinds = deniedIn(sentence, chart);
    return kinds ? [{ sentence, kinds }] : [];
  });
  denials.set(chart, said);
  return said;
}

/** What a text says beside drugs, illnesses and words of form. */
function restOf(text: string, chart: Chart): string {
  const named = termsOf(text, chart.strict).filter(({ named, key }) => named && /^[dci]:/.test(key));
  const without = named.reduceRight(
    (whole, { start, end }) => `${whole.slice(0, start)} ${whole.slice(end)}`,
    text,
  );
  return without.replace(frame, "");
}

function covers(denied: ReadonlySet<string>, kind: string, chart: Chart): boolean {
  if (denied.has(kind)) return true;
  const row = chart.matching.drugKinds.find((one) => one.kind === kind);
  return (
    (row?.of ?? []).some((wider) => covers(denied, wider, chart)) ||
    (!!row?.parts && row.parts.every((part) => covers(denied, part, chart)))
  );
}

const patterns = new WeakMap<readonly DrugKind[], { kind: string; at: RegExp }[]>();

/** The kinds by their names, the longest name first. */
function patternsOf(chart: Chart): { kind: string; at: RegExp }[] {
  const rows = chart.matching.drugKinds;
  const known = patterns.get(rows);
  if (known) return known;
  const made = rows
    .flatMap(({ kind, names }) => names.map((name) => ({ kind, name })))
    .sort((a, b) => b.name.length - a.name.length)
    .map(({ kind, name }) => ({
      kind,
      at: new RegExp(`(?<![\\w-])${name.replace(/[^a-z0-9]+/gi, "[\\s/-]+")}(?![\\w-])`, "gi"),
    }));
  patterns.set(rows, made);
  return made;
}

/** The kinds and single drugs that a text names, and what else it says. */
function kindsIn(text: string, chart: Chart): { kinds: Set<string>; rest: string } {
  const kinds = new Set<string>();
  let rest = text;
  for (const { kind, at } of patternsOf(chart)) {
    const without = rest.replace(at, " ");
    if (without !== rest) kinds.add(kind);
    rest = without;
  }
  for (const { key } of termsOf(rest, chart.strict))
    if (key.startsWith("d:") && !chart.requested.includes(key.slice(2).toLowerCase())) kinds.add(key);
  return { kinds, rest };
}

const denial =
  /\b(?:no|not (?:currently )?(?:on|taking|receiving|using|be (?:used|given|taken|combined) with)(?:\s+any)?|without(?:\s+any)?|denies(?:\s+(?:taking|use of))?|takes no)\s+(?:an?\s+)?((?:other|another|additional|concurrent|concomitant)\s+)?(?=(.{3,120}))/gi;
const alone =
  /\b(?:(?:given|used|taken|prescribed|administered|continue[ds]?|start(?:ed)?)\s+(?:alone|by itself|as (?:a )?(?:monotherapy|single agent))|as monotherapy|is (?:her|his|their|the) only (?:biologic|systemic|drug))\b/i;
const history =
  /\b(?:prior|previous(?:ly)?|never|history of|failed|tried|discussed|response to|benefit from|allerg\w+)\b/i;

/** The kinds of drugs that a sentence says are not taken beside the one asked for; "all" where that is given alone. */
function deniedIn(sentence: Sentence, chart: Chart): ReadonlySet<string> | "all" | null {
  const { text, section, on } = sentence;
  if (text.length > 400 || (on ?? "") > chart.asOf || history.test(text)) return null;
  if (!isPlainStatement(text.replace(/\b(?:will|would) (?:not |be )/gi, ""), section, true)) return null;
  if (alone.test(text) && !/\b(?:without|no other|not)\b/i.test(text) && namesRequested(text, chart))
    return "all";
  const kinds = new Set<string>();
  for (const [, other, list] of text.matchAll(denial)) {
    const clause = list!.split(/[.;:]|\bbut\b|\bexcept\b|,\s*(?:she|he|the|and (?:she|he|none))\b/i)[0]!;
    for (const kind of kindsIn(clause, chart).kinds) {
      // "No biologic" of somebody who takes the one asked for speaks of others only where it says so.
      if (other || !isOwnKind(kind, chart) || /\bwith (?:it|this|the)\b/i.test(text)) kinds.add(kind);
    }
  }
  return kinds.size > 0 ? kinds : null;
}

const namesRequested = (text: string, chart: Chart): boolean =>
  chart.requested.length === 0 ||
  termsOf(text, chart.strict).some(({ key }) =>
    chart.requested.includes(key.replace(/^d:/, "").toLowerCase()),
  );

/** Kinds whose name the class of the drug asked for bears. */
const isOwnKind = (kind: string, chart: Chart): boolean =>
  chart.requested.some((drug) => (chart.classOf.get(drug) ?? "").includes(kind.replace(/ .*$/, "")));

/** A single drug or a class of one of these kinds that the list of medications holds today. */
function takenNow(kinds: ReadonlySet<string>, chart: Chart): boolean {
  return chart.facts.some(({ type, concept, assertion, course }) => {
    if (type !== "medication" || assertion !== "present" || course?.status !== "active") return false;
    const drug = concept.toLowerCase();
    if (chart.requested.includes(drug)) return false;
    const its = chart.classOf.get(drug) ?? "";
    return (
      kinds.has(`d:${concept}`) ||
      (its !== "" &&
        kindsIn(its, chart)
          .kinds.values()
          .some((kind) => kinds.has(kind)))
    );
  });
}
