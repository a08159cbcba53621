/** Which rule governs: conditions in three-valued truth, and the dates between which a rule binds. */
import { allOf, type Truth } from "#base";
import type { LawConditions, LawRule } from "#knowledge";
import { type Case, dayOf, fundingOf, keyOf, told } from "./case.ts";

/** The governing rule; or, when a fact is missing, the rules still possible and the facts that would settle it. */
export type Choice = { rule: LawRule | null; possible: LawRule[]; open: string[] };

/** Finds the rule of a right for this case. */
export function chooseRule(c: Case, right: string, side: "file" | "decision"): Choice {
  const open = new Set<string>();
  const possible: LawRule[] = [];
  for (const rule of c.index.byRight.get(keyOf(c.plan, right, side)) ?? []) {
    const truth = applies(c, rule, open);
    // A rule of the State that may yet apply keeps the general rule open.
    if (truth === true && !possible.some(({ when }) => when.state))
      return { rule, possible: [rule], open: [] };
    if (truth !== false) possible.push(rule);
    if (truth === true) break;
  }
  return { rule: null, possible, open: possible.length > 0 ? [...open] : [] };
}

function applies(c: Case, rule: LawRule, open: Set<string>): Truth {
  const missing: string[] = [];
  const truth = allOf([...conditionTruths(c, rule.when, missing), inForce(c, rule, missing)]);
  if (truth === "unknown") for (const key of missing) open.add(key);
  return truth;
}

function conditionTruths(c: Case, when: LawConditions, missing: string[]): Truth[] {
  const { situation } = c;
  const oneOf = (key: string, allowed: string[] | undefined, value: string | undefined): Truth => {
    if (!allowed) return true;
    if (value !== undefined) return allowed.includes(value);
    missing.push(key);
    return "unknown";
  };
  const same = (key: string, wanted: unknown, value: unknown): Truth => {
    if (wanted === undefined) return true;
    if (value !== undefined) return wanted === value;
    missing.push(key);
    return "unknown";
  };
  return [
    oneOf("timing", when.timing, situation.timing),
    oneOf("setting", when.setting, situation.setting),
    oneOf("item", when.item, situation.item ?? (c.plan === "medicare-part-d" ? "part-d-drug" : "service")),
    oneOf("request", when.request, situation.request ?? "coverage"),
    same("urgent", when.urgent, situation.urgent),
    same("levels", when.levels, c.plan === "individual" ? 1 : situation.levels),
    same("priorAuthorization", when.priorAuthorization, situation.priorAuthorization),
    same("advanceNotice", when.advanceNotice, situation.advanceNotice),
    // A rule of another State is out, whoever bears the risk.
    when.state && !when.state.includes(situation.state ?? "")
      ? false
      : same("funding", when.funding, fundingOf(c)),
    when.state ? situation.state !== undefined && when.state.includes(situation.state) : true,
    when.told ? told(c, ...when.told) : true,
    when.notTold ? !told(c, ...when.notTold) : true,
  ];
}

/** A rule binds by the date of the event it names, else by the day on which we ask. */
function inForce(c: Case, { inForce: { from, to, on } }: LawRule, missing: string[]): Truth {
  if (from === null && to === null) return true;
  const day = on.length > 0 ? dayOf(c, ...on) : c.asOf;
  if (day === null) {
    missing.push(on[0]!);
    return "unknown";
  }
  return (from === null || day >= from) && (to === null || day <= to);
}
