import { parseDate } from "#base";
import type { AppealKind } from "#knowledge";
import { type Desk, reasonCue } from "./appeal.ts";
import { isOutside } from "./choose.ts";
import type { CriterionRow } from "./criteria.ts";
import { criterionName, tellingMost } from "./criteria-table.ts";
import { type PrintedEvidence, printEvidence } from "./evidence.ts";
import { type ExhibitRef, meet } from "./exhibits.ts";
import { type Draft, fill, formal, fromPages, joined, type Slot } from "./passages.ts";
import { reasonAnswers } from "./reason-evidence.ts";
import { reasonSpans } from "./reasons.ts";
import { printedQuote } from "./sentences.ts";
import { sourceSlot } from "./source-line.ts";
import { spelledDates } from "./spelled-dates.ts";
import { tellingWords } from "./telling-words.ts";

/** More pages than these are not named one by one. */
const mostPages = 5;

/**
 * Against the decision on an earlier appeal: a reason that the first notice did not give, the pages that the decision does not
 * mention, and the papers that are newer than the first notice. Each only where the papers show it.
 */
export function addLeftOut(draft: Draft, desk: Desk, kind: AppealKind, rows: CriterionRow[]): void {
  const notice = desk.input.denial?.grounds[0]?.from[0]?.document;
  const decision = notice ? desk.cite.sources.get(notice) : undefined;
  if (!decision) return;
  const said = decision.pages.map((page) => page.text).join("\n");
  const earlier = desk.cite.exhibits.filter(
    (exhibit) => exhibit.kind === "denial" && exhibit.document !== notice,
  );
  const told = reasonAnswers(desk).flatMap((answer) => answer.said.map(({ span }) => span));
  draft.open(isOutside(kind) ? "What the decision leaves out" : "What your decision leaves out");
  addNewReason(draft, desk, kind, earlier);
  const silent = rows
    .filter(isShown)
    .sort((one, other) => Number(other.contested) - Number(one.contested))
    .flatMap((row) => {
      const best = tellingMost(row, printEvidence(row.for, desk.input, desk.cite, 4));
      // What page one has answered the decision with is not named once more.
      return best && !meet(told, [best.span]) && isSilent(said, best, row) && !namesPaper(said, best, desk)
        ? (unmentioned(row, best, desk) ?? [])
        : [];
    });
  if (silent.length > 0)
    draft.add("text", formal("I find no word in the decision about these pages of the record:"));
  for (const item of silent.slice(0, mostPages)) draft.add("item", item);
  addNewPapers(draft, desk, earlier);
  draft.close();
}

const isShown = (row: CriterionRow) => !row.group && row.status === "met" && row.for.length > 0;

const unmentioned = (row: CriterionRow, { place, span }: PrintedEvidence, desk: Desk): Slot | null => {
  const exhibit = desk.cite.exhibitOf(span);
  return fill("{paper} ({place}), on which {name} rests.", {
    name: inSentence(criterionName(row)),
    place: { ...place, rests: [{ evidence: span }] },
    paper: exhibit ? sourceSlot(span, exhibit, desk.cite) : null,
  });
};

const inSentence = (slot: Slot): Slot => ({
  ...slot,
  text: slot.text.replace(/^[CT]/, (first) => first.toLowerCase()),
});

/** True when neither the day of the evidence, nor its figures, nor words that only it has stand in the decision. */
function isSilent(decision: string, { span }: PrintedEvidence, row: CriterionRow): boolean {
  const days = new Set(spelledDates(decision).map(({ date }) => date));
  if (spelledDates(span.quote).some(({ date }) => days.has(date))) return false;
  // Short numbers stand everywhere (a policy called GI-12); a long one or a decimal is the page's own.
  const undated = span.quote.replace(/\d{1,2}\/\d{1,2}\/\d{2,4}/g, " ");
  const figures = undated.match(/\d+\.\d+|\d{3,}/g) ?? [];
  if (
    figures.some((figure) => new RegExp(`(?<![\\d.])${figure.replace(".", "\\.")}(?![\\d.])`).test(decision))
  )
    return false;
  const general = tellingWords(row.criterion.text);
  const told = tellingWords(decision);
  return ![...tellingWords(span.quote)].some(
    (word) => word.length > 5 && !general.has(word) && told.has(word),
  );
}

/** True when the decision speaks of a paper of this kind ("one echocardiogram"): then it is not said to leave it out. */
function namesPaper(decision: string, { span }: PrintedEvidence, desk: Desk): boolean {
  const exhibit = desk.cite.exhibitOf(span);
  const told = [...tellingWords(decision)].map((word) => word.slice(0, 5));
  return [...tellingWords(`${exhibit?.title.text ?? ""} ${exhibit?.recordKind ?? ""}`)].some(
    (word) => word.length > 5 && told.includes(word.slice(0, 5)),
  );
}

/** A reason of the decision that shares few words with the earlier notice is a new one. */
function addNewReason(draft: Draft, desk: Desk, kind: AppealKind, earlier: ExhibitRef[]): void {
  const first = earlier.at(-1);
  const source = first ? desk.cite.sources.get(first.document) : undefined;
  if (!first || !source) return;
  const before = tellingWords(source.pages.map((page) => page.text).join("\n"));
  const fresh = reasonSpans(desk.input, desk.cite, reasonCue(desk.knowledge)).filter(({ quote }) => {
    const words = [...tellingWords(quote)];
    const known = words.filter((word) => before.has(word)).length;
    return words.length >= 4 && known / words.length <= 0.4 && !ofAppeal.test(quote);
  });
  // Page one quotes them in full.
  const quotes = joined(
    fresh.map((span) => fromPages(`“${firstWords(printedQuote(span.quote))}”`, span)),
    " and ",
  );
  draft.add(
    "item",
    joined([
      fill(
        fresh.length > 1
          ? "The reasons that begin {quotes} are not in the first notice (Exhibit {label})."
          : "The reason that begins {quotes} is not in the first notice (Exhibit {label}).",
        { quotes, label: formal(first.label) },
      ),
      quotes && !isOutside(kind) ? desk.law.sentences("new-evidence")[0] : null,
    ]),
  );
}

const firstWords = (quote: string): string =>
  quote
    .split(" ")
    .slice(0, 10)
    .join(" ")
    .replace(/[.,;:]$/, "");

/** What the decision says of the appeal itself could not stand in the first notice. */
const ofAppeal =
  /\b(?:(?:with|in|of) (?:the|your|this) appeal|(?:you|your provider) (?:sent|submitted|provided|argue|state)|appeal (?:was|is) (?:received|reviewed)|uph[eo]ld)\b/i;

/** Papers that are newer than the first notice, which the first decision cannot have weighed. */
function addNewPapers(draft: Draft, desk: Desk, earlier: ExhibitRef[]): void {
  const since = parseDate(earlier.at(-1)?.date?.value ?? desk.input.denial?.noticeDate?.value ?? "");
  if (!since) return;
  const fresh = desk.cite.exhibits
    .filter(({ kind }) => kind === "record" || kind === "support-letter")
    .flatMap(({ label, papers, title, date }) =>
      (papers ?? [{ title, date }]).map((paper) => ({ label, ...paper })),
    )
    .filter(({ date }) => (parseDate(date?.value ?? "") ?? "") > since);
  for (const { label, ...paper } of fresh.slice(0, mostPages))
    draft.add(
      "item",
      fill("New: {title} of {day} (Exhibit {label}) is later than the first notice.", {
        title: paper.title,
        day: desk.cite.paperDay(paper),
        label: formal(label),
      }),
    );
}
