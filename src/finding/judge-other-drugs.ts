import { type Chart, passage } from "./chart.ts";
import { met, notMet, unknown, type Verdict } from "./evaluate/verdict.ts";
import { termsOf } from "./lexicon.ts";
import { isDenied, isPlainStatement } from "./polarity.ts";
import { type Sentence, spanOfSentence } from "./sentences.ts";
import { stem, wordsOf } from "./words.ts";

const drugWords =
  "(?:biologics?(?: (?:agents?|drugs?|medicines?|therap(?:y|ies)))?|disease[- ]modifying (?:therap(?:y|ies)|treatments?|drugs?|agents?)|DMTs?|immunomodulators?|immunosuppressants?|[A-Za-z0-9-]+ (?:inhibitors?|antagonists?|agonists?)|targeted (?:therap(?:y|ies)|drugs?)|monoclonal antibod(?:y|ies))";
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
export function judgeOtherDrugs(text: string, chart: Chart): Verdict | null {
  const found = asks.exec(text);
  if (!found) return null;
  const wanted = kindWords(found[1]!);
  const said = plain(chart).filter(({ text: words }) => {
    const place = denies.exec(words);
    return place !== null && kindWords(place[1]!).some((form) => wanted.includes(form));
  });
  const rest = text.replace(found[1]!, "").replace(frame, "");
  if (said.length === 0) return unknown();
  const evidence = said.slice(0, 2).map((one) => passage([spanOfSentence(one)], "none is taken, in writing"));
  if (!/\b(?:not|no|without|never)\b/i.test(text)) return notMet(evidence);
  return rest === "" || rest.length <= 12 ? met(evidence) : unknown(evidence);
}

const general = new Set(["therapy", "treatment", "agent", "drug", "medicine", "modify"].map(stem));
const kindWords = (name: string): string[] =>
  wordsOf(/^DMTs?$/i.test(name) ? "disease modifying" : name)
    .map(({ form }) => form)
    .filter((form) => !general.has(form) || /biologic/i.test(form));

const plain = (chart: Chart): Sentence[] =>
  chart.index.sentences
    .map(({ sentence }) => sentence)
    .filter(({ text, section, on }) => (on ?? "") <= chart.asOf && isPlainStatement(text, section, false));

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
