/** A word of a text in the form in which it is compared, and where it stands. */
export type Word = { form: string; start: number; end: number };

/** Words that say nothing about which fact is meant. */
const empty = new Set(
  (
    "a an the of to in on for with and or is are was were be been being by at from as that this these those it its " +
    "his her their he she they who whom which will would should could may might must can has have had having do does " +
    "did any other such than then if within during before after more less least most one all both each per into " +
    "least patient patients member members beneficiary individual individuals subject subjects participant " +
    "participants person requested request criteria criterion following either including include includes there " +
    "according based defined not no nor never without also only very between upon about " +
    "up s t e g i ii iii iv"
  ).split(" "),
);

/** Lower-cased stem: plural, -ing, -ed, -ly and adjective endings that do not change the meaning are taken off. */
export function stem(word: string): string {
  if (word.length <= 3) return word;
  const known = stems.get(word);
  if (known !== undefined) return known;
  const found = stemOf(word);
  if (stems.size < 50_000) stems.set(word, found);
  return found;
}

/** Records repeat their words. */
const stems = new Map<string, string>();

function stemOf(word: string): string {
  if (/\d/.test(word)) return word;
  let out = word
    .replace(/ies$/, "y")
    .replace(/(ss|sh|ch|x)es$/, "$1")
    .replace(/([^su])s$/, "$1");
  if (out.length > 5) out = out.replace(/(ing|ed|ly)$/, "").replace(/(.)\1$/, "$1");
  return out.length > 4 ? out.replace(/e$/, "") : out;
}

const word = /[\p{L}\p{N}]+(?:[.'’][\p{L}\p{N}]+)*/gu;

/** All words of a text with their places. Hyphens part words; decimals stay whole. */
export function wordsOf(text: string): Word[] {
  const found: Word[] = [];
  for (const match of text.matchAll(word)) {
    const plain = match[0]
      .toLowerCase()
      .replace(/['’]s$/, "")
      .replaceAll("’", "'");
    found.push({ form: stem(plain), start: match.index, end: match.index + match[0].length });
  }
  return found;
}

/** True for words that carry meaning of their own. */
export function isContent(form: string): boolean {
  return form.length > 1 && !emptyStems.has(form);
}

const emptyStems = new Set([...empty].map(stem));

/** Words of almost every criterion and note: they count little in a search and prove nothing. */
const faint = new Set(
  (
    "history diagnosis diagnosed clinical disease treatment study severe medical condition evidence known active current " +
    "currently previous previously prior recent significant present confirmed documented documentation appropriate " +
    "accepted documents time day days week month year symptoms signs type level normal abnormal therapy use used tests " +
    "test results examination exam physical changes associated related increase need able unable ability determined " +
    "investigator opinion judged enrolled trial visit generally findings care status general possible specific"
  )
    .split(" ")
    .map(stem),
);

/** True for words that say little about which fact is meant. */
export const isFaint = (form: string): boolean => faint.has(form);
