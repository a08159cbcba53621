import type { PlainDate, Reading } from "#base";
import type { DenialPhrases } from "#knowledge";
import { datesIn } from "#source";
import { allSaid, phrasesOf } from "./phrases.ts";
import { readSendTo } from "./read-send-to.ts";
import type { Sentence } from "./sentences.ts";
import { readingAt, type Sheet } from "./sheet.ts";
import type { RightsStated } from "./types.ts";
import { type Term, termsIn } from "./written.ts";

/** What the notice says about the next step; whether it is right is for the law. */
export function readRights(
  sheet: Sheet,
  sentences: Sentence[],
  phrases: DenialPhrases,
  finalStage: boolean,
): RightsStated {
  const appealBy = readLastDay(sheet, sentences, finalStage);
  const own = readWindow(sheet, sentences, finalStage);
  return {
    // Where the letter opens no appeal to the plan, the hearing is the next step.
    appealWithin: own ?? (appealBy ? null : readWindow(sheet, sentences, finalStage, true)),
    appealBy,
    sendTo: readSendTo(sheet, withDoor(sentences, own), finalStage),
    expedited: readExpedited(sheet, sentences, phrases),
    externalReview: readExternal(sheet, sentences, phrases),
  };
}

/** The sentence that gives the time to appeal belongs to the passage on rights, in whatever words. */
function withDoor(sentences: readonly Sentence[], window: Reading<Term> | null): Sentence[] {
  const words = window?.from[0]?.quote.replaceAll("\n", " ");
  const door = sentences.findIndex(({ zone, text }) => zone === "body" && words && text.includes(words));
  if (door < 0 || !sentences.some(({ zone }) => zone === "rights")) return [...sentences];
  return sentences.map((sentence, index) =>
    index >= door && sentence.zone === "body" ? { ...sentence, zone: "rights" } : sentence,
  );
}

/** Sentences that open or describe the next step, in any zone but general notices. */
function about(sentences: readonly Sentence[]): Sentence[] {
  return sentences.filter(({ zone }) => zone !== "notice" && zone !== "generic");
}

const appealing =
  /\b(?:appeals?|reconsider\w*|redeterminations?|grievances?|review|disagree|disputes?|complaint|hearing|write to (?:us|opm|the \w+)|tell us|looked? at (?:it |this )?again|have (?:this|the|our) (?:decision|denial|answer) (?:looked|reviewed|changed)|another way|differently|you must (?:ask|file|request|do so|appeal)|ask (?:for|in writing)|supplemental claim|challenge|apel\w*|queja|audiencia|reconsideraci\S*)\b/i;
/** Windows of other steps: they are not the time to appeal. */
const otherStep =
  /\b(?:peer[- ]to[- ]peer|corrected claim|resubmit|continu(?:e|ation of) (?:benefits|services|getting|the same)|(?:nursing|care|services|benefits|hours|visits|therapy) (?:can|will|may) (?:go on|continue|keep)|to stay the same|keep (?:getting|the same|your|receiving|(?:the )?services)|want services to continue|vacate|medical director|talk with|second[- ]level|second level|records|civil action|lawsuit|sue\b|(?:file|bring|filing) (?:a )?suit|go to court|extension|additional information within|new and material|retrospective authorization|free copy)/i;
/** After a first appeal the second one is the next step. */
const nextLevel = /\b(?:second|next)[- ]level|level (?:two|2)\b|second appeal/i;
const hearing = /\b(?:state (?:fair )?hearing|fair hearing|administrative (?:law )?hearing)\b/i;
const external =
  /\b(?:external (?:review|appeal|medical review)|independent (?:external|medical) review|independent review organi[sz]ation|IRO|IMR|department of insurance|department of managed|commissioner)\b/i;
const takesUs =
  /\b(?:we|it will|they will|plan|iro|ire|opm|reviewer|decision|department|decided|answered?|notify you|tell you|response|written decision|be made|resolve)\b[^.]{0,60}$/i;
const opens =
  /\b(?:within|not later than|no later than|have|in|before the end of|up to|postmarked|received|due|dentro de|plazo de|tiene)\b[^.]{0,40}$/i;
const fromNotice =
  /^[^.;]{0,45}?\b(?:of|from|after|following|de|desde|partir)\b[^.;]{0,60}?\b(?:this|the|you(?:r)?|our|date|receiv\w*|receipt|get|got|notice|letter|decision|denial|determination|fecha|aviso|carta|recib\w*)\b/i;

function readWindow(
  sheet: Sheet,
  sentences: readonly Sentence[],
  finalStage: boolean,
  onlyHearing = false,
): Reading<Term> | null {
  let top: { score: number; reading: Reading<Term> } | null = null;
  const list = about(sentences);
  list.forEach((sentence, index) => {
    for (const { value, start, end } of termsIn(sentence.text)) {
      const score = windowScore(
        sentence,
        value,
        start,
        end,
        list[index - 1]?.text ?? "",
        finalStage,
        onlyHearing,
      );
      if (score <= 0 || (top && top.score >= score)) continue;
      const from = /\b(?:within|not later than|no later than)\s+$/i.exec(sentence.text.slice(0, start));
      const begin = sentence.start + (from ? from.index : start);
      top = { score, reading: readingAt(sheet, value, begin, sentence.start + end) };
    }
  });
  const found = (top as { reading: Reading<Term> } | null)?.reading ?? null;
  return found;
}

function windowScore(
  sentence: Sentence,
  term: Term,
  start: number,
  end: number,
  previous: string,
  finalStage: boolean,
  onlyHearing: boolean,
): number {
  const before = sentence.text.slice(0, start);
  const after = sentence.text.slice(end);
  const clause = `${before.slice(-110)} ${after.slice(0, 90)}`;
  if (/\b(?:periods? of|every|each|last|past|first|next)\s+$/i.test(before)) return 0;
  if (term.unit === "hours" || (term.unit === "days" && term.n < 15)) return 0;
  if (/second[- ]level|level (?:two|2)\b|second appeal/i.test(before.slice(-100)) && !finalStage) return 0;
  if (otherStep.test(clause) && !/\bappeal\b[^.]{0,40}$/i.test(before.slice(-60))) return 0;
  if (hearing.test(clause) && !/\bappeal\b[^.]{0,40}$/i.test(before.slice(-60))) return onlyHearing ? 7 : 0;
  if (!/^\s*(?:of|from|after|following|to|you|\)|,|$|.)/i.test(after)) return 0;
  let score = 0;
  if (opens.test(before)) score += 4;
  if (fromNotice.test(after)) score += 4;
  if (appealing.test(before.slice(-120))) score += 4;
  else if (appealing.test(sentence.text)) score += 2;
  else if (appealing.test(previous)) score += 2;
  if (sentence.zone === "rights") score += 2;
  if (
    /^[^.]{0,20}\b(?:of|after|from) (?:the|our) (?:first|appeal|initial appeal|first-level)\b/i.test(after) &&
    !finalStage
  )
    score -= 8;
  if (
    takesUs.test(before.slice(-70)) &&
    !/\bto have (?:this|the|our) (?:decision|denial|answer)\b/i.test(before) &&
    !/\bmust (?:get|receive|be received)\b/i.test(before.slice(-60)) &&
    !/\b(?:you|your|member|ask|file|appeal|request)\b[^.]{0,45}$/i.test(before.slice(-60))
  )
    score -= 6;
  if (
    /\b(?:decide|decision|answer|respond|notify|outcome|completed|conducted|decided)\b[^.]{0,30}$/i.test(
      before.slice(-50),
    ) &&
    !/\b(?:ask for|to have) (?:the|our|this|that) decision\b/i.test(before)
  )
    score -= 6;
  if (/\bafter (?:we|the plan|it) (?:get|receive)/i.test(after.slice(0, 40))) score -= 6;
  if (/\b(?:after \w+ days|late|past|more than)\b/i.test(before.slice(-25))) score -= 4;
  if (
    external.test(sentence.text) ||
    (external.test(previous) && /^\s*you must|^it must/i.test(sentence.text))
  )
    score -= finalStage ? -2 : 6;
  if (/\bfinal (?:decision|determination|internal|adverse)\b/i.test(after.slice(0, 80)) && !finalStage)
    score -= 5;
  if (/\b(?:corrected claim|submit a corrected)\b/i.test(sentence.text)) score -= 8;
  if (/\b(?:expedited|fast|urgent)\b/i.test(before.slice(-40))) score -= 3;
  if (/\b(?:must be filed|timely|discharge|date of service)\b/i.test(clause) && sentence.zone !== "rights")
    score -= 6;
  if (/\bvacate\b/i.test(`${previous} ${sentence.text}`) && /set aside|vacate/i.test(previous)) score -= 6;
  return score >= 6 ? score : 0;
}

/** A day printed as the last one: "by July 11, 2026". */
function readLastDay(
  sheet: Sheet,
  sentences: readonly Sentence[],
  finalStage: boolean,
): Reading<PlainDate> | null {
  for (const sentence of about(sentences)) {
    for (const date of datesIn(sentence.text)) {
      const before = sentence.text.slice(0, date.start);
      if (
        !/\b(?:by|before|on or before|no later than|not later than|until|deadline[^.]{0,30}|last day[^.]{0,40}|due(?: date)?(?: is)?:?|\bdays to (?:ask|file|request)[^.:]{0,40}:)\s*(?:the close of business on\s+)?$/i.test(
          before,
        )
      )
        continue;
      const near = sentence.text.slice(Math.max(0, date.start - 160), date.end + 60);
      if (
        (otherStep.test(near) && !(finalStage && nextLevel.test(near))) ||
        hearing.test(near) ||
        /\bsue\b|not received by|(?:was|were) (?:not )?(?:received|sent)|last day of the time we|still on hand|services? to continue/i.test(
          near,
        )
      )
        continue;
      if (sentence.zone !== "rights" && !appealing.test(near)) continue;
      return readingAt(sheet, date.value, sentence.start + date.start, sentence.start + date.end);
    }
  }
  return null;
}

function readExpedited(sheet: Sheet, sentences: Sentence[], phrases: DenialPhrases): Reading<boolean> | null {
  const rows = phrasesOf(phrases.rights.filter(({ id }) => id === "expedited" || id === "not-expedited"));
  const said = [...allSaid(rows, sentences, ["rights", "body", "reason", "generic"])].filter(
    ({ sentence }) => sentence.zone === "rights" || /\b(?:you|your|may|can|appeals?)\b/i.test(sentence.text),
  );
  const no = said.find(({ row }) => row.id === "not-expedited");
  // "You can't ask for a fast appeal" also holds the words of the right itself.
  const refused = new Set(
    said.filter(({ row }) => row.id === "not-expedited").map(({ sentence }) => sentence),
  );
  const yes = said.find(({ row, sentence }) => row.id === "expedited" && !refused.has(sentence));
  const chosen = yes ?? no;
  return chosen ? readingAt(sheet, chosen === yes, chosen.sentence.start, chosen.sentence.end) : null;
}

function readExternal(sheet: Sheet, sentences: Sentence[], phrases: DenialPhrases): Reading<boolean> | null {
  const rows = phrasesOf(phrases.rights.filter(({ id }) => id.endsWith("external-review")));
  const said = [...allSaid(rows, sentences, ["rights", "body", "reason", "generic"])];
  const no = said.find(({ row }) => row.id === "no-external-review");
  const chosen = no ?? said[0];
  return chosen ? readingAt(sheet, chosen !== no, chosen.start, chosen.end) : null;
}
