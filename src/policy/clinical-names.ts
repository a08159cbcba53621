/** The clinical words that tests name; structurally what the clinical knowledge holds. */
export type ClinicalNames = {
  concepts: { id: string; kind: string; label: string; names: string[]; short: string[]; units: string[] }[];
  drugs: { generic: string; class: string; brands: string[]; also: string[] }[];
  diagnoses: { code: string; names: string[]; concept?: string }[];
};

/** A thing named in a criterion: concept id, ICD-10-CM code, generic drug name or drug class. */
export type Named = {
  id: string;
  sort: "concept" | "diagnosis" | "drug" | "class";
  numeric?: boolean;
  at: number;
  length: number;
  unit?: string;
};

type Entry = Omit<Named, "at" | "length"> & { words: string; capitals: boolean };
const indexes = new WeakMap<ClinicalNames, Map<string, Entry[]>>();

/** Parts of a class's name that say where or for what its drugs are given, and name no class of drug by themselves. */
const saysNoClass =
  /^(?:(?:other|new)\b.*|oral|topical|inhaled|platform|agents?|products?|supportive|multiple sclerosis|MS|IBD|GI|ILD|CF|PH-ILD|HIV|HBV|HCV|MASH|OUD|AUD|ADHD|gout|myeloma|hemophilia|osteoporosis|alzheimer disease|movement disorder|pulmonary arterial hypertension|hereditary angioedema|heart failure|cardiomyopathy|nephrology|urology|ophthalmology|dermatology|metabolic|neuromuscular|thyroid|adrenal|pituitary|sleep|heme|solid tumor|non GLP-1)$/i;

/** Kinds of concepts that carry a number or a grade. */
const numericKinds = new Set(["measure", "score", "ordinal", "derived"]);

const plain = (text: string): string => text.toLowerCase().replace(/[’']/g, "'").replace(/[-–]/g, " ");

/** Names by their first word; plurals are the same name. */
function indexOf(names: ClinicalNames): Map<string, Entry[]> {
  const known = indexes.get(names);
  if (known) return known;
  const index = new Map<string, Entry[]>();
  const add = (words: string, entry: Omit<Entry, "words" | "capitals">) => {
    const name = plain(words).trim();
    if (name.length < 2) return;
    const first = name.split(/\s+/)[0]!;
    // "DOE" is dyspnea on exertion; "does" is not.
    const capitals = /^[A-Z]{2,4}$/.test(words.trim());
    index.set(first, [...(index.get(first) ?? []), { ...entry, words: name, capitals }]);
  };
  for (const { id, kind, label, names: own, short, units } of names.concepts)
    for (const name of [label, ...own, ...short])
      add(name, {
        id,
        sort: "concept",
        numeric: numericKinds.has(kind),
        ...(units[0] ? { unit: units[0] } : {}),
      });
  for (const { code, names: own, concept } of names.diagnoses)
    for (const name of own) add(name, { id: concept ?? code, sort: "diagnosis" });
  for (const { generic, brands, also } of names.drugs)
    for (const name of [generic, ...brands, ...also]) add(name, { id: generic, sort: "drug" });
  for (const group of new Set(names.drugs.map((drug) => drug.class)))
    for (const part of [group, ...group.split(/\s*[/(),]\s*/)])
      if (part.length > 2 && !saysNoClass.test(part)) add(part, { id: group, sort: "class" });
  indexes.set(names, index);
  return index;
}

/** All names in a text, the longest at each place, in the order of the text. */
export function namesIn(text: string, names: ClinicalNames): Named[] {
  const index = indexOf(names);
  const words = plain(text);
  const found: Named[] = [];
  const word = /[a-z0-9][a-z0-9'.+]*/g;
  for (let match = word.exec(words); match; match = word.exec(words)) {
    const first = match[0].replace(/[.]$/, "");
    const at = match.index;
    const singular = first.replace(/s$/, "");
    const entries = [...(index.get(first) ?? []), ...(singular === first ? [] : (index.get(singular) ?? []))];
    const best = entries
      .filter((entry) => fits(words, at, entry.words) && (!entry.capitals || /^[A-Z]/.test(text.slice(at))))
      .sort((a, b) => b.words.length - a.words.length)[0];
    if (!best) continue;
    const { words: name, capitals: _capitals, ...rest } = best;
    found.push({ ...rest, at, length: name.length });
    word.lastIndex = Math.max(word.lastIndex, at + name.length);
  }
  return found;
}

/** The name stands here as whole words, singular or plural. */
function fits(text: string, at: number, name: string): boolean {
  if (!text.startsWith(name, at))
    return (
      text.startsWith(name.replace(/s$/, ""), at) && /^s?(?![a-z0-9])/.test(text.slice(at + name.length - 1))
    );
  return /^s?(?![a-z0-9])/.test(text.slice(at + name.length));
}
