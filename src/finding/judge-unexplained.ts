import { type Chart, passage } from "./chart.ts";
import { met, unknown, type Verdict } from "./evaluate/verdict.ts";
import { judgeEnumeration } from "./judge-enumeration.ts";
import { isPlainStatement } from "./polarity.ts";
import { spanOfSentence } from "./sentences.ts";

const asks =
  /^\W*(?:(?:the\s+)?(?:member|patient|individual|child|beneficiary)\s+)?(?:has|have|with|diagnosis of|presence of)?\s*(?:an?\s+)?(?:unexplained|idiopathic|cryptogenic)\s+(.{4,140}?)\W*$|^\W*(.{4,140}?)\s+(?:of|with|that is of)\s+(?:unknown|undetermined|unexplained)\s+(?:cause|etiology|origin)\W*$/i;
const noCause =
  /\b(?:no|without an?|without any)\s+(?:\w+\s+){0,3}?(?:cause|etiolog\w+|explanation|diagnosis)\b[^.;]{0,30}\b(?:found|identified|established|known|to date|so far|yet)\b|\b(?:cause|etiology|origin)\s+(?:is|remains|was)\s+(?:unknown|undetermined|unclear|not (?:known|found|identified|established))\b|\b(?:unknown|undetermined|unclear)\s+(?:cause|etiology|origin)\b|\bunexplained\b|\bno cause has been found\b|\b(?:work-?up|evaluation|testing)\b[^.;]{0,40}\b(?:unrevealing|non-?diagnostic|without (?:a )?(?:diagnosis|cause))\b|\bremains? undiagnosed\b/i;

/**
 * "Unexplained global developmental delay or intellectual disability": one of those named is there, and a note says that its
 * cause has not been found. `null`: not asked, or none of those named is stated.
 */
export function judgeUnexplained(
  text: string,
  chart: Chart,
  judge: (part: string) => Verdict,
): Verdict | null {
  const found = asks.exec(text);
  if (!found) return null;
  const illnesses = (found[1] ?? found[2])!;
  if (/\b(?:not|no|fail\w*|despite|for at least)\b|\d/i.test(illnesses)) return null;
  const ways = illnesses
    .split(/\s*,\s*(?:and\/or\s+|or\s+)?|\s+(?:and\/or|or)\s+/i)
    .filter((way) => way.length > 3);
  const shown = judgeEnumeration(illnesses, chart) ?? ways.map(judge).find(({ status }) => status === "met");
  if (shown?.status !== "met") return null;
  const said = chart.index.sentences
    .map(({ sentence }) => sentence)
    .filter(
      ({ text: words, section, on }) =>
        noCause.test(words) && (on ?? "") <= chart.asOf && isPlainStatement(words, section, false),
    );
  const open = said.slice(0, 2).map((one) => passage([spanOfSentence(one)], "its cause is not known"));
  return open.length > 0 ? met([...shown.for.slice(0, 2), ...open]) : unknown(shown.for);
}
