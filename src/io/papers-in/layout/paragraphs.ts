/** Which lines go on the paragraph before them, by where they end and begin. */
import { type Segment, startsWithMarker, textOf } from "./segments.ts";

/** The edges of the room in which lines are set. */
export type Room = { left: number; right: number };

/** The room of a block of lines: its widest extent. */
export function roomOf(segments: readonly Segment[]): Room {
  return {
    left: Math.min(...segments.map((segment) => segment.left)),
    right: Math.max(...segments.map((segment) => segment.right)),
  };
}

/** "Member ID: …": lines of a form, each on its own. */
const label = /^\p{Lu}[\p{L}\p{N} #/()'’.-]{1,32}:(?:\s|$)/u;

/** True when `below` goes on the paragraph of `above`, both lines of one block. */
export function goesOn(above: Segment, below: Segment, room: Room): boolean {
  const text = textOf(below);
  if (startsWithMarker(text) && !midSentence(above, below, room)) return false;
  if (label.test(text) && label.test(textOf(above))) return false;
  const size = Math.max(above.size, below.size);
  if (Math.abs(above.size - below.size) > 0.15 * size) return false;
  if (below.top - above.bottom > 0.75 * size || below.top <= above.top) return false;
  if (isBold(above) !== isBold(below) && !/^\p{Ll}/u.test(text)) return false;
  if (!fitsIndent(above, below)) return false;
  return isFull(above, below, room) || runsOn(above, text, room);
}

const isBold = (segment: Segment) => segment.words.every((word) => word.bold);

/** A hanging line stands under the marker's text; other lines under the line above, or left of its first-line indent. */
function fitsIndent(above: Segment, below: Segment): boolean {
  const text = textOf(above);
  if (startsWithMarker(text) && above.words.length > 1) {
    return below.left > above.left - 2 && below.left < above.words[1]!.at.x + 14;
  }
  const shift = below.left - above.left;
  return shift < 4 && shift > -48;
}

/** "…when the conditions in / (A) through (E) are met": a full line that ends on a small word asks for more. */
function midSentence(above: Segment, below: Segment, room: Room): boolean {
  const small =
    /\b(?:the|an|of|in|to|for|with|by|under|than|from|through|section|criteria|criterion|items?|parts?)$/i;
  return small.test(textOf(above)) && isFull(above, below, room) && Math.abs(below.left - above.left) < 2;
}

/** True when the first word of the next line would not have fitted. */
function isFull(above: Segment, below: Segment, room: Room): boolean {
  const first = below.words[0]!;
  const slack = 0.04 * (room.right - room.left);
  return above.right + 0.25 * above.size + first.at.width > room.right - slack;
}

/** True when the words plainly go on although the line is short: no stop at its end, a small letter next. */
function runsOn(above: Segment, text: string, room: Room): boolean {
  const wide = above.right - room.left > 0.4 * (room.right - room.left);
  return wide && /^[\p{Ll}(]/u.test(text) && !/[.:;!?]$/.test(textOf(above));
}
