import type { Reading } from "#base";
import type { Denial } from "#denial";
import type { SortedPaper, SortedPapers } from "#intake";
import type { Policy } from "#policy";

/**
 * The papers under the names and dates that their own readers found: each notice carries its date, the policy its title and
 * the day it took effect. The sorter saw only headings. `denials`: what was read of the notices, the one in hand first.
 */
export function namePapers(
  sorted: SortedPapers,
  denials: readonly Denial[],
  policy: Policy | null,
): SortedPapers {
  const papers = sorted.papers.map((paper) => {
    const notice = paper.kind === "denial" && denials.find(({ noticeDate }) => stands(noticeDate, paper));
    if (notice) return { ...paper, date: notice.noticeDate };
    if (paper.kind === "policy" && (stands(policy?.title, paper) || stands(policy?.effective, paper))) {
      return { ...paper, title: policy!.title ?? paper.title, date: policy!.effective ?? paper.date };
    }
    return paper;
  });
  return { ...sorted, papers };
}

/** The reading was taken from this very paper. */
function stands(reading: Reading<string> | null | undefined, paper: SortedPaper): boolean {
  return (
    reading?.from.some(
      ({ document, page }) =>
        document === paper.document && page >= paper.pages.from && page <= paper.pages.to,
    ) ?? false
  );
}
