import { all, any, type Connector, type Draft, group } from "./draft.ts";
import type { Passage } from "./passage.ts";

/** A readable part of a section and how it stands to its neighbours. */
export type Unit = {
  /**
   * branch: one way to be covered; continuation: to go on with what was begun; common: asked in every case;
   * limits and override: the two halves of a quantity program; group: one of several groups of patients, of which the
   * patient is in one.
   */
  role: "group" | "branch" | "continuation" | "common" | "plain" | "limits" | "override";
  draft: Draft;
};

/**
 * Joins the parts of a section. Ways to be covered are alternatives, what is asked of everybody is joined to them,
 * and a quantity is either within the limit or meets the override criteria.
 */
export function compose(given: readonly Unit[], said: Connector | null, lead: Passage | null): Draft | null {
  const units = withGroupsJoined(given);
  if (units.length === 0) return null;
  const drafts = units.map(({ draft }) => draft);
  const of = (...roles: Unit["role"][]) => units.filter(({ role }) => roles.includes(role));
  const later = of("continuation");
  const first = of("branch", "plain", "override");
  if (later.length > 0 && first.length > 0 && said?.op !== "any") {
    const begun = compose(first, said, lead);
    return all([
      ...of("common", "limits").map(({ draft }) => draft),
      any([begun, ...later.map(({ draft }) => draft)]),
    ]);
  }
  const limits = units.filter(({ role }) => role === "limits");
  const overrides = units.filter(({ role }) => role === "override");
  if (limits.length > 0 && overrides.length > 0) {
    const rest = units
      .filter(({ role }) => role !== "limits" && role !== "override")
      .map(({ draft }) => draft);
    return all([
      ...rest,
      any([all(limits.map(({ draft }) => draft)), ...overrides.map(({ draft }) => draft)]),
    ]);
  }
  const branches = of("branch", "continuation");
  if (said && said.op !== "all") return group(said, drafts, lead);
  if (branches.length < 2) return group({ op: "all" }, drafts, lead);
  const rest = of("plain", "common", "limits", "override").map(({ draft }) => draft);
  return all([...rest, any(branches.map(({ draft }) => draft))]);
}

/** Groups are alternatives to each other and to nothing else. */
function withGroupsJoined(units: readonly Unit[]): readonly Unit[] {
  const groups = units.filter(({ role }) => role === "group").map(({ draft }) => draft);
  const joined = any(groups);
  if (!joined) return units;
  const first = units.findIndex(({ role }) => role === "group");
  return units.flatMap((unit, index): Unit[] => {
    if (index === first) return [{ role: "plain", draft: joined }];
    return unit.role === "group" ? [] : [unit];
  });
}

/** Connectives between neighbours, `null` where nothing is printed; what stands last speaks for those before it. */
export function connectByWords(
  drafts: (Draft | null)[],
  between: ("all" | "any" | null)[],
  lead: Passage | null,
): Draft | null {
  const filled = [...between];
  for (let index = filled.length - 2; index >= 0; index--) filled[index] ??= filled[index + 1] ?? null;
  if (!filled.includes("any")) return group({ op: "all" }, drafts, lead);
  if (!filled.includes("all")) return group({ op: "any" }, drafts, lead);
  const groups: (Draft | null)[][] = [[]];
  drafts.forEach((draft, index) => {
    groups.at(-1)!.push(draft);
    if (filled[index] === "all") groups.push([]);
  });
  return group(
    { op: "all" },
    groups.map((one) => any(one)),
    lead,
  );
}
