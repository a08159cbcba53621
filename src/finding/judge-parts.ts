import type { Test } from "#policy";
import { type Chart, passage } from "./chart.ts";
import { durationsIn } from "./durations.ts";
import { met, unknown, type Verdict } from "./evaluate/verdict.ts";
import { isDenied, isPlainStatement } from "./polarity.ts";
import { rankPassages } from "./rank.ts";
import { type Sentence, spanOfSentence } from "./sentences.ts";
import { readingsOf } from "./support.ts";

type Judge = (text: string, test: Test | null, chart: Chart) => Verdict;

/** What opens a statement of its own. */
const clause =
  "(?=(?:(?:the\\s+)?(?:imaging|MRI|CT|radiographs?|x-?rays?|symptoms?|patient|member|pain|there|disease|condition)|documented|documentation|confirmed|evidence of|failure|failed|inadequate|persistent)\\b)";
const joints = new RegExp(
  `,?\\s+in\\s+(?:an?\\s+|the\\s+)?(?:patient|member|individual|beneficiar(?:y|ie))s?\\s+who\\s+(?:has|have)\\s+|\\s+resulting\\s+in\\s+|[,;]?\\s+and\\s+${clause}|,\\s+with\\s+${clause}|,?\\s+despite\\s+|\\s+(?:that|which)\\s+(?=(?:significantly\\s+)?(?:interfer|limit|impair))`,
  "i",
);

/**
 * A long criterion that joins several statements ("A or B resulting in C, in a patient who has failed D, and imaging shows
 * E"): met when each of them is. Else what is shown comes first among the candidates, and only the rest is missing.
 * `null`: a single statement.
 */
export function judgeParts(text: string, chart: Chart, judge: Judge): Verdict | null {
  if (/[,;]\s*or\s+(?:the|has|is|there|documented)\b|\b(?:unless|except|if)\b/i.test(text)) return null;
  const parts = text
    .split(joints)
    .map((part) => part.replace(/[.;,\s]+$/, "").trim())
    .filter((part) => part.length > 3);
  if (parts.length < 2 || parts.length > 6) return null;
  const answers = parts.map((part) => ({ part, verdict: answered(part, chart, judge) }));
  const open = answers.filter(({ verdict }) => verdict.status !== "met");
  if (open.length === 0) return met(answers.flatMap(({ verdict }) => verdict.for.slice(0, 2)));
  if (open.length === parts.length) return null;
  return {
    ...unknown(
      answers.flatMap(({ part, verdict }) => passagesOn(part, verdict, chart)),
      `a note on: ${open.map(({ part }) => part).join("; ")}`,
    ),
    ordered: true,
  };
}

function passagesOn(part: string, verdict: Verdict, chart: Chart): Verdict["candidates"] {
  if (verdict.status === "met")
    return verdict.for.slice(0, 1).map((one) => ({ ...one, why: `shows: ${part}` }));
  const noticed = verdict.candidates.slice(0, 1);
  const near = rankPassages(part, chart.index, 1).filter(({ shared }) => shared.length > 0);
  const found =
    noticed.length > 0 ? noticed : near.map(({ indexed }) => passage([spanOfSentence(indexed.sentence)], ""));
  return found.map((one) => ({ ...one, why: `bears on: ${part}` }));
}

const careWords =
  /\b(?:conservative|non-?operative|non-?surgical)\s+(?:care|therap\w+|treatments?|management|measures)\b/i;

function answered(part: string, chart: Chart, judge: Judge): Verdict {
  const imaging = onImaging(part, chart);
  if (imaging) return imaging;
  const minDays = durationsIn(part)[0]?.days;
  if (careWords.test(part) && minDays !== undefined)
    return judge(part, { kind: "conservativeCare", concept: "cons_care", minDays }, chart);
  const said = judge(part, null, chart);
  return said.status === "unknown" ? (literally(part, chart) ?? said) : said;
}

const imagingPart =
  /^(?:(?:the\s+)?(?:advanced\s+|diagnostic\s+)?(?:imaging|MRI|CT|radiographs?|x-?rays?)(?:\s+stud(?:y|ies))?)\s+(?:shows?|showing|demonstrat\w+|confirm\w+|reveals?|documents?)\s+(.{4,})$/i;
const studies = /\b(?:MRI|CT|XR|x-?rays?|radiographs?|myelogra\w+|imaging|films|ultrasound|radiology)\b/i;

/** "Imaging shows central, lateral recess or foraminal stenosis": one of the kinds, in a sentence of a study. */
function onImaging(part: string, chart: Chart): Verdict | null {
  const found = imagingPart.exec(part);
  if (!found) return null;
  const kinds = found[1]!.split(/\s*,\s*(?:or\s+)?|\s+or\s+/).filter(Boolean);
  const noun = kinds.at(-1)!.split(/\s+/).at(-1)!;
  const wanted = kinds.map((kind) =>
    kind.toLowerCase().endsWith(noun.toLowerCase()) ? kind : `${kind} ${noun}`,
  );
  if (wanted.some((kind) => !/^[a-z -]+$/i.test(kind) || /\b(?:and|with|of|no|not)\b/i.test(kind)))
    return null;
  const said = readingsOf(chart).readings.filter(
    ({ sentence }, at) => isStudy(chart, at) && wanted.some((kind) => stated(kind, sentence)),
  );
  return said.length > 0
    ? met(said.slice(0, 2).map(({ sentence }) => passage([spanOfSentence(sentence)], "seen on imaging")))
    : null;
}

/** A sentence of a report of imaging, or one that itself names the study. */
function isStudy(chart: Chart, at: number): boolean {
  const { sentence } = readingsOf(chart).readings[at]!;
  const around = [0, -1, -2, -3, -4].map((step) => readingsOf(chart).readings[at + step]?.sentence);
  return around.some(
    (one, step) =>
      one?.document === sentence.document &&
      one.page === sentence.page &&
      studies.test(
        step === 0
          ? `${one.section} ${one.text}`
          : /\b(?:exam|study|procedure|findings|impression)\b/i.test(one.text)
            ? one.text
            : "",
      ),
  );
}

/** The words of a kind before its noun, up to two words between them ("central canal stenosis"). */
function stated(kind: string, sentence: Sentence): boolean {
  const pattern = new RegExp(`\\b${kind.trim().split(/\s+/).join("(?:\\s+[a-z]+){0,2}\\s+")}`, "i");
  const found = pattern.exec(sentence.text);
  return (
    !!found &&
    isPlainStatement(sentence.text, sentence.section, false) &&
    !isDenied(sentence.text, found.index, found.index + found[0].length)
  );
}

/** A name of two to four words, or one of several joined by "or", that a note states word by word. */
function literally(part: string, chart: Chart): Verdict | null {
  const names = part.split(/\s+or\s+/i);
  if (names.length > 3 || names.some((name) => !/^[a-z-]+(?:\s+[a-z-]+){1,3}$/i.test(name))) return null;
  if (/\b(?:of|with|for|to|no|not|without|significant|severe|adequate|appropriate|documented)\b/i.test(part))
    return null;
  const said = chart.index.sentences.filter(({ sentence }) => names.some((name) => stated(name, sentence)));
  const denied = chart.index.sentences.some(({ sentence }) =>
    names.some((name) => {
      const at = sentence.text.toLowerCase().indexOf(name.toLowerCase());
      return at >= 0 && isDenied(sentence.text, at, at + name.length);
    }),
  );
  return said.length > 0 && !denied
    ? met(said.slice(0, 2).map(({ sentence }) => passage([spanOfSentence(sentence)], "the record says so")))
    : null;
}
