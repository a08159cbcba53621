import { numberOf } from "#base";
import { type Chart, passage } from "./chart.ts";
import { met, notMet, type Verdict } from "./evaluate/verdict.ts";
import { isPlainStatement } from "./polarity.ts";
import { spanOfSentence } from "./sentences.ts";
import { isContent, stem, wordsOf } from "./words.ts";

const count = "(\\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten)";
const perDay = "(?:per day|a day|each day|every day|daily|\\/\\s?day)";
const asks = new RegExp(
  `(?:(at least)\\s+)?\\b${count}\\s+(or more\\s+)?(?:(?:daily|separate)\\s+)?((?:[a-z]+\\s+){0,2}[a-z]+)\\s+${perDay}|\\b(at least)\\s+${count}\\s+daily\\s+((?:[a-z]+\\s+){0,2}[a-z]+)`,
  "i",
);
const earlier = /\b(?:previously|prior|used to|was|were|formerly|goal|until|before that|down from)\b/i;

/**
 * "Three or more insulin injections per day, or a pump": how many of them a day the notes tell. Of the words before the
 * noun ("insulin") the record must speak beside it. `null`: of no such kind, or not told.
 */
export function judgeDaily(text: string, chart: Chart): Verdict | null {
  const found = asks.exec(text);
  if (!found || !(found[1] || found[3] || found[5])) return null;
  const least = numberIn(found[2] ?? found[6]!);
  const words = (found[4] ?? found[7]!).trim().split(/\s+/);
  const noun = stem(words.at(-1)!.toLowerCase());
  const of = words.slice(0, -1).map((word) => stem(word.toLowerCase()));
  if (!isContent(noun) || /\b(?:hours?|minutes?|mg|units?|times)\b/i.test(words.at(-1)!)) return null;
  // Beside the count nothing else may be asked for but an alternative to it.
  const rest = `${text.slice(0, found.index)} ${text.slice(found.index + found[0].length).replace(/^\s*,?\s*or\b.*$/i, "")}`;
  if (
    rest.replace(
      /\b(?:the|member|patient|administers?|uses?|takes?|performs?|requires?|needs?|is|on|has|treated|with|currently|who|a)\b|[^a-z]+/gi,
      "",
    ) !== ""
  )
    return null;
  const topics = new Set(
    chart.facts.flatMap(({ type, concept }) =>
      type === "medication" ? concept.split(/[^a-z]+/i).map(stem) : [],
    ),
  );
  const told = chart.index.sentences.flatMap(({ sentence, words: its }, at) => {
    if ((sentence.on ?? "") > chart.asOf || earlier.test(sentence.text)) return [];
    if (!isPlainStatement(sentence.text, sentence.section, false)) return [];
    const told = sentenceOf(sentence.text);
    const said = new RegExp(
      `\\b${count}\\s+(?:daily\\s+|insulin\\s+|separate\\s+)?([a-z]+)(?:\\s+${perDay}|(?<=daily\\s+[a-z]+))`,
      "i",
    ).exec(told);
    if (!said || stem(said[2]!.toLowerCase()) !== noun) return [];
    const around = [...its, ...wordsOf(chart.index.sentences[at - 1]?.sentence.text ?? "")].map(
      ({ form }) => form,
    );
    return of.every((word) => around.includes(word) || topics.has(word))
      ? [{ sentence, n: numberIn(said[1]!) }]
      : [];
  });
  const newest = told
    .map(({ sentence }) => sentence.on ?? "")
    .sort()
    .at(-1);
  const last = told.filter(({ sentence }) => (sentence.on ?? "") === newest);
  if (last.length === 0) return null;
  const evidence = last
    .slice(0, 2)
    .map(({ sentence, n }) => passage([spanOfSentence(sentence)], `${n} a day`));
  if (last.every(({ n }) => n >= least)) return met(evidence);
  return /\bor\b(?! more)/i.test(text) ? null : last.every(({ n }) => n < least) ? notMet(evidence) : null;
}

/** "Four shots a day" are injections. */
const sentenceOf = (text: string): string => text.replace(/\bshots?\b/gi, "injections");

const numberIn = (word: string): number => numberOf(word.toLowerCase()) ?? Number(word);

const taught =
  /\b(?:trained|was taught|were taught|instructed|educated|training (?:was )?(?:completed|provided|given|done)|(?:received|completed|has had) (?:\w+ )?training)\b/i;
const asksTraining =
  /^\W*(?:(?:the\s+)?(?:member|patient|individual|beneficiary|caregiver|parent|treating practitioner)s?(?:\s*(?:,|or|and\/or|\(or)\s*(?:the\s+|a\s+)?(?:member|patient|caregiver|parent|guardian|family)s?\)?)*\s+)?(?:has|have)\s+(?:received|completed|had|been)\s+(?:\w+\s+){0,2}(?:training|trained|education|instructed|instruction)\b[^.;]{0,60}\b(?:use|device|monitor|pump|injector|machine|equipment)\b[^.;]{0,30}$/i;
const device =
  /\b(?:sensor|receiver|monitor|meter|pump|injector|device|machine|stimulator|nebulizer|self-injection|CGM)\b/i;

/** "The member has been trained in the use of the device": a note that says it was done. `null`: not asked or not told. */
export function judgeTraining(text: string, chart: Chart): Verdict | null {
  if (!asksTraining.test(text) || /\bnot\b/i.test(text)) return null;
  const told = chart.index.sentences
    .map(({ sentence }) => sentence)
    .filter(
      (sentence) =>
        taught.test(sentence.text) &&
        device.test(sentence.text) &&
        (sentence.on ?? "") <= chart.asOf &&
        !/\b(?:not|no|needs?|to be|declin\w+|pending)\b/i.test(sentence.text) &&
        // The caregiver who was trained is a relative, and speaks for the patient.
        isPlainStatement(sentence.text.replace(/\b(?:mother|father)\b/gi, "parent"), sentence.section, false),
    );
  return told.length > 0
    ? met(told.slice(0, 2).map((one) => passage([spanOfSentence(one)], "the training is recorded")))
    : null;
}
