import type { Span } from "#base";
import type { ClinicalConcept, ClinicalDiagnosis, ClinicalDrug, ClinicalProcedure } from "#knowledge";
import { type Draft, factTypeOf } from "./drafts.ts";
import type { Entry } from "./entries.ts";
import type { Lexicon } from "./lexicon.ts";
import { type Mention, mentionsIn } from "./mentions.ts";
import { tokensOf } from "./tokens.ts";
import type { Fact } from "./types.ts";
import { isPlausible } from "./units.ts";

/** Codes of the clinical knowledge, by code. */
type CodeIndex = {
  loinc: Map<string, ClinicalConcept>;
  rxnorm: Map<string, ClinicalDrug>;
  diagnoses: Map<string, ClinicalDiagnosis>;
};
const indexes = new WeakMap<Lexicon, CodeIndex>();

function indexOf(lexicon: Lexicon): CodeIndex {
  let index = indexes.get(lexicon);
  if (!index) {
    const { concepts, drugs, diagnoses } = lexicon.clinical;
    index = {
      loinc: new Map(concepts.flatMap((concept) => concept.loinc.map((code) => [code, concept] as const))),
      rxnorm: new Map(
        drugs
          .filter(({ generic }) => !generic.includes("/"))
          .flatMap((drug) => drug.rxnorm.map((code) => [code, drug] as const)),
      ),
      diagnoses: new Map([...diagnoses].reverse().map((diagnosis) => [diagnosis.code, diagnosis])),
    };
    indexes.set(lexicon, index);
  }
  return index;
}

/** The facts of a structured entry: its codes join the same concepts as the words of notes. */
export function factsOfEntry(entry: Entry, spans: Span[], lexicon: Lexicon): Draft[] {
  switch (entry.kind) {
    case "medication":
      return drugsOf(entry, lexicon).map((drug) =>
        draft(entry, spans, {
          type: "medication",
          concept: drug?.generic ?? fallback(entry),
          codes: codesOf(entry),
        }),
      );
    case "allergy":
      return [allergy(entry, spans, lexicon)];
    case "observation":
      return observation(entry, spans, lexicon);
    case "encounter":
    case "document":
      return [
        draft(entry, spans, {
          type: entry.kind,
          concept: entry.kind === "encounter" ? "visit_date" : "document",
          codes: codesOf(entry),
        }),
      ];
    default:
      return [named(entry, spans, lexicon)];
  }
}

type Made = { type: Fact["type"]; concept: string; codes: Fact["codes"] };

function draft(entry: Entry, spans: Span[], made: Made): Draft {
  return {
    ...made,
    text: entry.text,
    assertion: entry.assertion,
    ...(entry.value ? { value: entry.value } : {}),
    when: entry.when,
    dated: entry.when.earliest !== null,
    coded: true,
    ...(entry.course ? { course: entry.course } : {}),
    ...(entry.relation ? { relation: entry.relation } : {}),
    ...(entry.author ? { author: entry.author } : {}),
    from: spans,
  };
}

const known = new Set([
  "loinc",
  "rxnorm",
  "snomed",
  "icd-10-cm",
  "icd-9-cm",
  "icd-10-pcs",
  "ndc",
  "cvx",
  "hcpcs",
  "cpt",
]);
const codesOf = ({ codings }: Entry): Fact["codes"] =>
  codings
    .filter(({ system, code }) => known.has(system) && code !== "")
    .map(({ system, code }) => ({ system, code }));
const fallback = ({ codings, text }: Entry): string => {
  const coding = codings.find(({ system, code }) => known.has(system) && code !== "");
  return coding ? `${coding.system}:${coding.code}` : text.toLowerCase();
};

/** Words without what a terminology adds: "Anemia (disorder)" is anemia. */
const plainWords = (text: string) =>
  text
    .replace(
      /\s*\((?:disorder|finding|situation|procedure|event|person|substance|product|morphologic abnormality|observable entity)\)/gi,
      "",
    )
    .replace(/\s+problem concern\b/i, "");

function wordsOf(text: string, lexicon: Lexicon): Mention[] {
  const words = plainWords(text);
  return mentionsIn(words, tokensOf(words), lexicon);
}

const texts = (entry: Entry) =>
  [entry.text, ...entry.codings.map(({ display }) => display)].filter((text) => text !== "");

function drugsOf(entry: Entry, lexicon: Lexicon): (ClinicalDrug | null)[] {
  const index = indexOf(lexicon);
  for (const { system, code } of entry.codings) {
    const drug = system === "rxnorm" ? index.rxnorm.get(code) : undefined;
    if (drug) return [drug];
  }
  for (const text of texts(entry)) {
    const found = [
      ...new Set(
        wordsOf(text, lexicon).flatMap(({ meanings }) => meanings.find(({ drugs }) => drugs)?.drugs ?? []),
      ),
    ];
    if (found.length > 0) return combined(found, text, lexicon);
  }
  return [null];
}

/** "Sacubitril 49 MG / Valsartan 51 MG": the combination where it has a row, else each ingredient; a brand adds nothing to its generic. */
function combined(found: ClinicalDrug[], text: string, lexicon: Lexicon): ClinicalDrug[] {
  if (found.length === 1) return found;
  const names = found.map(({ generic }) => generic);
  for (const one of [names, [...names].reverse()]) {
    const row = lexicon.drugs.get(one.join("/"));
    if (row) return [row];
  }
  const whole = found.find(({ generic }) => generic.includes("/"));
  if (whole) return [whole];
  return /\//.test(text) ? found : found.slice(0, 1);
}

function diagnosisOf(
  entry: Entry,
  lexicon: Lexicon,
): { diagnosis: ClinicalDiagnosis | null; mention: Mention | null } {
  const { clinical } = lexicon;
  for (const { system, code } of entry.codings) {
    const icd =
      system === "icd-10-cm" ? dotted(code) : system === "snomed" ? clinical.snomed[code] : undefined;
    if (icd) return { diagnosis: byCode(icd, lexicon), mention: null };
  }
  for (const text of texts(entry)) {
    const mentions = wordsOf(text, lexicon).filter(({ meanings }) =>
      meanings.some(
        ({ diagnosis, concept, procedure, short }) => (diagnosis || concept || procedure) && !short,
      ),
    );
    const best = mentions.sort((a, b) => b.end - b.start - (a.end - a.start))[0];
    if (best)
      return {
        diagnosis: best.meanings.find(({ diagnosis }) => diagnosis)?.diagnosis ?? null,
        mention: best,
      };
  }
  return { diagnosis: null, mention: null };
}

const dotted = (code: string) =>
  /^[A-Z]\d[0-9A-Z][0-9A-Z]+$/.test(code) ? `${code.slice(0, 3)}.${code.slice(3)}` : code;

/** The row of a code, or of the nearest code above it that has one: I50.22 belongs with I50.2 and I50.9. */
function byCode(code: string, lexicon: Lexicon): ClinicalDiagnosis {
  const { diagnoses } = indexOf(lexicon);
  for (let cut = code.length; cut >= 3; cut--) {
    const start = code.slice(0, cut);
    const row =
      diagnoses.get(start) ??
      (cut < code.length || cut === 3
        ? [...diagnoses.values()].find((one) => one.code.startsWith(start))
        : undefined);
    if (row) return { ...row, code };
  }
  return { code, names: [], asked: false };
}

function named(entry: Entry, spans: Span[], lexicon: Lexicon): Draft {
  const { diagnosis, mention } = diagnosisOf(entry, lexicon);
  const concept = diagnosis?.concept ?? mention?.meanings.find((meaning) => meaning.concept)?.concept?.id;
  const procedure = mention?.meanings.find(
    (meaning): meaning is typeof meaning & { procedure: ClinicalProcedure } =>
      meaning.procedure !== undefined,
  )?.procedure;
  const codes = codesOf(entry);
  if (diagnosis && entry.kind !== "procedure" && !codes.some(({ system }) => system === "icd-10-cm"))
    codes.push({ system: "icd-10-cm", code: diagnosis.code });
  const id =
    entry.kind === "procedure"
      ? (conceptOfProcedure(concept, lexicon) ?? procedure?.id ?? fallback(entry))
      : (concept ?? (diagnosis ? `icd-10-cm:${diagnosis.code}` : fallback(entry)));
  return draft(entry, spans, { type: entry.kind, concept: id, codes });
}

/** A procedure's words can name a concept that is a procedure ("defibrillator"), never a diagnosis. */
function conceptOfProcedure(id: string | undefined, lexicon: Lexicon): string | undefined {
  const row = id === undefined ? undefined : lexicon.concepts.get(id);
  return row && factTypeOf(row.kind) === "procedure" ? id : undefined;
}

function allergy(entry: Entry, spans: Span[], lexicon: Lexicon): Draft {
  const none =
    entry.assertion === "absent" ||
    /\bno known\b|\bNKDA\b|\bNKA\b/i.test(entry.text) ||
    entry.codings.some(({ code }) =>
      ["716186003", "409137002", "428607008", "429625007", "160244002"].includes(code),
    );
  const drugs = none ? [] : drugsOf(entry, lexicon).filter((drug) => drug !== null);
  return {
    ...draft(entry, spans, { type: "allergy", concept: "allergy", codes: codesOf(entry) }),
    assertion: none ? "absent" : entry.assertion,
    substance: none
      ? "no known allergies"
      : drugs.length > 0
        ? drugs.map(({ generic }) => generic).join("/")
        : entry.text.toLowerCase(),
    when: entry.when,
  };
}

function observation(entry: Entry, spans: Span[], lexicon: Lexicon): Draft[] {
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
    if (/\b(?:urine|ur\b|csf|fluid|cord blood|fetal|maternal)\b/i.test(words) && !/albumin/i.test(words))
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
