import { type Passage, slice } from "./passage.ts";
import { looksLikeTitle } from "./section-roles.ts";
import { isPointer } from "./sentence-frames.ts";
import { sentencesOf } from "./sentences.ts";
import { isNote } from "./words.ts";

/** A title that opens a paragraph as a sentence of its own: "Secondary regurgitation. Repair is covered when …". */
export type RunInTitle = { title: Passage; rest: Passage };

const verb =
  /\b(?:is|are|was|were|has|have|had|must|shall|will|does|do|did|may|can|should|meets?|documents?|shows?)\b/i;
const only = /^(?:please )?(?:see|refer to|go to)\b/i;

/** The title that an item opens with, if it does. */
export function runInTitle(passage: Passage): RunInTitle | null {
  const [first, second] = sentencesOf(passage);
  if (!first || !second) return null;
  const bare = first.text.trim().replace(/\.$/, "");
  const words = bare.split(/\s+/).length;
  if (words > 6 || !looksLikeTitle(bare) || verb.test(bare) || /\d/.test(bare)) return null;
  const at = passage.text.indexOf(second.text);
  return { title: slice(passage, 0, bare.length), rest: slice(passage, at, passage.text.length) };
}

/** Words that only send the reader to another section or explain: nothing is asked for. */
export const onlyPoints = (passage: Passage): boolean =>
  sentencesOf(passage).every(({ text }) => only.test(text) || isPointer(text) || isNote(text));
