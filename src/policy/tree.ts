import type { PolicyWords } from "#knowledge";
import { compose, connectByWords, type Unit } from "./composition.ts";
import {
  all,
  any,
  connectiveAtEnd,
  connectiveAtStart,
  type Draft,
  group,
  isConnective,
  leafOf,
} from "./draft.ts";
import { leadIn } from "./lead.ts";
import type { Outline } from "./outline.ts";
import { isStructural, sentencesOf, withOwnWords } from "./prose.ts";
import { joinAsSaid } from "./references.ts";
import { looksLikeTitle, namesIndication, roleOf, type SectionRole } from "./section-roles.ts";
import { readTable } from "./tables.ts";
import {
  isCoverageStatement,
  isRefusal,
  readBareStatement,
  readItemWords,
  readParagraph,
  readRefusal,
} from "./words.ts";

/** What is gathered while the outline is read. */
export type Gathered = { words: PolicyWords; exclusions: Draft[] };

/** Reads the parts below a heading, or of the whole document. `inside`: a criteria section has begun above. */
export function readSections(
  nodes: readonly Outline[],
  gathered: Gathered,
  inside: boolean,
  above: Outline | null = null,
): Unit[] {
  const units: Unit[] = [];
  let open = inside;
  for (const [index, node] of nodes.entries()) {
    const { text } = node.block.passage;
    if (isConnective(text)) continue;
    const role = sectionRole(node, gathered);
    if (role === "aside") {
      if (node.block.heading) open = false;
      continue;
    }
    if (role !== null) open = true;
    if (role === "exclusions") gathered.exclusions.push(...readExclusions(node, gathered));
    else if (open && role === null && itemLike(node, nodes, above))
      units.push(...asUnits(readItemWords(node.block.passage, above?.block.passage.text ?? "")));
    else units.push(...readPart(node, gathered, open, role, nodes[index - 1] ?? null));
    if (role === "exclusions" && node.block.heading) open = inside;
  }
  return units;
}

const asUnits = (draft: Draft | null): Unit[] => (draft ? [{ role: "plain", draft }] : []);

/** A line of a list whose signs are lost: set in from its heading, no sentence's end, and not alone. */
function itemLike(node: Outline, nodes: readonly Outline[], above: Outline | null): boolean {
  if (!above || node.table) return false;
  const setIn = ({ block, children, table }: Outline) =>
    !block.heading &&
    !block.label &&
    !table &&
    block.left > above.block.left + 8 &&
    (children.length > 0 || !/\.$/.test(block.passage.text));
  return node.children.length === 0 && setIn(node) && nodes.filter(setIn).length > 1;
}

/** The role that a heading, or an item that serves as one, has by its words. */
function sectionRole(node: Outline, { words }: Gathered): SectionRole | null {
  const { block, children } = node;
  const { text } = block.passage;
  if (block.heading) return roleOf(text, words);
  if (block.cell) return null;
  if (children.length === 0 && !block.label)
    return looksLikeTitle(text) && text.length < 60
      ? asideOnly(roleOf(text, words))
      : asideOnly(roleOf(text.slice(0, 60), words), text);
  if (!block.label) return null;
  if (children.length === 0) return asideOnly(roleOf(text, words));
  return looksLikeTitle(text.replace(/\s*\(.*\)\s*:?$/, "")) || /:$/.test(text)
    ? isRefusal(text) && !leadIn(text)?.sure
      ? "exclusions"
      : roleOf(text, words)
    : asideOnly(roleOf(text.slice(0, 40), words));
}

/** A line without anything below it can be told to be beside the matter, no more. */
const asideOnly = (role: SectionRole | null, text = ""): SectionRole | null =>
  role === "aside" && text.length < 200 ? role : null;

function readPart(
  node: Outline,
  gathered: Gathered,
  inside: boolean,
  role: SectionRole | null,
  before: Outline | null,
): Unit[] {
  const { block, children } = node;
  if (node.table) return inside || agesByProduct(node) ? readTable(node.table, gathered, role) : [];
  if (block.heading) return readHeading(node, gathered, inside, role);
  if (block.label || children.length > 0) {
    if (!inside && !isCoverageStatement(block.passage.text))
      return children.length > 0 && !block.label ? [] : nestedOnly(node, gathered);
    return readListed(node, gathered, role, before);
  }
  if (!inside) return [];
  const { criteria, exclusions } = readParagraph(block.passage, "");
  if (exclusions) gathered.exclusions.push(exclusions);
  return criteria ? [{ role: "plain", draft: criteria }] : [];
}

/** A table of ages is a condition wherever it stands: the criteria point at it. */
const agesByProduct = (node: Outline): boolean =>
  node.table?.rows[0]?.some((cell) =>
    cell.some(({ passage }) => /\bminimum age\b|\bage limit/i.test(passage.text)),
  ) ?? false;

/** An item outside criteria sections can still hold a section ("B. Nationally covered indications"). */
function nestedOnly(node: Outline, gathered: Gathered): Unit[] {
  return node.children.length > 0 ? readSections(node.children, gathered, false) : [];
}

function readHeading(node: Outline, gathered: Gathered, inside: boolean, role: SectionRole | null): Unit[] {
  const { text } = node.block.passage;
  const said = leadIn(text);
  const pointed = pointedList(node, gathered, inside);
  if (pointed) return [{ role: unitRole(role, node), draft: pointed }];
  const units = listOnly(node, gathered, inside)
    ? asUnits(
        readList(node.children, node.children, gathered, said?.sure ? said.connector : null, node, text),
      )
    : readSections(node.children, gathered, inside, node);
  const open = role === null || role === "criteria";
  if (open && !said?.sure && !namesIndication(text) && node.children.some(({ block }) => block.heading))
    return units;
  const only =
    node.children.length < 3 &&
    node.children.every(({ block, children, table }) => !block.heading && !table && children.length === 0);
  const bare =
    units.length === 0 && role !== null && inside && only
      ? all(node.children.map(({ block }) => readBareStatement(block.passage)))
      : null;
  const draft = bare ?? compose(units, said?.sure ? said.connector : null, node.block.passage);
  if (!draft || informational(node)) return [];
  if (namesIndication(text) && role === null && inside)
    return [{ role: "branch", draft: guardedBy(node, draft) }];
  return [{ role: unitRole(role, node), draft }];
}

/** A paragraph that says by their labels how the items below it are joined. */
function pointedList(node: Outline, gathered: Gathered, inside: boolean): Draft | null {
  const [lead, ...items] = node.children;
  if (!inside || !lead || lead.block.label || lead.table || lead.block.heading) return null;
  const listed =
    lead.children.length > 0 && items.length === 0 ? lead.children : lead.children.length === 0 ? items : [];
  if (listed.length < 2 || listed.some(({ block }) => !block.label)) return null;
  const labelled = listed.flatMap((item) => {
    const draft = readNode(item, gathered, "");
    return draft ? [{ label: item.block.label!.text, draft }] : [];
  });
  return joinAsSaid(lead.block.passage, labelled);
}

/** A heading with nothing below it but one list: the items' own connectives count. */
function listOnly(node: Outline, gathered: Gathered, inside: boolean): boolean {
  return (
    inside &&
    node.children.length > 1 &&
    node.children.every(
      (child) =>
        child.block.label &&
        !child.block.heading &&
        !child.table &&
        sectionRole(child, gathered) === null &&
        !isRefusal(child.block.passage.text),
    )
  );
}

/** A section that says of itself that it decides nothing. */
const informational = (node: Outline): boolean =>
  node.children.some(({ block }) =>
    /\b(?:not reviewed under|given for information|for information(?:al purposes)? only|do not apply to this review)\b/i.test(
      block.passage.text,
    ),
  );

function unitRole(role: SectionRole | null, node: Outline): Unit["role"] {
  if (role === "continuation") return opensWithGuard(node) ? "plain" : "continuation";
  if (role === "initial") return "branch";
  if (role === "common" || role === "limits" || role === "override") return role;
  return node.children.some(({ block }) => isCoverageStatement(block.passage.text) && !block.heading)
    ? "branch"
    : "plain";
}

const opensWithGuard = (node: Outline): boolean =>
  /^(?:for|if|when)\s+(?!initial|renewal|reauth|continu)/i.test(node.children[0]?.block.passage.text ?? "");

/** An indication's name is a condition of the criteria below it. */
function guardedBy(node: Outline, draft: Draft): Draft {
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

/** A lead paragraph or numbered item with its list, as a part of a section. */
function readListed(
  node: Outline,
  gathered: Gathered,
  role: SectionRole | null,
  before: Outline | null,
): Unit[] {
  const { text } = node.block.passage;
  if (isRefusal(text) && node.children.length > 0) {
    gathered.exclusions.push(...readExclusions(node, gathered));
    return [];
  }
  const draft = readNode(node, gathered, before?.block.passage.text ?? "");
  if (!draft) return [];
  if (role)
    return [{ role: role === "criteria" || role === "aside" ? "plain" : unitRole(role, node), draft }];
  const indication = node.block.label && namesIndication(text.replace(/\(.*?\)/g, "").replace(/[:\s]+$/, ""));
  if (indication && node.children.length > 0) return [{ role: "branch", draft }];
  const branch =
    !node.block.label && isCoverageStatement(text) && !/^(?:if|when|for|in addition)\b/i.test(text);
  return [{ role: branch ? "branch" : "plain", draft }];
}

/** An item: its own words, its list, and how the two stand to each other. */
export function readNode(node: Outline, gathered: Gathered, context: string): Draft | null {
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
    return guarded ?? withOwnWords(passage, lead.from, inner, context, node.block.label !== null);
  }
  if (namesIndication(passage.text.replace(/[:\s]+$/, "")) && inner) return guardedBy(node, inner);
  if (isStructural(passage.text) || looksLikeTitle(passage.text.replace(/:$/, ""))) return inner;
  return all([readItemWords(passage, context), inner]);
}

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

function readList(
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
  if (sections)
    return compose(readSections(children, gathered, true), said?.op === "all" ? null : said, lead);
  const units = listed.map((child): Unit | null => {
    const paragraph = labelled && !child.block.label && child.children.length === 0;
    const draft = paragraph
      ? readParagraph(child.block.passage, under).criteria
      : readNode(child, gathered, under);
    if (!draft) return null;
    const branch =
      child.children.length > 0 &&
      namesIndication(child.block.passage.text.replace(/\(.*?\)/g, "").replace(/[:\s]+$/, ""));
    return { role: branch ? "branch" : "plain", draft };
  });
  foldParagraphs(listed, units, labelled);
  const kept = units.filter((unit) => unit !== null);
  if (said)
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

/** "… is covered for the following indications:" and lists of "Patients with …" name ways to be covered. */
function listsIndications(lead: string, listed: readonly Outline[]): boolean {
  if (/\b(?:must|all of|each of|criteria|requirements)\b/i.test(lead)) return false;
  const announced =
    /\b(?:indications?|diagnos[ie]s|(?:following|any of these) (?:medical )?conditions?|for (?:the )?(?:treatment|management) of)\b[^.;]*(?::|$)/i.test(
      lead,
    ) && !/conditions? (?:are|is|must be) met/i.test(lead);
  const patients = listed.filter(({ block }) =>
    /^(?:patients?|individuals?|beneficiar\w+|members?|persons?|adults|children) (?:with|who|undergoing|having)\b|^for (?:the )?(?:treatment|patients)|^(?:treatment|management) of\b/i.test(
      block.passage.text,
    ),
  ).length;
  const names = listed.filter(({ block }) =>
    namesIndication(block.passage.text.replace(/[.;,]+$/, "")),
  ).length;
  return (
    (announced && names * 2 >= listed.length) || (listed.length > 1 && patients * 5 >= listed.length * 3)
  );
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

/** Everything below a heading such as "Limitations" excludes. */
function readExclusions(node: Outline, gathered: Gathered): Draft[] {
  const { passage, heading } = node.block;
  const found: (Draft | null)[] = [];
  if (!heading && node.children.length === 0)
    found.push(
      isRefusal(passage.text)
        ? readRefusal(sentencesOf(passage)[0]!, "")
        : readItemWords(passage, "exclusions"),
    );
  for (const child of node.children) found.push(...readExcluded(child, gathered));
  return found.filter((one) => one !== null);
}

function readExcluded(child: Outline, gathered: Gathered): (Draft | null)[] {
  const { passage, heading, label } = child.block;
  if (isConnective(passage.text) || child.table || /^(?:none|n\/?a|not applicable)\.?$/i.test(passage.text))
    return [];
  const role = sectionRole(child, gathered);
  if (role === "aside") return [];
  if (heading) return [any(child.children.flatMap((one) => readExcluded(one, gathered)))];
  if (child.children.length > 0) {
    const lead = leadIn(passage.text);
    if (lead?.sure && !isRefusal(passage.text)) return [readNode(child, gathered, passage.text)];
    return child.children.flatMap((one) => readExcluded(one, gathered));
  }
  if (label)
    return [
      isRefusal(passage.text)
        ? readRefusal(sentencesOf(passage)[0]!, "")
        : readItemWords(passage, "exclusions"),
    ];
  const refused = readParagraph(passage, "exclusions").exclusions;
  return [
    refused ??
      (sentencesOf(passage).length === 1 && !looksLikeSentence(passage.text)
        ? leafOf(passage, "exclusions")
        : null),
  ];
}

const looksLikeSentence = (text: string): boolean =>
  /\.$/.test(text) && text.length > 60 && /\b(?:is|are|was|were|will|may)\b/.test(text);
