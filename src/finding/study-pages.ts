import type { Fact } from "#record";
import type { Chart } from "./chart.ts";

/** Studies that a criterion can ask for, and how their reports call themselves. */
const studies: readonly RegExp[] = [
  /\bechocardiogra\w+|\bTTE\b|\bTEE\b/i,
  /\bMRI\b|\bmagnetic resonance\b/i,
  /\bCT\b(?! surg)|\bcomputed tomograph\w+/i,
  /\bultraso(?:und|nograph\w+)|\bduplex\b/i,
  /\bDE?XA\b|\bdensitometr\w+/i,
  /\b(?:catheteri[sz]ation|angiogra\w+)\b/i,
];
const report =
  /\b(?:study|exam(?:ination)?|interpret\w*|reading|read by|technique|findings|impression|final(?: report)?)\b/i;
/** Letters of a page that can hold a report's own heading. */
const head = 500;

/**
 * Where a criterion says by which study a thing must be shown, readings of such a report come before what notes say
 * of it. Where the papers hold no such report, what the notes say stands.
 */
export function onReportsOf(text: string, facts: readonly Fact[], chart: Chart): readonly Fact[] {
  const asked = studies.filter((study) => study.test(text));
  if (asked.length === 0) return facts;
  const onReport = ({ document, page }: Fact["from"][number]) => {
    const top = chart.documents
      .find((one) => one.document === document)
      ?.pages.find((one) => one.page === page)
      ?.text.slice(0, head);
    return top !== undefined && report.test(top) && asked.some((study) => study.test(top));
  };
  const reported = facts.filter(({ from }) => from.some(onReport));
  return reported.length > 0 ? reported : facts;
}
