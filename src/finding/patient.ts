import { daysBetween, numberOf, type PlainDate, parseDate, partsOf, type Span } from "#base";
import type { Fact } from "#record";
import { type SourceDocument, spanAt } from "#source";
import type { ExcludedPage, Sentence } from "./sentences.ts";
import { datesIn } from "./text-dates.ts";

/** Who the patient is, as far as the record says. */
export type Patient = {
  born: PlainDate | null;
  /** Completed years at the request date; low and high differ where only an age in words is known. */
  age: { low: number; high: number; from: Span[] } | null;
  sex: { value: "male" | "female"; from: Span[] } | null;
};

const spanOf = (sentence: Sentence, start: number, end: number): Span => ({
  document: sentence.document,
  page: sentence.page,
  start: sentence.start + start,
  end: sentence.start + end,
  quote: sentence.text.slice(start, end),
});

/** Completed years from birth to a day. */
export function yearsBetween(born: PlainDate, on: PlainDate): number {
  const a = partsOf(born);
  const b = partsOf(on);
  return b.year - a.year - (b.month < a.month || (b.month === a.month && b.day < a.day) ? 1 : 0);
}

export function patientOf(
  facts: readonly Fact[],
  documents: readonly SourceDocument[],
  sentences: readonly Sentence[],
  on: PlainDate,
): Patient {
  const born = birthOf(facts, sentences) ?? birthInFile(documents);
  return {
    born: born?.date ?? null,
    age: born
      ? { low: yearsBetween(born.date, on), high: yearsBetween(born.date, on), from: born.from }
      : statedAge(sentences, on),
    sex: sexOf(sentences),
  };
}

const structuredBirth = /"birthDate"\s*:\s*"(\d{4}-\d{2}-\d{2})"|<birthTime\s+value="(\d{4})(\d{2})(\d{2})/;

/** FHIR and C-CDA name the date of birth in a field of its own. */
function birthInFile(documents: readonly SourceDocument[]) {
  for (const source of documents) {
    const page = source.structured ? source.pages[0] : undefined;
    const found = page && structuredBirth.exec(page.text);
    const date = found && parseDate(found[1] ?? `${found[2]}-${found[3]}-${found[4]}`);
    if (date)
      return { date, from: [spanAt(source.document, page, found.index, found.index + found[0].length)] };
  }
  return null;
}

const birthCue = /\b(?:DOB|D\.O\.B\.?|date of birth|birth\s?date)\b[:\s]*/gi;

/** Pages that bear another date of birth than most pages do: misfiled papers of somebody else. */
export function pagesOfOthers(documents: readonly SourceDocument[]): ExcludedPage[] {
  const seen: { at: ExcludedPage; days: string[] }[] = [];
  const counts = new Map<string, number>();
  for (const { document, pages, structured } of documents)
    for (const { page, text } of pages) {
      if (structured) continue;
      const days = [...text.matchAll(birthCue)].flatMap((cue) => {
        const after = text.slice(cue.index + cue[0].length, cue.index + cue[0].length + 24);
        const day = datesIn(after).find(({ start }) => start < 6);
        return day && day.earliest === day.latest ? [day.earliest] : [];
      });
      if (days.length > 0) seen.push({ at: { document, page }, days });
      for (const day of new Set(days)) counts.set(day, (counts.get(day) ?? 0) + 1);
    }
  const [most, next] = [...counts].sort((a, b) => b[1] - a[1]);
  if (!most || most[1] < 3 || most[1] < 2 * (next?.[1] ?? 0)) return [];
  return seen.filter(({ days }) => !days.includes(most[0])).map(({ at }) => at);
}

function birthOf(facts: readonly Fact[], sentences: readonly Sentence[]) {
  const fact = facts.find(({ concept }) => /^(birth[_-]?date|date[_-]of[_-]birth|dob)$/i.test(concept));
  const date = fact && parseDate(fact.value?.text ?? fact.when.earliest ?? "");
  if (fact && date) return { date, from: fact.from };
  for (const sentence of sentences) {
    const cue = /\b(?:DOB|D\.O\.B\.?|date of birth|birth\s?date|born(?: on)?)\b[:\s]*/i.exec(sentence.text);
    if (!cue) continue;
    const after = cue.index + cue[0].length;
    const found = datesIn(sentence.text).find(({ start }) => start >= cue.index && start - after < 12);
    if (
      found &&
      found.earliest === found.latest &&
      !/\b(?:mother|father|baby|infant|spouse|subscriber)\b/i.test(sentence.text.slice(0, cue.index))
    )
      return { date: found.earliest, from: [spanOf(sentence, cue.index, found.end)] };
  }
  return null;
}

const ageWords =
  /\b(?:(\d{1,3})|(six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty))[- ]?(?:(year|yr|month|week|day)s?[- ]?old|(y\/?o|y\.o\.?)\b)|\bage[d]?:?\s+(\d{1,3})\b(?!\s*(?:to|-|–|and))|\b(\d{2})[- ]?(?:M|F)\b(?!\w)/;

/** The age in words of the first sentence that introduces the patient, moved on to the request date where dated. */
function statedAge(sentences: readonly Sentence[], on: PlainDate): Patient["age"] {
  for (const sentence of sentences) {
    const found = ageWords.exec(sentence.text);
    if (!found) continue;
    if (
      /\b(?:mother|father|sister|brother|daughter|son|wife|husband|aunt|uncle|cousin|died at)\b[^.]{0,30}$|\b(?:onset|diagnosed|began|started|since|menarche|menopause|at)(?: at)?\s*$/i.test(
        sentence.text.slice(0, found.index),
      ) ||
      /^\s*(?:(?:male|female)\s+)?(?:mother|father|sister|brother|daughter|son|wife|husband|aunt|uncle|cousin)\b/i.test(
        sentence.text.slice(found.index + found[0].length),
      )
    )
      continue;
    const number = Number(found[1] ?? found[5] ?? found[6] ?? numberOf(found[2] ?? "") ?? Number.NaN);
    if (!Number.isFinite(number)) continue;
    const unit = found[3] ?? "year";
    const years = unit === "year" || unit === "yr" ? number : 0;
    const passed = sentence.on ? Math.max(0, daysBetween(sentence.on, on)) : 0;
    return {
      low: years + Math.floor(passed / 366),
      high: years + Math.floor(passed / 365) + (passed > 0 ? 1 : 0),
      from: [spanOf(sentence, found.index, found.index + found[0].length)],
    };
  }
  return null;
}

const sexWords = /\b(?:(female|woman|girl|lady|\d{2}[- ]?F\b)|(male|man|boy|gentleman|\d{2}[- ]?M\b))/i;

function sexOf(sentences: readonly Sentence[]): Patient["sex"] {
  for (const sentence of sentences.slice(0, 400)) {
    if (!ageWords.test(sentence.text) && !/\b(?:sex|gender)\b/i.test(sentence.text)) continue;
    const found = sexWords.exec(sentence.text);
    if (!found) continue;
    if (/\b(?:group|mother|father|sister|brother)\b/i.test(sentence.text.slice(0, found.index))) continue;
    return {
      value: found[1] ? "female" : "male",
      from: [spanOf(sentence, found.index, found.index + found[0].length)],
    };
  }
  return null;
}
