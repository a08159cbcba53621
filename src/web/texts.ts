import en from "./texts/en.json" with { type: "json" };
import es from "./texts/es.json" with { type: "json" };

export type Language = "en" | "es";
export type TextKey = keyof typeof en;
export const languages: Record<Language, string> = { en: "English", es: "Español" };

/** Says a text of the catalogue in the reader's language, with `{name}` filled in. */
export type Say = ((key: TextKey, values?: Record<string, string | number>) => string) & {
  language: Language;
  /** The text for a word of a closed list (`plan.erisa-insured`); the word itself, readable, where there is none. */
  word: (list: string, word: string) => string;
};

const catalogues: Record<Language, Record<string, string>> = { en, es };

export function speaker(language: Language): Say {
  const catalogue = catalogues[language];
  const say = (key: string, values: Record<string, string | number> = {}) =>
    (catalogue[key] ?? catalogues.en[key] ?? key).replace(/\{(\w+)\}/g, (whole, name: string) =>
      Object.hasOwn(values, name) ? String(values[name]) : whole,
    );
  const word = (list: string, value: string) => {
    const key = `${list}.${value}`;
    return key in catalogues.en ? say(key) : sentenceCase(value.replaceAll("-", " "));
  };
  return Object.assign(say, { language, word }) as Say;
}

function sentenceCase(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** "November 21, 2026" in the reader's language; dates are calendar dates, so no zone can move them. */
export function spokenDate(date: string, language: Language): string {
  return spoken(date, language, { year: "numeric", month: "long", day: "numeric" });
}

/** "Saturday" */
export function spokenWeekday(date: string, language: Language): string {
  return spoken(date, language, { weekday: "long" });
}

function spoken(date: string, language: Language, parts: Intl.DateTimeFormatOptions): string {
  const instant = new Date(`${date.slice(0, 10)}T00:00:00Z`);
  if (Number.isNaN(instant.getTime())) return date;
  const locale = language === "es" ? "es-US" : "en-US";
  return new Intl.DateTimeFormat(locale, { timeZone: "UTC", ...parts }).format(instant);
}

/** "Nov 22, 2026, 9:14 AM" where this program runs. */
export function spokenInstant(instant: string, language: Language): string {
  const format = { dateStyle: "medium", timeStyle: "short" } as const;
  return new Intl.DateTimeFormat(language === "es" ? "es-US" : "en-US", format).format(new Date(instant));
}

/** "4.2 MB" */
export function spokenSize(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${Math.round(bytes / 1000)} KB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
