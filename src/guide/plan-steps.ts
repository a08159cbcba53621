/** Every step of an appeal under one kind of plan, with its times, straight from the rules of law. */
import type { GuidePlan, LawRule } from "#knowledge";
import { periodOf } from "./clocks.ts";
import type { Library } from "./compose.ts";
import type { Citer } from "./sources.ts";
import type { Block, Text } from "./types.ts";

/** Conditions of a rule that a reader can tell; rules with others are left to the tool that asks for them. */
const tellable = new Set(["timing", "levels", "urgent", "item", "priorAuthorization"]);

/** One row for each right that has a clock, in the order in which they come; `null` where there is none. */
export function stepsTable(plan: GuidePlan, library: Library, cite: Citer): Block | null {
  const { say, knowledge } = library;
  const rules = knowledge.law.rules.filter(
    (rule) =>
      rule.plans.includes(plan.kind) &&
      rule.clock !== null &&
      "AB".includes(rule.confidence) &&
      rule.inForce.to === null &&
      Object.entries(rule.when ?? {}).every(([name, value]) => tellable.has(name) || isEmpty(value)),
  );
  const rows = Object.entries(say.rights).flatMap(([right, name]): Text[][] => {
    const of = rules.filter((rule) => rule.right === right);
    const [file, decision] = [
      of.filter(({ side }) => side === "file"),
      of.filter(({ side }) => side === "decision"),
    ];
    if (file.length + decision.length === 0) return [];
    return [[[name], times(file.slice(0, 1), library, cite), times(decision, library, cite)]];
  });
  if (rows.length === 0) return null;
  return { kind: "table", caption: say.stepsCaption, head: say.stepsHead, rows };
}

function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || (Array.isArray(value) && value.length === 0);
}

function times(rules: LawRule[], { say }: Library, cite: Citer): Text {
  if (rules.length === 0) return ["–"];
  return rules.flatMap((rule, at): Text => {
    const period = rule.clock!.n === 0 || rule.clock!.before ? say.useNotice : periodOf(rule.clock!, say);
    const words = `${at > 0 ? " " : ""}${period}${conditionOf(rule, say.conditions)}.`;
    return [words, cite.rule(rule.id, "time to answer")];
  });
}

function conditionOf({ when }: LawRule, words: Record<string, string>): string {
  const given = Object.entries(when ?? {}).flatMap(([name, value]) =>
    [value].flat().map((one) => `${name}:${one}`),
  );
  const said = [...new Set(given.flatMap((one) => words[one] ?? []))];
  return said.length > 0 ? `, ${said.join(", ")}` : "";
}
