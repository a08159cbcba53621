import type { PolicyWords } from "#knowledge";

export type SectionRole = PolicyWords["sections"][number]["role"];

const compiled = new WeakMap<PolicyWords, { role: SectionRole; words: RegExp }[]>();

/** What a heading, or a line short enough to be one, says about the section below it. */
export function roleOf(text: string, words: PolicyWords): SectionRole | null {
  let rows = compiled.get(words);
  if (!rows) {
    rows = words.sections.map((row) => ({ role: row.role, words: new RegExp(`^(?:${row.words})`, "i") }));
    compiled.set(words, rows);
  }
  const heading = text
    .trim()
    .replace(/^[\d.]+\s+/, "")
    .replace(/[\s:.–—-]+$/, "");
  return rows.find((row) => row.words.test(heading) && fills(row.words, heading))?.role ?? null;
}

/** The row's words must reach the heading's end, or a colon after which its content begins. */
function fills(words: RegExp, heading: string): boolean {
  const length = words.exec(heading)?.[0].length ?? 0;
  return length >= heading.length - 1 || /^\s*[:(–—]/.test(heading.slice(length));
}

/** A line that looks like a title: short, capital first, no end of sentence. */
export function looksLikeTitle(text: string): boolean {
  const words = text.trim().split(/\s+/);
  return words.length <= 12 && text.length <= 90 && /^[A-Z0-9“"(]/.test(text) && !/[.;,]$/.test(text.trim());
}

/** Names of diseases, by the ends that medicine gives them and the nouns that name states of ill health. */
const disease =
  /\b(?:(?!diagnosis|prognosis)\w+(?:itis|itides|osis|oses|emia|aemia|oma|omas|pathy|pathies|trophy|plegia|algia|penia|uria|plasia|ectasia|philia|rrhea|rrhagia|ismus|listhesis|arthrosis|cardia|arrhythmia|arrhythmias)|damage|disease|diseases|disorder|disorders|syndrome|cancer|cancers|leukemia|lymphoma|tumou?rs?|carcinoma|sclerosis|arthritis|psoriasis|asthma|epilepsy|migraine|headache|deficiency|failure|infection|diabetes|obesity|insufficiency|stenosis|hernia\w*|fracture|dysfunction|apnea|COPD|HIV|hypertension|hypotension|depression|schizophrenia|autism|urticaria|dermatitis|eczema|alopecia|lupus|vasculitis|gout|pain|injury|ulcers?|wounds?|regurgitation|impairment|polyps|edema|dystonia|spasticity|rosacea|vitiligo|acne|incontinence|bladder|malignan\w+|sickle cell|hemophilia|palsy|dystrophy|thrombosis|embolism|angina|infarction|fibrillation|stroke|retinopathy|degeneration|glaucoma|uveitis|Crohn.s|colitis|cirrhosis|hepatitis|transplant\w*|overweight|MS|RA|PsA|UC|HS)\b/i;

/** Whether words name a disease anywhere. */
export const namesDisease = (text: string): boolean => disease.test(text);

/** Whether a title names what is treated, so that it stands for the condition of the criteria below it. */
export function namesIndication(text: string): boolean {
  return (
    disease.test(text) &&
    looksLikeTitle(text.replace(/\s*\([^)]*\)\s*:?$/, "").replace(/:$/, "")) &&
    !/\b(?:appl(?:y|ies)|in addition|thresholds?|must|criteria|requirements?|policy|general|history of|failure of|response|documentation|therap(?:y|ies)|treatments?|surgery|antibod(?:y|ies)|monoclonal|inhibitors?|imaging|repair|tests?|testing|devices?|screening|products?|agents?|drugs?|procedures?|stimulation|injections?|monitors?|limits?)\b/i.test(
      text,
    )
  );
}
