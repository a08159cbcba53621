import type { Span } from "#base";
import type { ClinicalConcept } from "#knowledge";
import { codesOf, diagnosisOf, draft, indexOf, plainWords, texts } from "./code-matching.ts";
import { type Draft, factTypeOf } from "./drafts.ts";
import type { Entry } from "./entries.ts";
import type { Lexicon } from "./lexicon.ts";
import { mentionsIn } from "./mentions.ts";
import { tokensOf } from "./tokens.ts";
import { isPlausible } from "./units.ts";

/** Facts of a measurement, score, status or finding. */
export function observation(entry: Entry, spans: Span[], lexicon: Lexicon): Draft[] {
  const concept = conceptOf(entry, lexicon);
  const smoking = [...(entry.valueCodings ?? []), ...entry.codings]
    .map(({ code }) => lexicon.clinical.smoking[code])
    .find((status) => status !== undefined);
  if (smoking || concept?.id === "smoking") return smokingDraft(entry, spans, smoking);
  if (!concept) return namedValue(entry, spans, lexicon);
  if (entry.value && (entry.value.low !== undefined || entry.value.high !== undefined)) {
    const number = entry.value.low ?? entry.value.high!;
    const unit = plainUnit(entry.value.unit);
    const fits = isPlausible(
      number,
      unit !== undefined && concept.units.includes(unit) ? unit : undefined,
      concept,
    );
    if (!fits) return [];
  } else if (
    !entry.value?.text &&
    entry.assertion === "present" &&
    ["measure", "score"].includes(concept.kind)
  )
    return [];
  return [
    draft(entry, spans, { type: factTypeOf(concept.kind), concept: concept.id, codes: codesOf(entry) }),
  ];
}

const plainUnit = (unit: string | undefined) =>
  unit
    ?.replace("mm[Hg]", "mmHg")
    .replace("[lb_av]", "lb")
    .replace("[in_i]", "in")
    .replace(/^\{.*\}$/, "")
    .replace("10*3/uL", "K/uL") || undefined;

function conceptOf(entry: Entry, lexicon: Lexicon): ClinicalConcept | null {
  const { loinc } = indexOf(lexicon);
  for (const { system, code } of entry.codings) {
    const concept = system === "loinc" ? loinc.get(code) : undefined;
    if (concept) return concept;
  }
  if (entry.codings.some(({ system, code }) => system === "loinc" && otherMeasurements.has(code)))
    return null;
  for (const text of texts(entry)) {
    const words = plainWords(text);
    const mention = mentionsIn(words, tokensOf(words), lexicon).find((one) =>
      one.meanings.some((meaning) => meaning.concept),
    );
    if (
      !mention ||
      (mention.start > 0 &&
        !/^(?:\W|total|serum|plasma|blood|average|mean|body|DXA|.{0,12}\b(?:T-score|score)\b|estimated|absolute|hip|femur|DXA .{0,12})*\s*$/i.test(
          words.slice(0, mention.start),
        ))
    )
      continue;
    if (
      /\b(?:urine|ur\b|csf|fluid|cord blood|fetal|maternal|percentile|mean volume|distribution width)\b/i.test(
        words,
      ) &&
      !/albumin/i.test(words)
    )
      continue;
    return mention.meanings.find((meaning) => meaning.concept)!.concept!;
  }
  return null;
}

/** LOINC codes whose words sound like a concept of ours and are another measurement: body height, temperature, panels. */
const otherMeasurements = new Set([
  "8302-2",
  "8310-5",
  "85354-9",
  "9279-1",
  "2708-6",
  "59408-5",
  "55284-4",
  "57698-3",
  "58410-2",
  "24331-1",
  "51990-0",
  "24323-8",
  "785-6",
  "786-4",
  "4544-3",
  "20570-8",
  "787-2",
  "32623-1",
  "32207-3",
  "59576-9",
  "77606-2",
  "8289-1",
]);

function smokingDraft(entry: Entry, spans: Span[], status: string | undefined): Draft[] {
  const words = entry.value?.text ?? entry.text;
  const said =
    status ??
    (/never|non-?smoker|^none$|^no$|not/i.test(words)
      ? "never"
      : /former|ex-?smoker|quit|previous/i.test(words)
        ? "former"
        : /current|every ?day|some ?day|smoker|pack|yes|heavy|light/i.test(words)
          ? "current"
          : undefined);
  if (said === undefined) return [];
  const over = entry.when.latest !== null && entry.when.latest !== entry.when.earliest && said === "current";
  const smoked = draft(entry, spans, { type: "observation", concept: "smoking", codes: codesOf(entry) });
  smoked.assertion = said === "never" ? "absent" : said === "former" || over ? "historical" : "present";
  smoked.value = { text: /\d/.test(words) || /heavy|light|none/i.test(words) ? words.toLowerCase() : said };
  return [smoked];
}

/** A coded value that names a diagnosis or finding ("Pregnancy status: pregnant"). */
function namedValue(entry: Entry, spans: Span[], lexicon: Lexicon): Draft[] {
  if (!entry.value?.text || entry.value.low !== undefined) return [];
  const asCondition: Entry = {
    ...entry,
    kind: "condition",
    text: entry.value.text,
    codings: entry.valueCodings ?? [],
  };
  const { diagnosis, mention } = diagnosisOf(asCondition, lexicon);
  if (!diagnosis && !mention?.meanings.some(({ concept }) => concept)) return [];
  const concept = diagnosis?.concept ?? mention?.meanings.find((meaning) => meaning.concept)?.concept?.id;
  if (!diagnosis && concept === undefined) return [];
  return [
    {
      ...draft(entry, spans, {
        type: "observation",
        concept: concept ?? `icd-10-cm:${diagnosis!.code}`,
        codes: diagnosis ? [{ system: "icd-10-cm", code: diagnosis.code }] : [],
      }),
      text: entry.value.text,
    },
  ];
}
