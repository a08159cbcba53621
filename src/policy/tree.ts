import { compose, type Unit } from "./composition.ts";
import { all, type Draft, isConnective } from "./draft.ts";
import { readExclusions } from "./exclusions.ts";
import { opensForm } from "./form-sections.ts";
import { type Gathered, sectionRole } from "./gathered.ts";
import { titlesIndications } from "./indication-lists.ts";
import { guardedBy, readList, readNode } from "./items.ts";
import { leadIn } from "./lead.ts";
import type { Outline } from "./outline.ts";
import { slice } from "./passage.ts";
import { joinAsSaid } from "./references.ts";
import { onlyPoints, type RunInTitle, runInTitle } from "./run-in-titles.ts";
import { namesIndication, type SectionRole } from "./section-roles.ts";
import { sentencesOf } from "./sentences.ts";
import { announcesStage } from "./stages.ts";
import { agesByProduct, headsCriteria } from "./standing-tables.ts";
import { readTable } from "./tables.ts";
import { stageRole, unitRole } from "./unit-roles.ts";
import { isCoverageStatement, isRefusal, readBareStatement, readItemWords, readParagraph } from "./words.ts";

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
    if (isConnective(text) || (above?.block.heading && isProductLine(node))) continue;
    const role = sectionRole(node, gathered);
    if (role === "aside") {
      if (node.block.heading) open = false;
      units.push(
        ...readSections(
          node.children.filter((child) => sectionBelow(child, gathered)),
          gathered,
          false,
        ),
      );
      units.push(
        ...node.children.filter(agesByProduct).flatMap((child) => readTable(child.table!, gathered, null)),
      );
      units.push(
        ...node.children
          .flatMap((child) => child.children.filter(agesByProduct))
          .flatMap((child) => readTable(child.table!, gathered, null)),
      );
      continue;
    }
    if (role !== null) open = true;
    if (role === "exclusions") gathered.exclusions.push(...readExclusions(node, gathered));
    else if (open && role === null && itemLike(node, nodes, above))
      units.push(
        ...asUnits(
          readItemWords(node.block.passage, above?.block.passage.text ?? ""),
          gathered.ways ? "branch" : "plain",
        ),
      );
    else units.push(...readPart(node, gathered, open, role, leadAbove(nodes, index)));
    if (role === "exclusions" && node.block.heading) open = inside;
  }
  return units;
}

/** The paragraph that announces the list in which a node stands; its fellow items say nothing about it. */
const leadAbove = (nodes: readonly Outline[], index: number): Outline | null =>
  nodes.slice(0, index).findLast(({ block }) => !block.label) ?? null;

/** Layout can set a criteria heading smaller than the overview above it: a section that decides coverage is read. */
const sectionBelow = (child: Outline, gathered: Gathered): boolean => {
  const role = child.block.heading ? sectionRole(child, gathered) : null;
  return role !== null && role !== "aside" && speaksOfCoverage(child);
};

const speaksOfCoverage = ({ block, children }: Outline): boolean =>
  isCoverageStatement(block.passage.text) || children.some(speaksOfCoverage);

const asUnits = (draft: Draft | null, role: Unit["role"] = "plain"): Unit[] =>
  draft ? [{ role, draft }] : [];

/** "• Hadlima (adalimumab-bwwd subcutaneous injection)" right below a heading lists what the policy is about. */
const isProductLine = ({ block, children }: Outline): boolean =>
  block.label?.readings[0]?.style === "bullet" &&
  children.length === 0 &&
  /\b(?:injection|infusion|tablets?|capsules?|solution|suspension|inhal(?:er|ation)|cream|patch)\b/i.test(
    block.passage.text,
  ) &&
  !/\d+\s*(?:mg|tablets?|per|\/|days?|weeks?|months?)|\b(?:tried|trial|fail\w*|is|are|has|have|will|must|of|for|with|not)\b/i.test(
    block.passage.text,
  );

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

function readPart(
  node: Outline,
  gathered: Gathered,
  inside: boolean,
  role: SectionRole | null,
  before: Outline | null,
): Unit[] {
  const { block, children } = node;
  if (node.table)
    return inside || agesByProduct(node) || headsCriteria(node) ? readTable(node.table, gathered, role) : [];
  if (block.heading) return readHeading(node, gathered, inside, role);
  if (block.label || children.length > 0) {
    if (!inside && !isCoverageStatement(block.passage.text))
      return children.length > 0 && !block.label ? [] : nestedOnly(node, gathered);
    return readListed(node, gathered, role, before);
  }
  if (!inside) return [];
  const { criteria, exclusions } = readParagraph(block.passage, "");
  if (exclusions) gathered.exclusions.push(exclusions);
  if (!criteria) return [];
  const { text } = block.passage;
  if (goesOn.test(text)) return [{ role: "continuation", draft: criteria }];
  return [
    { role: isCoverageStatement(text) && !joinsOthers.test(text) ? "branch" : "plain", draft: criteria },
  ];
}

/** A paragraph about going on with what was begun. */
const goesOn =
  /^(?:continued (?:coverage|use|therapy|treatment|authorization)|continuation|renewal|re-?authorization)\b/i;

/** A paragraph that asks something in addition to what the paragraphs beside it ask. */
const joinsOthers =
  /^(?:in addition|additionally|furthermore|moreover|also|if|when|for)\b|\bonly (?:if|when)\b/i;

/** An item outside criteria sections can still hold a section ("B. Nationally covered indications"). */
function nestedOnly(node: Outline, gathered: Gathered): Unit[] {
  return node.children.length > 0 ? readSections(node.children, gathered, false) : [];
}

function readHeading(node: Outline, around: Gathered, inside: boolean, role: SectionRole | null): Unit[] {
  const { text } = node.block.passage;
  const gathered = titlesIndications(text) ? { ...around, ways: true } : around;
  const said = leadIn(text);
  const pointed = pointedList(node, gathered, inside);
  if (pointed) return [{ role: unitRole(role, node), draft: pointed }];
  const units = listOnly(node, gathered, inside)
    ? asUnits(
        readList(node.children, node.children, gathered, said?.sure ? said.connector : null, node, text),
      )
    : readSections(node.children, gathered, inside, node);
  if (
    role === "criteria" &&
    !said?.sure &&
    !namesIndication(text) &&
    node.children.some(({ block }) => block.heading)
  )
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
  if (role === null && (around.ways || opensDrug(node))) return [{ role: "branch", draft }];
  return [{ role: unitRole(role, node), draft }];
}

/** A list of many drugs gives each the same form below its name. */
const opensDrug = (node: Outline): boolean => {
  const titles = (nodes: readonly Outline[]) => nodes.map(({ block }) => block.passage.text);
  return (
    opensForm(titles(node.children)) || node.children.some(({ children }) => opensForm(titles(children)))
  );
};

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
  const titled = node.block.label ? runInTitle(node.block.passage) : null;
  if (titled && node.children.length === 0 && onlyPoints(titled.rest)) return [];
  if (node.block.label && node.children.length === 0 && refusesAllElse(text)) {
    const { passage } = node.block;
    const second = sentencesOf(passage)[1];
    const from = second && /^(?:does|do) not|^not\b/i.test(text) ? text.indexOf(second.text) : 0;
    const rest = { ...node, block: { ...node.block, passage: slice(passage, from, text.length) } };
    gathered.exclusions.push(...readExclusions(rest, gathered));
    return [];
  }
  if (node.block.label && node.children.length === 0 && isRefusal(text)) {
    const refused = readParagraph(node.block.passage, "");
    if (refused.exclusions) gathered.exclusions.push(refused.exclusions);
    return asUnits(refused.criteria);
  }
  const underTitle = titled && indicationBranch(node, titled, gathered);
  if (underTitle) return [{ role: "branch", draft: underTitle }];
  const draft = readNode(node, gathered, before?.block.passage.text ?? "");
  if (!draft) return [];
  const branch = isCoverageStatement(text) && !/^(?:if|when|for|in addition|criteri|coverage)\b/i.test(text);
  if (role === "criteria" || role === "aside")
    return [{ role: branch && node.block.label ? "branch" : "plain", draft }];
  if (role) return [{ role: unitRole(role, node), draft }];
  if (isGroup.test(text) && node.children.length > 0) return [{ role: "group", draft }];
  if (!node.block.label && node.children.length > 0 && announcesStage(text))
    return [{ role: stageRole(text), draft }];
  const indication = node.block.label && namesIndication(text.replace(/\(.*?\)/g, "").replace(/[:\s]+$/, ""));
  if (indication && node.children.length > 0) return [{ role: "branch", draft }];
  if (gathered.ways && node.block.label) return [{ role: "branch", draft }];
  return [{ role: branch ? "branch" : "plain", draft }];
}

/** "Group II criteria include any of the following:": one group of patients among others. */
const isGroup = /^(?:group|category|option|pathway)\s+(?:[IVX]+|\d|[A-D])\b/i;

/** "Does not meet coverage criteria. All other uses …": an item of the list of sections that excludes. */
const refusesAllElse = (text: string): boolean =>
  isRefusal(text) &&
  /^(?:(?:does|do) not meet\b|not (?:covered|medically necessary)\b|(?:all|any) other\b)/i.test(text);

/** "B. Secondary regurgitation. Repair is covered when …": the title names the indication of what it opens. */
function indicationBranch(node: Outline, { title, rest }: RunInTitle, gathered: Gathered): Draft | null {
  const plain = /\s+criteria$/i.exec(title.text);
  const named = plain ? slice(title, 0, plain.index) : title;
  if (!namesIndication(named.text)) return null;
  // The letter of such a section is no part of how its criteria are cited ("criterion 3").
  const own = readNode({ ...node, block: { ...node.block, passage: rest, label: null } }, gathered, "");
  if (!own || saidBelow(named.text, own)) return own;
  return guardedBy({ ...node, block: { ...node.block, passage: named } }, own);
}

/** The criteria below name the indication themselves ("Grade 3+ or 4+ primary regurgitation"): it is no condition more. */
function saidBelow(name: string, own: Draft): boolean {
  const asked = "leaf" in own ? [own] : own.op === "all" ? own.of : [];
  const words = name.toLowerCase().split(/\W+/).filter(Boolean);
  return asked.some((one) => {
    const said = "leaf" in one ? one.leaf.text.toLowerCase().split(/\W+/) : [];
    return words.every((word) => said.includes(word));
  });
}
