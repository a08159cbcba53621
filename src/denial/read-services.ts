import type { PlainDate, Reading } from "#base";
import type { Treatment } from "#knowledge";
import { datesIn } from "#source";
import type { Fact } from "./facts.ts";
import { TreatmentFinder } from "./match-treatment.ts";
import { codesIn, type FoundCode } from "./read-codes.ts";
import { serviceInProse, servicesInBrackets } from "./read-service-prose.ts";
import type { Sentence } from "./sentences.ts";
import { labelledDates, rangeIn } from "./service-dates.ts";
import { claimLines, codedLines, decidedLines, numberedLines, tableRows } from "./service-lines.ts";
import { readingAt, type Sheet, wordsAt } from "./sheet.ts";
import type { DeniedService } from "./types.ts";
import { amountsIn } from "./written.ts";

/** A service line on the way: where its words stand, its codes, dates and price. */
export type Draft = {
  start: number;
  end: number;
  codes: FoundCode[];
  dates: PlainDate[];
  amount: { value: number; start: number; end: number } | null;
};

const numbered = new Set(["claim", "authorization", "case", "reference", "member-id", "group-number"]);

/** True where the notice speaks of its decision, not of rights or generalities. */
export type Decided = (at: number) => boolean;
type Context = {
  sheet: Sheet;
  facts: readonly Fact[];
  sentences: readonly Sentence[];
  treatments: readonly Treatment[];
};

/** What was decided about: rows of a table, coded lines, labelled facts, else the words of the request. */
export function readServices(context: Context): DeniedService[] {
  const { sheet, facts } = context;
  const aside = context.sentences.filter(
    ({ zone }) => zone === "rights" || zone === "notice" || zone === "generic",
  );
  // What stands behind a label of numbers is that number and no procedure code.
  const numbers = facts.filter(
    ({ field, start, end }) =>
      numbered.has(field) && /^[\s:#]*[A-Z-]{0,6} ?\d/i.test(sheet.flat.slice(start, end)),
  );
  const inDecision = (at: number): boolean => !aside.some(({ start, end }) => at >= start && at <= end);
  const decided = (at: number): boolean =>
    inDecision(at) && !numbers.some(({ start, end }) => at >= start && at < Math.min(end, start + 24));
  let drafts = tableRows(sheet, inDecision);
  const inTable = drafts.length > 0;
  if (drafts.length === 0) drafts = claimLines(sheet, inDecision);
  if (drafts.length === 0) drafts = numberedLines(sheet, inDecision);
  if (drafts.length === 0) drafts = decidedLines(sheet, inDecision);
  if (drafts.length === 0) drafts = codedLines(sheet, decided);
  if (drafts.length === 0) drafts = labelled(sheet, facts, decided);
  if (
    drafts.length === 0 ||
    drafts.every(({ start, end }) => !/[a-z]{3}/i.test(sheet.flat.slice(start, end)))
  ) {
    const bracketed = drafts.length === 0 ? servicesInBrackets(sheet, context.sentences) : [];
    const words = serviceInProse(sheet, context.sentences);
    // Words with their code in brackets are surer than words behind "claim for".
    const prose = bracketed.length > 0 && words?.codes.length === 0 ? null : words;
    if (!prose) drafts = drafts.length === 0 ? bracketed : drafts;
    else drafts = [{ ...prose, codes: [...prose.codes, ...drafts.flatMap(({ codes }) => codes)] }];
  }
  if (drafts.length === 1 && drafts[0]!.codes.length === 0)
    drafts[0]!.codes = codesNearby(sheet, facts, decided);
  if (drafts.length === 1 && !inTable)
    drafts[0]!.codes.push(...labelledCodes(sheet, facts, drafts[0]!.codes));
  if (drafts.length === 0)
    drafts = codesNearby(sheet, facts, decided).map((code) => ({
      ...(wordsBefore(sheet, code) ?? code),
      codes: [code],
      dates: [],
      amount: null,
    }));
  return finish(context, drafts);
}

function finish({ sheet, facts, sentences, treatments }: Context, drafts: Draft[]): DeniedService[] {
  const finder = new TreatmentFinder(treatments);
  const dates = labelledDates(sheet, facts);
  const amount =
    labelledAmount(sheet, facts) ??
    (drafts.length === 1 ? (amountInProse(sentences) ?? onlyPrice(sentences, facts)) : null);
  return drafts.flatMap((draft) => {
    const description = wordsAt(sheet, draft.start, draft.end);
    if (!description) return [];
    const own = draft.dates.length > 0 ? draft.dates : dates;
    const treatment = finder.find(description.value, draft.codes, sheet.flat);
    const price = draft.amount ?? (drafts.length === 1 ? amount : null);
    const service: DeniedService = {
      description,
      codes: draft.codes.map((code) => ({
        ...readingAt(sheet, code.value, code.start, code.end),
        system: code.system,
      })),
      treatmentId: treatment?.id ?? null,
      ...(own[0] ? { from: own[0] } : {}),
      ...(own[1] ? { to: own[1] } : {}),
      ...(price
        ? { amount: readingAt(sheet, price.value, price.start, price.end) satisfies Reading<number> }
        : {}),
    };
    return [service];
  });
}

function labelled(sheet: Sheet, facts: readonly Fact[], decided: Decided): Draft[] {
  const all = facts.filter(
    ({ field, start, end }) =>
      field === "service" && decided(start) && /[A-Za-z]{3}/.test(sheet.flat.slice(start, end)),
  );
  const named = all.filter(({ rank }) => rank > 4);
  const chosen =
    named.length > 0 ? named : all.filter((fact) => isCare(sheet.flat.slice(fact.start, fact.end)));
  const drafts: Draft[] = [];
  for (const fact of chosen) {
    const cut = cutDescription(sheet, fact.start, fact.end);
    const words = sheet.flat.slice(cut.start, cut.end);
    if (
      words.trim().length < 3 ||
      drafts.some(({ start }) => sheet.flat.slice(start, start + 8) === words.slice(0, 8))
    )
      continue;
    if (
      /^(?:denied|approved|not |inpatient$|outpatient$|standard|medical$|pharmacy$|description|requested)/i.test(
        words.trim(),
      )
    )
      continue;
    drafts.push({
      ...cut,
      codes: codesIn(sheet, fact.start, fact.end, true),
      ...detailsOf(sheet, fact),
    });
    if (!/\bs\b|services|procedures|\d$/i.test(fact.label)) break;
  }
  return drafts;
}

/** A subject line names the care when it says something of care and is neither a person nor a matter of form. */
function isCare(words: string): boolean {
  const about = words.trim();
  if (
    /^(?:your|appeal|claim|notice|denial|decision|request|member|patient|redetermination|reconsideration|case|response|determination|prior auth|explanation|id\b|dr\.?\b|mr|ms)/i.test(
      about,
    )
  )
    return false;
  if (!/(?<![\w-])[A-Za-z]{3,}(?![\w-])/.test(about)) return false;
  if (/\b(?:review|decision|determination|denial|notice|appeal)\b/i.test(about)) return false;
  return (
    /\b(?:CPT|HCPCS|NDC)\b|\([A-Z]?\d{4,5}\)/.test(about) ||
    /\b(?:admission|surgery|therapy|stay|injections?|infusions?|MRI|CT|PET|scan|visits?|test(?:ing)?|device|\d+ ?mg|mcg|tablets?|treatment|procedure|equipment|wheelchair|imaging|nursing|transplant|replacement|repair|rehabilitation|hospital|transport|ambulance|biopsy|genetic)\b/i.test(
      about,
    )
  );
}

/** Date and price that stand in the same line as the service: "Cologuard, 81528, 02/26/2026, $681.00". */
function detailsOf(sheet: Sheet, fact: Fact): Pick<Draft, "dates" | "amount"> {
  const line = sheet.flat.slice(fact.start, fact.end);
  const price = amountsIn(line).find(({ start }) => line[start] === "$");
  const range = rangeIn(line);
  const alone = datesIn(line).filter(({ start }) => /(?:[,;]|\bon)\s*$/.test(line.slice(0, start)));
  return {
    dates: range.length > 0 ? range : alone.length === 1 ? [alone[0]!.value] : [],
    amount: price
      ? { value: price.value, start: fact.start + price.start, end: fact.start + price.end }
      : null,
  };
}

/** A description ends before its codes, its diagnosis, its quantity and its dates. */
export function cutDescription(sheet: Sheet, start: number, end: number): { start: number; end: number } {
  const words = sheet.flat.slice(start, end);
  const code =
    /^\s*(?:(?:CPT|HCPCS)\s*)?[A-Z]?\d{4}[0-9A-Z]?(?:\s*(?:[-,:(]|\t)|\s(?=[A-Za-z]{3}))\s*/.exec(words)?.[0]
      .length ?? 0;
  const rest = words.slice(code);
  const stop = rest.search(
    /\s*[([]?\s*(?:\b(?:CPT|HCPCS|NDC|ICD-10|DRG|rev(?:enue)? code|procedure codes?|codes?|case id)\b|\b[A-V]\d{4}\b)|\s*\(\d{4}[0-9TFU]\b|,?\s+(?:\d{1,2}\/\d{1,2}\/\d{2,4}|\d+\s+(?:pens?|tablets?|vials?|capsules?|days beginning|syringes?|units)|beginning|from \d|starting|on \d)|\s+for (?:the )?(?:treatment|diagnosis)|\t|\|/i,
  );
  return { start: start + code, end: start + code + (stop > 2 ? stop : rest.length) };
}

function labelledAmount(sheet: Sheet, facts: readonly Fact[]): Draft["amount"] {
  for (const fact of facts.filter(({ field }) => field === "amount")) {
    const amount = amountsIn(sheet.flat.slice(fact.start, fact.end))[0];
    const below = amount ? null : firstPriceBelow(sheet, fact);
    if (below) return below;
    if (amount && amount.start < 10)
      return { value: amount.value, start: fact.start + amount.start, end: fact.start + amount.end };
  }
  return null;
}

/** "Amt. Charged | Allowed Amt. | …" over a row of prices: the first heading names the first price. */
function firstPriceBelow(sheet: Sheet, { row, labelStart }: Fact): Draft["amount"] {
  const head = sheet.rows[row];
  const next = sheet.rows[row + 1];
  if (
    !head ||
    !next ||
    head.cells.length < 3 ||
    labelStart > head.cells[0]!.end ||
    /\d/.test(sheet.flat.slice(head.start, head.end))
  )
    return null;
  const prices = amountsIn(sheet.flat.slice(next.start, next.end));
  const first = prices[0];
  return first && prices.length > 2 && next.cells.length >= prices.length
    ? { value: first.value, start: next.start + first.start, end: next.start + first.end }
    : null;
}

/** "a claim for $4,215.00", "billed $38,900", "contact lenses (V2520) of September 3, 2025, $288.00": the one price of the decision. */
function amountInProse(sentences: readonly Sentence[]): Draft["amount"] {
  for (const { zone, text, start } of sentences) {
    if (zone !== "head" && zone !== "body" && zone !== "reason") continue;
    if (
      !/\b(?:claims?|bill(?:ed)?|charged?|charges|payment of|pay (?:you )?back|reimburse\w*|refund)\b/i.test(
        text,
      )
    )
      continue;
    const prices = amountsIn(text).filter((one) => text[one.start] === "$");
    if (prices.length !== 1 || prices[0]!.value === 0) continue;
    if (
      /\b(?:copay\w*|deductible|maximum|limit|up to|paid(?! back)|allowed|owe|responsib\w*|discount)\b[^.]{0,25}$/i.test(
        text.slice(0, prices[0]!.start),
      )
    )
      continue;
    return { value: prices[0]!.value, start: start + prices[0]!.start, end: start + prices[0]!.end };
  }
  return null;
}

/** The only price of a notice about a claim. */
function onlyPrice(sentences: readonly Sentence[], facts: readonly Fact[]): Draft["amount"] {
  if (!facts.some(({ field }) => field === "claim")) return null;
  const all = sentences
    .filter(({ zone }) => zone === "head" || zone === "body" || zone === "reason")
    .flatMap(({ text, start }) =>
      amountsIn(text)
        .filter((one) => text[one.start] === "$")
        .map((one) => ({ one, start, before: text.slice(0, one.start) })),
    );
  const first = all[0];
  if (!first || all.length !== 1 || first.one.value === 0 || !/,\s*$/.test(first.before)) return null;
  return { value: first.one.value, start: first.start + first.one.start, end: first.start + first.one.end };
}

function codesNearby(sheet: Sheet, facts: readonly Fact[], decided: Decided): FoundCode[] {
  const about = facts.filter(
    ({ field, start }) => (field === "service" || field === "code") && decided(start),
  );
  const found = about.flatMap(({ labelStart, end }) => codesIn(sheet, labelStart, end, true));
  const all =
    found.length > 0 ? found : codesIn(sheet, 0, sheet.flat.length).filter(({ start }) => decided(start));
  return all.filter((code, index) => all.findIndex(({ value }) => value === code.value) === index);
}

/** "Home infusion of ceftriaxone, S9500": the words of the row before its code, where they are no sentence. */
function wordsBefore(sheet: Sheet, code: FoundCode): { start: number; end: number } | null {
  const row = sheet.rows.find(({ start, end }) => start <= code.start && code.end <= end);
  const words =
    row && /^(?<name>[A-Z][^.:\n\t]{4,90}?)[\s,(-]+$/.exec(sheet.flat.slice(row.start, code.start));
  if (!row || !words || /\b(?:we|you|your|our|is|was|are)\b/i.test(words[0])) return null;
  return { start: row.start, end: row.start + words.groups!["name"]!.length };
}

function labelledCodes(sheet: Sheet, facts: readonly Fact[], known: readonly FoundCode[]): FoundCode[] {
  const seen = new Set(known.map(({ value }) => value));
  return facts
    .filter(({ field }) => field === "code")
    .flatMap(({ labelStart, end }) => codesIn(sheet, labelStart, end, true))
    .filter(({ value }) => !seen.has(value) && seen.add(value));
}
