import type { Span } from "#base";
import type { ClinicalConcept, ClinicalDiagnosis, ClinicalDrug } from "#knowledge";
import type { Draft } from "./drafts.ts";
import type { Entry } from "./entries.ts";
import type { Lexicon } from "./lexicon.ts";
import { type Mention, mentionsIn } from "./mentions.ts";
import { tokensOf } from "./tokens.ts";
import type { Fact } from "./types.ts";

/** Codes of the clinical knowledge, by code. */
type CodeIndex = {
  loinc: Map<string, ClinicalConcept>;
  rxnorm: Map<string, ClinicalDrug>;
  diagnoses: Map<string, ClinicalDiagnosis>;
};
const indexes = new WeakMap<Lexicon, CodeIndex>();

export function indexOf(lexicon: Lexicon): CodeIndex {
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

type Made = { type: Fact["type"]; concept: string; codes: Fact["codes"] };

export function draft(entry: Entry, spans: Span[], made: Made): Draft {
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
export const codesOf = ({ codings }: Entry): Fact["codes"] =>
  codings
    .filter(({ system, code }) => known.has(system) && code !== "")
    .map(({ system, code }) => ({ system, code }));
export const fallback = ({ codings, text }: Entry): string => {
  const coding = codings.find(({ system, code }) => known.has(system) && code !== "");
  return coding ? `${coding.system}:${coding.code}` : text.toLowerCase();
};

/** Words without what a terminology adds: "Anemia (disorder)" is anemia. */
export const plainWords = (text: string) =>
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

export const texts = (entry: Entry) =>
  [entry.text, ...entry.codings.map(({ display }) => display)].filter((text) => text !== "");

export function drugsOf(entry: Entry, lexicon: Lexicon): (ClinicalDrug | null)[] {
  const index = indexOf(lexicon);
  for (const { system, code } of entry.codings) {
    const drug = system === "rxnorm" ? index.rxnorm.get(code) : undefined;
    if (drug && !namesAnother(entry.text, drug, lexicon)) return [drug];
  }
  const billed = billedAs(entry, lexicon);
  const byBilling = billed === undefined ? undefined : lexicon.drugs.get(billed);
  if (byBilling) return [byBilling];
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

/** What a HCPCS or CVX code of the entry stands for: a drug, a concept or a procedure. */
export function billedAs({ codings }: Entry, { clinical: { billing } }: Lexicon): string | undefined {
  for (const { system, code } of codings) {
    const found =
      system === "hcpcs"
        ? billing.hcpcs[code]
        : system === "cvx"
          ? billing.cvx[code.padStart(2, "0")]
          : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The words that people read name one other drug than the code: the words are what was meant. */
function namesAnother(text: string, drug: ClinicalDrug, lexicon: Lexicon): boolean {
  const named = wordsOf(text, lexicon).flatMap(
    ({ meanings }) => meanings.find(({ drugs }) => drugs)?.drugs ?? [],
  );
  const first = drug.generic.split(/[ /]/)[0]!;
  return (
    named.length === 1 && !named[0]!.generic.split(/[ /]/).includes(first) && named[0]!.class !== drug.class
  );
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

export function diagnosisOf(
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
