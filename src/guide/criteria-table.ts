import type { KnownCriterion, KnownPolicies, KnownPolicy, Payer, Treatment } from "#knowledge";
import type { Library } from "./compose.ts";
import { plainDates, plainWords, shortWordsIn } from "./short-words.ts";
import type { Citer } from "./sources.ts";
import type { Block, Text } from "./types.ts";

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

type Leaf = { words: string; kind: string | null; either: boolean; negated: boolean };

/** The leaves of a tree in order; `either` marks one of several ways, `negated` what must not be. */
export function leavesOf(criterion: KnownCriterion, either = false, negated = false): Leaf[] {
  const inside = (of: KnownCriterion[], or: boolean) =>
    of.flatMap((one) => leavesOf(one, either || or, negated));
  if ("all" in criterion) return inside(criterion.all, false);
  if ("any" in criterion) return inside(criterion.any, criterion.any.length > 1);
  if ("of" in criterion) return inside(criterion.of, true);
  if ("not" in criterion) return leavesOf(criterion.not, either, !negated);
  if ("when" in criterion) return inside([criterion.when, criterion.then], false);
  return [{ words: criterion.text, kind: "test" in criterion ? criterion.test.kind : null, either, negated }];
}

/** Texts and lines of one page; a longer policy is read at its source. */
const mostTexts = 6;
const mostLines = 18;

/** One table for each text, so that nobody takes one plan's rule for another's: what it asks, what proves it, who has it. */
export function criteriaBlocks(policies: readonly PolicyOnPage[], library: Library, cite: Citer): Block[] {
  const { say } = library;
  const shown = policies.slice(0, mostTexts);
  const blocks = shown.flatMap((one) => tableOf(one, library, cite));
  const words = shortWordsIn(
    shown.flatMap(({ policy }) => leavesOf(policy.criteria).map(({ words }) => words)),
    library.words.names,
    library.language,
  );
  if (words.length === 0) return blocks;
  const list: Block = { kind: "list", style: "bullets", items: words.map((word) => [word]) };
  return [...blocks, { kind: "details", summary: say.shortWords, blocks: [list] }];
}

function tableOf({ policy, of }: PolicyOnPage, library: Library, cite: Citer): Block[] {
  const { say } = library;
  const marker = cite.policy(policy, "criteria");
  const leaves = leavesOf(policy.criteria);
  const title = titleOf(policy, of, library);
  const dated = policy.effective ? say.textDated(plainDates(policy.effective, say.language)) : say.noDate;
  return [
    {
      kind: "paragraph",
      text: [{ strong: title }, `. ${dated} ${say.ownWords}${say.englishWords}`, marker],
    },
    {
      kind: "table",
      caption: say.asks(title),
      head: say.criteriaHead,
      rows: rowsOf(policy, leaves, library),
      marker: (marker as { source: number }).source,
    },
    ...(leaves.length > mostLines ? [{ kind: "paragraph", text: [say.more, marker] } as Block] : []),
  ];
}

/** The rows of a policy are the same on every page; only the number of its source differs. */
const made = new WeakMap<Library["knowledge"], Map<string, Text[][]>>();

function rowsOf(policy: KnownPolicy, leaves: Leaf[], library: Library): Text[][] {
  const known = made.get(library.knowledge) ?? new Map<string, Text[][]>();
  made.set(library.knowledge, known);
  const rows =
    known.get(policy.id) ?? leaves.slice(0, mostLines).map((leaf) => rowOf(leaf, library, { source: 0 }));
  known.set(policy.id, rows);
  return rows;
}

function rowOf(leaf: Leaf, { say, language, knowledge }: Library, marker: Text[number]): Text[] {
  const kind = leaf.kind ?? "judgment";
  const settles = knowledge.settles[kind] ?? knowledge.settles.judgment!;
  const lead = `${leaf.either ? say.oneWay : ""}${leaf.negated ? say.mustNot : ""}`;
  const plain = plainWords(leaf.words);
  // "at least 18" alone does not say of what.
  const words = capital(leaf.kind === "age" && /^(at |more |less |\d)/.test(plain) ? `age ${plain}` : plain);
  const said: Text = language === "en" ? [lead ? `${lead}${words}` : words] : [lead, { english: words }];
  return [[...said, marker], [capital(settles.document)], [capital(settles.holder)]];
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

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
