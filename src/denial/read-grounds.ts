import type { GroundId } from "#base";
import type { DenialPhrases } from "#knowledge";
import type { Fact } from "./facts.ts";
import { type Phrase, phrasesOf, saidIn } from "./phrases.ts";
import type { PrintedCode } from "./read-reason-codes.ts";
import type { Sentence } from "./sentences.ts";
import type { Sheet } from "./sheet.ts";
import type { Ground } from "./types.ts";

/** Facts of the head whose words name things, not reasons. */
const named = new Set(["service", "diagnosis", "provider", "plan", "member-name", "subscriber-name"]);

type Found = { id: GroundId; start: number; end: number; sentence: Sentence; weak: boolean; stray: boolean };

/**
 * The reasons on which this decision rests. Only sentences about the decision count: not the reader's rights,
 * not general paragraphs, not what an earlier decision said, not what the notice says was *not* the reason. `decided`: the
 * notice says a refusal, so that weak signs may count wherever they stand.
 */
export function readGrounds(
  sheet: Sheet,
  facts: readonly Fact[],
  sentences: Sentence[],
  phrases: DenialPhrases,
  codes: PrintedCode[],
  decided: boolean,
): Ground[] {
  const aside = phrasesOf(
    phrases.zones.filter(({ id }) => id === "not-the-reason" || id === "earlier-decision"),
  );
  const rows = phrasesOf(phrases.grounds);
  const spoken = sentences.filter(
    (sentence) =>
      ["head", "body", "reason"].includes(sentence.zone) &&
      !(
        sentence.zone === "head" &&
        facts.some(
          ({ field, rank, labelStart }) =>
            named.has(field) && rank > 4 && labelStart >= sentence.start && labelStart < sentence.end,
        )
      ) &&
      !facts.some(({ field, labelStart }) => field === "criteria" && labelStart === sentence.start),
  );
  const found = spoken.flatMap((sentence) => {
    const said = decidedPart(sentence, aside);
    return said ? groundsOf(rows, said) : [];
  });
  const operative = phrasesOf(phrases.zones.filter(({ id }) => id === "what-is-missing"));
  return withCodes(
    sheet,
    withWhatIsMissing(
      settle(found, decided, spoken),
      spoken.filter((sentence) => decidedPart(sentence, aside) === sentence),
      operative,
    ),
    codes,
  );
}

/**
 * A sentence that only names the ground ("It is not medically necessary.") stands beside the one that says what is
 * missing; both are the reason, what is missing first.
 */
function withWhatIsMissing(
  found: Found[],
  spoken: readonly Sentence[],
  operative: readonly Phrase[],
): Found[] {
  const taken = new Set(found.map(({ sentence }) => sentence.start));
  const says = (sentence: Sentence): boolean => operative.some((phrase) => saidIn(phrase, sentence) !== null);
  return found.flatMap((one) => {
    if (one.weak || one.sentence.zone === "head" || says(one.sentence)) return [one];
    const at = spoken.findIndex(({ start }) => start === one.sentence.start);
    if (at < 0) return [one];
    const beside = [spoken[at - 1], spoken[at + 1]].find(
      (next) =>
        next &&
        next.zone !== "head" &&
        !taken.has(next.start) &&
        Math.abs(next.row - one.sentence.row) <= 1 &&
        next.text.length <= 400 &&
        says(next),
    );
    if (!beside) return [one];
    taken.add(beside.start);
    const missing = { ...one, sentence: beside, start: beside.start, end: beside.end };
    // "No such evidence was sent" leans on what stands before it.
    return /^\s*(?:no such|this|that|these|those|it|they)\b/i.test(beside.text)
      ? [one, missing]
      : [missing, one];
  });
}

/**
 * A sentence that says what was not decided names no ground, save in what it gives as the cause: "Because this is an
 * exclusion, we did not consider whether …".
 */
function decidedPart(sentence: Sentence, aside: readonly Phrase[]): Sentence | null {
  if (!aside.some((phrase) => saidIn(phrase, sentence))) return sentence;
  const cause = /^(?:because|since|as)\b[^,]{8,160},/i.exec(sentence.text);
  if (!cause) return null;
  const part = { ...sentence, end: sentence.start + cause[0].length, text: cause[0] };
  return aside.some((phrase) => saidIn(phrase, part)) ? null : part;
}

/** The grounds of one sentence; the narrower one stands. */
function groundsOf(rows: readonly Phrase[], sentence: Sentence): Found[] {
  const reason = sentence.zone === "reason" || /\bbecause\b|^\s*(?:denial )?reason/i.test(sentence.text);
  const said = rows.flatMap((phrase) => {
    const weak = phrase.row.strength === "weak" && !sentence.carried;
    const at = saidIn(phrase, sentence);
    return at
      ? [{ phrase, found: { id: phrase.row.id as GroundId, ...at, sentence, weak, stray: weak && !reason } }]
      : [];
  });
  const strong = said.filter(({ found }) => !found.weak);
  const kept = strong.length > 0 ? strong : said;
  const over = new Set(kept.flatMap(({ phrase }) => phrase.row.over));
  return kept.filter(({ found }) => !over.has(found.id)).map(({ found }) => found);
}

/** A line of a list, the legend of a key, or one of several requests that are told one after the other. */
const opensItem =
  /^\s*(?:\(?\d{1,2}[.)]\s|[-•*]\s|[A-Z]{1,2}\d{0,3}\s?[:-]\s|(?:the|your) (?:first|second|third|fourth|other|next|last)\b)/i;
const refusesItem =
  /\b(?:not (?:approved|covered|authorized|certified|paid|payable|allowed)|denied|den(?:y|ying)|declined|disapproved|non-?certified|cannot|can't|no benefit)\b/i;

/** Sentence by sentence, the number of the item it stands in; 0 before the first. */
function itemsOf(spoken: readonly Sentence[]): Map<Sentence, number> {
  let item = 0;
  let row = -1;
  const items = new Map<Sentence, number>();
  for (const sentence of spoken) {
    if (sentence.row !== row && opensItem.test(sentence.text)) item++;
    row = sentence.row;
    items.set(sentence, item);
  }
  return items;
}

/** Each refused item of a list has its own reason: what only weak signs tell counts where its item has nothing stronger. */
function ofOwnItem(found: Found[], spoken: readonly Sentence[]): Found[] {
  const items = itemsOf(spoken);
  const itemOf = ({ sentence }: Found): number =>
    items.get(spoken.find(({ start }) => start === sentence.start) ?? sentence) ?? 0;
  const answered = new Set(found.filter(({ weak }) => !weak).map(itemOf));
  const refused = new Set(
    [...items].filter(([sentence]) => refusesItem.test(sentence.text)).map(([, item]) => item),
  );
  return found.filter((one) => {
    const item = itemOf(one);
    return one.weak && item > 0 && refused.has(item) && !answered.has(item);
  });
}

/** Weak signs count only where nothing strong was said; a dismissed appeal decides nothing else. */
function settle(found: Found[], decided: boolean, spoken: readonly Sentence[]): Found[] {
  const dismissed = found.filter(({ id }) => id === "appeal-dismissed");
  if (dismissed.length > 0) return dismissed;
  const strong = found.filter(({ weak }) => !weak);
  if (strong.length > 0) {
    const own = new Set(ofOwnItem(found, spoken));
    return found.filter((one) => !one.weak || own.has(one));
  }
  // Outside the passage that gives the reason, weak signs are the last resort.
  const near = found.filter(({ stray }) => !stray);
  return near.length > 0 || !decided ? near : found;
}

/** Grounds in the order of the letter, with the printed codes put to the ground they speak of. */
function withCodes(sheet: Sheet, found: Found[], codes: PrintedCode[]): Ground[] {
  const grounds = new Map<GroundId, Ground>();
  const of = (id: GroundId): Ground => {
    const ground = grounds.get(id) ?? { id, from: [], codes: [] };
    grounds.set(id, ground);
    return ground;
  };
  for (const { id, sentence, start, end } of found) {
    const whole = sentence.end - sentence.start <= 400;
    of(id).from.push(...(whole ? sheet.span(sentence.start, sentence.end) : sheet.span(start, end)));
  }
  for (const printed of codes) {
    if (printed.row.denial === false && !printed.row.broad) continue;
    const own = [...printed.grounds, ...(printed.row.also ?? [])].find((id) => grounds.has(id));
    const near = own ?? nearest(found, printed.start);
    const first = [...grounds.keys()][0];
    const id =
      own ??
      (printed.row.broad || printed.grounds.length === 0 ? (near ?? first) : undefined) ??
      printed.grounds[0] ??
      first;
    if (!id) continue;
    const ground = of(id);
    ground.codes.push(printed.code);
    ground.from.push(...sheet.span(printed.start, printed.end));
  }
  return [...grounds.values()];
}

/** The ground named closest to a place in the text, within a few lines. */
function nearest(found: Found[], at: number): GroundId | undefined {
  return [...found]
    .map(({ id, sentence }) => ({
      id,
      distance: Math.min(Math.abs(sentence.start - at), Math.abs(sentence.end - at)),
    }))
    .filter(({ distance }) => distance < 300)
    .sort((a, b) => a.distance - b.distance)[0]?.id;
}
