import { type Chart, passage } from "./chart.ts";
import { met, notMet, unknown, type Verdict } from "./evaluate/verdict.ts";
import { termsOf } from "./lexicon.ts";
import { isDenied, isPlainStatement } from "./polarity.ts";
import { type Sentence, spanOfSentence } from "./sentences.ts";
import { stem, wordsOf } from "./words.ts";

const drugWords =
  "(?:biologics?(?: (?:agents?|drugs?|medicines?|therap(?:y|ies)))?|disease[- ]modifying (?:therap(?:y|ies)|treatments?|drugs?|agents?)|DMTs?|immunomodulators?|immunosuppressants?|(?:[A-Za-z0-9-]+ )(?:inhibitors?|antagonists?|agonists?)|targeted (?:therap(?:y|ies)|drugs?)|monoclonal antibod(?:y|ies))";
const asks = new RegExp(
  `\\b(?:not\\s+(?:receiving|taking|using|on|be(?:ing)?\\s+(?:used|given|taken))|(?:will\\s+)?not\\s+be\\s+used|not\\s+used|concurrent(?:ly)?|concomitant(?:ly)?|in combination|together)\\b[^.;]{0,40}\\b(?:an)?other\\s+(${drugWords})`,
  "i",
);
const denies = new RegExp(
  `\\b(?:no|not (?:on|taking|receiving|using)(?:\\s+any)?|without(?:\\s+any)?|takes no|denies)\\s+(?:an)?other\\s+(${drugWords})`,
  "i",
);
/** Nothing else may be asked for beside the other drug and the disease it is taken for. */
const frame =
  /\b(?:the|member|patient|individual|is|are|will|be|not|no|with|for|same|condition|indication|disease|use[ds]?|receiving|taking|using|on|being|given|taken|concurrent\w*|concomitant\w*|in|combination|together|any|an?|other|another|of|treatment|multiple|sclerosis|medication|drug|requested)\b|[^a-z]+/gi;

/** True where a criterion is about drugs taken at the same time, whatever else it names. */
export const asksOtherDrugs = (text: string): boolean => asks.test(text);

/**
 * "Not receiving another disease-modifying therapy", or, among exclusions, "concurrent use with another biologic": what a
 * note says in words of other drugs of that kind. `null`: of no such kind, or nothing said.
 */
export function judgeOtherDrugs(criterion: string, chart: Chart): Verdict | null {
  const text = oneName(criterion);
  const found = asks.exec(text);
  if (!found) return null;
  const wanted = kindsFrom(text, found);
  // What is planned answers a criterion about what will be.
  const said = plain(chart, /\bwill\b/i.test(text)).flatMap((sentence) => {
    const words = oneName(sentence.text);
    const place = denies.exec(words);
    const kinds = place ? kindsFrom(words, place).forms.flat() : [];
    return kinds.length > 0 ? [{ sentence, kinds }] : [];
  });
  const bears = said.filter(({ kinds }) => wanted.forms.some((forms) => shares(forms, kinds)));
  if (bears.length === 0) return unknown();
  const evidence = bears
    .slice(0, 2)
    .map(({ sentence }) => passage([spanOfSentence(sentence)], "none is taken, in writing"));
  if (!/\b(?:not|no|without|never)\b/i.test(text)) return notMet(evidence);
  const all = wanted.forms.every((forms) => bears.some(({ kinds }) => shares(forms, kinds)));
  const rest = `${text.slice(0, found.index + found[0].length - found[1]!.length)}${text.slice(wanted.end)}`;
  return all && rest.replace(drugNames(chart), "").replace(frame, "").length <= 12
    ? met(evidence)
    : unknown(evidence);
}

const shares = (forms: readonly string[], kinds: readonly string[]): boolean =>
  forms.some((form) => kinds.includes(form));

/** One name for what criteria and notes write in two ways. */
const oneName = (text: string): string => text.replace(/\bjanus(?:[- ]associated)?[- ]kinase\b/gi, "JAK");

/** The names of what is asked for: a criterion may name it before the drugs that must not join it. */
const drugNames = (chart: Chart): RegExp =>
  chart.requested.length === 0
    ? /(?!)/
    : new RegExp(
        `\\b(?:${chart.requested.map((name) => name.replace(/[^a-z0-9 ]/gi, ".")).join("|")})\\b`,
        "gi",
      );

/** The kind of drug that a pattern found, and those joined to it: "another biologic or a JAK inhibitor". */
function kindsFrom(text: string, found: RegExpExecArray): { forms: string[][]; end: number } {
  const joined = new RegExp(
    `\\s*(?:,\\s*)?(?:(?:or|nor|and|and/or)\\s+)(?:no\\s+|with\\s+)?(?:an?\\s+|any\\s+)?(?:other\\s+)?(${drugWords})`,
    "iy",
  );
  const forms = [kindWords(found[1]!)];
  joined.lastIndex = found.index + found[0].length;
  let end = joined.lastIndex;
  for (let next = joined.exec(text); next; next = joined.exec(text)) {
    forms.push(kindWords(next[1]!));
    end = joined.lastIndex;
  }
  return { forms, end };
}

const general = new Set(["therapy", "treatment", "agent", "drug", "medicine", "modify"].map(stem));
const kindWords = (name: string): string[] =>
  wordsOf(/^DMTs?$/i.test(name) ? "disease modifying" : name)
    .map(({ form }) => form)
    .filter((form) => !general.has(form) || /biologic/i.test(form));

const plain = (chart: Chart, planned: boolean): Sentence[] =>
  chart.index.sentences
    .map(({ sentence }) => sentence)
    .filter(({ text, section, on }) => (on ?? "") <= chart.asOf && isPlainStatement(text, section, planned));

const asksResponse =
  /^\W*(?:(?:documentation of|documented|the member has|the patient has|evidence of|there is)\s+)*(?:an?\s+)?(?:positive|beneficial|favorable|good|adequate)\s+(?:clinical\s+|therapeutic\s+)?response\b(?:\s+to\s+(?:the\s+)?(?:therapy|treatment|medication|drug|[a-z]+))?\s*(?:[,(]?\s*(?:such as|as evidenced by|e\.g\.|for example|defined as)\b.*)?\W*$/i;
const responds =
  /\b(?:positive|good|excellent|favorable|beneficial|sustained)\s+(?:clinical\s+|treatment\s+|therapeutic\s+)?response\b|\bresponding well\b|\bresponded well\b/i;

/** "Documentation of a positive clinical response": a note that says so of the drug asked for. `null`: not asked or not said. */
export function judgeResponse(text: string, chart: Chart): Verdict | null {
  if (!asksResponse.test(text) || chart.requested.length === 0) return null;
  const sentences = chart.index.sentences;
  const said = sentences.filter(({ sentence }, at) => {
    const place = responds.exec(sentence.text);
    if (!place || (sentence.on ?? "") > chart.asOf) return false;
    if (!isPlainStatement(sentence.text, sentence.section, false)) return false;
    if (isDenied(sentence.text, place.index, place.index + place[0].length)) return false;
    const around = [-3, -2, -1, 0].flatMap((step) => {
      const near = sentences[at + step]?.sentence;
      return near?.document === sentence.document && near.page === sentence.page ? [near.text] : [];
    });
    const drugs = termsOf(around.join(" "), chart.strict)
      .filter(({ key }) => key.startsWith("d:"))
      .map(({ key }) => key.slice(2).toLowerCase());
    return drugs.length > 0 && drugs.every((drug) => chart.requested.includes(drug));
  });
  return said.length > 0
    ? met(
        said
          .slice(0, 2)
          .map(({ sentence }) => passage([spanOfSentence(sentence)], "the response is recorded")),
      )
    : null;
}
