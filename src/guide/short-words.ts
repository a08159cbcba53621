import type { GuideNames } from "#knowledge";
import type { Language } from "./types.ts";

const signs: [RegExp, string][] = [
  [/\s*>=\s*/g, " at least "],
  [/\s*<=\s*/g, " at most "],
  [/\s*>\s*(?=\d)/g, " more than "],
  [/\s*<\s*(?=\d)/g, " less than "],
  [/\bw\/o\b/g, "without"],
  [/\bw\/(?=\s|[a-z])/g, "with "],
  [/ \+ /g, " and "],
  [/ & /g, " and "],
  [/\bmax\b\.?/gi, "highest"],
  [/\bmin\b(?! ?ut)\.?(?= \d)/g, "at least"],
  [/(\d) ?mo\b/g, "$1 months"],
  [/(\d) ?wk\b/g, "$1 weeks"],
  [/(\d) ?yr?\b/g, "$1 years"],
  [/\bpts?\b(?= )/g, "patients"],
  [/\bincl\b\.?/g, "including"],
  [/\bdx\b/g, "diagnosis"],
  [/\bhx\b/g, "history"],
  [/\btx\b/g, "treatment"],
  [/\bmod(?:erate)?[- ](?:to-)?severe\b/g, "moderate to severe"],
  [/\bdoc'?d\b/g, "documented"],
];

/** A criterion as we wrote it down for machines → words for people. Numbers stay as they are. */
export function plainWords(text: string): string {
  const ready = plain.get(text);
  if (ready !== undefined) return ready;
  let said = text;
  for (const [sign, words] of signs) said = said.replace(sign, words);
  said = said.replace(/\s+/g, " ").trim();
  plain.set(text, said);
  return said;
}

/** Rows of knowledge are few and stand on many pages. */
const plain = new Map<string, string>();

/** "2022-07-16 (reviewed 2023-06)" → "July 16, 2022 (reviewed June 2023)", or the same in Spanish. */
export function plainDates(text: string, language: Language = "en"): string {
  if (!/\d{4}-\d{2}/.test(text)) return text;
  const told = language === "es" ? inSpanish(text) : text;
  return told.replace(
    /\b(\d{4})-(\d{2})(?:-(\d{2}))?\b/g,
    (whole, year: string, month: string, day?: string) => {
      const name = months[language][Number(month) - 1];
      if (!name) return whole;
      if (language === "es") return `${day ? `${Number(day)} de ` : ""}${name} de ${year}`;
      return day ? `${name} ${Number(day)}, ${year}` : `${name} ${year}`;
    },
  );
}

/** The few words that stand beside dates in our rows. */
function inSpanish(text: string): string {
  return text
    .replace(/\breview(?:ed)?\b/g, "revisado")
    .replace(/\baccelerated\b/g, "acelerada")
    .replace(/\btablets\b/g, "tabletas")
    .replace(/\bpeds\b/g, "niños");
}

const months: Record<Language, string[]> = {
  en: "January February March April May June July August September October November December".split(" "),
  es: "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split(" "),
};

/** The short words that stand in these texts, with their meaning; in the order of the alphabet. */
export function shortWordsIn(texts: readonly string[], names: GuideNames, language: Language): string[] {
  const seen = new Set(texts.flatMap((text) => text.match(/[A-Za-z][A-Za-z0-9]*(?:-[A-Z]\b)?/g) ?? []));
  return Object.entries(names.shortWords)
    .filter(([word]) => seen.has(word))
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([word, meaning]) => `${word}: ${meaning[language]}`);
}
