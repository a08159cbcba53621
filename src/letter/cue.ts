/**
 * A cue of knowledge/letters as an expression on the words of a page: a blank of the cue is any white space, because a
 * page breaks its lines anywhere ("records do⏎not show").
 */
export const cueExpression = (cue: string): RegExp =>
  new RegExp(
    cue.replace(/(?<!\[[^\]]*) (\?)?/g, (_, optional) => (optional ? "\\s*" : "\\s+")),
    "is",
  );
