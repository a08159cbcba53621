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
};

/** What is asked for: words of treatment and condition, and the ground where it is known. */
export type Likeness = { treatment: string; condition: string; ground?: GroundId };

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

/** The published layouts, by the column that only they have, and how each names what we keep. */
const layouts = [
  {
    source: "ca-dmhc",
    sign: "Reference ID",
    id: ["Reference ID"],
    year: ["Report Year"],
    condition: ["Diagnosis Category", "Diagnosis Sub Category"],
    treatment: ["Treatment Category", "Treatment Sub Category"],
    ground: ["Type"],
    outcome: ["Determination"],
  },
  {
    source: "ny-dfs",
    sign: "Case Number",
    id: ["Case Number"],
    year: ["Decision Year", "Year"],
    condition: ["Diagnosis"],
    treatment: ["Treatment"],
    ground: ["Denial Reason"],
    outcome: ["Appeal Decision"],
  },
] as const;

/**
 * Reads rows of a published table (California DMHC, New York DFS). Rows without number, outcome or year are counted in
 * one issue; a table of another layout is an error that names the columns we know.
 */
export function readPrecedents(rows: readonly Row[]): { precedents: Precedent[]; issues: Issue[] } {
  const columns = new Map(Object.keys(rows[0] ?? {}).map((name) => [keyOf(name), name]));
  const layout = layouts.find(({ sign }) => columns.has(keyOf(sign)));
  if (!layout) {
    const known = layouts.map(({ sign, outcome }) => `"${sign}" and "${outcome[0]}"`).join(", or ");
    const text = `This table has none of the published layouts: it needs the columns ${known}.`;
    return { precedents: [], issues: [{ severity: "error", code: "layout-unknown", text }] };
  }
  const cell = (row: Row, names: readonly string[]) =>
    names
      .map((name) => (row[columns.get(keyOf(name)) ?? ""] ?? "").replace(/[[\]]/g, "").trim())
      .filter(Boolean);
  const read = rows.map((row) => precedentOf(layout.source, (names) => cell(row, names), layout));
  const precedents = read.filter((row) => row !== null);
  const left = read.length - precedents.length;
  const text = `${left} of ${read.length} rows were left out, because they have no number, year or outcome.`;
  return { precedents, issues: left > 0 ? [{ severity: "information", code: "rows-incomplete", text }] : [] };
}

type Layout = (typeof layouts)[number];

function precedentOf(
  source: Layout["source"],
  cell: (names: readonly string[]) => string[],
  layout: Layout,
): Precedent | null {
  const id = cell(layout.id)[0];
  const year = Number(cell(layout.year)[0]);
  const outcome = outcomeOf(cell(layout.outcome)[0] ?? "");
  if (!id || !Number.isInteger(year) || outcome === null) return null;
  const joined = (names: readonly string[]) => cell(names).join(", ");
  return {
    id,
    source,
    year,
    condition: joined(layout.condition),
    treatment: joined(layout.treatment),
    ground: groundOf(joined(layout.ground)),
    outcome,
  };
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
 * Decisions like this one: every word of the shorter treatment name occurs in the other, the condition shares a word,
 * and the ground is the same where both are known. Newest first.
 */
export function nearestDecisions(precedents: readonly Precedent[], like: Likeness): NearestDecisions {
  const decisions = precedents
    .filter(({ treatment, condition, ground }) => {
      if (like.ground && ground && like.ground !== ground) return false;
      return near(like.treatment, treatment, "all") && near(like.condition, condition, "one");
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

function wordsOf(text: string): string[] {
  return (text.toLowerCase().match(/[a-z0-9]{2,}/g) ?? [])
    .filter((word) => !filler.has(word))
    .map((word) => word.replace(/s$/, ""));
}

function near(asked: string, published: string, how: "all" | "one"): boolean {
  const a = wordsOf(asked);
  const b = wordsOf(published);
  if (a.length === 0) return true;
  if (b.length === 0) return false;
  const [few, many] = a.length <= b.length ? [a, new Set(b)] : [b, new Set(a)];
  return how === "all" ? few.every((word) => many.has(word)) : few.some((word) => many.has(word));
}
