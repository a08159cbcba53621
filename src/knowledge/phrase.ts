/**
 * The small language in which experts write phrases: `[x]` may be missing, `(a|b)` one of these, `*` one word, `word*`
 * any ending, `#` a number, `...` up to a dozen words of the same sentence. Compiled to a regular expression for
 * text whose quotes and dashes are already plain.
 */
const between = "(?:[\\s,:/()\"-]+|(?=n't))";
const wide = "(?:(?![A-Za-z0-9]).{0,90}?(?<![A-Za-z0-9]))";
const number =
  "(?:\\d[\\d,.]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|eighteen|twenty|thirty|forty|fifty|sixty|ninety)";

/** Regular-expression source of a phrase, to be used with the flag `i`. Throws with plain words when the phrase is malformed. */
export function phrasePattern(phrase: string): string {
  const reader = { text: phrase.trim(), at: 0 };
  const body = sequence(reader, "");
  if (reader.at < reader.text.length) throw new SyntaxError(`"${reader.text[reader.at]}" is not opened`);
  // "can't" holds the word that begins "(not|n't) …".
  return `(?:(?<![A-Za-z0-9])|(?=n't))(?:${body})(?![A-Za-z0-9])`;
}

type Reader = { text: string; at: number };

/** Items up to one of `ends`. Separators stand between items; an optional item carries its own. */
function sequence(reader: Reader, ends: string): string {
  let out = "";
  let required = false;
  let gap = false;
  while (reader.at < reader.text.length && !ends.includes(reader.text[reader.at]!)) {
    if (reader.text[reader.at] === " ") {
      reader.at++;
      continue;
    }
    if (reader.text.startsWith("...", reader.at)) {
      reader.at += 3;
      gap = required;
      continue;
    }
    const item = oneItem(reader);
    const space = gap ? wide : between;
    if (item.optional)
      out += required ? `(?:${space}(?:${item.source}))?` : `(?:(?:${item.source})${between})?`;
    else {
      out += required ? space + item.source : item.source;
      required = true;
      gap = false;
    }
  }
  return out;
}

function oneItem(reader: Reader): { source: string; optional: boolean } {
  const first = reader.text[reader.at]!;
  if (first === "(" || first === "[") {
    const close = first === "(" ? ")" : "]";
    reader.at++;
    const choices = [sequence(reader, `|${close}`)];
    while (reader.text[reader.at] === "|") {
      reader.at++;
      choices.push(sequence(reader, `|${close}`));
    }
    if (reader.text[reader.at] !== close) throw new SyntaxError(`"${first}" is not closed`);
    reader.at++;
    return { source: `(?:${choices.join("|")})${ending(reader)}`, optional: first === "[" };
  }
  const word = /^[^\s()[\]|]+/.exec(reader.text.slice(reader.at))?.[0];
  if (!word) throw new SyntaxError(`"${first}" is not expected here`);
  reader.at += word.length;
  return { source: wordPattern(word), optional: false };
}

/** A star right behind a bracket: any ending. */
function ending(reader: Reader): string {
  if (reader.text[reader.at] !== "*") return "";
  reader.at++;
  return "[\\w'-]*";
}

function wordPattern(word: string): string {
  // A whole word: nothing of it is left over, so that there is one way to match it.
  if (word === "*") return "[\\w'&.$%-]+(?![\\w'&.$%-])";
  if (word === "#") return number;
  return word
    .split(/([*#-])/)
    .map((part) => {
      if (part === "*") return "[\\w'-]*";
      if (part === "#") return "\\d";
      if (part === "-") return "[\\s-]{1,2}";
      return part.replace(/[.+?^${}()|[\]\\/]/g, "\\$&");
    })
    .join("");
}
