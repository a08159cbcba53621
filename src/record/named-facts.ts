import type { ClinicalConcept, ClinicalDiagnosis } from "#knowledge";
import type { Context } from "./assertion.ts";
import { type Draft, factTypeOf } from "./drafts.ts";
import type { Lexicon } from "./lexicon.ts";
import { isMeasured } from "./measured-facts.ts";
import type { Mention } from "./mentions.ts";
import { gradeBefore } from "./ordinals.ts";
import { assertedBy, authorOf, type Sentence, timeBeside, whenOf } from "./sentence.ts";
import { smokingFact } from "./smoking.ts";
import type { Assertion, Fact } from "./types.ts";

/** Diagnoses, findings, events and procedures that a sentence names. `covers` tells which words an allergy has taken. */
export function namedFacts(
  sentence: Sentence,
  lexicon: Lexicon,
  covers: (start: number, end: number) => boolean,
): Draft[] {
  const drafts: Draft[] = [];
  let smoked = false;
  for (const [index, mention] of sentence.mentions.entries()) {
    if (covers(mention.start, mention.end) || isLabel(sentence.text, mention)) continue;
    const context = relativesOf(sentence, index);
    const concept = mention.meanings.find((meaning) => meaning.concept && !meaning.short)?.concept;
    const diagnosis = mention.meanings.find((meaning) => meaning.diagnosis)?.diagnosis;
    if (concept?.id === "smoking" || diagnosis?.concept === "smoking") {
      if (!smoked) drafts.push(...smokingFact(sentence, mention, context, lexicon));
      smoked = true;
    } else if (diagnosis) {
      if (!concept || !isMeasured(concept))
        drafts.push(...diagnosed(sentence, mention, context, diagnosis, concept, lexicon));
    } else if (concept && !isMeasured(concept)) drafts.push(...found(sentence, mention, context, concept));
    else {
      const procedure = mention.meanings.find((meaning) => meaning.procedure)?.procedure;
      if (procedure)
        drafts.push(
          fact(sentence, mention, context, {
            type: "procedure",
            concept: procedure.id,
            codes: [],
            lasts: false,
          }),
        );
    }
  }
  return drafts;
}

/** "Infection: no fever" — the word is a label, not a finding. */
const isLabel = (text: string, mention: Mention) =>
  /^\s*$/.test(text.slice(0, mention.start)) &&
  /^(?:infections?|pain|seizures?|smoking|tobacco|fever|edema|swelling|bleeding)$/i.test(
    text.slice(mention.start, mention.end),
  ) &&
  /^\s*:\s*(?:no|none|denies|negative|neg)\b/i.test(text.slice(mention.end));

const relativeWord =
  /\b(?:(?:maternal|paternal|identical|half|great|twin|older|younger|eldest|youngest)[\s-]+)*(?:mother|father|brothers?|sisters?|siblings?|aunts?|uncles?|grandmother|grandfather|grandparents?|cousins?|sons?|daughters?|children|parents?|nephews?|nieces?|twin|mom|dad|MGM|MGF|PGM|PGF|family)\b/gi;
/** Any relative at all. */
export const relativeAnywhere = new RegExp(relativeWord.source, "i");

/**
 * Under a heading of family (and social) history a sentence about the patient still speaks of the patient: "The patient
 * denies asthma", "He smokes", "This 40-year-old has …"; a bare "he" only where no relative was named before.
 */
function isOfPatient({ text, section, relation, contexts, mentions }: Sentence, mention: Mention): boolean {
  if (section !== "family-history" || contexts[mentions.indexOf(mention)]!.family) return false;
  if (relativeAnywhere.test(text)) return false;
  const habit = mention.meanings.some(({ concept, diagnosis }) =>
    /^(?:smoking|sud_dx)$/.test(concept?.id ?? diagnosis?.concept ?? ""),
  );
  return (
    habit ||
    /^\s*(?:the |this )?(?:patient|pt\b|(?:is |was )?an? \d|\d{1,3}[ -]?(?:year|y\/?o|month)|mr\b|mrs\b|ms\b|gentleman|lady|woman|man\b)/i.test(
      text,
    ) ||
    (relation === null && /^\s*(?:he|she)\b/i.test(text))
  );
}

/** In a family history every mention is a relative's; the relative is the last one named. */
function relativesOf(sentence: Sentence, index: number): Context {
  const context = sentence.contexts[index]!;
  if (sentence.section !== "family-history" && !context.family) return context;
  const mention = sentence.mentions[index]!;
  if (isOfPatient(sentence, mention)) return context;
  const before = [...sentence.text.slice(0, mention.start).matchAll(relativeWord)].at(-1)?.[0];
  const after = relativeWord.exec(sentence.text.slice(mention.end))?.[0];
  relativeWord.lastIndex = 0;
  const carried = context.assertion === "absent" ? null : sentence.relation;
  const relation = (before ?? after ?? carried ?? "family").toLowerCase();
  sentence.relation = relation;
  if (context.assertion === "absent") return { ...context, family: relation };
  return { ...context, assertion: "family", family: relation };
}

function diagnosed(
  sentence: Sentence,
  mention: Mention,
  context: Context,
  diagnosis: ClinicalDiagnosis,
  concept: ClinicalConcept | undefined,
  lexicon: Lexicon,
): Draft[] {
  const id = diagnosis.concept ?? concept?.id;
  const row = id === undefined ? undefined : lexicon.concepts.get(id);
  const lasts =
    lexicon.lasts(diagnosis.code) &&
    !/\b(?:acute|resolved|transient)\b/i.test(sentence.text.slice(mention.start, mention.end));
  const type =
    row && !["condition", "observation"].includes(factTypeOf(row.kind))
      ? factTypeOf(row.kind)
      : row && row.kind !== "diagnosis" && row.kind !== "exclusion"
        ? factTypeOf(row.kind)
        : "condition";
  return [
    fact(sentence, mention, context, {
      type: type === "encounter" || type === "procedure" ? "condition" : type,
      concept: id ?? `icd-10-cm:${diagnosis.code}`,
      codes: [{ system: "icd-10-cm", code: diagnosis.code }],
      lasts,
    }),
  ];
}

function found(sentence: Sentence, mention: Mention, context: Context, concept: ClinicalConcept): Draft[] {
  const draft = fact(sentence, mention, context, {
    type: factTypeOf(concept.kind),
    concept: concept.id,
    codes: concept.loinc.slice(0, 1).map((code) => ({ system: "loinc", code })),
    lasts: ["diagnosis", "finding", "pathology", "imaging"].includes(concept.kind),
  });
  if (
    draft.assertion === "present" &&
    draft.type !== "procedure" &&
    /\bnegative\s+(?:(?:left|right|bilateral|seated|supine|crossed)\s+)*$/i.test(
      sentence.text.slice(0, mention.start),
    )
  )
    return [{ ...draft, assertion: "absent" }];
  const value = resultOf(sentence.text, mention, concept);
  return [
    value
      ? { ...draft, value, ...(draft.assertion === "absent" ? { assertion: "present" as Assertion } : {}) }
      : draft,
  ];
}

/** The result beside a test's name: "HBsAg negative", "2 new T2 lesions". */
function resultOf(text: string, mention: Mention, concept: ClinicalConcept): Fact["value"] | null {
  if (concept.kind === "imaging") {
    const counted =
      /\b(?<count>\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|no|a single)\s+(?:[a-z/-]+\s+){0,2}$/i.exec(
        text.slice(0, mention.start),
      );
    const counts = "no one two three four five six seven eight nine ten".split(" ");
    if (!counted) return null;
    const word = counted.groups!["count"]!.toLowerCase();
    const n = /^\d/.test(word) ? Number(word) : word === "a single" ? 1 : counts.indexOf(word);
    return { low: n, high: n };
  }
  if (!["screen", "test", "lab", "genetic"].includes(concept.kind)) return null;
  const result =
    /^[\s:,(=-]*(?:(?:was|were|is|are|test|result|screen|gold|plus|in tube|total|antibody|titer|ab)\s+)*(?<result>negative|neg\b|positive|pos\b|non-?reactive|reactive|indeterminate|normal|abnormal|elevated|undetectable|detected|not detected|\d+%|3\+|2\+|1\+|0\b)/i.exec(
      text.slice(mention.end, mention.end + 60),
    );
  return result
    ? {
        text: result
          .groups!["result"]!.toLowerCase()
          .replace(/^neg$/, "negative")
          .replace(/^pos$/, "positive"),
      }
    : null;
}

/** A diagnosis is never planned; a test that "was negative" was still done. */
function withoutFalse(context: Context, type: Fact["type"]): Context {
  if (
    context.assertion === "planned" &&
    (type === "condition" || type === "observation" || type === "encounter")
  )
    return { ...context, assertion: context.unplanned };
  if (context.assertion === "absent" && context.behind && type === "procedure")
    return { ...context, assertion: null };
  return context;
}

/** "She had a left BKA", "underwent polysomnography": told as done before, unless the paper is the report of it. */
const isTold = ({ text, section }: Sentence, mention: Mention): boolean =>
  !["findings", "procedure", "results", "indication"].includes(section) &&
  /\b(?:he|she|patient|who|[A-Z][a-z]+|Dr\.? [A-Z]\w*|also|subsequently|recently|then|and|previously|already) (?:has |have |had )?(?:also |recently |subsequently |then |already )?(?:had|underwent|undergone|performed|repeated|received)\b(?! (?:no|not|been|to|shown|any)\b)[^.;:]{0,60}$/.test(
    text.slice(0, mention.start),
  );

/** "Recommendation: CPAP at 11 cm", "right knee arthroplasty scheduled for 08/20": what a plan names by itself is still to be done. */
const isOrdered = ({ text, section }: Sentence, start: number, end: number): boolean =>
  (section === "plan" &&
    /^\s*(?:\(?\d{1,2}[.)]\s*|[-•*·▪]\s*)?(?:(?:right|left|bilateral|total|repeat|outpatient|inpatient|laparoscopic|elective|robotic|trial|of|a|an|proceed|with|auto|nightly|partial|unilateral)\s+){0,4}$/i.test(
      text.slice(0, start),
    ) &&
    !/^[^.;]{0,40}\b(?:done|performed|completed|was|were|showed|shows|reviewed|negative|normal|today|continu\w*|helps?|helped|healing|stable|use|adherence|compliance)\b/i.test(
      text.slice(end),
    )) ||
  /^[^.;,]{0,24}\b(?:is |was |has been |are |to be )?(?:(?<!as |previously )scheduled (?:for|on)|planned for|requested)\b/i.test(
    text.slice(end),
  );

/** "A 71-year-old with a history of rheumatoid arthritis, on prednisone": a disease that lasts introduces who has it. */
const introduced = /\bwith (?:a |known |long |longstanding )*history of [^.;]*$/i;

type Named = { type: Fact["type"]; concept: string; codes: Fact["codes"]; lasts: boolean };

function fact(
  sentence: Sentence,
  mention: Mention,
  context: Context,
  { type, concept, codes, lasts }: Named,
): Draft {
  const beside = timeBeside(sentence, mention.start, mention.end);
  const severity = gradeBefore(sentence.text.slice(0, mention.start));
  const start = severity && type !== "procedure" ? severity.start : mention.start;
  let assertion = assertedBy(withoutFalse(context, type), sentence.section, lasts);
  if (lasts && assertion === "historical" && introduced.test(sentence.text.slice(0, start)))
    assertion = "present";
  if (
    type === "procedure" &&
    assertion === "present" &&
    (["surgical-history", "past-history"].includes(sentence.section) || isTold(sentence, mention))
  )
    assertion = "historical";
  if (
    assertion === "hypothetical" &&
    concept.startsWith("procedure:vaccination") &&
    !/\b(?:should|recommend|due|consider|if|needs?|discuss|offer|eligible)/i.test(sentence.text)
  )
    assertion = "present";
  if (type === "procedure" && assertion === "present" && isOrdered(sentence, start, mention.end))
    assertion = "planned";
  return {
    type: context.family !== null ? "family-history" : type,
    concept,
    codes,
    text: sentence.text.slice(start, mention.end),
    assertion,
    ...(lasts && assertion === "historical" ? { lasting: true as const } : {}),
    ...(severity?.text && type !== "procedure" ? { value: { text: severity.text.toLowerCase() } } : {}),
    when: beside
      ? whenOf(sentence, beside)
      : assertion === "historical" || assertion === "family"
        ? { earliest: null, latest: null }
        : whenOf(sentence, null),
    ...(beside ? { dated: true } : {}),
    ...(context.family !== null ? { relation: context.family } : {}),
    ...authorOf(sentence),
    from: sentence.spans(start, mention.end),
  };
}
