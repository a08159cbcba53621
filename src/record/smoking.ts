import type { Context } from "./assertion.ts";
import type { Draft } from "./drafts.ts";
import type { Lexicon } from "./lexicon.ts";
import type { Mention } from "./mentions.ts";
import { authorOf, type Sentence, timeBeside, whenOf } from "./sentence.ts";

const never =
  /\b(?:never|non-?\s?smoker|non-?\s?(?:cigarette|tobacco|nicotine)|non-?smoking|does(?: not|n't) smoke|do(?: not|n't) smoke|denies|denied|no (?:history of )?(?:any )?(?:current )?(?:tobacco|smoking|cigarette|alcohol|nicotine|drug|use)|negative|not (?:a )?smok\w*|no smoking|without (?:any )?(?:tobacco|smoking)|has not smoked|no tobacco|nonuser|tobacco(?: use)?\s*[:,-]\s*(?:none|no|never|denies|negative)|smok\w*\s*[:,-]\s*(?:none|no|never|denies|negative)|no alcohol or tobacco|abstains?)\b/i;
const former =
  /\b(?:quit\w*|former(?:ly)?|ex-?smoker|stopped smok\w*|used to smoke|previous(?:ly)?|history of (?:tobacco|smoking|cigarette)|past (?:history|smoker)|prior (?:tobacco|smok\w*)|discontinued|remote|smoked)\b/i;
const current =
  /\b(?:current(?:ly)?|continues to smoke|still smok\w*|smokes|active smoker|is a smoker|ongoing|cut down|trying to quit|wants to quit|advised to quit|encouraged to quit|every day|some day|daily)\b/i;

/** Smoking status of a sentence: never, former or current, with what the sentence says of amounts and dates. */
export function smokingFact(
  sentence: Sentence,
  mention: Mention,
  context: Context,
  lexicon: Lexicon,
): Draft[] {
  const { text } = sentence;
  const clause = clauseAround(text, mention);
  const concept = lexicon.concepts.get("smoking")!;
  const family = context.family !== null || context.assertion === "family";
  if (
    family ||
    /\b(?:second-?hand|cessation (?:class|program)|risks? of smoking)\b/i.test(clause) ||
    context.assertion === "hypothetical"
  )
    return [];
  const quit =
    former.test(clause) &&
    !/\bnever (?:quit|stopped)\b|\b(?:trying|wants?|advised|encouraged|counsel\w*|attempt\w*|needs?|how) to (?:quit|stop)\b/i.test(
      clause,
    );
  const status =
    never.test(clause) || context.assertion === "absent"
      ? quit && /\bquit|stopped|former\b/i.test(clause)
        ? "former"
        : "never"
      : current.test(clause) && !/\bquit (?:in|\d|smoking)\b/i.test(clause)
        ? "current"
        : quit || context.assertion === "historical"
          ? "former"
          : "current";
  const beside = timeBeside(sentence, mention.start, mention.end);
  return [
    {
      type: "observation",
      concept: concept.id,
      codes: concept.loinc.slice(0, 1).map((code) => ({ system: "loinc", code })),
      text: text.slice(mention.start, mention.end),
      assertion: status === "never" ? "absent" : status === "former" ? "historical" : "present",
      value: { text: status },
      when: whenOf(sentence, beside),
      ...(beside ? { dated: true } : {}),
      ...authorOf(sentence),
      from: sentence.spans(mention.start, mention.end),
    },
  ];
}

function clauseAround(text: string, mention: Mention): string {
  const from = Math.max(text.lastIndexOf(";", mention.start) + 1, mention.start - 90, 0);
  const to = text.indexOf(";", mention.end);
  return text.slice(from, to < 0 ? mention.end + 90 : Math.min(to, mention.end + 90));
}
