import type { Span } from "#base";
import type { Clinical } from "#knowledge";
import { type Flow, flow, type SourceDocument } from "#source";
import { allergiesIn } from "./allergies.ts";
import { contextOf, cuesIn } from "./assertion.ts";
import type { Draft } from "./drafts.ts";
import { withLaterOutcome } from "./later-outcomes.ts";
import { type Lexicon, lexiconOf } from "./lexicon.ts";
import { measuredFacts } from "./measured-facts.ts";
import { medicationsIn } from "./medications.ts";
import { mentionsIn } from "./mentions.ts";
import { namedFacts } from "./named-facts.ts";
import { outlineOf, type Passage, passagesOf, type Visit } from "./passages.ts";
import { answered, answerIn, asksOfPast, isQuestion } from "./questions.ts";
import { asRisk, startOfRisks } from "./risks.ts";
import { type Sentence, timeBeside } from "./sentence.ts";
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
  let lastDrafts: Draft[] = [];
  let study: Study | null = null;
  let question: string | null = null;
  const taken = new Set<string>();
  for (const [index, passage] of outline.passages.entries()) {
    const place = question === null ? passage : { ...passage, section: "past-medications" };
    const sentence = sentenceOf(place, flowing, lexicon, outline.visits[passage.visit]!, last, taken);
    question = null;
    if (isQuestion(sentence.text)) {
      const next = outline.passages[index + 1];
      const answer = next ? answerIn(flowing.text.slice(next.start, next.end)) : null;
      drafts.push(...answered(factsOf(sentence, lexicon), sentence.text, answer));
      if (answer === "yes" && asksOfPast(sentence.text)) question = sentence.text;
      continue;
    }
    const tells: "same" | "report" | null = study && relationTo(study, sentence, passage);
    study = studyIn(sentence) ?? (tells ? study : null);
    const found = factsOf(sentence, lexicon);
    if (!passage.leads && last) withLaterOutcome(lastDrafts, last.text, sentence, lexicon);
    lastDrafts = found;
    for (const { type, assertion, concept } of found)
      if (type === "medication" && assertion === "present") taken.add(concept);
    drafts.push(...(study && tells ? found.map((draft) => datedBy(study!.date, tells, draft)) : found));
    last = sentence;
  }
  for (const table of outline.tables) {
    const visit = outline.visits[table.visit]!;
    const { drafts: found, read } = tableFacts(table, flowing, lexicon, visit);
    drafts.push(...found);
    if (!read)
      for (const passage of passagesOf(table, flowing.text))
        drafts.push(...factsOf(sentenceOf(passage, flowing, lexicon, visit, null, taken), lexicon));
  }
  return drafts;
}

/** A study of known day that the sentences after it may go on about. */
type Study = { date: string; section: string; undated: boolean };

/** "On 10/31/2006, she had a bone marrow biopsy": the one dated study of a sentence. */
function studyIn(sentence: Sentence): Study | null {
  const [time] = sentence.times;
  if (!time || sentence.times.length > 1 || time.kind !== "date" || time.earliest !== time.latest)
    return null;
  const study = sentence.mentions.find(({ meanings }) =>
    meanings.some(
      ({ procedure, concept }) => procedure !== undefined || (concept && studies.has(concept.kind)),
    ),
  );
  return study && timeBeside(sentence, study.start, study.end) === time
    ? { date: time.earliest!, section: sentence.section, undated: sentence.visit.date === null }
    : null;
}
const studies = new Set(["test", "imaging", "screen", "pathology"]);

/** Whether a sentence still tells of the study before it: "This shows …", or any line of a report that bears no other date. */
function relationTo(study: Study, sentence: Sentence, passage: Passage): "same" | "report" | null {
  if (sentence.times.length > 0 || sentence.section !== study.section) return null;
  if (
    !passage.leads &&
    /^\s*(?:this|it|these|that|pathology|results?|findings?|impression|there (?:was|is|were|are)|the (?:study|scan|test|biopsy|report|mri|ct|echo\w*|pathology|results?|findings?))\b/i.test(
      sentence.text,
    )
  )
    return "same";
  return study.undated && reported.has(study.section) ? "report" : null;
}

/** What the study found bears its day: every finding of the sentence that goes on about it, the values of its report. */
function datedBy(date: string, tells: "same" | "report", draft: Draft): Draft {
  const finding = draft.type === "observation" || (draft.type === "condition" && tells === "same");
  if (!finding || draft.dated || draft.assertion === "historical") return draft;
  if (tells === "report" && draft.value?.low === undefined && draft.value?.high === undefined) return draft;
  return { ...draft, when: { earliest: date, latest: date }, dated: true };
}
const reported = new Set(["other", "findings", "results", "procedure"]);

/** A sentence with everything that is needed to read facts from it. */
function sentenceOf(
  passage: Passage,
  flowing: Flow,
  lexicon: Lexicon,
  visit: Visit,
  last: Sentence | null,
  taken: ReadonlySet<string>,
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
    taken,
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

function factsOf(sentence: Sentence, lexicon: Lexicon): Draft[] {
  const allergies = allergiesIn(sentence);
  if (allergies.exclusive) return allergies.drafts;
  return [
    ...allergies.drafts,
    ...measuredFacts(sentence, lexicon),
    ...namedFacts(sentence, lexicon, allergies.covers),
    ...medicationsIn(sentence, allergies.covers),
  ];
}
