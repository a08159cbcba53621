const between = "[\\s,:()/–-]+";
/** Up to eight words of the same statement. */
const gapOf = (word: string) => `${between}(?:${word}[\\s–-]+){0,8}?`;
const tailOf = (word: string) => `(?:${between}${word}){0,8}`;
const anyWord = "[^\\s;]*[^\\s;.!?]";
/** A number, a second statement or a condition asks for more. */
const softWord =
  "(?!(?:and|or|if|unless|except|despite|who|without|not|no|plus|one|two|three|four|five|six|fail\\w*|least|more|less)\\b)[^\\s;\\d]*[^\\s;.!?\\d]";

/**
 * A phrase of the tables as a pattern. `…` is a gap of up to eight words inside a sentence (at the end: whatever follows), `(a|b)`
 * a choice, `[word]` may be left out, a star is any ending, `#` is a number; hyphens and blanks are the same. Case does not
 * count. `ofCriterion`: what fills a gap asks for nothing more.
 */
export function phrasePattern(phrase: string, ofCriterion = false): RegExp {
  const word = ofCriterion ? softWord : anyWord;
  const source = phrase
    .trim()
    .replace(/[.+?^${}\\/]/g, "\\$&")
    .replace(/\(/g, "(?:")
    .replace(/^((?:\[[^\]]*\] )+)/, (lead) => lead.replace(/\[([^\]]*)\] /g, "(?:(?:$1) )?"))
    .replace(/ \[([^\]]*)\]/g, "(?: (?:$1))?")
    .replace(/\s*…$/, tailOf(word))
    .replace(/\s*…\s*/g, gapOf(word))
    .replace(/(?<=\w)\*/g, "[\\w'’-]*")
    .replace(/#/g, "\\d+(?:[.,]\\d+)?")
    .replace(/(?<=[\w*])-(?=\w)/g, "[\\s-]?")
    .replace(/ /g, ",?[\\s-]+");
  return new RegExp(`(?<![\\w-])(?:${source})(?!\\w)`, "i");
}
