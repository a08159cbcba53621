import type { PolicyWords } from "#knowledge";
import type { Block } from "./blocks.ts";
import { continues } from "./labels.ts";
import { looksLikeTitle, namesIndication, roleOf } from "./section-roles.ts";

/** Words that make a sentence of a line; headings have none of them. */
const sentence =
  /\b(?:is|are|was|were|has|have|had|will|does|did|may|been|meets?|documented|tried|shows?)\b/i;
/** "Policy number: X" and "Approval duration: 6 months" are statements, however they are set. */
const statement =
  /^(?:policy|lcd|ncd|article|reference|effective|payer|plan|line of business|date|approved|applies|number|original|last|next|owner|section|status|version|drugs?|length|therapy stage|guideline type|product name|requires|covered alternatives|author|reviewed|codes?|note|phone|fax)\b[^:]{0,30}:\s+\S/i;
/** "Effective date January 1, 2026" is about the paper and opens no section. */
const dated =
  /^(?:(?:original|current|last|next|policy)\s+)?(?:effective|revised|reviewed|review|revision|approved|published|issued|implementation)\b.{0,30}\b\d{4}$/i;
const duration =
  /^(?:initial |renewal |continued )?(?:approval|authorization|coverage|length of)\s+(?:duration|period|approval|authorization)\b\W*\w/i;

/**
 * Settles which blocks are headings. Layout proposes; a short line that names a section in the words of coverage
 * policies is one even where the layout says nothing (plain text, scans), and a statement never is.
 */
export function withHeadings(blocks: readonly Block[], words: PolicyWords): Block[] {
  const settled = blocks.map((block, index) => {
    const { text } = block.passage;
    if (block.cell) return block;
    if (block.heading)
      return statement.test(text) || dated.test(text) || duration.test(text)
        ? { ...block, heading: false }
        : block;
    const next = blocks[index + 1];
    if (
      !next ||
      next.cell ||
      !looksLikeTitle(text) ||
      text.length > 70 ||
      /:$/.test(text) ||
      (sentence.test(text) && !/^when\b[^.;:,]*$/i.test(text))
    )
      return block;
    if (block.label && !/^(?:[A-Z]|[IVX]+|\d{1,2}|Section .+|Part .+)[.)]?$/.test(block.label.text))
      return block;
    if (
      !block.label &&
      next.label?.readings[0]?.style === "bullet" &&
      block.left <= next.left &&
      namesIndication(text)
    )
      return { ...block, heading: true };
    if (block.label && /^(?:Section|Part)\s/.test(block.label.text)) return { ...block, heading: true };
    const role = roleOf(text, words);
    return role !== null &&
      !statement.test(text) &&
      !dated.test(text) &&
      standsOut(block, blocks[index - 1], next)
      ? { ...block, heading: true }
      : block;
  });
  return withStages(settled);
}

/** Something must follow the line that is not its own kind of line: words at length, or a list. */
function standsOut(block: Block, before: Block | undefined, next: Block): boolean {
  if (
    block.label &&
    before?.label &&
    !before.heading &&
    before.label.readings.some((one) => continues(one, block.label!) !== null)
  )
    return false;
  if (
    block.label &&
    before?.label &&
    !before.heading &&
    next.label &&
    !next.heading &&
    next.label.readings.some((one) => block.label!.readings.some((own) => own.series === one.series))
  )
    return false;
  return (
    /^(?:n\/?a|none|not applicable)\.?$/i.test(next.passage.text) ||
    next.heading ||
    next.label !== null ||
    next.passage.text.length > block.passage.text.length ||
    /[.:]$/.test(next.passage.text)
  );
}

/** "Therapy Stage: Reauthorization" says of which stage the next section is. */
const stageLine =
  /^(?:therapy stage|type of request|request type|review type|authorization type|stage)\s*:\s*(?:(initial|new)|(re-?auth|renew|continu))/i;

function withStages(blocks: readonly Block[]): Block[] {
  return blocks.map((block, index) => {
    if (!block.heading) return { ...block };
    const said = blocks
      .slice(Math.max(0, index - 4), index)
      .findLast(({ passage }) => stageLine.test(passage.text));
    const found = said && stageLine.exec(said.passage.text);
    return found ? { ...block, stage: found[1] ? "initial" : "continuation" } : block;
  });
}
