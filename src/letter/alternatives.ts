import type { Issue } from "#base";
import { spanAt } from "#source";
import { type Desk, reasonCue } from "./appeal.ts";
import type { CriterionRow } from "./criteria.ts";
import { cueExpression } from "./cue.ts";
import { meet } from "./exhibits.ts";
import type { NamedDrug } from "./input.ts";
import { fromPages, joined, type Slot } from "./passages.ts";
import { reasonSpans } from "./reasons.ts";
import { printedQuote } from "./sentences.ts";
import { goesWell, isStep, type TriedDrug, triedDrugs } from "./tried-drugs.ts";

/** A sentence on a class answers each drug of it ("Triptans are contraindicated because of …"). */
type Answered = { drugs: NamedDrug[]; answer: TriedDrug };

/**
 * The drugs that the notice names, each with the words of the record that answer it: first those whose own course is told,
 * then those that a sentence on their name or class answers; after them what else was tried.
 */
export function answeredDrugs(desk: Desk): TriedDrug[] {
  const tried = triedDrugs(desk);
  const named = namedBy(desk);
  const own = tried.filter((drug) => drug.tells && named.some((one) => isOf(one, drug)));
  // Of a drug that the notice names a mere fill is no answer; it is told to the user as open.
  const others = tried.filter((drug) => !named.some((one) => isOf(one, drug)));
  return eachOnce([...own, ...bySentence(desk, tried).map(({ answer }) => answer)], others);
}

/** Drugs that one sentence answers stand together; one that the notice does not name brings a sentence of its own or none. */
function eachOnce(named: TriedDrug[], others: TriedDrug[]): TriedDrug[] {
  const told: TriedDrug[] = [];
  for (const drug of named) {
    const same = told.findIndex((other) => meet([other.span], [drug.span]));
    const other = told[same];
    // A sentence that does not speak of this drug says nothing of it, though its own words stand beside it.
    const words = [drug.concept, ...drug.name.text.split(/, /)].map((word) => word.toLowerCase());
    const speaks = (span: TriedDrug["span"]) => words.some((word) => span.quote.toLowerCase().includes(word));
    if (other && speaks(drug.span) && !speaks(other.span)) told.push(drug);
    else if (other) told[same] = { ...other, name: joined([other.name, drug.name], ", ")! };
    else told.push(drug);
  }
  for (const drug of others) {
    const own = drug.all.filter(({ span }) => !told.some((other) => meet([other.span], [span])));
    const [first] = own;
    if (first) told.push({ ...drug, said: first.said, place: first.place, span: first.span, all: own });
  }
  return told;
}

/** "adalimumab-adaz (Hyrimoz)": another product of the same substance has names of its own and no row of its own. */
const product = /\b([a-z]+-[a-z]{4})\s+\(([A-Z][a-z]{3,})\)|\b([A-Z][a-z]{3,})\s+\(([a-z]+-[a-z]{4})\)/g;

/** The drugs that the notice names, and the products that its reason prefers to the one asked for. */
function namedBy(desk: Desk): NamedDrug[] {
  const named = desk.input.alternatives ?? [];
  const asked = (desk.slots.service?.text ?? "").toLowerCase();
  const products = reasonSpans(desk.input, desk.cite, reasonCue(desk.knowledge)).flatMap((span) => {
    const page = desk.cite.sources.get(span.document)?.pages.find((entry) => entry.page === span.page);
    return [...span.quote.matchAll(product)].flatMap((match): NamedDrug[] => {
      const names = match.slice(1).filter((name) => name !== undefined);
      const known = names.some((name) => asked.includes(name.toLowerCase()));
      const start = span.start + match.index;
      const brand = names.find((name) => /^[A-Z]/.test(name)) ?? names[0]!;
      const at = start + match[0].indexOf(brand);
      return page && !known
        ? [
            {
              ingredient: brand,
              from: spanAt(span.document, page, at, at + brand.length),
              names,
              classes: [],
            },
          ]
        : [];
    });
  });
  return [
    ...named,
    ...products.filter((one) => !named.some((other) => other.names.some((name) => one.names.includes(name)))),
  ];
}

/** The drugs that the notice names and no page answers. */
export function unansweredDrugs(desk: Desk): NamedDrug[] {
  const tried = triedDrugs(desk);
  const answered = bySentence(desk, tried).flatMap(({ drugs }) => drugs);
  return namedBy(desk).filter((one) => !tried.some((drug) => answers(one, drug)) && !answered.includes(one));
}

/** What the user is told of them; where the policy's own count of trials is met, it is only worth knowing. */
export function unansweredIssues(desk: Desk, rows: readonly CriterionRow[]): Issue[] {
  const open = unansweredDrugs(desk);
  const [first] = open;
  if (!first) return [];
  const contested = rows.filter((row) => row.contested);
  const settled = contested.length > 0 && contested.every(({ status }) => status === "met");
  const names = open.map(({ from }) => printedQuote(from.quote)).join(", ");
  return [
    {
      severity: settled ? "information" : "warning",
      code: "alternative-unanswered",
      text: `The notice names ${names}, and no enclosed page says why that does not serve. Ask the prescriber for the note or the statement that answers each: when it was tried, at what dose and with what result, or why it must not be taken.`,
      at: first.from,
    },
  ];
}

const isOf = (one: NamedDrug, drug: TriedDrug): boolean => drug.concept === one.ingredient;
const answers = (one: NamedDrug, drug: TriedDrug): boolean => drug.tells && isOf(one, drug);

/** Drugs without a course of their own, by the sentence that answers them. */
function bySentence(desk: Desk, tried: TriedDrug[]): Answered[] {
  const answered: Answered[] = [];
  for (const one of namedBy(desk)) {
    if (tried.some((drug) => answers(one, drug))) continue;
    const hit = sentenceOn(one, desk);
    if (!hit) continue;
    const same = answered.find(({ answer }) => meet([answer.span], [hit.span]));
    if (same) same.drugs.push(one);
    else answered.push({ drugs: [one], answer: hit });
  }
  return answered.map(({ drugs, answer }) => ({ drugs, answer: { ...answer, name: namesOf(drugs) } }));
}

/** The best sentence of the record that says of the drug, or of its class, why it does not serve. */
function sentenceOn(one: NamedDrug, desk: Desk): TriedDrug | null {
  const steps = cueExpression(desk.knowledge.cues.find((row) => row.id === "steps")?.cue ?? "(?!)");
  const noStep = desk.knowledge.cues.find((row) => row.id === "no-step")?.cue;
  for (const words of [one.names, one.classes]) {
    if (words.length === 0) continue;
    const cue = `\\b(${words.map((word) => word.replace(/[^\w -]/g, ".")).join("|")})s?\\b`;
    const spoken = cueExpression(cue);
    const hits = desk.search
      .find({ find: "record", cue, most: 8, ...(noStep ? { not: noStep } : {}) })
      .flatMap((hit) => {
        const { quote } = hit.span;
        const at = spoken.exec(quote)?.index ?? 0;
        const near = quote.slice(Math.max(0, at - 80), at + 180);
        // What ended on a day says more than what another name's sentence says in passing.
        const first = isStep(quote.slice(at, at + 60), steps) ? 1 : 0;
        const rank = first + (/\d{1,2}\/\d{1,2}\/\d{2,4}/.test(near) ? 1 : 0);
        return isStep(near, steps) && !goesWell.test(near) ? [{ hit, rank }] : [];
      })
      .sort((one, other) => other.rank - one.rank);
    const hit = hits[0]?.hit;
    const { quote, source, place } = hit?.slots ?? {};
    const said = joined([source, quote], ": ");
    if (hit && said && place)
      return {
        concept: one.ingredient,
        name: namesOf([one]),
        said,
        place,
        span: hit.span,
        all: [{ said, place, span: hit.span }],
        tells: true,
      };
  }
  return null;
}

/** "Sumatriptan, rizatriptan", as the notice spells them. */
function namesOf(drugs: NamedDrug[]): Slot {
  const names = drugs.map(({ from }) => fromPages(printedQuote(from.quote), from));
  const [first, ...rest] = names;
  const text = first!.text;
  return joined([{ ...first!, text: text[0]!.toUpperCase() + text.slice(1) }, ...rest], ", ")!;
}
