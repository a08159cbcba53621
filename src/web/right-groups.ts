import type { PlanKind } from "#base";
import type { Right, RightStatus } from "#law";

/** One kind of right over all plans that are still possible; plans with the same answer stand together. */
export type RightGroup = {
  kind: string;
  /** `null` where it depends on the plan. */
  status: RightStatus | null;
  answers: { right: Right; plans: PlanKind[] }[];
};

/** Rights by kind in the order of the law's answer; those that no possible plan has are left out. */
export function rightGroups(rights: readonly Right[]): RightGroup[] {
  const groups = new Map<string, RightGroup>();
  for (const right of rights) {
    if (right.status === "not-available") continue;
    const group = groups.get(right.kind) ?? { kind: right.kind, status: right.status, answers: [] };
    if (group.status !== right.status) group.status = null;
    const same = group.answers.find((answer) => alike(answer.right, right));
    if (same) same.plans.push(right.plan);
    else group.answers.push({ right, plans: [right.plan] });
    groups.set(right.kind, group);
  }
  return [...groups.values()];
}

/** Same status, same days, same decider: the derivations then differ in nothing that a person has to do. */
function alike(a: Right, b: Right): boolean {
  const key = ({ status, decidedBy, file, decision }: Right) =>
    JSON.stringify([status, decidedBy, file?.lastDay, file?.safeDay, decision?.lastDay, decision?.hours]);
  return key(a) === key(b);
}
