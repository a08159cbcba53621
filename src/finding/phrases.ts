/** Words of a criterion that ask for more: a number, a second statement, a condition, somebody, a time. */
const askingMore =
  "and|or|if|unless|except|despite|who|without|not|no|plus|one|two|three|four|five|six|fail\\w*|least|more|less|by|within|before|after|prior|during|while|when|since|until|\\w+ologist|surgeon|physicians?|specialist|independent|certified";
/** Words of a note that deny, turn, limit or put off what is said. */
const turning =
  "not|no|never|nor|without|but|if|unless|except|although|though|until|once|whether|versus|vs|yet|only|will|would|could|should|might|may|unable|cannot|denie[sd]|declin\\w+|refus\\w+|instead|rather|was|were|after|before|following|because|since|stop\\w*|hold|held|discontinu\\w+|last|previous\\w*|prior|other";
const wordBeside = (kept: string, digits: string) =>
  `(?:(?:[A-Z]|Dr|Mrs?|Ms)\\.(?=\\s)|(?!(?:${kept})\\b)[^\\s;:?${digits}]*[^\\s;:.!?${digits}])`;
const wordOfCriterion = wordBeside(askingMore, "\\d");
const wordOfNote = wordBeside(turning, "");
/** A date or an aside in brackets parts no words, unless it takes back what they say. */
const space =
  "[,:]?(?:\\s*\\((?![^()]*\\b(?:not|no|never|pending|ordered|declined)\\b)[^()]{1,30}\\))?[,:]?[\\s-]+";
const between = "[\\s,():/–-]+";

/**
 * A phrase of the tables as a pattern. `…` is a gap of up to six words inside a sentence that neither ask for more nor turn what
 * is said (at the end: whatever follows), `(a|b)` a choice, `[word]` may be left out, a star is any ending, `#` is a number, `#<50`
 * one below fifty, a leading `^` the sentence's beginning; hyphens and blanks are the same. Case does not count.
 */
export function phrasePattern(phrase: string, ofCriterion = false): RegExp {
  const word = ofCriterion ? wordOfCriterion : wordOfNote;
  const source = phrase
    .replace(/^\^/, "")
    .trim()
    .replace(/[.+?^${}\\/]/g, "\\$&")
    .replace(/\(/g, "(?:")
    .replace(/^((?:\[[^\]]*\] )+)/, (lead) => lead.replace(/\[([^\]]*)\] /g, "(?:(?:$1) )?"))
    .replace(/ \[([^\]]*)\]/g, "(?: (?:$1))?")
    .replace(/\s*…\s*/g, "…")
    .replace(/(?<=\w)\*/g, "[\\w'’-]*")
    .replace(/#<50/g, "(?<![\\d.,])[1234]?\\d")
    .replace(/#/g, "\\d+(?:[.,]\\d+)?")
    .replace(/(?<=[\w*])-(?=\w)/g, "[\\s-]?")
    .replace(/ /g, space)
    .replace(/…$/, ofCriterion ? `(?:${between}${word}){0,8}` : "")
    .replace(/…/g, `${between}(?:${word}${between}){0,6}?`);
  return new RegExp(`${phrase.startsWith("^") ? "(?<=^\\s*)" : "(?<![\\w-])"}(?:${source})(?!\\w)`, "i");
}
