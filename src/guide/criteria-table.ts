import type { KnownCriterion, KnownPolicies, KnownPolicy, Payer, Settles, Treatment } from "#knowledge";
import type { Library } from "./compose.ts";
import { capital } from "./names.ts";
import { plainDates, plainWords, shortWordsIn } from "./short-words.ts";
import type { Citer } from "./sources.ts";
import type { Block, Text } from "./types.ts";
import type { SectionWords } from "./words/words.ts";

/** A policy that a page may print, with the short name of its column. */
export type PolicyOnPage = { policy: KnownPolicy; of: "payer" | "family" | "medicare" | "label" | "other" };

/** Evidence trees only show fit with a trial, and archetypes are nobody's policy: neither enters a table of criteria. */
const printable = new Set([
  "ncd",
  "lcd",
  "payer-policy",
  "program",
  "label",
  "plan-document",
  "cited-policy",
]);

/**
 * Policies for a treatment, this payer's own first. Those whose text nobody read (confidence D), and those that are
 * superseded, are left to "what we do not know".
 */
export function policiesFor(
  treatment: Treatment,
  payer: Payer | null,
  library: Known,
): readonly PolicyOnPage[] {
  const asked = answered.get(library.policies) ?? new Map<string, readonly PolicyOnPage[]>();
  answered.set(library.policies, asked);
  const name = `${treatment.id} ${payer?.id ?? ""}`;
  const ready = asked.get(name);
  if (ready) return ready;
  const found = findPolicies(treatment, payer, library);
  asked.set(name, found);
  return found;
}

type Known = { policies: KnownPolicies; payers: ReadonlyMap<string, Payer> };

/** Every link to a page asks for its policies: each pair is looked up once. */
const answered = new WeakMap<KnownPolicies, Map<string, readonly PolicyOnPage[]>>();

function findPolicies(
  treatment: Treatment,
  payer: Payer | null,
  { policies: known, payers }: Known,
): PolicyOnPage[] {
  const blue = (policy: KnownPolicy) => payers.get(policy.payerId ?? "")?.blueLicensee ?? false;
  const ranked = printableFor(treatment.id, known).map((policy) => ({
    policy,
    of: relation(policy, payer, blue(policy)),
  }));
  const shown = payer === null ? ranked : ranked.filter(({ of }) => of !== "other");
  const order = ["payer", "family", "medicare", "label", "other"];
  return shown.sort((a, b) => order.indexOf(a.of) - order.indexOf(b.of));
}

const sorted = new WeakMap<KnownPolicies, Map<string, KnownPolicy[]>>();

/** Those that may be printed, by treatment; made once. */
function printableFor(treatment: string, known: KnownPolicies): KnownPolicy[] {
  const ready = sorted.get(known) ?? new Map<string, KnownPolicy[]>();
  if (!sorted.has(known)) {
    sorted.set(known, ready);
    for (const policy of known.policies.filter(mayStand)) {
      for (const id of policy.treatments) ready.set(id, [...(ready.get(id) ?? []), policy]);
    }
  }
  return ready.get(treatment) ?? [];
}

function mayStand({ scope, confidence, currency }: KnownPolicy): boolean {
  return printable.has(scope) && confidence !== "D" && currency !== "superseded" && currency !== "historic";
}

function relation(policy: KnownPolicy, payer: Payer | null, blue: boolean): PolicyOnPage["of"] {
  if (policy.scope === "ncd" || policy.scope === "lcd") return "medicare";
  if (policy.scope === "label") return "label";
  if (payer && policy.payerId === payer.id) return "payer";
  return payer?.blueLicensee && blue ? "family" : "other";
}

type Leaf = {
  words: string;
  kind: string | null;
  concept: string | null;
  /** Of several whole ways to meet the text, the one this line belongs to; `null` where there is one way only. */
  way: number | null;
  /** The same one step further in: within a way, or where the text has no ways but lines that go together. */
  option: number | null;
  /** 1 where one of several lines is enough, 2 and more where so many are; 0 where the line must be met. */
  either: number;
  negated: boolean;
};

type Place = Pick<Leaf, "way" | "option" | "either" | "negated">;

/** The leaves of a tree in order; `either` marks one of several lines, `way` a line of one of several whole ways. */
export function leavesOf(
  criterion: KnownCriterion,
  place: Place = { way: null, option: null, either: 0, negated: false },
): Leaf[] {
  const inside = (of: KnownCriterion[], either: number) =>
    of.flatMap((one) => leavesOf(one, { ...place, either }));
  if ("all" in criterion) return inside(criterion.all, 0);
  if ("any" in criterion) {
    const { any } = criterion;
    // Where none may be there, each of them must be absent.
    if (any.length < 2 || place.negated) return inside(any, 0);
    if (!any.some((one) => "all" in one)) return inside(any, 1);
    const level = place.way === null ? "way" : "option";
    return any.flatMap((one, at) => leavesOf(one, { ...place, either: 0, [level]: at + 1 }));
  }
  if ("of" in criterion) return inside(criterion.of, criterion.atLeast);
  if ("not" in criterion) return leavesOf(criterion.not, { ...place, negated: !place.negated });
  if ("when" in criterion) return inside([criterion.when, criterion.then], 0);
  const test = "test" in criterion ? (criterion.test as { kind: string; concept?: string }) : null;
  return [{ words: criterion.text, kind: test?.kind ?? null, concept: test?.concept ?? null, ...place }];
}

/** Texts and lines of one page; a longer policy is read at its source. */
const mostTexts = 6;
const mostLines = 18;

/**
 * One table for each text, so that nobody takes one plan's rule for another's: what it asks, what proves it, who has it.
 * Lines of the `bold` kinds are what the ground of denial is about.
 */
export function criteriaBlocks(
  policies: readonly PolicyOnPage[],
  library: Library,
  cite: Citer,
  bold: readonly string[] = [],
): Block[] {
  const { say } = library;
  const shown = policies.slice(0, mostTexts);
  const blocks = shown.flatMap((one) => tableOf(one, library, cite, bold));
  const words = shortWordsIn(
    shown.flatMap(({ policy }) => leavesOf(policy.criteria).map(({ words }) => words)),
    library.words.names,
    library.language,
  );
  if (words.length === 0) return blocks;
  const list: Block = { kind: "list", style: "bullets", items: words.map((word) => [word]) };
  return [...blocks, { kind: "details", summary: say.shortWords, blocks: [list] }];
}

function tableOf(
  { policy, of }: PolicyOnPage,
  library: Library,
  cite: Citer,
  bold: readonly string[],
): Block[] {
  const { say } = library;
  const marker = cite.policy(policy, "criteria");
  const leaves = leavesOf(policy.criteria);
  const title = titleOf(policy, of, library);
  const dated = policy.effective ? say.textDated(plainDates(policy.effective, say.language)) : say.noDate;
  const ways = Math.max(0, ...leaves.map(({ way }) => way ?? 0));
  const lead = `${dated} ${say.ownWords}${say.englishWords}${ways > 1 ? ` ${say.ways}` : ""}`;
  return [
    { kind: "paragraph", text: [{ strong: title }, `. ${lead}`, marker] },
    {
      kind: "table",
      caption: say.asks(title),
      head: say.criteriaHead,
      rows: rowsOf(policy, leaves, library, bold),
      marker: (marker as { source: number }).source,
    },
    ...(leaves.length > mostLines ? [{ kind: "paragraph", text: [say.more, marker] } as Block] : []),
  ];
}

/** The rows of a policy are the same on every page; only the number of its source differs. */
const made = new WeakMap<Library["knowledge"], Map<string, Text[][]>>();

function rowsOf(policy: KnownPolicy, leaves: Leaf[], library: Library, bold: readonly string[]): Text[][] {
  const known = made.get(library.knowledge) ?? new Map<string, Text[][]>();
  made.set(library.knowledge, known);
  const name = `${policy.id} ${bold.join()}`;
  const rows =
    known.get(name) ??
    leaves
      .slice(0, mostLines)
      .map((leaf) => rowOf(leaf, library, { source: 0 }, bold.includes(leaf.kind ?? "")));
  known.set(name, rows);
  return rows;
}

function rowOf(leaf: Leaf, library: Library, marker: Text[number], strong: boolean): Text[] {
  const { say, language } = library;
  const { document, holder } = settlesFor(leaf, library);
  const ways = leaf.way === null ? "" : say.way(leaf.way, leaf.option);
  const lead = `${ways}${leaf.either > 1 ? say.someOf(leaf.either) : leaf.either === 1 ? say.oneWay : ""}${leaf.negated ? say.mustNot : ""}`;
  const words = leafWords(leaf, say);
  const said: Text =
    language === "es"
      ? [lead, { english: words }]
      : strong
        ? [lead, { strong: words }]
        : [lead ? `${lead}${words}` : words];
  return [[...said, marker], [capital(document)], [capital(holder)]];
}

/** A line in words; "at least 18" alone does not say of what, nor "cardiologist" or "3 months failed". */
export function leafWords({ words, kind }: Leaf, say: SectionWords): string {
  const plain = plainWords(words);
  const about = say.about[kind ?? ""];
  if (about)
    return /care|therapy|\bPT\b|prescri|product|brand/i.test(plain) ? capital(plain) : `${about}: ${plain}`;
  return capital(kind === "age" && /^(at |more |less |\d)/.test(plain) ? `age ${plain}` : plain);
}

/** Which paper settles a line, and who has it: by what the line is about, else by its kind. */
function settlesFor(
  { words, kind, concept }: Leaf,
  { words: { proofs }, language, knowledge }: Library,
): Settles {
  const exact =
    proofs.find((one) => concept !== null && one.concepts.includes(concept)) ??
    proofs.find((one) => one.words.some((word) => new RegExp(`\\b${word}\\b`).test(words)));
  if (exact) return language === "es" ? exact.es : exact;
  return knowledge.settles[kind ?? "judgment"] ?? knowledge.settles.judgment!;
}

/** The lines that are about a ground, by the kinds the ground names; none where it names none. */
export function linesAbout(policy: KnownPolicy, kinds: readonly string[]): Leaf[] {
  return kinds.length === 0
    ? []
    : leavesOf(policy.criteria).filter(({ kind, negated }) => !negated && kinds.includes(kind ?? ""));
}

/** Whose rule it is, then its title; never a title that we made up. */
export function titleOf(policy: KnownPolicy, of: PolicyOnPage["of"], { say }: Library): string {
  const title = policy.title.replace(/ \((?:Medicare[^)]*|[A-Z/ ]*CED[^)]*)\)$/, "");
  if (of === "medicare") return say.medicareRule(title);
  if (of === "label") return say.labelRule(title.replace(/ label\b/, ""));
  const number = policy.number && !title.includes(policy.number) ? ` (${policy.number})` : "";
  return policy.payer && policy.scope !== "program"
    ? `${policy.payer}: ${title}${number}`
    : `${title}${number}`;
}
