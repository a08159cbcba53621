import type { Test } from "#policy";
import type { Chart } from "../chart.ts";
import { evidenceOf, passage } from "../chart.ts";
import { isPlainStatement } from "../polarity.ts";
import { spanOfSentence } from "../sentences.ts";
import { type Evaluate, met, notMet, unknown } from "./verdict.ts";

/** Age at the request, in completed years; open where only a rough age is known and the limit lies within it. */
export const age: Evaluate = (asked, chart) => {
  const known = chart.patient.age;
  if (!known) return unknown();
  const test = inYears(asked);
  const low =
    test.low ?? (test.cmp === ">=" ? test.value : test.cmp === ">" ? (test.value ?? 0) + 1 : undefined);
  const high =
    test.high ?? (test.cmp === "<=" ? test.value : test.cmp === "<" ? (test.value ?? 0) - 1 : undefined);
  if (low === undefined && high === undefined) return unknown();
  const years = known.low === known.high ? `${known.low}` : `${known.low} to ${known.high}`;
  const evidence = [passage(known.from, `${years} years old at the request`)];
  if (known.low >= (low ?? 0) && known.high <= (high ?? 200)) return met(evidence);
  // A limit inside a year of life ("6 months or older") cannot be told from completed years.
  if (known.low < 1 && low !== undefined && low < 1) return unknown(evidence, "the date of birth");
  if (known.high < (low ?? 0) || known.low > (high ?? 200)) return notMet(evidence);
  return unknown(evidence, "the date of birth");
};

/** Limits given in months or weeks, as years. */
function inYears(test: Test): Test {
  const per = /^month/i.test(test.unit ?? "") ? 12 : /^week/i.test(test.unit ?? "") ? 52.18 : 1;
  if (per === 1) return test;
  const { value, low, high } = test;
  return {
    ...test,
    ...(value === undefined ? {} : { value: value / per }),
    ...(low === undefined ? {} : { low: low / per }),
    ...(high === undefined ? {} : { high: high / per }),
  };
}

/** Words under which a specialist signs, by the field's stem. Epileptologists are neurologists. */
const fields: Record<string, RegExp> = {
  neurolog:
    /\b(neurolog(?:y|ist|ic)|epileptolog\w+|neuroimmunolog\w+|multiple sclerosis (?:center|clinic|specialist)|ms (?:center|clinic|specialist))\b/i,
  cardiolog:
    /\b(cardiolog(?:y|ist)|heart failure (?:clinic|specialist|program)|advanced hf|electrophysiolog\w+|cardiomyopathy)\b/i,
  "cardiac surg": /\b(cardiac surg\w+|cardiothoracic|ct surg\w+|heart surgeon)\b/i,
  oncolog: /\b(oncolog(?:y|ist)|hematolog\w+|cancer center)\b/i,
  hematolog: /\b(hematolog(?:y|ist)|oncolog(?:y|ist)|cancer center)\b/i,
  dermatolog: /\bdermatolog(?:y|ist)\b/i,
  rheumatolog: /\brheumatolog(?:y|ist)\b/i,
  gastroenterolog: /\b(gastroenterolog(?:y|ist)|digestive)\b/i,
  pulmonolog: /\b(pulmon(?:olog(?:y|ist)|ary))\b/i,
  endocrinolog: /\b(endocrinolog(?:y|ist)|diabetes (?:center|clinic))\b/i,
  psychiatr: /\b(psychiatr(?:y|ist)|behavioral health)\b/i,
  allerg: /\b(allerg(?:y|ist)|immunolog(?:y|ist))\b/i,
  neurosurg: /\b(?:neurosurg\w*|neurological surg\w*)\b/i,
  urolog: /\burolog(?:y|ist)\b/i,
  nephrolog: /\bnephrolog(?:y|ist)\b/i,
  ophthalmolog: /\b(ophthalmolog(?:y|ist)|retina)\b/i,
  orthop: /\b(orthop(?:a?edic\w*)|spine surg\w+)\b/i,
  hepatolog: /\b(hepatolog(?:y|ist)|gastroenterolog(?:y|ist)|liver (?:center|clinic))\b/i,
  geneticist:
    /\b(geneticist|(?:medical|clinical) genetics|genetics (?:clinic|center|division|department|associates)|FACMGG?)\b/i,
  obstetric: /\b(obstetric\w*|ob\/?gyn|maternal.fetal|gyn[ae]?e?colog\w+)\b/i,
};

/** The expression by which a specialty is recognised in a letterhead or under a signature. */
export function fieldOf(specialty: string): RegExp | null {
  const wanted = specialty.toLowerCase();
  const known = Object.keys(fields).find((stem) => wanted.includes(stem));
  // A specialist for children signs as one.
  if (known && /\b(?:pa?ediatric|child)\b/.test(wanted))
    return new RegExp(`^(?=.*\\b(?:pa?ediatric|child)).*${fields[known]!.source}`, "i");
  if (known) return fields[known]!;
  const stem = wanted.replace(/[^a-z ]/g, "").replace(/(?:ist|y|ian)$/, "");
  return stem.length > 4 ? new RegExp(`\\b${stem}\\w*`, "i") : null;
}

const anySpecialist = /\b(?!radiolog|patholog|anesthesiolog)[a-z]{4,}ologist\b/i;
const signs = /\b(M\.?D\.?|D\.?O\.?|NP|PA-C|Pharm\.?D|APRN|FAC[CPS])\b/;

/** A note written or signed by a specialist of one of the fields. */
export const prescriber: Evaluate = (test, chart, words) => {
  const named = (test.specialty ?? [])
    .map((name) => fieldOf(forChildren(name, words) ? `pediatric ${name}` : name))
    .filter((field) => field !== null);
  // "A specialist in the condition": whoever signs as a specialist and treats with the drug.
  const both = bothAsked
    .exec(words)?.[0]
    .match(/\w*(?:ologist|surgeon|iatrist)/gi)
    ?.map((role) => fieldOf(role.replace(/eon$/i, "")));
  if (both && both.length > 1) {
    const signed = both.map((field) => (field ? signatures(chart, [field], words)[0] : undefined));
    return signed.every((one) => one !== undefined) ? met(signed) : unknown(mentions(chart, named));
  }
  if (repeated.test(words)) return unknown(mentions(chart, named));
  const wanted = named.length > 0 ? named : /\bspecialist\b/i.test(words) ? [anySpecialist] : [];
  if (wanted.length === 0) return unknown();
  const authored = chart.facts.filter(
    ({ specialty }) => specialty && wanted.some((field) => field.test(specialty)),
  );
  if (authored.length > 0) return met([evidenceOf(authored[0]!, `written by ${authored[0]!.specialty}`)]);
  const lines = signatures(chart, wanted, words);
  return lines.length > 0 ? met(lines.slice(0, 3)) : unknown(mentions(chart, wanted));
};

/** The criterion names the specialty with "pediatric" before it. */
const forChildren = (specialty: string, words: string): boolean =>
  new RegExp(`\\b(?:pa?ediatric|child)\\s+${specialty.slice(0, 6).replace(/[^a-z]/gi, "")}`, "i").test(words);

/** "A neurologist and a neurosurgeon": one of them is not both. How often somebody was seen, no signature tells. */
const bothAsked =
  /(?:ologist|surgeon|iatrist)s?\s+(?:and|as well as)\s+(?:by\s+)?(?:an?\s+)?(?:[a-z]+ )?\w*(?:ologist|surgeon|iatrist)\b/i;
const repeated =
  /\b(?:every (?:\d+|\w+) (?:days?|weeks?|months?|years?)|at least (?:once|twice|\d+ times|two times)|(?:once|twice|\w+ times) (?:a|per) (?:week|month|year))\b/i;

const elsewhere =
  /\b(refer(?:ral|red|ring|rer)?\b|await\w*|will (?:discuss|ask|call|be)|declin\w*|no-show|phone|available|requests? |needs?|copy to|appointment with|see|follow up with|will see|recommend|ordering|attn|cc:|to:|establish(?:ing)? (?:care )?with)/i;
const consulted =
  /\b(?:discussed with|in consultation with|consulted with|co-?managed (?:by|with)|after consultation with|per)\b/i;

/** A signature, a letterhead, or the author's own words by which a document is known as a specialist's. */
function signatures(chart: Chart, wanted: readonly RegExp[], words: string) {
  const { sentences } = chart.index;
  const names = (text: string) => wanted.some((field) => field.test(text)) && !elsewhere.test(text);
  return sentences
    .filter(({ sentence }, at) => {
      const { text, document, index } = sentence;
      if (!names(text)) return false;
      if (signs.test(text) || (/\bI am\b/i.test(text) && /\bboard[- ]certified\b|\bI am an?\b/i.test(text)))
        return true;
      if (/consult/i.test(words) && consulted.test(text) && isPlainStatement(text, sentence.section, false))
        return true;
      const before = sentences[at - 1]?.sentence;
      const underName = before?.document === document && before.text.length < 90 && signs.test(before.text);
      return text.length < 80 && (underName || (index < 4 && isLetterhead(text)));
    })
    .map(({ sentence }) => passage([spanOfSentence(sentence)], "signed by a specialist of the field"));
}

/** Names of a clinic, not of a test or a topic ("Neurology Associates", "Pediatric Endocrinology"). */
const isLetterhead = (text: string): boolean =>
  !/\d|\b(?:result|report|panel|patient|history|request|form|claim|review|denied|diagnos\w+)\b|[:?]/i.test(
    text,
  ) &&
  (/\b(?:clinic|center|centre|associates|institute|group|department|division|medicine|health|partners|specialists|consultants|program)\b/i.test(
    text,
  ) ||
    text.split(/\s+/).length <= 4);

function mentions(chart: Chart, wanted: readonly RegExp[]) {
  return chart.index.sentences
    .filter(({ sentence }) => wanted.some((field) => field.test(sentence.text)))
    .slice(0, 3)
    .map(({ sentence }) => passage([spanOfSentence(sentence)], "names the specialty"));
}

/** Attested by the holder: the chart is not searched for it. */
export const attested: Evaluate = (_test: Test, _chart: Chart) => unknown();
