import type { Span } from "#base";
import { type Page, type SourceDocument, spanAt } from "#source";
import { cueExpression } from "./cue.ts";
import { type Citer, meet } from "./exhibits.ts";
import type { LetterInput } from "./input.ts";
import { type Range, sentenceRanges } from "./sentences.ts";

/** More sentences of reasons than these are not quoted. */
const most = 6;
/** Sentences before and after the one that names the ground which may go on giving reasons. */
const reach = [-4, -3, -2, -1, 1, 2, 3, 4];

/** What the reader may do now is no reason. */
const rights =
  /^\s*this (?:letter )?(?:is|tells)\b.{0,60}\b(?:decision|answer|response)\b|\b(appeals?|you (may|can|have)|your (doctor|provider) may|free of charge|(?:send|mail|fax)\s+(?:the|your|this)\s+request|administrative\s+law\s+judge|external review|grievance|fair hearing|questions|call us|fax)\b/i;

/** A longer sentence is quoted from the words on that name the ground. */
const longest = 420;

/**
 * Every word of the reason that the notice gives, sentence by sentence: those the ground was read from, and the sentences
 * near them that go on giving reasons. A row of a claim's table is none beside a sentence that says why.
 */
export function reasonSpans(input: LetterInput, cite: Citer, reasonCue = "(?!)"): Span[] {
  const spans: Span[] = [];
  const cue = cueExpression(reasonCue);
  for (const ground of input.denial?.grounds ?? [])
    for (const span of ground.from) {
      const source = cite.sources.get(span.document);
      for (const sentence of source ? around(source, span, ground.id === dismissed ? filing : cue) : [])
        if (!spans.some((other) => meet([other], [sentence]))) spans.push(sentence);
    }
  if (spans.length === 0) spans.push(...unnamed(input, cite, cue));
  const telling = (list: Span[]) =>
    list.filter(({ quote }) => !amount.test(quote) && !onlyNames.test(quote) && !onlyCites.test(quote));
  const found = telling(spans);
  const said = found.length > 0 ? found : telling(unnamed(input, cite, cue));
  return (said.length > 0 ? said : spans).sort((a, b) => a.page - b.page || a.start - b.start).slice(0, most);
}

/** A dismissal gives as its reason what became of the filing. */
const dismissed = "appeal-dismissed";
const filing =
  /\b(request|representative|form|filed|file|received|dated|late|timely|appear|answer|hearing|good cause|days)\b/i;

/** What a reviewer found, in words that no ground is read from. */
const findings =
  /\b(?:found|determined|concluded|(?:we|plan|reviewer|department|agency|director) (?:finds?|believes?|determines?)) that\b|\b(?:shows?|showed|indicates?|indicated|finds?) that (?:you|the (?:member|patient|beneficiary|enrollee|recipient))\b|\b(?:did|do|does) not (?:require|need)\b/i;

/** Reasons of no ground that we know: the sentences of the notice that give reasons all the same. */
function unnamed(input: LetterInput, cite: Citer, cue: RegExp): Span[] {
  const { denial } = input;
  const documents = new Set(
    [denial?.noticeDate, denial?.memberId].flatMap(
      (read) => read?.from.map(({ document }) => document) ?? [],
    ),
  );
  return [...documents].flatMap((document) =>
    (cite.sources.get(document)?.pages ?? []).flatMap((page) =>
      sentenceRanges(page)
        .map(({ start, end }) => spanAt(document, page, start, end))
        .filter(
          ({ quote }) =>
            quote.length <= longest && (cue.test(quote) || findings.test(quote)) && !rights.test(quote),
        ),
    ),
  );
}

/** The name of the policy stands in the reference block; by itself it is no reason. */
const onlyNames =
  /^\W*(?:(?:see|our|the|medical|clinical|coverage|pharmacy|plan|applicable|reference)\s+)*(?:policy|policies|criteria|guidelines?)\b(?!.*\b(?:criteri(?:on|a)\s+\(?\d|is|are|was|were|not|does|do|requires?|met)\b)[^.]{0,90}\.?\s*$/is;

/** The rule behind the decision, by its number alone. */
const onlyCites = /^\W*(?:legal )?(?:authority|basis|citation|rule|regulation)s?\s*:[^.]*[\d.§()-]+\W*$/i;

const amount = /\$\s?[\d,]+\.\d\d/;

/** The sentence of a span, and those near it in the notice that match the cue. */
function around(source: SourceDocument, span: Span, cue: RegExp): Span[] {
  const page = source.pages.find((entry) => entry.page === span.page);
  if (!page) return [span];
  const ranges = sentenceRanges(page);
  const at = ranges.findIndex((range) => range.start < span.end && span.start < range.end);
  const range = ranges[at];
  if (!range) return [span];
  const textOf = ({ start, end }: Range) => page.text.slice(start, end);
  const going = reach
    .flatMap((step) => ranges[at + step] ?? [])
    .filter((near) => cue.test(textOf(near)) && !rights.test(textOf(near)));
  const own = range.end - range.start > longest ? span : reasonIn(source, page, range, span.end);
  return [own, ...going.map((near) => reasonIn(source, page, near, near.end))];
}

/** What stands before the reason in the same breath: the salutation, the row of the claim with its amounts. */
const before = /^\s*Dear\b[^.]{2,60}?[,:]\s+|^.*\$\s?[\d,]+\.\d\d\s+(?=\S.{25})/s;

function reasonIn(source: SourceDocument, page: Page, range: Range, core: number): Span {
  const text = page.text.slice(range.start, range.end);
  const cut = before.exec(text)?.[0].length ?? 0;
  const start = range.start + (range.start + cut < core ? cut : 0);
  return spanAt(source.document, page, start, range.end);
}
