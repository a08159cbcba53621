import type { GroundId } from "#base";
import type { DenialPhrases } from "#knowledge";
import { type Phrase, phrasesOf, saidIn } from "./phrases.ts";
import type { Sentence } from "./sentences.ts";
import type { Sheet } from "./sheet.ts";
import type { Ground } from "./types.ts";

type Told = { id: GroundId; sentences: Sentence[]; weight: number };

/** Sentences of the reason speak louder than what else the letter tells. */
const inReason = 2;

/**
 * The ground of a refusal that only tells a story: "You climb stairs with one rail. You can go on with these exercises by
 * yourself." The ground of which most sentences speak; none where the letter tells nothing of the kind.
 */
export function toldGround(
  sheet: Sheet,
  sentences: readonly Sentence[],
  { stories, zones }: DenialPhrases,
): Ground[] {
  const aside = phrasesOf(zones.filter(({ id }) => id === "not-the-reason" || id === "earlier-decision"));
  const spoken = sentences.filter(
    (sentence) =>
      (sentence.zone === "reason" || sentence.zone === "body") &&
      sentence.text.length > 18 &&
      !aside.some((phrase) => saidIn(phrase, sentence)),
  );
  const top = mostTold(phrasesOf(stories), spoken);
  if (!top) return [];
  const from = top.sentences.slice(0, 3).flatMap(({ start, end }) => sheet.span(start, end));
  return [{ id: top.id, from, codes: [] }];
}

/** Rows stand in the order in which equals are settled: the narrower reason first. */
function mostTold(rows: readonly Phrase[], spoken: readonly Sentence[]): Told | null {
  const told = new Map<string, Told>();
  for (const row of rows) {
    const said = spoken.filter((sentence) => saidIn(row, sentence) !== null);
    const one = told.get(row.row.id) ?? { id: row.row.id as GroundId, sentences: [], weight: 0 };
    one.sentences.push(...said);
    one.weight += said.reduce((sum, { zone }) => sum + (zone === "reason" ? inReason : 1), 0);
    told.set(row.row.id, one);
  }
  const [top] = [...told.values()].sort((a, b) => b.weight - a.weight);
  return top && top.weight > 0 ? top : null;
}
