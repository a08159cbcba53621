import { tellingWords } from "./telling-words.ts";

/** Telling words, whatever their ending ("needs", "needing"; "intensive", "intensively"). */
export const stemsOf = (text: string): Set<string> =>
  new Set(
    [...tellingWords(text)].map((word) =>
      word
        .replace(/(ly|ing|ed|es|s)$/, "")
        .replace(/e$/, "")
        .replace(/y$/, "i")
        .slice(0, 7),
    ),
  );
