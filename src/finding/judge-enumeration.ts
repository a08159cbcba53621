import { type Chart, passage } from "./chart.ts";
import { met, type Verdict } from "./evaluate/verdict.ts";
import { isDenied, isPlainStatement } from "./polarity.ts";
import { type Sentence, spanOfSentence } from "./sentences.ts";

const lead =
  /^\W*(?:(?:the\s+)?(?:member|patient|individual|beneficiary|child)\s+)?(?:has|have|with|presence of)?\s*(?:an?\s+)?(?:documented\s+|confirmed\s+)?(?:clinical\s+)?(?:diagnosis of\s+|history of\s+)?/i;
const beforeAge =
  /,?\s*\b(?:with\s+)?(?:an?\s+)?(?:(?:age (?:of|at)\s+)?onset\s+|occurring\s+|beginning\s+|diagnosed\s+)?(?:before|prior to|under)\s+(?:the\s+)?(?:age\s+(?:of\s+)?(\d{1,2})(?:\s+years?)?|(\d{1,2})\s+years?\s+of\s+age)\b/i;
/** What these say of the first of a list they say of all of it, and a word of the record may not say it of the other. */
const qualifying =
  /\b(?:severe|moderate|mild|chronic|refractory|active|persistent|uncontrolled|significant|symptomatic|recurrent|acute|unstable|known|advanced|progressive|primary|secondary|prior|recent|planned|current|new|major|serious|intractable|documented|unexplained|no|not|without|none|any|other|inability|unable|need|risk)\b/i;
/** Nouns of illness by their ending. */
const illness =
  /(?:ia|itis|osis|oma|emia|pathy|algia|plegia|paresis|ism|spasms?|edema|seizures?|trophy|rrhea|eczema)$/i;
const phraseWord =
  /^(?!of$|with$|for$|to$|by$|in$|on$|at$|from$|is$|are$|that$|due$|after$|during$)[a-z][a-z-]+$/i;

/**
 * "Dystonia, ataxia or hypotonia": any of a list of illnesses by their names, where a note states one as a fact. "Before
 * age 18" is certain for a patient who is younger. `null`: no such list, or the notes do not say it alike.
 */
export function judgeEnumeration(text: string, chart: Chart): Verdict | null {
  const limit = beforeAge.exec(text);
  const age = Number(limit?.[1] ?? limit?.[2] ?? Number.NaN);
  if (limit && !(chart.patient.age && chart.patient.age.high < age)) return null;
  const plain = (limit ? text.replace(limit[0], "") : text).replace(lead, "").replace(/[.;,\s]+$/, "");
  const members = plain.split(/\s*,\s*(?:and\/or\s+|or\s+)?|\s+(?:and\/or|or)\s+/i).filter(Boolean);
  if ((members.length < 2 || !/\bor\b/i.test(plain)) && !limit) return null;
  if (qualifying.test(plain) || !members.every(isName)) return null;
  const said = members.filter(isTelling).map((member) => statements(member, chart));
  const asserted = said.flatMap(({ asserting }) => asserting);
  if (asserted.length === 0 || said.some(({ denying }) => denying)) return null;
  const evidence = asserted.slice(0, 3).map((one) => passage([spanOfSentence(one)], "the record says so"));
  const years = limit && chart.patient.age ? [passage(chart.patient.age.from, `younger than ${age}`)] : [];
  return met([...evidence, ...years]);
}

const isName = (member: string): boolean => {
  const words = member.split(/\s+/);
  return words.length <= 4 && words.every((word) => phraseWord.test(word));
};
const isTelling = (member: string): boolean => /\s/.test(member) || illness.test(member);

/** Words before a name that make it a risk, a worry or a lesson. */
const notYet =
  /\b(?:risks?|screen\w*|monitor\w*|prevent\w*|prophyla\w*|counsel\w*|educat\w*|side effects?|evaluat\w+ for|concern\w*|watch|signs of|symptoms of|evidence of|criteria|question\w*|trial|study|excluded?|resembl\w+|mimic\w*|compatible|suggest\w*)\b[^.;]{0,50}$/i;
const over = /^[^.;,]{0,30}\b(?:resolved|has improved|in remission|absent|unlikely)\b/i;

function statements(name: string, chart: Chart): { asserting: Sentence[]; denying: boolean } {
  const pattern = new RegExp(
    `(?<![\\w-])${name.replace(/[\s-]+/g, "[\\s-]+").replace(/s$/i, "")}s?(?![\\w-])`,
    "i",
  );
  const asserting: Sentence[] = [];
  let denying = false;
  for (const { sentence } of chart.index.sentences) {
    const found = pattern.exec(sentence.text);
    if (!found || (sentence.on ?? "") > chart.asOf) continue;
    if (isDenied(sentence.text, found.index, found.index + found[0].length)) denying = true;
    else if (
      isPlainStatement(sentence.text, sentence.section, false) &&
      !notYet.test(sentence.text.slice(0, found.index)) &&
      !over.test(sentence.text.slice(found.index + found[0].length))
    )
      asserting.push(sentence);
  }
  return { asserting, denying };
}
