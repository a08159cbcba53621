import type { Matching } from "#knowledge";
import { type Chart, passage } from "./chart.ts";
import { met, type Verdict } from "./evaluate/verdict.ts";
import { isDenied, isPlainStatement } from "./polarity.ts";
import { type Sentence, spanOfSentence } from "./sentences.ts";

type Use = Matching["labels"][number];

const asks =
  /\b(?:FDA|food and drug administration)\b[^.;]{0,40}\b(?:approved|labell?ed|labell?ing)\b|\b(?:approved|labell?ed)\b[^.;]{0,30}\b(?:FDA|food and drug administration)\b|\b(?:FDA-)?labell?ed indication/i;
const more =
  /\d|\b(?:dos(?:e|es|ing|age)|quantity|device|product|exceed|consistent with|device|units?|frequency)\b/i;

/**
 * "Prescribed for an FDA-approved indication": a labeled use of what is asked for, named for this patient, at an age of
 * the label. Only "met" can follow: our rows do not hold every use. `null`: of no such kind, or not shown.
 */
export function judgeLabel(text: string, chart: Chart): Verdict | null {
  if (
    !asks.test(text) ||
    !/\b(?:indications?|uses?|diagnos[ie]s|conditions?)\b/i.test(text) ||
    more.test(text)
  )
    return null;
  // A treatment can stand for several drugs: then the sentence must name the one whose label it is.
  const several = chart.requested.length > 1;
  for (const use of chart.matching.labels.filter((row) => chart.requested.includes(row.drug))) {
    if (!ofAge(use, chart)) continue;
    const said = sentencesNaming(use.names, chart).filter(
      ({ text }) => !several || names(text, use.drug, chart),
    );
    const documents = new Set(said.map(({ document }) => document));
    const whole = (use.with ?? []).every((group) =>
      sentencesNaming(group, chart).some(({ document }) => documents.has(document)),
    );
    if (said.length > 0 && whole)
      return met(
        said.slice(0, 3).map((one) => passage([spanOfSentence(one)], `a labeled use of ${use.drug}`)),
      );
  }
  return null;
}

const names = (text: string, drug: string, { genericOf }: Chart): boolean =>
  [...genericOf].some(([name, generic]) => generic === drug && text.toLowerCase().includes(name));

function ofAge({ from, to }: Use, { patient }: Chart): boolean {
  if (from === undefined && to === undefined) return true;
  return patient.age !== null && patient.age.low >= (from ?? 0) && patient.age.high <= (to ?? 200);
}

/** Plain statements about this patient that name one of the words, the newest first. */
function sentencesNaming(names: readonly string[], chart: Chart): Sentence[] {
  const words = new RegExp(
    `\\b(?:${names.map((name) => name.replace(/[/.]/g, "\\$&").replace(/[- ]/g, "[- ]")).join("|")})\\b`,
    "i",
  );
  return chart.index.sentences
    .map(({ sentence }) => sentence)
    .filter((sentence) => {
      const found = words.exec(sentence.text);
      return (
        found !== null &&
        sentence.text.length < 400 &&
        (sentence.on === null || sentence.on <= chart.asOf) &&
        isPlainStatement(sentence.text, sentence.section, false) &&
        !isDenied(sentence.text, found.index, found.index + found[0].length)
      );
    })
    .sort((a, b) => (b.on ?? "").localeCompare(a.on ?? ""));
}
