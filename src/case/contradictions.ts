import type { Issue, Span } from "#base";
import type { Denial } from "#denial";
import { findAll, type SourceDocument } from "#source";

/** Words that denials and policies share without saying the same thing. */
const common = new Set(
  "about above after allow allowed appeal apply based because before benefit cannot clinical condition contract cover coverage covered criteria decision denied denial doctor health information insurance letter limit maximum medical medically member necessary notice patient period policy procedure procedures provider record records request requested required requirement review reviewed section service services shown state submitted their therapy these treatment under which within would"
    .split(" ")
    .map(stem),
);

const negation = /\b(?:no|not|never|without|neither)\b/i;

/**
 * Where the policy says the opposite of the reason in the letter: a sentence of the reason affirms what a sentence of the
 * policy, sharing its telling words, denies. Both are quoted; whether it is an argument is for a person to say.
 */
export function findContradictions(
  denial: Denial,
  notice: SourceDocument[],
  policy: SourceDocument[],
): Issue[] {
  const reasons = denial.grounds.flatMap(({ from }) => from).flatMap((span) => sentencesAround(span, notice));
  const denied = policy
    .flatMap((document) => sentencesOf(document))
    .filter(({ quote }) => negation.test(quote));
  // What was asked for is named in both papers and tells nothing about what they say of it.
  const asked = denial.services.flatMap(({ description }) => [...tellingWords(description.value)]);
  const issues = reasons.flatMap((reason) => {
    if (negation.test(reason.quote)) return [];
    const telling = tellingWords(reason.quote);
    for (const word of asked) telling.delete(word);
    return denied
      .filter(({ quote }) => sharedNear(quote, telling))
      .map(
        (other): Issue => ({
          severity: "information",
          code: "denial-contradicts-policy",
          text: `The letter says "${flat(reason.quote)}"; the policy it rests on says "${flat(other.quote)}" (${other.document}, page ${other.page}). If they speak of the same thing, the appeal should quote both.`,
          at: other,
        }),
      );
  });
  return issues
    .filter((issue, index) => issues.findIndex(({ text }) => text === issue.text) === index)
    .slice(0, 3);
}

/** One telling word, close behind the negation, decides; words further off are another clause. */
function sharedNear(sentence: string, telling: ReadonlySet<string>): boolean {
  const words = sentence.toLowerCase().match(/[a-z]+/g) ?? [];
  return words.some(
    (word, index) =>
      negation.test(word) && words.slice(index + 1, index + 4).some((next) => telling.has(stem(next))),
  );
}

function tellingWords(text: string): Set<string> {
  const words = (text.toLowerCase().match(/[a-z]{5,}/g) ?? []).map(stem);
  return new Set(words.filter((word) => !common.has(word)));
}

function stem(word: string): string {
  return word.replace(/(?:ies|es|s|ed|ing)$/, "");
}

/** Sentences; a line that ends well before the margin is a heading or a field, and ends what stands in it. */
function sentencesOf(document: SourceDocument): Span[] {
  const sentence = /[A-Z(0-9][^.!?]{15,300}[.!?](?=\s|$)/g;
  const broken = /(?:^|\n)[^\n]{0,45}(?=\n\s*(?:[A-Z•◦*-]|$))/;
  return [...findAll(document, sentence)].map(({ span }) => span).filter(({ quote }) => !broken.test(quote));
}

/** The sentence of the ground and its neighbours: letters spread a reason over a paragraph. */
function sentencesAround(span: Span, documents: SourceDocument[]): Span[] {
  const document = documents.find((one) => one.document === span.document);
  const onPage = document ? sentencesOf(document).filter(({ page }) => page === span.page) : [];
  const index = onPage.findIndex((one) => one.end > span.start);
  return index < 0 ? [] : onPage.slice(Math.max(0, index - 2), index + 2);
}

function flat(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
