import type { Criterion } from "#policy";

/** The nodes right below a node; none below a leaf. */
export function childrenOf(node: Criterion): Criterion[] {
  if ("all" in node) return node.all;
  if ("any" in node) return node.any;
  if ("of" in node) return node.of;
  if ("not" in node) return [node.not];
  if ("when" in node) return [node.when, node.then];
  return [];
}
