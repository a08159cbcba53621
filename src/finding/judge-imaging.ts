import { daysBetween } from "#base";
import { type Chart, passage } from "./chart.ts";
import { met, type Verdict } from "./evaluate/verdict.ts";
import { type Term, termsOf } from "./lexicon.ts";
import { isDenied, isPlainStatement } from "./polarity.ts";
import { spanOfSentence } from "./sentences.ts";
import { type Reading, readingsOf } from "./support.ts";
import { windowIn } from "./windows.ts";
import { isContent, isFaint, stem, wordsOf } from "./words.ts";

const modalities: RegExp[] = [
  /\b(?:plain\s+)?(?:radiographs?|x-?rays?)\b|\bplain films?\b/i,
  /\bCT\b|\bcomputed tomograph\w*/i,
  /\bMRI\b|\bmagnetic resonance\b/i,
  /\bultraso(?:und|nograph\w*)\b/i,
  /\bPET\b/,
];
const asks =
  /^\W*(.*?\b(?:imaging|radiographs?|x-?rays?|MRI|CT|ultrasound|magnetic resonance|computed tomography)\b.*?)\s+(?:(?:performed\s+|obtained\s+|done\s+)?to (?:rule out|exclude)|that (?:excludes?|rules? out)|(?:showing|shows?|demonstrat\w+) (?:no|the absence of))\s+(?:the presence of\s+)?(.{4,})$/i;
const frame = new Set(
  "imaging image ipsilateral study film plain radiograph x ray ct mri ultrasound presence absence obtained performed done"
    .split(" ")
    .map(stem)
    .concat("c:magnetic resonance imaging", "c:computed tomography", "c:plain radiographs"),
);
const clear = /\b(?:unremarkable|normal|negative|within normal limits|excluded|ruled out)\b/i;

/**
 * "Imaging of the hip (plain radiographs) to rule out osteoarthritis": a report of each kind of imaging asked for, of
 * that part of the body, that denies what had to be ruled out or calls the study unremarkable, and asserts none of it.
 * `null`: of no such kind, or not shown.
 */
export function judgeImaging(text: string, chart: Chart): Verdict | null {
  const found = asks.exec(text);
  if (!found) return null;
  const wanted = found[1]!.split(/\s+and\s+/i).map((part) => modalities.filter((one) => one.test(part)));
  const groups = wanted.filter((group) => group.length > 0);
  const part = telling(found[1]!, chart);
  const tail = found[2]!.replace(/\b(?:that|which|causing)\b.*$/i, "");
  const findings = telling(tail, chart);
  if (groups.length === 0 || part.length === 0 || findings.length === 0) return null;
  const reports = readingsOf(chart).readings.filter((reading) => isOf(part, reading, chart));
  if (reports.some((reading) => asserts(findings, reading))) return null;
  const proofs = groups.map((group) =>
    reports.filter(
      (reading) => group.some((one) => one.test(reading.sentence.text)) && clears(findings, reading),
    ),
  );
  if (proofs.some((list) => list.length === 0)) return null;
  return met(
    proofs
      .flatMap((list) => list.slice(0, 2))
      .map(({ sentence }) => passage([spanOfSentence(sentence)], "the study, with what it rules out")),
  );
}

const asksNone =
  /^\W*(?:(?:there is|the member has)\s+)?(?:no|absence of)\s+(?:evidence of\s+)?(.{4,60}?)\s+(?:on|by|as shown (?:on|by)|demonstrated (?:on|by))\s+(?:an?\s+|the\s+)?(.*?\b(?:imaging|radiographs?|x-?rays?|MRI|CT|ultrasound|PET(?:\/CT)?)\b.*)$/i;

/**
 * "No metastasis on CT of the chest within 60 days": a report of that study, of those parts and not older, that denies it
 * in writing and asserts none of it. `null`: of no such kind, or not shown.
 */
export function judgeNoneOnImaging(text: string, chart: Chart): Verdict | null {
  const found = asksNone.exec(text);
  if (!found) return null;
  const window = windowIn(found[2]!);
  const study = window
    ? found[2]!.replace(/\b(?:performed|obtained|done|taken)?\s*(?:within|in)\b.*$/i, "")
    : found[2]!;
  const wanted = modalities.filter((one) => one.test(study));
  const findings = telling(found[1]!, chart);
  const parts = wordsOf(study).filter(
    ({ form }) => isContent(form) && !frame.has(form) && !/^(?:of|the|and|with|contrast)$/.test(form),
  );
  if (wanted.length === 0 || findings.length === 0) return null;
  const { readings } = readingsOf(chart);
  const reports = chart.documents.filter(({ pages }) => {
    const top = (pages[0]?.text ?? "").slice(0, reportHead);
    const forms = new Set(wordsOf(top).map(({ form }) => form));
    return wanted.every((one) => one.test(top)) && parts.every(({ form }) => forms.has(form));
  });
  const lines = readings.filter(
    ({ sentence }) =>
      reports.some(({ document }) => document === sentence.document) &&
      (!window || (sentence.on !== null && daysBetween(sentence.on, chart.requestedOn) <= window.days)),
  );
  const denying = lines.filter((reading) => {
    const places = placesOf(findings, reading);
    return (
      findings.every(({ key }) => places.some((place) => place.key === key)) &&
      places.every(({ start, end }) => isDenied(reading.sentence.text, start, end))
    );
  });
  const head = findings.at(-1)!;
  const asserted = lines.some((reading) =>
    placesOf([head], reading).some(({ start, end }) => !isDenied(reading.sentence.text, start, end)),
  );
  if (denying.length === 0 || asserted) return null;
  return met(
    denying.slice(0, 2).map(({ sentence }) => passage([spanOfSentence(sentence)], "the study denies it")),
  );
}

/** Letters of a report that hold its title. */
const reportHead = 300;

const telling = (text: string, chart: Chart): Term[] =>
  termsOf(text, chart.strict).filter(
    ({ key, content }) =>
      content && !isFaint(key) && !frame.has(key) && !modalities.some((one) => one.test(key)),
  );

function isOf(part: readonly Term[], { sentence, terms }: Reading, chart: Chart): boolean {
  if (
    !isPlainStatement(sentence.text, sentence.section, false) ||
    !modalities.some((one) => one.test(sentence.text))
  )
    return false;
  if (sentence.on !== null && sentence.on > chart.asOf) return false;
  return part.every(({ key }) => terms.some((term) => term.key === key));
}

const placesOf = (findings: readonly Term[], { terms }: Reading): Term[] =>
  terms.filter((term) => findings.some(({ key }) => key === term.key));

const asserts = (findings: readonly Term[], reading: Reading): boolean =>
  placesOf(findings, reading).some(
    ({ start, end }) => !isDenied(reading.sentence.text, start, end) && !clear.test(reading.sentence.text),
  );

const clears = (findings: readonly Term[], reading: Reading): boolean =>
  clear.test(reading.sentence.text) ||
  placesOf(findings, reading).some(({ start, end }) => isDenied(reading.sentence.text, start, end));
