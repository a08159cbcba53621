import { longDate, parseDate } from "#base";
import type { GuidePlan, Law, LawClock, LawRule, Payer, Treatment } from "#knowledge";
import { type Right, rightsFor, type Situation } from "#law";
import type { Citer } from "./sources.ts";
import type { Text } from "./types.ts";

/** The fixed situation of the example column: a letter of June 1, 2026 that came on June 6. */
export const example = { dated: "2026-06-01", received: "2026-06-06" } as const;

/** One row of the table of days, in words, with what the engine answered for the example. */
export type ClockRow = { plan: GuidePlan; cells: Text[]; exampleDay: string | null };

/** Whether this payer sells this kind of plan at all; unknown products are kept, never dropped for thin knowledge. */
export function sells(payer: Payer | null, plan: GuidePlan, treatment: Treatment | null): boolean {
  if (plan.only === "drug" && treatment !== null && treatment.kind !== "drug") return false;
  if (payer === null) return true;
  if (payer.kind !== "federal")
    return plan.soldBy === "all" || (plan.soldBy === "blue" && payer.blueLicensee);
  const name = payer.names.join(" ").toLowerCase();
  if (name.includes("tricare")) return plan.soldBy === "tricare";
  if (name.includes("medicare")) return plan.soldBy === "medicare";
  return name.includes("employee") ? plan.kind === "fehb" : false;
}

/** The table of days for these plans; every number is the law engine's, with the rule it came from. */
export function clockRows(plans: readonly GuidePlan[], law: Law, cite: Citer): ClockRow[] {
  return plans.flatMap((plan) => {
    const row = clockRow(plan, law, cite);
    return row ? [row] : [];
  });
}

function clockRow(plan: GuidePlan, law: Law, cite: Citer): ClockRow | null {
  const rights = rightsFor(situation(plan), law).rights;
  const first = rights.find(({ kind }) => kind === plan.first);
  const urgent = rights.find(({ kind }) => kind === "expedited-appeal");
  const filing = first && ruleOf(first, "file", law);
  if (!first || !filing?.clock) return null;
  const deciding = ruleOf(first, "decision", law);
  const day = first.file?.lastDay ?? null;
  const nextRule = law.rules.find(
    (rule) => rule.right === plan.next.right && rule.plans.includes(plan.kind) && rule.confidence !== "D",
  );
  return {
    plan,
    exampleDay: day,
    cells: [
      [{ strong: plan.label }],
      [period(filing.clock), ...markers([filing], cite, "days to appeal")],
      [day ? longDate(parseDate(day)!) : "Use your letter"],
      [...answerTime(deciding, urgent, law, cite)],
      [nextText(plan, nextRule), ...(nextRule ? markers([nextRule], cite, "next step") : [])],
    ],
  };
}

function situation({ kind }: GuidePlan): Situation {
  return {
    plan: kind,
    timing: "pre-service",
    urgent: true,
    levels: 1,
    grounds: ["medical-necessity"],
    events: {
      "notice-dated": example.dated,
      "notice-received": example.received,
      "appeal-received-by-plan": "2026-06-20",
    },
    asOf: "2026-06-21",
  };
}

/** The rule behind a side of a right: the first of its citations that carries a clock for that side. */
function ruleOf(right: Right, side: "file" | "decision", law: Law): LawRule | null {
  const ids = new Set([
    ...(right[side]?.steps ?? []).flatMap((step) => (step.cite ? [step.cite.id] : [])),
    ...right.cite.map(({ id }) => id),
  ]);
  const rules = law.rules.filter(
    (rule) =>
      ids.has(rule.id) && rule.side === side && rule.clock !== null && rule.plans.includes(right.plan),
  );
  const days = right[side]?.steps.flatMap((step) => (step.cite ? [step.cite.id] : [])) ?? [];
  return rules.find((rule) => days.includes(rule.id)) ?? rules[0] ?? null;
}

/** "180 days after you got the denial": the rule's own number, unit and trigger. */
function period({ n, unit, from, presumed }: LawClock): string {
  const trigger = from.some((event) => event.endsWith("-received"))
    ? "after you got the denial"
    : "from the date on the denial";
  const mail = presumed ? `. You are taken to have it ${presumed.days} days after its date` : "";
  return `${n} ${unit.replace("-", " ")} ${trigger}${mail}`;
}

function answerTime(deciding: LawRule | null, urgent: Right | undefined, law: Law, cite: Citer): Text {
  const fast = urgent ? ruleOf(urgent, "decision", law) : null;
  const said: Text = [];
  if (deciding?.clock)
    said.push(
      `${deciding.clock.n} ${deciding.clock.unit.replace("-", " ")} for care still to come.`,
      ...markers([deciding], cite, "time to answer"),
    );
  if (fast?.clock)
    said.push(
      `${said.length > 0 ? " " : ""}Urgent: ${fast.clock.n} ${fast.clock.unit}.`,
      ...markers([fast], cite, "urgent appeals"),
    );
  return said.length > 0 ? said : ["Ask the plan"];
}

function nextText(plan: GuidePlan, rule: LawRule | undefined): string {
  if (!rule?.clock) return plan.next.text;
  const { n, unit, before } = rule.clock;
  return before || rule.side !== "file"
    ? plan.next.text
    : `${plan.next.text} You have ${n} ${unit.replace("-", " ")}.`;
}

function markers(rules: LawRule[], cite: Citer, usedFor: string): Text {
  return rules.map((rule) => cite.rule(rule.id, usedFor));
}
