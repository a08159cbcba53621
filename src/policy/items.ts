import { compose, connectByWords, type Unit } from "./composition.ts";
import {
  all,
  connectiveAtEnd,
  connectiveAtStart,
  type Draft,
  group,
  isConnective,
  leafOf,
  withLabel,
} from "./draft.ts";
import { type Gathered, sectionRole } from "./gathered.ts";
import { listsIndications } from "./indication-lists.ts";
import { citedAs } from "./labels.ts";
import { leadIn } from "./lead.ts";
import type { Outline } from "./outline.ts";
import { withOwnWords } from "./own-words.ts";
import { indicationBefore } from "./prose.ts";
import { looksLikeTitle, namesIndication } from "./section-roles.ts";
import { isStructural } from "./sentence-frames.ts";
import { announcesStage } from "./stages.ts";
import { readSections } from "./tree.ts";
import { readItemWords, readParagraph } from "./words.ts";

/** An item: its own words, its list, and how the two stand to each other. */
export function readNode(node: Outline, gathered: Gathered, context: string, listed = false): Draft | null {
  return withLabel(readUnlabelled(node, gathered, context, listed), citedAs(node.block.label));
}

/** `inList`: a point of a list, though no sign stands before it. */
function readUnlabelled(node: Outline, gathered: Gathered, context: string, inList: boolean): Draft | null {
  const { passage } = node.block;
  const children = node.children.filter((child) => sectionRole(child, gathered) !== "aside");
  const listed = children.filter(({ block }) => !isConnective(block.passage.text));
  if (listed.length === 0) return readItemWords(passage, context);
  const lead = leadIn(passage.text);
  if (
    !lead &&
    node.block.label &&
    listed.every(({ block, children }) => !block.label && children.length === 0)
  )
    return all([
      readItemWords(passage, context),
      ...listed.map(({ block }) => readParagraph(block.passage, context).criteria),
    ]);
  const inner = readList(listed, children, gathered, lead?.sure ? lead.connector : null, node, context);
  if (lead) {
    const guarded = indicationGuard(node, inner, lead.from);
    return guarded ?? withOwnWords(passage, lead.from, inner, context, inList || node.block.label !== null);
  }
  if (!/:$/.test(passage.text) && namesIndication(passage.text) && inner) return guardedBy(node, inner);
  if (
    isStructural(passage.text) ||
    (/:$/.test(passage.text) && looksLikeTitle(passage.text.replace(/:$/, "")))
  )
    return inner;
  return all([readItemWords(passage, context), inner]);
}

/** An indication's name is a condition of the criteria below it. */
export function guardedBy(node: Outline, draft: Draft): Draft {
  const { passage } = node.block;
  const cut = passage.text.search(/\s*\(|\s*:\s*$|\s+[–—-]\s/);
  const name = leafOf(cut > 0 ? cutAt(passage, cut) : passage, "indication");
  return all([name, draft]) ?? draft;
}

const cutAt = (passage: Outline["block"]["passage"], to: number) => ({
  ...passage,
  text: passage.text.slice(0, to),
  parts: passage.parts.flatMap((part) =>
    part.at >= to ? [] : [{ ...part, end: Math.min(part.end, part.start + to - part.at) }],
  ),
});

/** "A. Relapsing Multiple Sclerosis (must meet all):" carries the indication before the announcement. */
function indicationGuard(node: Outline, inner: Draft | null, from: number): Draft | null {
  const head = node.block.passage.text.slice(0, from).replace(/[\s(:–—-]+$/, "");
  if (!inner || !head || !namesIndication(head) || leadIn(head) || sentenceLike.test(head)) return null;
  return guardedBy(
    { ...node, block: { ...node.block, passage: cutAt(node.block.passage, head.length) } },
    inner,
  );
}

const sentenceLike =
  /\b(?:is|are|has|have|had|was|meets?|with|who|and|of|by|diagnosis|history|when|failure)\s*$|\b(?:is|are|has|had|have|was|meets?)\b|^(?:diagnosis|history|presence)\b/i;

type Said = Parameters<typeof compose>[1];

export function readList(
  listed: Outline[],
  children: Outline[],
  gathered: Gathered,
  said: Said,
  node: Outline,
  context: string,
): Draft | null {
  const lead = node.block.passage;
  const under = lead.text || context;
  const labelled = listed.some(({ block }) => block.label);
  const sections = listed.some((child) => sectionRole(child, gathered) !== null || child.table);
  if (sections) {
    const parts = readSections(children, gathered, true);
    const ways = !said && listsIndications(lead.text, listed);
    const units = ways
      ? parts.map((unit): Unit => (unit.role === "plain" ? { ...unit, role: "branch" } : unit))
      : parts;
    return compose(units, said?.op === "all" ? null : said, lead);
  }
  const units = listed.map((child): Unit | null => {
    const paragraph = labelled && !child.block.label && child.children.length === 0;
    const draft = paragraph
      ? readParagraph(child.block.passage, under).criteria
      : readNode(child, gathered, under, leadIn(lead.text)?.sure ?? false);
    if (!draft) return null;
    const branch =
      indicationBefore(child.block.passage.text) !== null ||
      (child.children.length > 0 &&
        (announcesStage(child.block.passage.text) ||
          namesIndication(child.block.passage.text.replace(/\(.*?\)/g, "").replace(/[:\s]+$/, ""))));
    return { role: branch ? "branch" : "plain", draft };
  });
  foldParagraphs(listed, units, labelled);
  const kept = units.filter((unit) => unit !== null);
  // To begin and to go on are two ways, whatever the words above them say of "all".
  const stages = listed.filter(
    (child) => child.children.length > 0 && announcesStage(child.block.passage.text),
  );
  if (said && stages.length < 2)
    return group(
      said,
      kept.map(({ draft }) => draft),
      lead,
    );
  if (kept.filter(({ role }) => role === "branch").length > 1) return compose(kept, null, lead);
  if (listsIndications(lead.text, listed))
    return group(
      { op: "any" },
      units.map((unit) => unit?.draft ?? null),
      lead,
    );
  const between = listed.slice(0, -1).map((child, index) => connective(child, listed[index + 1]!));
  const ways = gathered.ways && node.block.heading && between.every((one) => one === null);
  if (ways)
    return group(
      { op: "any" },
      kept.map(({ draft }) => draft),
      lead,
    );
  return connectByWords(
    units.map((unit) => unit?.draft ?? null),
    between,
    lead,
  );
}

/** A paragraph after an item asks something more of that item. */
function foldParagraphs(listed: readonly Outline[], units: (Unit | null)[], labelled: boolean): void {
  for (const [index, child] of listed.entries()) {
    const before = units.slice(0, index).findLastIndex((unit) => unit !== null);
    const unit = units[index];
    if (!labelled || child.block.label || child.children.length > 0 || !unit || before < 0) continue;
    units[before] = { role: units[before]!.role, draft: all([units[before]!.draft, unit.draft])! };
    units[index] = null;
  }
}

/** The connective between two items: at the end of the first (or of the last item below it), or before the second. */
function connective(first: Outline, second: Outline): "all" | "any" | null {
  let last = first;
  while (last.children.length > 0) last = last.children.at(-1)!;
  const own = connectiveAtEnd(last.block.passage.text);
  return (
    own ??
    connectiveAtEnd(first.block.passage.text) ??
    (second.block.label ? null : connectiveAtStart(second.block.passage.text)) ??
    connectiveAtStart(second.block.passage.text)
  );
}
