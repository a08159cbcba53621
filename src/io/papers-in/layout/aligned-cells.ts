/** Cells so near to each other that only their common left edge, row after row, tells them apart. */
import { isMarker, type Row, type Segment, segmentOf } from "./segments.ts";

/** A gap before a cell is wider than a blank, in letter heights, and wider than the other gaps of its line. */
const LEAST = 0.36;
const WIDER = 1.45;
/** Left edges within this many points are one edge; rows this near are looked at. */
const SAME_EDGE = 0.8;
const NEAR_ROWS = 4;

/** Splits segments before words that begin a cell in this row and in another row near by. */
export function splitAligned(rows: Row[]): Row[] {
  const breaks = rows.map((row) => row.map(possibleBreaks));
  if (breaks.every((row) => row.every((segment) => segment.length === 0))) return rows;
  const edges = rows.map((row, index) => [
    ...row.map((segment) => segment.left),
    ...row.flatMap((segment, place) => breaks[index]![place]!.map((word) => segment.words[word]!.at.x)),
  ]);
  return rows.map((row, index) =>
    row.flatMap((segment, place) => {
      const at = breaks[index]![place]!.filter((word) => isEdge(edges, index, segment.words[word]!.at.x));
      return at.length === 0 ? [segment] : splitBefore(segment, at);
    }),
  );
}

/** Places of words before which there is an uncommonly wide gap. */
function possibleBreaks(segment: Segment): number[] {
  const { words } = segment;
  const gaps: number[] = [];
  let widest = 0;
  for (let index = 1; index < words.length; index++) {
    const before = words[index - 1]!.at;
    const gap = words[index]!.at.x - before.x - before.width;
    gaps.push(gap);
    if (gap > widest) widest = gap;
  }
  if (widest < LEAST * segment.size) return [];
  const usual = gaps.toSorted((a, b) => a - b)[(gaps.length - 1) >> 1] ?? 0;
  const least = Math.max(LEAST * segment.size, gaps.length > 1 ? WIDER * usual : 0);
  return gaps.flatMap((gap, index) =>
    gap >= least && !(index === 0 && isMarker(words[0]!.text)) ? [index + 1] : [],
  );
}

function isEdge(edges: number[][], row: number, x: number): boolean {
  for (let other = Math.max(0, row - NEAR_ROWS); other <= row + NEAR_ROWS && other < edges.length; other++)
    if (other !== row && edges[other]!.some((edge) => Math.abs(edge - x) < SAME_EDGE)) return true;
  return false;
}

function splitBefore(segment: Segment, words: number[]): Segment[] {
  const starts = [0, ...words];
  return starts.map((start, index) => segmentOf(segment.words.slice(start, starts[index + 1])));
}
