import type { Issue, Span } from "#base";
import type { AppealKind, AskedPaperKind } from "#knowledge";
import { type Page, spanAt } from "#source";
import type { Desk } from "./appeal.ts";
import { isOutside } from "./choose.ts";
import { isSecondHand } from "./criteria-table.ts";
import { cueExpression } from "./cue.ts";
import { type PrintedEvidence, printSentence } from "./evidence.ts";
import { paperAt } from "./exhibits.ts";
import { argued, groundRows } from "./grounds.ts";
import { type Draft, fill, formal, fromPages, joined, type Slot } from "./passages.ts";
import { printedQuote, sentenceRanges } from "./sentences.ts";
import { sourceSlot } from "./source-line.ts";
import { spelledDates } from "./spelled-dates.ts";

/** A paper that the notice asked for, in its words, with the pages that are it; none where no page is. */
export type AskedPaper = { item: Span; shown: PrintedEvidence[]; instead: boolean };

/** More papers than these are not named one by one. */
const most = 9;
const longest = 150;

/** What leads to a list of papers: all that follows is asked for. */
const leads =
  /\b(?:need|require|missing|following|submit|send|provide|asked for|requested|not (?:receive|include|contain)|incomplete|lack)\w*\b[^.:\n]{0,80}:\s*$/i;
const bullet = /^\s*(?:[-–•*·◦☐]|\(?\d{1,2}[.)]|\(?[a-z][.)])\s+(?=\S)/;

/** The same within a sentence. */
const inline =
  /\b(?:(?:did|do(?:es)?)\s+not\s+(?:include|contain|come\s+with|receive|get|have)|were\s+not\s+(?:given|sent)|without|(?:is|are)\s+missing|lack(?:s|ed|ing)?|ask(?:ed)?(?:\s+(?:you|him|her|them|the|your|provider|doctor|office))*(?:\s+on\s+[A-Z][a-z]+\s+\d{1,2},\s+\d{4})?(?:\s+\w+)?\s+for|requested|(?:still\s+)?need(?:ed|s)?|send|submit|provide)\s*:?\s+/i;
const ends =
  /[;]|\s+(?:to|so that we can) (?:determine|decide|complete|review|process)\b|\s+(?:before|because)\b/i;

/** Where one paper of a sentence ends and the next begins. */
const between = /,\s*(?:and\s+|or\s+)?|\s+(?:and|or)\s+(?=(?:an?|any|the|your|his|her|proof|all)\s)/gi;

/** Every paper that a notice of missing information names, with the page that is it. */
export function askedPapers(desk: Desk): AskedPaper[] {
  const asked = itemsOf(desk).flatMap((item) => {
    const kinds = kindsOf(item.quote, desk.knowledge.askedPapers);
    return kinds.length > 0 ? [{ item, kinds }] : [];
  });
  return asked.slice(0, most).map(({ item, kinds }) => {
    const found = kinds.map((kind) => pageOf(kind, desk));
    if (found.every((page) => page !== null)) return { item, shown: distinct(found), instead: false };
    const instead = /\bor\b.{0,30}\b(?:why|reason|explanation)\b/i.test(item.quote)
      ? kinds.flatMap((kind) => (kind.instead ? (sentenceFor(kind.instead, desk) ?? []) : []))
      : [];
    return { item, shown: instead, instead: instead.length > 0 };
  });
}

/** True where a page answers a paper that the notice asked for. */
export const saidByPages = (desk: Desk): boolean => askedPapers(desk).some(({ shown }) => shown.length > 0);

const distinct = (found: PrintedEvidence[]) =>
  found.filter(({ place }, index) => found.findIndex((other) => other.place.text === place.text) === index);

/** The words of the notice that name a paper each. */
function itemsOf(desk: Desk): Span[] {
  const grounds = (desk.input.denial?.grounds ?? []).filter(({ id }) => id === "insufficient-information");
  const documents = new Set(grounds.flatMap(({ from }) => from.map(({ document }) => document)));
  const spans = [...documents].flatMap((document) =>
    (desk.cite.sources.get(document)?.pages ?? []).flatMap((page) => {
      const listed = listedOn(document, page);
      return listed.length > 0 ? listed : saidOn(document, page, desk);
    }),
  );
  return spans.filter(
    ({ quote }, index) => spans.findIndex((other) => squashed(other.quote) === squashed(quote)) === index,
  );
}

const squashed = (text: string) => printedQuote(text).toLowerCase();

/** Below a line that says what is needed: one paper each entry, with the lines that go on with it. */
function listedOn(document: string, page: Page): Span[] {
  const spans: Span[] = [];
  let open = false;
  let at = 0;
  for (const line of page.text.split("\n")) {
    const start = at;
    at += line.length + 1;
    const mark = bullet.exec(line)?.[0].length;
    const last = spans.at(-1);
    if (mark === undefined && open && last && /^\s*[a-z(]/.test(line) && last.end === start - 1)
      spans[spans.length - 1] = spanAt(document, page, last.start, start + line.trimEnd().length);
    else if (mark !== undefined && open)
      spans.push(spanAt(document, page, start + mark, start + line.trimEnd().length));
    else if (line.trim()) open = leads.test(line);
  }
  return spans.filter(({ quote }) => quote.length <= longest);
}

/** In a sentence of the reason: "… did not include a sleep study, a signed order or office notes". */
function saidOn(document: string, page: Page, desk: Desk): Span[] {
  return sentenceRanges(page).flatMap(({ start, end }) => {
    const text = page.text.slice(start, end);
    const lead = inline.exec(text);
    if (!lead || /\b(?:you|your) (?:may|can|have the right)\b|\bif you\b/i.test(text)) return [];
    const from = lead.index + lead[0].length;
    const rest = text.slice(from);
    const to = from + (ends.exec(rest)?.index ?? rest.replace(/[\s.]+$/, "").length);
    const parts: Span[] = [];
    let cursor = from;
    for (const cut of [...text.slice(from, to).matchAll(between), null]) {
      const stop = cut ? from + cut.index : to;
      const part = text.slice(cursor, stop).trim();
      const offset = cursor + (text.slice(cursor, stop).length - text.slice(cursor, stop).trimStart().length);
      if (part && part.length <= longest)
        parts.push(spanAt(document, page, start + offset, start + offset + part.length));
      if (cut) cursor = from + cut.index + cut[0].length;
    }
    return parts.filter(({ quote }) => kindsOf(quote, desk.knowledge.askedPapers).length > 0);
  });
}

/** The papers that an item names, at most two ("lipid panel and creatinine"); a general kind only where no other fits. */
function kindsOf(item: string, rows: AskedPaperKind[]): AskedPaperKind[] {
  const taken: [number, number][] = [];
  const fitting = rows.filter(({ asked }) => {
    const match = cueExpression(asked).exec(item);
    if (!match) return false;
    const range: [number, number] = [match.index, match.index + match[0].length];
    if (taken.some(([from, to]) => range[0] < to && from < range[1])) return false;
    taken.push(range);
    return true;
  });
  const special = fitting.filter(({ general }) => !general);
  return special.length > 0 ? special.slice(0, 2) : fitting.slice(0, 1);
}

/** The newest page that is such a paper by its title, else the newest sentence that says what it would say. */
function pageOf(kind: AskedPaperKind, desk: Desk): PrintedEvidence | null {
  const shown = cueExpression(kind.shown);
  const titled = desk.cite.exhibits
    .filter((exhibit) => isRecord(exhibit.kind) && !isSecondHand(exhibit))
    .flatMap((exhibit) =>
      exhibit.pages.flatMap((number): PrintedEvidence[] => {
        const page = desk.cite.sources.get(exhibit.document)?.pages.find((one) => one.page === number);
        const paper = paperAt(exhibit, number);
        const name = `${paper.title.text} ${exhibit.papers ? "" : (exhibit.recordKind ?? "")}`;
        const head = page && /\S[^\n]*/.exec(page.text);
        if (!page || !head || !shown.test(name)) return [];
        const first = exhibit.papers?.findLast((one) => one.page <= number)?.page ?? exhibit.pages[0];
        if (number !== first) return [];
        const span = spanAt(exhibit.document, page, head.index, head.index + head[0].trimEnd().length);
        const said = sourceSlot(span, exhibit, desk.cite);
        const place = desk.cite.place(span);
        return said && place
          ? [{ said: { ...said, rests: [...said.rests, { evidence: span }] }, place, span }]
          : [];
      }),
    );
  return newest(titled) ?? sentenceFor(kind.shown, desk);
}

const isRecord = (kind: string) => kind === "record" || kind === "support-letter";

/** What was never done, or is still to come, is no paper. */
const notThere =
  /\b(?:no|not|never|without|declin\w+|deferred|pending|order(?:ed)?|schedul\w+|awaiting|will|refer\w*|plan(?:ned)?:?)\b[^.;]{0,40}$/i;

function sentenceFor(cue: string, desk: Desk): PrintedEvidence | null {
  const shown = cueExpression(cue);
  const found = desk.cite.exhibits
    .filter((exhibit) => isRecord(exhibit.kind) && !isSecondHand(exhibit))
    .flatMap((exhibit) =>
      (desk.cite.sources.get(exhibit.document)?.pages ?? [])
        .filter(({ page }) => exhibit.pages.includes(page))
        .flatMap((page) =>
          sentenceRanges(page).flatMap(({ start, end }) => {
            const match = shown.exec(page.text.slice(start, end));
            if (!match || notThere.test(page.text.slice(start, start + match.index))) return [];
            const printed = printSentence(spanAt(exhibit.document, page, start, end), desk.cite);
            return printed && desk.search.usable(printed.span) ? [printed] : [];
          }),
        ),
    );
  return newest(found);
}

/** Of several the one under the latest day; of equals the first. */
function newest(found: PrintedEvidence[]): PrintedEvidence | null {
  const dayOf = ({ said }: PrintedEvidence) => spelledDates(said.text.split("“")[0]!).at(-1)?.date ?? "";
  return [...found].sort((one, other) => dayOf(other).localeCompare(dayOf(one)))[0] ?? null;
}

/** Each paper that the plan asked for beside the page that is it; what is not there is named, with who is to be asked. */
export function addAskedPapers(
  draft: Draft,
  desk: Desk,
  kind: AppealKind,
  issues: Issue[],
): PrintedEvidence[] {
  const papers = askedPapers(desk);
  const there = papers.filter(({ shown }) => shown.length > 0);
  const lacking = papers.filter(({ shown }) => shown.length === 0);
  const sent = there.length > 0 ? sentBefore(desk) : [];
  for (const line of sent) draft.add("item", line);
  if (there.length > 0)
    draft.add(
      "text",
      formal(
        `The papers that ${isOutside(kind) ? "the plan" : "you"} asked for, each with the page that answers it:`,
      ),
    );
  for (const { item, shown, instead } of there)
    draft.add(
      "item",
      fill(instead ? "“{item}”: the reason is recorded. {shown}." : "“{item}”: {shown}.", {
        item: fromPages(printedQuote(item.quote), item),
        shown: joined(
          shown.map(({ said, place }) => fill("{said} ({place})", { said, place })),
          "; ",
        ),
      }),
    );
  if (lacking.length > 0) draft.add("item", lackingLine(lacking, desk, isOutside(kind)));
  for (const { item } of lacking)
    issues.push({
      severity: "warning",
      code: "asked-paper-missing",
      text: `The plan asked for “${printedQuote(item.quote)}”, and no page among the papers is it. Get it and send it with the appeal: it is the reason for the denial.`,
      at: item,
    });
  return there.flatMap(({ shown }) => shown);
}

/** The receipt of what was sent before the decision: then it was there. */
function sentBefore(desk: Desk): (Slot | null)[] {
  const decided = desk.input.denial?.noticeDate?.value ?? "";
  const row = groundRows(desk)
    .flatMap(({ argue }) => argue)
    .find(({ id }) => id === "sent-before");
  const hits = row ? desk.search.find({ ...argued(row, desk), most: 2 }) : [];
  return hits.flatMap((hit) => {
    const [day] = spelledDates(hit.span.quote);
    if (!day || day.date >= decided) return [];
    return fill(
      "What was sent before the decision of {noticeDate} is on paper: {source}: {quote} ({place}).",
      {
        ...desk.slots,
        ...hit.slots,
      },
    );
  });
}

function lackingLine(lacking: AskedPaper[], desk: Desk, outside: boolean): Slot | null {
  const items = joined(
    lacking.map(({ item }) => fromPages(`“${printedQuote(item.quote)}”`, item)),
    "; ",
  );
  const whom = desk.slots.provider ?? formal("the provider");
  return outside
    ? fill("Not among the papers that I have: {items}.", { items })
    : fill(
        "Not among the papers that I have: {items}. Please ask {whom} for what you still want before you decide, or tell me that it is not needed.",
        { items, whom },
      );
}
