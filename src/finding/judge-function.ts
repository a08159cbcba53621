import { type Chart, passage } from "./chart.ts";
import { met, type Verdict } from "./evaluate/verdict.ts";
import { isPlainStatement } from "./polarity.ts";
import { spanOfSentence } from "./sentences.ts";
import { readingsOf } from "./support.ts";

const asks =
  /^\W*(?:(?:the\s+)?(?:pain|symptoms?|disease|condition)\s+)?(?:that\s+|which\s+)?(?:significantly\s+)?(?:interfer\w+ with|limit\w*|impair\w*|affect\w*)\s+(?:the\s+)?(?:performance of\s+)?(?:activities of daily living|ADLs?|daily (?:activities|life|function\w*)|instrumental activities of daily living|age-appropriate activities)(?:\s*\(ADLs?\))?\W*$/i;
const activity =
  "(?:walk\\w*|stairs?|dress\\w*|bath\\w*|shower\\w*|shop\\w*|stand\\w*|ADLs?|activities of daily living|daily activities|housework|household|self-care|toilet\\w*|cook\\w*|climb\\w*|groom\\w*|eat\\w*|driv\\w*|lift\\w*)";
const limited = new RegExp(
  `\\b(?:limits?|limited|limiting|cannot|can't|unable to|needs? (?:help|assistance)|requires? (?:help|assistance)|interferes?|difficulty|trouble)\\b[^.;]{0,50}\\b${activity}\\b`,
  "i",
);
const complaint =
  /\b(?:pain|stiffness|weakness|dyspnea|shortness of breath|symptoms?|itch\w*|tremor|fatigue)\b/i;
const doubtful =
  /\b(?:no|denies|without|not)\b[^.;,]{0,25}\b(?:limit\w*|difficulty|trouble|interfer\w*)|\b(?:independent)\b/i;

/** "Interferes with activities of daily living": a note that names an activity the complaint takes away. `null`: not asked or not said. */
export function judgeFunction(text: string, chart: Chart): Verdict | null {
  if (!asks.test(text)) return null;
  const { readings } = readingsOf(chart);
  const said = readings.filter(({ sentence }, at) => {
    const before = readings[at - 1]?.sentence;
    const told = `${before?.document === sentence.document ? before.text : ""} ${sentence.text}`;
    return (
      limited.test(sentence.text) &&
      !doubtful.test(sentence.text) &&
      complaint.test(told) &&
      (sentence.on ?? "") <= chart.asOf &&
      isPlainStatement(sentence.text, sentence.section, false)
    );
  });
  return said.length > 0
    ? met(
        said.slice(0, 2).map(({ sentence }) => passage([spanOfSentence(sentence)], "an activity it limits")),
      )
    : null;
}
