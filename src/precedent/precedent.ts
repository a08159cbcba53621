import type { GroundId, Issue } from "#base";

/** One published decision of an independent reviewer, in our own few words of its categories. */
export type Precedent = {
  /** Number under which the agency published it. */
  id: string;
  source: "ca-dmhc" | "ny-dfs";
  year: number;
  condition: string;
  treatment: string;
  ground: GroundId | null;
  outcome: "overturned" | "upheld" | "partly-overturned";
  /** Drugs that the published reasons name, by their generic names, where the table has reasons. */
  drugs?: string[];
  /** The telling words of the reasons' beginning, kept where a drug is named. */
  said?: string;
};

/** What is asked for: words of treatment and condition; the generic names of its drugs, and the ground, where they are known. */
export type Likeness = { treatment: string; condition: string; ground?: GroundId; drugs?: readonly string[] };

/** The generic names of the drugs that a text names. */
export type NamesIn = (text: string) => string[];

/** Finds drugs by their one-word names, which nothing else has. */
export function drugsIn(known: Iterable<{ generic: string; brands?: readonly string[] }>): NamesIn {
  const generics = new Map<string, string>();
  for (const { generic, brands = [] } of known)
    for (const name of [generic, ...brands])
      if (/^[A-Za-z]{5,}$/.test(name)) generics.set(name.toLowerCase(), generic);
  return (text) => [
    ...new Set((text.toLowerCase().match(/[a-z]{5,}/g) ?? []).flatMap((word) => generics.get(word) ?? [])),
  ];
}

/** Counts with their denominator, and the decisions behind them; never odds. */
export type NearestDecisions = {
  decisions: Precedent[];
  counts: Record<Precedent["outcome"], number>;
  years: { from: number; to: number } | null;
  /** True below {@link fewest}: the counts are then not shown. */
  tooFew: boolean;
};

/** Below this many like decisions a count says nothing about the next one. */
export const fewest = 10;

type Row = Record<string, string>;

/** The published layouts, by the columns that only they have, and how each names what we keep. */
const layouts = [
  {
    source: "ca-dmhc",
    id: ["Reference ID"],
    year: ["Report Year", "Year"],
    condition: ["Diagnosis Category", "Diagnosis Sub Category"],
    treatment: ["Treatment Category", "Treatment Sub Category"],
    ground: ["Type"],
    outcome: ["Determination"],
    reasons: ["Findings"],
  },
  {
    source: "ny-dfs",
    id: ["Case Number", "Case No", "Appeal Number"],
    year: ["Decision Year", "Year"],
    condition: ["Diagnosis"],
    treatment: ["Treatment"],
    ground: ["Denial Reason", "Appeal Type"],
    outcome: ["Appeal Decision", "Decision"],
    reasons: ["Summary", "Case Summary"],
  },
] as const;

type Layout = (typeof layouts)[number];

/** Reads one row of cells; `null` where it has no number, year or outcome. */
export type RowReader = (cells: readonly string[]) => Precedent | null;

/** How rows under this header are read; `null` where it is the header of no published layout. */
export function readerFor(header: readonly string[], namesIn: NamesIn = () => []): RowReader | null {
  const columns = header.map(keyOf);
  const places = (names: readonly string[]) =>
    names.map((name) => columns.indexOf(keyOf(name))).filter((place) => place >= 0);
  const layout = layouts.find(({ id, outcome }) => places(id).length > 0 && places(outcome).length > 0);
  if (!layout) return null;
  const at = Object.fromEntries(
    Object.entries(layout).flatMap(([key, names]) =>
      typeof names === "string" ? [] : [[key, places(names)]],
    ),
  ) as Record<Exclude<keyof Layout, "source">, number[]>;
  return (cells) => {
    const values = (key: keyof typeof at) =>
      at[key].map((place) => plain(cells[place] ?? "")).filter(Boolean);
    return precedentOf(layout.source, values, namesIn);
  };
}

/** New York's lists stand in brackets, and their items in quotes: ['Skin Disorders', 'Other']. */
function plain(cell: string): string {
  const list = /^\[(.*)\]$/s.exec(cell.trim());
  return (list ? list[1]!.replace(/(^|,\s*)['"]|['"](?=\s*,|$)/g, "$1") : cell).trim();
}

/** What a table lacks that is none of the published ones. */
export function layoutUnknown(): Issue {
  const known = layouts.map(({ id, outcome }) => `"${id[0]}" and "${outcome[0]}"`).join(", or ");
  const text = `This table has none of the published layouts: it needs the columns ${known}.`;
  return { severity: "error", code: "layout-unknown", text };
}

export function rowsIncomplete(left: number, all: number): Issue[] {
  const text = `${left} of ${all} rows were left out, because they have no number, year or outcome.`;
  return left > 0 ? [{ severity: "information", code: "rows-incomplete", text }] : [];
}

/**
 * Reads rows of a published table (California DMHC, New York DFS). Rows without number, outcome or year are counted in
 * one issue; a table of another layout is an error that names the columns we know.
 */
export function readPrecedents(rows: readonly Row[]): { precedents: Precedent[]; issues: Issue[] } {
  const header = Object.keys(rows[0] ?? {});
  const read = readerFor(header);
  if (!read) return { precedents: [], issues: [layoutUnknown()] };
  const all = rows.map((row) => read(header.map((name) => row[name] ?? "")));
  const precedents = all.filter((row) => row !== null);
  return { precedents, issues: rowsIncomplete(all.length - precedents.length, all.length) };
}

function precedentOf(
  source: Layout["source"],
  values: (key: Exclude<keyof Layout, "source">) => string[],
  namesIn: NamesIn,
): Precedent | null {
  const id = values("id")[0];
  const year = Number(values("year")[0]?.slice(0, 4));
  const outcome = outcomeOf(values("outcome")[0] ?? "");
  if (!id || !Number.isInteger(year) || year < 1990 || outcome === null) return null;
  const joined = (key: Exclude<keyof Layout, "source">) => values(key).join(", ");
  const reasons = joined("reasons");
  const drugs = reasons ? namesIn(reasons) : [];
  return {
    id,
    source,
    year,
    condition: joined("condition"),
    treatment: joined("treatment"),
    ground: groundOf(joined("ground")),
    outcome,
    ...(drugs.length > 0 ? { drugs, said: tellingOf(reasons) } : {}),
  };
}

/** The different words of the beginning of the reasons, where the person and the request are described. */
function tellingOf(reasons: string): string {
  return [...new Set(wordsOf(reasons.slice(0, 600)))].slice(0, 50).join(" ");
}

function outcomeOf(text: string): Precedent["outcome"] | null {
  if (/part|modif/i.test(text)) return "partly-overturned";
  if (/^overturn/i.test(text)) return "overturned";
  return /^upheld/i.test(text) ? "upheld" : null;
}

function groundOf(text: string): GroundId | null {
  if (/experimental|investigational/i.test(text)) return "experimental";
  if (/medical necessity|medically necessary/i.test(text)) return "medical-necessity";
  if (/formulary/i.test(text)) return "formulary-exclusion";
  return /out.of.network/i.test(text) ? "out-of-network" : null;
}

function keyOf(name: string): string {
  return name.toLowerCase().replace(/[^a-z]/g, "");
}

/**
 * Decisions like this one: the reasons name the same drug, or every word of the shorter treatment name occurs in the
 * other; the condition shares a word; the ground is the same where both are known. Newest first.
 */
export function nearestDecisions(precedents: readonly Precedent[], like: Likeness): NearestDecisions {
  const decisions = precedents
    .filter(({ treatment, condition, ground, drugs, said }) => {
      if (like.ground && ground && like.ground !== ground) return false;
      const named = drugs?.some((drug) => like.drugs?.includes(drug)) ?? false;
      if (!named && !near(like.treatment, treatment, "all")) return false;
      return near(like.condition, condition, "one") || (named && near(like.condition, said ?? "", "one"));
    })
    .sort((a, b) => b.year - a.year || a.id.localeCompare(b.id));
  const counts = { overturned: 0, upheld: 0, "partly-overturned": 0 };
  for (const { outcome } of decisions) counts[outcome]++;
  const years = decisions.length > 0 ? { from: decisions.at(-1)!.year, to: decisions[0]!.year } : null;
  return { decisions, counts, years, tooFew: decisions.length < fewest };
}

const filler = new Set([
  "and",
  "of",
  "the",
  "or",
  "other",
  "with",
  "for",
  "treatment",
  "therapy",
  "disorder",
  "disease",
  "problems",
]);

/** Published categories are few, and every row has two of them. */
const categories = new Map<string, string[]>();

function categoryWords(text: string): string[] {
  const known = categories.get(text);
  if (known) return known;
  const words = wordsOf(text);
  if (categories.size < 5000) categories.set(text, words);
  return words;
}

function wordsOf(text: string): string[] {
  return (text.toLowerCase().match(/[a-z0-9]{2,}/g) ?? [])
    .filter((word) => !filler.has(word))
    .map((word) => word.replace(/s$/, ""));
}

function near(asked: string, published: string, how: "all" | "one"): boolean {
  const a = categoryWords(asked);
  const b = categoryWords(published);
  if (a.length === 0) return true;
  if (b.length === 0) return false;
  const [few, many] = a.length <= b.length ? [a, new Set(b)] : [b, new Set(a)];
  return how === "all" ? few.every((word) => many.has(word)) : few.some((word) => many.has(word));
}
