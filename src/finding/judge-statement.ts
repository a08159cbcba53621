import { daysBetween } from "#base";
import type { SpokenStatement } from "#knowledge";
import { isAssured, type SaidPhrase } from "./assured.ts";
import { type Chart, passage } from "./chart.ts";
import { met, notMet, type Verdict } from "./evaluate/verdict.ts";
import { termsOf } from "./lexicon.ts";
import { phrasePattern } from "./phrases.ts";
import { type Sentence, spanOfSentence } from "./sentences.ts";
import type { Evidence } from "./types.ts";
import { windowIn } from "./windows.ts";

type Said = SaidPhrase & { phrase: string; pattern: RegExp };
type Compiled = { asks: RegExp[]; says: Said[][]; denies: Said[][]; planned: boolean; helped: boolean };

const compiled = new WeakMap<readonly SpokenStatement[], Compiled[]>();

function compiledOf(rows: readonly SpokenStatement[]): Compiled[] {
  const known = compiled.get(rows);
  if (known) return known;
  const made = rows.map((row) => ({
    asks: row.asks.map((phrase) => phrasePattern(phrase, true)),
    says: row.says.map(partsOf),
    denies: (row.denies ?? []).map(partsOf),
    planned: row.planned === true,
    helped: row.asks.some((phrase) => /\b(?:caregiver|counsel)/.test(phrase)),
  }));
  compiled.set(rows, made);
  return made;
}

/** "doorways … adequate & ramp": each part must be said in the same paper. */
const partsOf = (phrase: string): Said[] =>
  phrase.split(" & ").map((part) => ({
    phrase: part,
    pattern: phrasePattern(part),
    denies: negative.test(part),
    openEnd: part.trimEnd().endsWith("…"),
  }));

const negative =
  /\b(?:no|not|never|none|cannot|unable|without|neither|denie[sd]|denies|unsafe|inadequate|insufficient|lacks?|un(?:willing|likely|remarkable|suitable|changed)|ineligible|too|declines|refuses)\b/i;

/** Words of a criterion that ask for nothing beside the statement. */
const frame =
  /\b(?:the|an?|this|that|these|there|it|its|their|his|her|or|and|of|in|for|to|with|by|at|on|as|from|member|patient|individual|beneficiary|client|person|candidate|child|caregiver|has|have|had|been|is|are|was|were|be|being|must|will|does|do|can|who|document(?:ed|s|ation)|evidence|records?|medical|clinical|notes?|shows?|shown|demonstrat\w+|indicat(?:es|ing)|physician|provider|prescriber|practitioner|treating|attests?|states?|confirms?|confirmed|currently|requested|following|all|both|any|such|appropriate(?:ly)?|device|drug|medication|service|procedure|treatment|therapy|reasonable|reasonably)\b/gi;

/**
 * A criterion that is one of the statements of knowledge/matching/statements.yaml and asks for nothing beside it: a note
 * that says so in one of the ways written there, or its contrary. `null`: no such criterion, or no note speaks of it.
 */
export function judgeStatement(text: string, chart: Chart): Verdict | null {
  if (ofTwo.test(text)) return null;
  const window = windowIn(text);
  const whole = (window ? `${text.slice(0, window.start)} ${text.slice(window.end)}` : text).replace(
    /\s*\((?:e\.g\.|i\.e\.|such as|for example|including)[^()]*\)/gi,
    " ",
  );
  const plain = withoutRequested(whole, chart);
  for (const row of compiledOf(chart.matching.statements)) {
    const asked = row.asks.find((ask) => ask.test(plain) && isAlone(plain, ask));
    if (!asked) continue;
    const lines = sentencesWithin(chart, window?.days ?? (event.test(plain) ? undefined : lately));
    const named = (parts: readonly Said[]) => parts.map((part) => withRequested(part, chart));
    const pro = row.says.flatMap((parts) => saying(named(parts), lines, row));
    const contra = row.denies.flatMap((parts) => saying(named(parts), lines, row));
    if (pro.length > 0 && contra.length > 0)
      return { status: "conflicting", for: shown(pro), against: shown(contra), candidates: [] };
    if (pro.length > 0) return met(shown(pro));
    if (contra.length > 0) return notMet(shown(contra));
  }
  return null;
}

/** A phrase that speaks of the drug asked for (`@`) speaks of no other. */
function withRequested(part: Said, chart: Chart): Said {
  if (!part.phrase.includes("@")) return part;
  const names = [...chart.genericOf].filter(([, generic]) => chart.requested.includes(generic));
  const any = names.map(([name]) => name.replace(/[^\w-]+/g, " ").trim()).join("|");
  return { ...part, pattern: phrasePattern(part.phrase.replaceAll("@", `(${any || "\u0000"})`)) };
}

/** What is asked of two people is not shown of one. */
const ofTwo =
  /\b(?:prescribers?|physicians?|providers?|pharmac(?:y|ies)|caregivers?|parents?)(?:,| and| &)\s.{0,20}\b(?:patients?|members?)\b|\b(?:patients?|members?)(?:,| and| &) (?:the |their )?(?:prescribers?|physicians?|providers?|pharmac(?:y|ies)|caregivers?|parents?)\b/i;

/** The drug asked for is what the criterion is about, not what it asks. */
const withoutRequested = (text: string, chart: Chart): string =>
  termsOf(text, chart.strict)
    .filter(({ key }) => key.startsWith("d:") && chart.requested.includes(key.slice(2).toLowerCase()))
    .reduceRight((whole, { start, end }) => `${whole.slice(0, start)}${whole.slice(end)}`, text);

/** Nothing of weight stands in the criterion beside what is asked. */
function isAlone(text: string, ask: RegExp): boolean {
  const place = ask.exec(text)!;
  const rest = `${text.slice(0, place.index)} ${text.slice(place.index + place[0].length)}`;
  return rest.replace(frame, "").replace(/[^a-z0-9]+/gi, "").length < 3;
}

/** What a criterion asks of something that has happened, however long ago; other statements grow old. */
const event =
  /\b(?:was|were|has been|have been|taken place|prior|previous(?:ly)?|excluded|tried|failed|response|collapse|clearance|evaluation)\b/i;
/** Days for which a state once noted is taken to last. */
const lately = 550;

const sentencesWithin = (chart: Chart, days: number | undefined): Sentence[] =>
  chart.index.sentences
    .map(({ sentence }) => sentence)
    .filter(
      ({ on, text }) =>
        text.length < 600 &&
        (on ?? "") <= chart.asOf &&
        (days === undefined || (on === null ? days === lately : daysBetween(on, chart.requestedOn) <= days)),
    );

/** The sentences that say every part, the parts in one paper. */
function saying(parts: readonly Said[], lines: readonly Sentence[], row: Compiled): Sentence[] {
  const found = parts.map((part) => lines.filter((line) => says(part, line, row)));
  const [first, ...others] = found;
  return first!.flatMap((line) => {
    const beside = others.map((list) => list.find(({ document }) => document === line.document));
    return beside.every((one) => one !== undefined) ? [line, ...beside] : [];
  });
}

/** The words stand in the sentence, and what stands round them leaves them a plain statement about the patient. */
function says(part: Said, { text, section }: Sentence, { planned, helped }: Compiled): boolean {
  const place = part.pattern.exec(text);
  if (!place) return false;
  const end = place.index + place[0].length;
  return isAssured(part, { text, section, start: place.index, end }, { planned, helped });
}

const shown = (list: readonly Sentence[]): Evidence[] =>
  [...new Set(list)].slice(0, 3).map((one) => passage([spanOfSentence(one)], "the record says so"));
