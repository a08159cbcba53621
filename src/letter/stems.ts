import { tellingWords } from "./telling-words.ts";

/** Telling words, whatever their ending ("needs", "needing"; "intensive", "intensively"). */
export const stemsOf = (text: string): Set<string> => new Set([...tellingWords(text)].map(stemOf));

/** Every word of four letters and more, also those too common to tell anything by themselves ("weeks of therapy"). */
export const allStemsOf = (text: string): Set<string> =>
  new Set((text.toLowerCase().match(/[a-z][a-z0-9-]{3,}/g) ?? []).map(stemOf));

const stemOf = (word: string): string =>
  word === "daily"
    ? word
    : /^fail(s|ed|ing|ures?)?$/.test(word)
      ? "fail"
      : word
          .replace(/(ly|ing|ed|es|s)$/, "")
          .replace(/e$/, "")
          .replace(/y$/, "i")
          .slice(0, 7);
