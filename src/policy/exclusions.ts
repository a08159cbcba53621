import { any, type Draft, isConnective } from "./draft.ts";
import { type Gathered, sectionRole } from "./gathered.ts";
import { readNode } from "./items.ts";
import { leadIn } from "./lead.ts";
import type { Outline } from "./outline.ts";
import { sentencesOf } from "./sentences.ts";
import { isRefusal, readItemWords, readParagraph, readRefusal } from "./words.ts";

/** Everything below a heading such as "Limitations" excludes. */
export function readExclusions(node: Outline, gathered: Gathered): Draft[] {
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
      (sentencesOf(passage).length === 1 && !looksLikeSentence(passage.text) && !isRefusal(passage.text)
        ? readItemWords(passage, "exclusions")
        : null),
  ];
}

const looksLikeSentence = (text: string): boolean =>
  /\.$/.test(text) && text.length > 60 && /\b(?:is|are|was|were|will|may)\b/.test(text);
