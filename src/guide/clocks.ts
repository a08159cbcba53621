import { longDate, parseDate } from "#base";
import type { GuideNames, GuidePlan, Law, LawClock, LawRule, Payer, Treatment } from "#knowledge";
import { type Right, rightsFor, type Situation } from "#law";
import type { Citer } from "./sources.ts";
import type { Text } from "./types.ts";
import type { SectionWords } from "./words/words.ts";

/** The fixed situation of the example column: a letter of June 1, 2026 that came on June 6. */
export const example = { dated: "2026-06-01", received: "2026-06-06" } as const;

/** One row of the table of days, in words, with what the engine answered for the example. */
export type ClockRow = { plan: GuidePlan; cells: Text[]; exampleDay: string | null };

/** Whether this payer sells this kind of plan at all; unknown products are kept, never dropped for thin knowledge. */
export function sells(
  payer: Payer | null,
  plan: GuidePlan,
  treatment: Treatment | null,
  names: GuideNames,
): boolean {
  if (plan.only === "drug" && treatment !== null && treatment.kind !== "drug") return false;
  if (payer === null) return plan.soldBy !== "medigap";
  if (plan.soldBy === "medigap" && treatment?.kind === "drug") return false;
  const only = names.sellsOnly[payer.id];
  if (only) return only.includes(plan.id);
  if (plan.soldBy === "medigap") return payer.blueLicensee || names.medigap.includes(payer.id);
  if (payer.kind !== "federal")
    return plan.soldBy === "all" || (plan.soldBy === "blue" && payer.blueLicensee);
  const name = payer.names.join(" ").toLowerCase();
  if (name.includes("tricare")) return plan.soldBy === "tricare";
  if (name.includes("medicare")) return plan.soldBy === "medicare";
  return name.includes("employee") ? plan.kind === "fehb" : false;
}

/** The table of days for these plans; every number is the law engine's, with the rule it came from. */
export function clockRows(
  plans: readonly GuidePlan[],
  law: Law,
  cite: Citer,
  say: SectionWords,
  timing: Timing = "pre-service",
): ClockRow[] {
  return plans.flatMap((plan) => {
    const answer = answerOf(plan, law, timing);
    return answer ? [rowFrom(plan, answer, cite, say, timing)] : [];
  });
}

/** A denied bill has other times to answer and nothing urgent; a drug given by a clinician has Part B times in Medicare Advantage. */
export type Timing = "pre-service" | "post-service" | "part-b-drug";

/** The rules behind one row, and the engine's day for the example. */
type Answer = {
  filing: LawRule;
  deciding: LawRule | null;
  fast: LawRule | null;
  next: LawRule | undefined;
  day: string | null;
};

/** The law does not change while a page is made, and there are few kinds of plan: each is asked once. */
const answers = new WeakMap<Law, Map<string, Answer | null>>();

function answerOf(plan: GuidePlan, law: Law, timing: Timing): Answer | null {
  const known = answers.get(law) ?? new Map<string, Answer | null>();
  answers.set(law, known);
  const name = `${plan.id} ${timing}`;
  const ready = known.get(name);
  if (ready !== undefined) return ready;
  const answer = askEngine(plan, law, timing);
  known.set(name, answer);
  return answer;
}

function askEngine(plan: GuidePlan, law: Law, timing: Timing): Answer | null {
  const { rights } = rightsFor(situation(plan, timing), law);
  const first = rights.find(({ kind }) => kind === plan.first);
  const urgent = rights.find(({ kind }) => kind === "expedited-appeal");
  const filing = first && ruleOf(first, "file", law);
  if (!first || !filing?.clock) return null;
  return {
    filing,
    deciding: ruleOf(first, "decision", law),
    fast: urgent && timing !== "post-service" ? ruleOf(urgent, "decision", law) : null,
    next: law.rules.find(
      (rule) => rule.right === plan.next.right && rule.plans.includes(plan.kind) && rule.confidence !== "D",
    ),
    day: first.file?.lastDay ?? null,
  };
}

function rowFrom(plan: GuidePlan, answer: Answer, cite: Citer, say: SectionWords, timing: Timing): ClockRow {
  const { filing, next, day } = answer;
  return {
    plan,
    exampleDay: day,
    cells: [
      [{ strong: plan.label }],
      [filingTime(filing.clock!, say), ...markers([filing], cite, "days to appeal")],
      [day ? say.date(day, longDate(parseDate(day)!)) : say.useLetter],
      [...answerTime({ ...answer, plan }, cite, say, timing)],
      [nextText(plan, next, say), ...(next ? markers([next], cite, "next step") : [])],
    ],
  };
}

function situation({ kind }: GuidePlan, timing: Timing): Situation {
  return {
    plan: kind,
    timing: timing === "post-service" ? "post-service" : "pre-service",
    urgent: timing !== "post-service",
    ...(timing === "part-b-drug" ? { item: "part-b-drug" as const } : {}),
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

/** "72 hours": a rule's number and unit in words. */
export function periodOf({ n, unit }: LawClock, say: SectionWords): string {
  return `${n} ${say.units[unit] ?? unit.replace("-", " ")}`;
}

/** "180 days after you got the denial": the rule's own number, unit and trigger. */
function filingTime(clock: LawClock, say: SectionWords): string {
  const trigger = clock.from.some((event) => event.endsWith("-received")) ? say.afterReceipt : say.fromDate;
  const mail = clock.presumed ? say.presumed(clock.presumed.days) : "";
  return `${periodOf(clock, say)} ${trigger}${mail}`;
}

function answerTime(
  { plan, deciding, fast }: Answer & { plan: GuidePlan },
  cite: Citer,
  say: SectionWords,
  timing: Timing,
): Text {
  const said: Text = [];
  const usual = timing === "post-service" ? say.post : say.pre;
  // Original Medicare and TRICARE decide on bills, whatever the page is about.
  const oneTime = plan.soldBy === "medigap" || plan.soldBy === "medicare" || plan.soldBy === "tricare";
  if (deciding?.clock)
    said.push(
      (oneTime ? say.anyCare : usual)(periodOf(deciding.clock, say)),
      ...markers([deciding], cite, "time to answer"),
    );
  if (fast?.clock) {
    const space = said.length > 0 ? " " : "";
    said.push(`${space}${say.urgent(periodOf(fast.clock, say))}`, ...markers([fast], cite, "urgent appeals"));
  }
  return said.length > 0 ? said : [say.askPlan];
}

function nextText(plan: GuidePlan, rule: LawRule | undefined, say: SectionWords): string {
  if (!rule?.clock || rule.clock.before || rule.side !== "file") return plan.next.text;
  return `${plan.next.text} ${say.youHave(periodOf(rule.clock, say))}`;
}

function markers(rules: LawRule[], cite: Citer, usedFor: string): Text {
  return rules.map((rule) => cite.rule(rule.id, usedFor));
}
