import { type Chart, passage } from "./chart.ts";
import { met, unknown, type Verdict } from "./evaluate/verdict.ts";
import { spanOfSentence } from "./sentences.ts";

const change = "(?:impact|affect|change|alter|guide|influence|inform|direct|determine)";
const care = "(?:management|treatment|therap\\w+|care|decision\\w*|surveillance|medication\\w*)";
const asks = new RegExp(
  `\\b(?:results?|findings?|outcome|testing|tests?|study|imaging)\\b[^.;]{0,60}\\b${change}\\w*\\b[^.;]{0,60}\\b${care}`,
  "i",
);
const says = new RegExp(
  `\\b(?:results?|findings?|outcome|diagnosis|testing|test)\\b[^.;:,]{0,40}\\b(?:would|will|(?:is|are) (?:expected|going) to)\\s+(?:directly\\s+|immediately\\s+|substantially\\s+)?${change}\\b[^.;:]{0,60}\\b${care}`,
  "i",
);
const doubtful =
  /\b(?:not|no|how|ask|rarely|only|sister's|brother's|many patients|parents['’]|unlikely|may|might|could|whether|unclear)\b/i;

/** "Results will change management": a note that says so plainly. `null`: not asked. */
export function judgeUtility(text: string, chart: Chart): Verdict | null {
  if (!asks.test(text) || text.split(/\s+/).length > 24 || /\b(?:not|no)\b/i.test(text)) return null;
  const said = chart.index.sentences.flatMap(({ sentence }) => {
    const found = says.exec(sentence.text);
    return found
      ? [{ sentence, plain: !doubtful.test(sentence.text.slice(0, found.index + found[0].length)) }]
      : [];
  });
  const show = (list: typeof said) =>
    list
      .slice(0, 2)
      .map(({ sentence }) => passage([spanOfSentence(sentence)], "says what the result changes"));
  const plain = said.filter((one) => one.plain);
  if (said.length === 0) return null;
  return plain.length === said.length ? met(show(plain)) : unknown(show(said));
}
