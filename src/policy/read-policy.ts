import type { Issue } from "#base";
import type { PolicyWords } from "#knowledge";
import type { SourceDocument } from "#source";
import { blocksOf } from "./blocks.ts";
import { type ClinicalNames, namesIn } from "./clinical-names.ts";
import { compose } from "./composition.ts";
import { kindWithoutCriteria } from "./document-kind.ts";
import { any, type Draft } from "./draft.ts";
import { splitForm } from "./form-sections.ts";
import { type Gathered, sectionRole } from "./gathered.ts";
import { effectiveOf, numberOf, payerOf, titleOf } from "./header.ts";
import { withHeadings } from "./headings.ts";
import { likeliestKind } from "./kind-by-example.ts";
import { knownPayer } from "./known-payer.ts";
import { leadIn } from "./lead.ts";
import { kindOf } from "./leaf-kind.ts";
import { type Outline, outlineOf } from "./outline.ts";
import { type Passage, spansOf } from "./passage.ts";
import { withQuestionRows } from "./question-lines.ts";
import { type ReadQuestionnaire, readQuestionnaire } from "./questionnaire.ts";
import { splitRunIn } from "./run-in-headings.ts";
import { testOf } from "./test-fields.ts";
import { type TreatmentNames, treatmentsIn } from "./treatments-named.ts";
import { readSections } from "./tree.ts";
import type { Criterion, Policy } from "./types.ts";
import { isCoverageStatement } from "./words.ts";

/** What is known beside the document: the words of policies, and whose names to look for. */
export type PolicyKnowledge = {
  words: PolicyWords;
  /** Names of concepts, drugs and diagnoses; without them tests have no concepts. */
  clinical?: ClinicalNames;
  /** Treatments with the names by which a title can call them. */
  treatments?: TreatmentNames[];
  /** Names of payers as they print them, for policies that nothing else signs. */
  payers?: readonly string[];
};

/** Reads a coverage policy into a tree of criteria. A document without criteria gives an empty `all` and says so. */
export function readPolicy(document: SourceDocument, knowledge: PolicyKnowledge): Policy {
  const form = readQuestionnaire(document);
  if (form) return ofQuestionnaire(document, form, knowledge);
  const issues: Issue[] = [];
  const blocks = withQuestionRows(
    withHeadings(splitRunIn(splitForm(blocksOf(document)), knowledge.words), knowledge.words),
  );
  const title = titleOf(document, blocks);
  const titled = blocks.findIndex((block) => block.heading && block.passage.text === title?.value);
  // What stands above the title of a web page is navigation; a title found near the end is none.
  const from = /html/.test(document.mediaType) && titled < blocks.length / 2 ? Math.max(0, titled) : 0;
  const other = kindWithoutCriteria(document, title?.value ?? "", knowledge.words);
  const gathered: Gathered = { words: knowledge.words, exclusions: [] };
  const outline = outlineOf(blocks.slice(from));
  const criteria = other ? null : criteriaOf(outline, gathered);
  const exclusions = any(gathered.exclusions);
  if (!criteria && !exclusions)
    issues.push({
      severity: "information",
      code: "criteria-missing",
      text: "This document holds no coverage criteria. Hand in the policy that the denial cites.",
    });
  return {
    title,
    number: numberOf(document),
    payer: payerOf(document) ?? knownPayer(document, knowledge.payers ?? []),
    effective: effectiveOf(document),
    treatmentIds: treatmentsIn(title?.value ?? "", document, knowledge.treatments ?? []),
    criteria: criteria ? criterionOf(criteria, "c", knowledge) : noCriteria,
    exclusions: exclusions ? criterionOf(asGroup(exclusions), "x", knowledge) : null,
    issues,
  };
}

/** The criteria that sections hold; of a document that names no such section, those of its paragraphs. */
function criteriaOf(outline: readonly Outline[], gathered: Gathered): Draft | null {
  const unnamed =
    !outline.some((node) => namesSection(node, gathered)) &&
    (outline.some(saysWhen) || outline.reduce((sum, node) => sum + announcedLists(node), 0) > 1);
  return compose(readSections(outline, gathered, unnamed || printsSubset(outline)), null, null);
}

/** A heading, here or below, that opens criteria or exclusions. */
const namesSection = (node: Outline, gathered: Gathered): boolean => {
  const role = node.block.heading ? sectionRole(node, gathered) : null;
  return (role !== null && role !== "aside") || node.children.some((child) => namesSection(child, gathered));
};

/** A paragraph that says outright when something is covered. */
const saysWhen = ({ block, children }: Outline): boolean =>
  (block.passage.text.length > 60 && isCoverageStatement(block.passage.text)) || children.some(saysWhen);

/** How many lists say outright that all or one of their items is asked for. */
const announcedLists = ({ block, children }: Outline): number =>
  Number(children.length > 1 && (leadIn(block.passage.text)?.sure ?? false)) +
  children.reduce((sum, child) => sum + announcedLists(child), 0);

/** "New request, ALL:", "ONE:": a sheet of nothing but criteria, which needs no heading that says so. */
function printsSubset(nodes: readonly Outline[]): boolean {
  const counts = ({ block, children }: Outline): number =>
    Number(
      children.length > 0 &&
        /(?:^|[\s,(])(?:ALL|ONE|ANY|BOTH|EITHER|(?:≥|>=)\s?(?:ONE|TWO|\d))\)?:$/.test(block.passage.text),
    ) + children.reduce((sum, child) => sum + counts(child), 0);
  return nodes.reduce((sum, node) => sum + counts(node), 0) > 1;
}

function ofQuestionnaire(
  document: SourceDocument,
  form: ReadQuestionnaire,
  knowledge: PolicyKnowledge,
): Policy {
  const { title, payer, effective, draft, issues } = form;
  return {
    title,
    number: null,
    payer,
    effective,
    treatmentIds: treatmentsIn(title?.value ?? "", document, knowledge.treatments ?? []),
    criteria: draft ? criterionOf(draft, "c", knowledge) : noCriteria,
    exclusions: null,
    issues,
  };
}

const noCriteria: Criterion = { id: "c", text: "", from: [], all: [] };

/** Exclusions are always a group, so that each keeps its own line. */
const asGroup = (draft: Draft): Draft => ("leaf" in draft ? { op: "any", of: [draft], lead: null } : draft);

/** "a" below "2" is "2.a"; a label that carries the one above it ("2.1") stands by itself. */
const labelBelow = (above: string | null, own: string | undefined): string | null =>
  !own || own === above ? above : above && !own.startsWith(`${above}.`) ? `${above}.${own}` : own;

function criterionOf(
  draft: Draft,
  id: string,
  knowledge: PolicyKnowledge,
  above: string | null = null,
): Criterion {
  const label = labelBelow(above, draft.label);
  const printed = draft.label && label ? { label } : {};
  if ("leaf" in draft) return { ...leafCriterion(draft.leaf, draft.context, id, knowledge), ...printed };
  const own = { id, text: draft.lead?.text ?? "", from: draft.lead ? spansOf(draft.lead) : [], ...printed };
  const child = (one: Draft, index: number) => criterionOf(one, `${id}.${index + 1}`, knowledge, label);
  if (draft.op === "when") return { ...own, when: child(draft.when, 0), then: child(draft.then, 1) };
  if (draft.op === "not") return { ...own, not: child(draft.of[0]!, 0) };
  const of = draft.of.map(child);
  if (draft.op === "atLeast") return { ...own, atLeast: draft.n, of };
  return draft.op === "any" ? { ...own, any: of } : { ...own, all: of };
}

function leafCriterion(leaf: Passage, context: string, id: string, knowledge: PolicyKnowledge): Criterion {
  const own = { id, text: leaf.text, from: spansOf(leaf) };
  const said = kindOf(leaf.text, context, knowledge.words);
  const clinical = knowledge.clinical ?? null;
  // "oral tetracycline for 90 days" is a trial, whatever the list says.
  const drug =
    (said === null || said === "duration") &&
    clinical &&
    namesIn(leaf.text, clinical).some(({ sort }) => sort === "drug" || sort === "class");
  const kind = drug ? "priorTherapy" : (said ?? likeliestKind(leaf.text, knowledge.words));
  return kind ? { ...own, test: testOf(kind, leaf.text, clinical, context) } : { ...own, judgment: true };
}
