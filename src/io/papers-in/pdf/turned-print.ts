/** Print that runs up or down the page: tables set sideways, form numbers and stamps in the margin. */
import type { Box } from "#source";
import type { PlacedWord } from "../layout/placed-word.ts";

/** How print runs: across, down (turned clockwise) or up. */
type Run = "across" | "down" | "up";

export type SortedPrint = {
  /** The print that makes up the page, upright in the sense of its `at`. */
  words: PlacedWord[];
  /** Print that runs otherwise, upright likewise. */
  aside: PlacedWord[];
  /** Height of the page when `words` stand upright. */
  height: number;
};

/** Sorts a page's words by how they run; what most letters do is the page's own way. */
export function sortPrint(words: PlacedWord[], width: number, height: number): SortedPrint {
  if (!words.some(isTall)) return { words, aside: [], height };
  const runs: Record<Run, PlacedWord[]> = { across: [], down: [], up: [] };
  for (const line of Map.groupBy(words, (word) => word.line).values()) sortLine(line, runs);
  for (const word of runs.down) stand(word, (box) => turned(box, box.y, width - box.x - box.width));
  for (const word of runs.up) stand(word, (box) => turned(box, height - box.y - box.height, box.x));
  const main = (Object.keys(runs) as Run[]).reduce((best, run) =>
    lettersIn(runs[run]) > lettersIn(runs[best]) ? run : best,
  );
  const aside = (Object.keys(runs) as Run[]).filter((run) => run !== main).flatMap((run) => runs[run]);
  return { words: runs[main], aside, height: main === "across" ? height : width };
}

/** A word of several letters that is much higher than wide is not set across. */
const isTall = ({ text, box }: PlacedWord) =>
  text.length >= 3 && box.height > 1.4 * box.width && /^[ -~\u00a0-\u024f]+$/.test(text);

/**
 * Long words show how they run. Three letters prove nothing by themselves ("its", "III" are higher than wide in upright print
 * too): they run like most of their line, or like the long word before them where the line has both.
 */
function sortLine(line: PlacedWord[], runs: Record<Run, PlacedWord[]>): void {
  const sure = line.map((word) => (word.text.length > 3 || !isTall(word) ? runOf(word) : null));
  let last = sure.find((run) => run !== null) ?? (line.length > 1 ? mostOf(line) : "across");
  line.forEach((word, index) => {
    last = sure[index] ?? last;
    runs[last].push(word);
  });
}

/** A line of short words only: sideways when all that tell anything say so. */
function mostOf(line: PlacedWord[]): Run {
  const told = line.map(runOf).filter((run) => run !== null);
  return told.length > 1 && told.every((run) => run === told[0]) ? told[0]! : "across";
}

/** The first letter stands at the upper end of print that runs down, at the lower end of print that runs up. */
function runOf(word: PlacedWord): Run | null {
  const { base, box } = word;
  if (isTall(word)) return base < box.y + box.height / 2 ? "down" : "up";
  return box.width > 1.2 * box.height ? "across" : null;
}

const lettersIn = (words: PlacedWord[]) => words.reduce((sum, { text }) => sum + text.length, 0);

const turned = ({ width, height }: Box, x: number, y: number): Box => ({
  x,
  y,
  width: height,
  height: width,
});

function stand(word: PlacedWord, turn: (box: Box) => Box): void {
  word.at = turn(word.box);
  word.base = word.at.y + word.at.height * 0.8;
  word.size = word.at.height * 0.85;
}
