import type { ClinicalConcept } from "#knowledge";
import { type Draft, factTypeOf } from "./drafts.ts";
import type { Lexicon } from "./lexicon.ts";
import type { Mention } from "./mentions.ts";
import { aheadOf, hemoglobinOf } from "./numbers-beside.ts";
import { gradeAfter, gradeBefore } from "./ordinals.ts";
import { assertedBy, authorOf, type Sentence, timeBeside, whenOf } from "./sentence.ts";
import type { Assertion, Fact } from "./types.ts";
import {
  alsoInBrackets,
  changeIn,
  earlierBehind,
  isCriterion,
  quantityAt,
  type Value,
  valueAfter,
} from "./values.ts";

/** Kinds of concepts whose names count only with a value: a "creatinine" without a number says nothing. */
const numeric = new Set(["measure", "score", "derived", "dose"]);
/** Ordinals that are no diagnosis: without a grade they say nothing. */
const gradedOnly = new Set(["nyha", "ecog", "kl_grade", "acc_stage", "fibrosis", "ckd_stage"]);

/** Measurements, scores and grades of a sentence. */
export function measuredFacts(sentence: Sentence, lexicon: Lexicon): Draft[] {
  return sentence.mentions.flatMap((mention, index) => {
    const concept = mention.meanings.find(({ concept: one }) => one && isMeasured(one))?.concept;
    if (!concept) return [];
    const next = sentence.mentions[index + 1]?.start ?? sentence.text.length;
    if (concept.id === "sbp") return pressure(sentence, mention, index, lexicon);
    return one(sentence, mention, index, concept, next);
  });
}

export const isMeasured = (concept: ClinicalConcept) =>
  numeric.has(concept.kind) || concept.kind === "ordinal";

function one(
  sentence: Sentence,
  mention: Mention,
  index: number,
  concept: ClinicalConcept,
  next: number,
): Draft[] {
  const values =
    concept.kind === "ordinal"
      ? gradeOf(sentence, mention, concept, next)
      : numbersOf(sentence, mention, concept, next);
  if (values.some((value) => isCriterion(sentence.text, value))) return [];
  if (values.length > 0)
    return values.map((value) => factOf(sentence, mention, index, concept, value, value.older === true));
  if (gradedOnly.has(concept.id) || numeric.has(concept.kind)) return [];
  return [factOf(sentence, mention, index, concept, null, false)];
}

function gradeOf({ text }: Sentence, mention: Mention, concept: ClinicalConcept, next: number): Value[] {
  const behind = gradeBefore(text.slice(0, mention.start));
  const rest = text.slice(mention.end, Math.max(next, mention.end + 12));
  const named = /(?:stage|CKD|class)\s*(?:G)?(?<grade>IV|III|II|I|V|[1-5])[ab]?$/i.exec(
    text.slice(mention.start, mention.end),
  );
  if (named) {
    const value = gradeAfter(named.groups!["grade"]!);
    return value ? [{ ...value, start: mention.start, end: mention.end }] : [];
  }
  const ahead = gradeAfter(rest);
  const found = ahead && (!behind || /\d/.test(ahead.text!)) ? shift(ahead, mention.end) : behind;
  return found && fits(found, concept) ? [found] : [];
}

const fits = ({ low = 0, high = low }: Value, { range }: ClinicalConcept) =>
  !range || (low >= Math.min(range[0], 0) && high <= range[1]);
const shift = (value: Value, by: number): Value => ({
  ...value,
  start: value.start + by,
  end: value.end + by,
});

/** Numbers behind the name ("A1c 10.1 -> 6.9" has two), else in front of it ("60% ejection fraction"). */
function numbersOf(sentence: Sentence, mention: Mention, concept: ClinicalConcept, next: number): Value[] {
  const { text } = sentence;
  const name = text.slice(mention.start, mention.end);
  if (goalAround(text, mention)) return [];
  const limit =
    concept.id === "hgb" && /h&h|h and h/i.test(name) ? mention.end + 40 : limitOf(sentence, mention, next);
  const rest = text.slice(mention.end, limit);
  if (/^\s*(?:goal|target|reference)/i.test(rest)) return [];
  if (concept.id === "hgb" && /h&h|h and h|hematocrit/i.test(name))
    return hemoglobinOf(rest, concept, mention.end);
  const both = changeIn(text.slice(0, mention.start), rest, concept);
  if (both) return both.map((value) => shift(value, mention.end));
  const first = valueAfter(rest, concept);
  if (!first) return aheadOf(text, mention, concept);
  const values = [first];
  const arrow = /^\s*(?:->|→|=>|to)\s*(?=[\d.])/.exec(rest.slice(first.end));
  const pair = /^\s*(?:and|,)\s*(?=\d)/.exec(rest.slice(first.end));
  const more = arrow ?? pair;
  if (more) {
    const second = quantityAt(rest, first.end + more[0].length, concept);
    const close =
      second &&
      (arrow ||
        (ratio(first, second) < 1.6 &&
          !/^\s*(?:[a-z]|\/)/i.test(
            rest.slice(second.end, second.end + 2).replace(/^ (?:and|on|in|at|with)/, ""),
          )));
    if (second && close) {
      if (pair && !arrow)
        return [
          shift(
            {
              ...first,
              low: Math.min(first.low ?? 0, second.low ?? 0),
              high: Math.max(first.high ?? 0, second.high ?? 0),
              text: rest.slice(first.start, second.end),
              end: second.end,
            },
            mention.end,
          ),
        ];
      first.older = true;
      values.push(second);
    }
  }
  const earlier = earlierBehind(
    text.slice(mention.end, Math.max(limit, mention.end + first.end + 40)),
    first.end,
    concept,
  );
  if (earlier) values.unshift(earlier);
  const also = alsoInBrackets(rest, first, concept);
  if (also) values.splice(also.unit === concept.units[0] ? values.indexOf(first) : values.length, 0, also);
  return values.map((value) => shift(value, mention.end));
}

const ratio = (a: Value, b: Value) =>
  Math.max(a.low ?? 1, b.low ?? 1) / Math.max(0.001, Math.min(a.low ?? 1, b.low ?? 1));

/** Names in a row share what follows only when the next name is a value's own neighbour; else the next name is the end. */
function limitOf(sentence: Sentence, mention: Mention, next: number): number {
  const following = sentence.mentions.find(({ start }) => start >= mention.end);
  if (
    !following ||
    following.meanings.some(({ drugs, concept }) => drugs || (concept && isMeasured(concept)))
  )
    return next;
  return Math.min(sentence.text.length, Math.max(next, mention.end + 60));
}

const goalAround = (text: string, mention: Mention) =>
  /\b(?:goal|target)\s*(?:of\s*(?:an?\s*)?)?$/i.test(
    text.slice(Math.max(0, mention.start - 16), mention.start),
  ) || /^\s*(?:goal|target|parameters)\b/i.test(text.slice(mention.end, mention.end + 14));

/** A blood pressure is two facts. */
function pressure(sentence: Sentence, mention: Mention, index: number, lexicon: Lexicon): Draft[] {
  const { text } = sentence;
  const name = text.slice(mention.start, mention.end);
  const rest = text.slice(mention.end, mention.end + 90);
  const pair =
    /^(?<lead>[^\d;]{0,70}?)(?<low>\d{2,3})(?:\s*(?:-|to)\s*(?<low2>\d{2,3}))?\s*(?:\/|over)\s*(?<high>\d{2,3})(?:\s*(?:-|to)\s*(?<high2>\d{2,3}))?(?!\/|\d)/i.exec(
      rest,
    );
  const [systolic, diastolic] = [lexicon.concepts.get("sbp")!, lexicon.concepts.get("dbp")!];
  if (pair && !goalAround(text, mention)) {
    const start = mention.end + pair.groups!["lead"]!.length;
    const end = mention.end + pair[0].length;
    const made = (concept: ClinicalConcept, from: string, to: string | undefined) => {
      const [low, high] = [Number(from), Number(to ?? from)];
      if (!concept.range || low < concept.range[0] || high > concept.range[1]) return [];
      return [
        factOf(
          sentence,
          mention,
          index,
          concept,
          { low: Math.min(low, high), high: Math.max(low, high), unit: "mmHg", start, end },
          false,
        ),
      ];
    };
    return [
      ...made(systolic, pair.groups!["low"]!, pair.groups!["low2"]),
      ...made(diastolic, pair.groups!["high"]!, pair.groups!["high2"]),
    ];
  }
  if (!/sys|SBP/i.test(name) || goalAround(text, mention)) return [];
  const value = valueAfter(rest, systolic);
  return value ? [factOf(sentence, mention, index, systolic, shift(value, mention.end), false)] : [];
}

function factOf(
  sentence: Sentence,
  mention: Mention,
  index: number,
  concept: ClinicalConcept,
  value: Value | null,
  earlier: boolean,
): Draft {
  const start = Math.min(mention.start, value?.start ?? mention.start);
  const end = Math.max(mention.end, value?.end ?? mention.end);
  const beside = timeBeside(earlier ? onlyBehind(sentence, end) : sentence, start, end);
  const context = sentence.contexts[index]!;
  const diagnosis = mention.meanings.find((meaning) => meaning.diagnosis)?.diagnosis;
  const type = context.family ? "family-history" : factTypeOf(concept.kind);
  return {
    type,
    concept: concept.id,
    codes: [
      ...concept.loinc.slice(0, 1).map((code) => ({ system: "loinc", code })),
      ...(diagnosis ? [{ system: "icd-10-cm", code: diagnosis.code }] : []),
    ],
    text: sentence.text.slice(start, end),
    assertion:
      measuredAssertion(sentence, context.assertion, value, start, earlier) ??
      assertedBy(context, sentence.section, true),
    ...(value ? { value: valueKey(value) } : {}),
    when:
      !beside && (earlier || isReason(sentence.text, start))
        ? { earliest: null, latest: sentence.visit.date }
        : whenOf(sentence, beside),
    ...(beside ? { dated: true } : {}),
    ...(context.family ? { relation: context.family } : {}),
    ...authorOf(sentence),
    from: sentence.spans(start, end),
  };
}

/** Of two values the older one is dated by what stands behind it: the date between them is the newer one's. */
const onlyBehind = (sentence: Sentence, end: number): Sentence => ({
  ...sentence,
  times: sentence.times.filter(({ start }) => start >= end),
});

/** "Not tried again given K 5.8": an older value, recalled as a reason. */
const isReason = (text: string, start: number) =>
  /\b(?:given|due to|because of|after)\s+(?:an?\s+)?$/i.test(text.slice(0, start));

function valueKey({ low, high, unit, text }: Value): NonNullable<Fact["value"]> {
  return {
    ...(low === undefined ? {} : { low }),
    ...(high === undefined ? {} : { high }),
    ...(unit === undefined ? {} : { unit }),
    ...(text === undefined ? {} : { text }),
  };
}

/** A number that was measured is present whatever stands around it, unless it is older or another's. */
function measuredAssertion(
  sentence: Sentence,
  context: Assertion | null,
  value: Value | null,
  start: number,
  earlier: boolean,
): Assertion | null {
  if (!value) return null;
  if (earlier) return "historical";
  const lead = sentence.text.slice(Math.max(0, start - 60), start);
  if (
    /\b(?:if|should|until|when|unless|hold for|call (?:for|if)|keep|maintain|goal|target|notify)\b[^.;,]*$/i.test(
      lead,
    )
  )
    return "hypothetical";
  if (context === "family" || context === "planned") return context === "planned" ? "present" : context;
  if (
    /\b(?:was|were|previously|prior|previous|in the past|baseline|last (?:year|month)|used to be|history of|down from|up from|from)\b[^.;,]{0,24}$/i.test(
      lead,
    ) &&
    /\b(?:previously|prior|previous|in the past|baseline|down from|up from|last year)\b/i.test(lead)
  )
    return "historical";
  return "present";
}
