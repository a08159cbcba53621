import type { Unit } from "./composition.ts";
import type { Outline } from "./outline.ts";
import type { SectionRole } from "./section-roles.ts";
import { isCoverageStatement } from "./words.ts";

/** How a section stands to its neighbours, by the role of its heading and by what it says. */
export function unitRole(role: SectionRole | null, node: Outline): Unit["role"] {
  if (role === "continuation") return opensWithGuard(node) ? "plain" : "continuation";
  if (role === "initial") return "branch";
  if (role === "common" || role === "limits" || role === "override") return role;
  return saysWhenCovered(node) ? "branch" : "plain";
}

/** Whether a section, or one of the sections below it, says when a service is covered. */
const saysWhenCovered = ({ children }: Outline): boolean =>
  children.some((child) =>
    child.block.heading ? saysWhenCovered(child) : isCoverageStatement(child.block.passage.text),
  );

const opensWithGuard = (node: Outline): boolean =>
  /^(?:for|if|when)\s+(?!initial|renewal|reauth|continu)/i.test(node.children[0]?.block.passage.text ?? "");

/** "For reauthorization:" opens the way to go on; every other stage is a way to begin. */
export const stageRole = (text: string): Unit["role"] =>
  /\b(?:re-?auth|re-?cert|renew|continu|subsequent|maint)/i.test(text) ? "continuation" : "branch";
