/**
 * A cue of knowledge/letters as an expression on the words of a page: a blank of the cue is any white space, because a
 * page breaks its lines anywhere ("records do⏎not show").
 */
export const cueExpression = (cue: string): RegExp =>
  new RegExp(
    cue.replace(/(?<!\[[^\]]*) (\?)?/g, (_, optional) => (optional ? "\\s*" : "\\s+")),
    "is",
  );

/**
 * Lower-case words as the source of an expression that takes them in capitals too, where the rest of it must not. (Modifiers
 * of expressions, "(?i:…)", are not used: on long pages the engine does not find what it finds on short ones.)
 */
export const anyCase = (words: string): string =>
  words.replace(/[a-z]/g, (letter) => `[${letter}${letter.toUpperCase()}]`);
