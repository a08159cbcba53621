import type { PolicyWords } from "#knowledge";
import type { Block } from "./blocks.ts";
import { slice } from "./passage.ts";
import { roleOf } from "./section-roles.ts";

const opening = /^([A-Z][A-Za-z ,/-]{3,45})[.:]\s+(?=[A-Z])/;
const sentence = /\b(?:is|are|was|were|has|have|must|will|may|should|note)\b/i;

/**
 * "Not covered. Nursing for the family; …": paragraphs that open with the name of their section, in a paper that sets
 * its sections so, are a heading and its text.
 */
export function splitRunIn(blocks: readonly Block[], words: PolicyWords): Block[] {
  const titled = blocks.map((block) => titleOf(block, words));
  const roles = new Set(titled.flatMap((one) => (one ? [one.role] : [])));
  if (titled.filter(Boolean).length < 3 || roles.size < 2) return [...blocks];
  return blocks.flatMap((block, index): Block[] => {
    const found = titled[index];
    if (!found) return [block];
    const { passage } = block;
    return [
      { ...block, passage: slice(passage, 0, found.length), heading: true, bold: true },
      { ...block, passage: slice(passage, found.end, passage.text.length), heading: false },
    ];
  });
}

/** The title that opens a paragraph, with the role of the section and where the text begins. */
function titleOf(block: Block, words: PolicyWords): { role: string; length: number; end: number } | null {
  if (block.label || block.heading || block.cell) return null;
  const found = opening.exec(block.passage.text);
  if (!found || sentence.test(found[1]!)) return null;
  const role = roleOf(found[1]!, words);
  return role ? { role, length: found[1]!.length, end: found[0].length } : null;
}
