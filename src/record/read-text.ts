import type { Span } from "#base";
import type { Clinical } from "#knowledge";
import { type Flow, flow, type SourceDocument } from "#source";
import { allergiesIn } from "./allergies.ts";
import { asRisk, contextOf, cuesIn, startOfRisks } from "./assertion.ts";
import type { Draft } from "./drafts.ts";
import { type Lexicon, lexiconOf } from "./lexicon.ts";
import { measuredFacts } from "./measured-facts.ts";
import { medicationsIn } from "./medications.ts";
import { mentionsIn } from "./mentions.ts";
import { namedFacts } from "./named-facts.ts";
import { outlineOf, type Passage, passagesOf, type Visit } from "./passages.ts";
import type { Sentence } from "./sentence.ts";
import { tableFacts } from "./tables.ts";
import { timesIn } from "./times.ts";
import { tokensOf } from "./tokens.ts";

/** The facts of a paper that is text: notes, reports, lists, tables. */
export function readText(source: SourceDocument, clinical: Clinical): Draft[] {
  const lexicon = lexiconOf(clinical);
  const flowing = flow(source);
  const outline = outlineOf(flowing, lexicon);
  const drafts: Draft[] = [];
  let last: Sentence | null = null;
  for (const passage of outline.passages) {
    const sentence = sentenceOf(passage, flowing, lexicon, outline.visits[passage.visit]!, last);
    drafts.push(...factsOf(sentence, lexicon));
    last = sentence;
  }
  for (const table of outline.tables) {
    const visit = outline.visits[table.visit]!;
    const { drafts: found, read } = tableFacts(table, flowing, lexicon, visit);
    drafts.push(...found);
    if (!read)
      for (const passage of passagesOf(table, flowing.text))
        drafts.push(...factsOf(sentenceOf(passage, flowing, lexicon, visit, null), lexicon));
  }
  return drafts;
}

/** A sentence with everything that is needed to read facts from it. */
function sentenceOf(
  passage: Passage,
  flowing: Flow,
  lexicon: Lexicon,
  visit: Visit,
  last: Sentence | null,
): Sentence {
  const text = flowing.text.slice(passage.start, passage.end);
  const tokens = tokensOf(text);
  const mentions = mentionsIn(text, tokens, lexicon);
  const cues = cuesIn(tokens, lexicon, mentions);
  const risksFrom = startOfRisks(text);
  const contexts = mentions.map((mention) => {
    const context = contextOf(mention, cues, tokens, mentions);
    return mention.start > risksFrom ? asRisk(context) : context;
  });
  const relation =
    last && last.section === passage.section && passage.section === "family-history" ? last.relation : null;
  return {
    text,
    tokens,
    mentions,
    contexts,
    section: passage.section,
    times: timesIn(text, visit.date),
    visit,
    lastDrug: lastDrugOf(last, passage),
    relation,
    spans: (start, end) => spansIn(flowing, passage, start, end),
  };
}

/** The drug the sentence before spoke of, for a sentence that goes on about it without its name. */
function lastDrugOf(last: Sentence | null, passage: Passage): Sentence["lastDrug"] {
  if (!last || passage.leads) return null;
  const named = last.mentions.filter(({ meanings }) => meanings.some(({ drugs }) => drugs));
  return named.length === 1
    ? named[0]!.meanings.find(({ drugs }) => drugs)!.drugs!
    : named.length === 0
      ? last.lastDrug
      : null;
}

const spansIn = (flowing: Flow, passage: Passage, start: number, end: number): Span[] =>
  flowing.spanOf(passage.start + start, passage.start + end);

/** "Do you smoke?": a question put to the patient states nothing. */
const isQuestion = (text: string) => /\?\s*$/.test(text) && /\b(?:you|your)\b/i.test(text);

function factsOf(sentence: Sentence, lexicon: Lexicon): Draft[] {
  if (isQuestion(sentence.text)) return [];
  const allergies = allergiesIn(sentence, lexicon);
  if (allergies.exclusive) return allergies.drafts;
  return [
    ...allergies.drafts,
    ...measuredFacts(sentence, lexicon),
    ...namedFacts(sentence, lexicon, allergies.covers),
    ...medicationsIn(sentence, allergies.covers),
  ];
}
