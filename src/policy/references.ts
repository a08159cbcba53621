import { all, any, type Draft, whenThen } from "./draft.ts";
import { type Passage, slice } from "./passage.ts";
import { readProse } from "./prose.ts";
import { sentencesOf } from "./sentences.ts";

/** An item of a list and the label by which other words point at it. */
export type Labelled = { label: string; draft: Draft };

const bare = (label: string): string =>
  label
    .replace(/[().]/g, "")
    .replace(/^(?:Section|Part)\s+/i, "")
    .toLowerCase();
const pointer =
  /\(([a-z\d]{1,4})\)|\b(?:section|part|criteri(?:a|on)|items?)\s+([A-Z]|\d{1,2}|[IVX]{1,4})\b/gi;

/**
 * "… meets (1) and any one of (2), (3) or (4). If a panel is requested, (5) must be met as well.": joins the items as the
 * words above them say. `null` where the words do not point at two items or more.
 */
export function joinAsSaid(lead: Passage, items: readonly Labelled[]): Draft | null {
  const byLabel = new Map(items.map((item) => [bare(item.label), item]));
  const used = new Set<Labelled>();
  const parts: (Draft | null)[] = [];
  for (const sentence of sentencesOf(lead)) {
    const guard = /^(?:if|when)\s+(.+?),\s/i.exec(sentence.text);
    const said = partsOf(guard ? slice(sentence, guard[0].length) : sentence, byLabel, used);
    if (said.length === 0) continue;
    const own = said.length === 1 && "op" in said[0]! && said[0].op === "when";
    const when =
      guard && !own
        ? readProse(
            slice(
              sentence,
              sentence.text.indexOf(guard[1]!),
              sentence.text.indexOf(guard[1]!) + guard[1]!.length,
            ),
            "",
          )
        : null;
    parts.push(guard && !own ? whenThen(when, all(said), sentence) : all(said));
  }
  if (used.size < 2) return null;
  return all([...parts, ...items.filter((item) => !used.has(item)).map(({ draft }) => draft)]);
}

/** The conjuncts of one sentence: each names one item, or several of which one or all are meant. */
function partsOf(sentence: Passage, byLabel: Map<string, Labelled>, used: Set<Labelled>): Draft[] {
  return sentence.text
    .split(/,?\s+and\s+(?=(?:any|all|one|either|at least|both|each|the)\b)/i)
    .flatMap((clause): Draft[] => {
      const named = [...clause.matchAll(pointer)].flatMap((found) => {
        const item = byLabel.get((found[1] ?? found[2] ?? "").toLowerCase());
        return item && !used.has(item) ? [item] : [];
      });
      for (const item of named) used.add(item);
      const drafts = named.map(({ draft }) => draft);
      const draft = /\b(?:any|one of|either|or)\b/i.test(clause) ? any(drafts) : all(drafts);
      return draft ? [draft] : [];
    });
}
