import { type Issue, longDate, parseDate } from "#base";
import type { Deadline, Right } from "#law";
import type { Desk } from "./appeal.ts";
import { chooseAppeal, isOutside } from "./choose.ts";
import { clockSlots } from "./clocks.ts";
import { rightSlots } from "./external-route.ts";
import { stepWords } from "./grounding.ts";
import { type Draft, fill, form, formal, joined, lawSupport, newDraft, type Slot } from "./passages.ts";
import { nextStep } from "./timeliness.ts";
import type { Letter } from "./types.ts";
import { missingOf } from "./wanted.ts";

/** Rights whose short names say nothing to the member. */
const rightNames: Record<string, string> = {
  "internal-appeal": "appeal to the plan",
  "internal-appeal-2": "second appeal to the plan",
  ire: "review by the Independent Review Entity",
  "expedited-ire": "fast review by the Independent Review Entity",
  "ire-forwarding": "the plan sends the case on",
  alj: "hearing before an administrative law judge",
  "expedited-alj": "fast hearing before a judge",
  council: "review by the Medicare Appeals Council",
  "opm-review": "review by the Office of Personnel Management",
  "fast-track-qio": "fast review of the end of care",
  "hospital-discharge-qio": "fast review of a hospital discharge",
  "chip-review": "review by the State",
  epsdt: "all needed care for children and young people",
  "deemed-exhaustion": "going on when the plan is late",
};

const statusWords: Record<Right["status"], string> = {
  open: "open",
  "not-yet": "not yet",
  expired: "over",
  unknown: "not known",
  "not-available": "not available",
};

/** For the member: the day that matters, how it is counted, the next steps, and what is still open. */
export function draftDeadlineSheet(desk: Desk): Letter {
  const draft = newDraft();
  const { rights } = desk.input.rights;
  const kind = chooseAppeal(desk);
  const next = nextStep(rights, kind?.step);
  draft.add("title", formal("Deadlines and open points"));
  addFirst(draft, desk);
  const filed = addFiled(draft, desk);
  if (!filed) addDay(draft, next, kind !== null && isOutside(kind));
  addSteps(draft, next, filed ? next?.decision : next?.file);
  const listed = rights.filter((right) => right.status !== "not-available");
  if (listed.length > 0) {
    draft.open("Your rights, one by one");
    draft.row([
      formal("Right"),
      formal("Safe day"),
      formal("Last day by law"),
      formal("Status"),
      formal("Law"),
    ]);
    for (const right of listed) draft.row(rightCells(right, filed));
    draft.close();
  }
  addOpenPoints(draft, desk, listed);
  return {
    kind: "deadline-sheet",
    file: "deadlines-and-open-points",
    title: "Deadlines and open points",
    language: "en",
    passages: draft.passages,
    issues: [],
  };
}

/** What is over long before the time to appeal is: said first, with the hour where the law names it. */
function addFirst(draft: Draft, desk: Desk): void {
  const slots = { ...rightSlots(desk.input), ...clockSlots(desk) };
  const fast =
    fill(
      "First, and by telephone: ask the Quality Improvement Organization for its review until {fastTrackTime} ({fastTrackLaw}).",
      slots,
    ) ??
    fill(
      "The time to ask the Quality Improvement Organization ended at {fastTrackOver} ({fastTrackLaw}). Call it all the same, today.",
      slots,
    );
  draft.add("text", fast);
  draft.add(
    "text",
    fill("First: ask the plan to keep the services going until {keepDay} ({keepLaw}).", slots),
  );
  const unread = desk.input.rights.rights.some(
    ({ kind, status, plan }) =>
      kind === "continuation-of-benefits" && status === "unknown" && plan === "medicaid-fee-for-service",
  );
  if (unread)
    draft.add(
      "text",
      fill(
        "First: ask for the hearing, and for the services to go on until it is decided, before {changeDay}, the day that the notice prints for the change.",
        slots,
      ),
    );
}

/** Where the appeal is with the plan already, its clock is told and not that of filing it. */
function addFiled(draft: Draft, desk: Desk): boolean {
  const slots = { ...rightSlots(desk.input), ...clockSlots(desk) };
  const events = Object.keys(desk.input.situation?.events ?? {});
  const decided = events.some((event) =>
    /^(appeal-decision|final-decision|reconsideration|redetermination)-/.test(event),
  );
  const stage = desk.input.denial?.stage?.value ?? "initial";
  if (stage !== "initial" || decided || !slots.appealDay) return false;
  draft.add("text", fill("Your appeal has been with the plan since {appealDay}.", slots));
  draft.add(
    "text",
    fill(
      "Its answer is overdue: {dueSum} ({dueLaw}). Send the notice that it is overdue, and go on to the next step below.",
      slots,
    ) ??
      fill(
        "Its answer is overdue: it was due on {dueDay} ({dueLaw}). Send the notice that it is overdue, and go on to the next step below.",
        slots,
      ) ??
      fill("Its answer is due on {answerDay} ({answerLaw}).", slots) ??
      formal("The day by which it must answer is not known; the questions below would settle it."),
  );
  return true;
}

const lawOf = (right: Right) => right.cite.map(lawSupport);

function dayOf(day: string | null | undefined, right: Right): Slot | null {
  const date = parseDate(day ?? "");
  return date && right.cite.length > 0 ? { text: longDate(date), rests: lawOf(right) } : null;
}

function addDay(draft: Draft, right: Right | null, outside: boolean): void {
  if (!right) {
    draft.add(
      "text",
      formal("No filing day can be given from these papers. The questions below would settle it."),
    );
    return;
  }
  const safe = dayOf(right.file?.safeDay, right);
  const last = dayOf(right.file?.lastDay, right);
  if (right.status === "expired") {
    draft.add("text", joined([formal("The day to file is over:"), last]));
    draft.add(
      "text",
      formal(
        "Ask in writing for late filing with the reason for the delay, and ask which later step is open.",
      ),
    );
    return;
  }
  if (safe)
    draft.add(
      "text",
      joined([
        formal(outside ? "Send your request by" : "File your appeal by"),
        safe,
        formal("at the latest; better this week."),
      ]),
    );
  draft.add(
    "text",
    last
      ? joined([formal("Last day by law:"), last])
      : formal(
          "The last day by law is not known, because the day you received the letter is not among the papers.",
        ),
  );
}

/** The derivation, step by step, each with its law. */
function addSteps(draft: Draft, right: Right | null, deadline: Deadline | null | undefined): void {
  draft.open("How the day is counted");
  for (const step of deadline?.steps ?? [])
    draft.add("request", {
      text: stepWords(step),
      rests: step.cite ? [lawSupport(step.cite)] : (right?.cite.map(lawSupport) ?? [form]),
    });
  draft.close();
}

/** Paragraphs that a line of the table names; the rest stands in the letters. */
const mostLaws = 2;

function rightCells(right: Right, filed: boolean): Slot[] {
  const law = right.cite
    .slice(0, mostLaws)
    .map((cite) => cite.label)
    .join("; ");
  // The days to file what is filed already mean nothing any more.
  const sent = filed && right === nextStep([right]);
  return [
    formal(rightNames[right.kind] ?? right.kind.replaceAll("-", " ")),
    (sent ? null : dayOf(right.file?.safeDay, right)) ?? formal(""),
    (sent ? null : dayOf(right.file?.lastDay, right)) ?? formal(""),
    formal(sent ? "sent" : statusWords[right.status]),
    { text: law, rests: right.cite.length > 0 ? lawOf(right) : [form] },
  ];
}

/** What the user should settle before sending: questions, missing papers, and what was noticed on the way. */
function addOpenPoints(draft: Draft, desk: Desk, rights: Right[]): void {
  const { input } = desk;
  const questions = new Set([...input.plan.ask, ...rights.flatMap((right) => asksOf(right, desk))]);
  draft.open("Questions that would settle more");
  for (const question of questions) draft.add("item", { text: question, rests: [{ person: `${question}` }] });
  draft.close();
  draft.open("Papers still wanted");
  for (const paper of missingOf(desk)) draft.add("item", paper);
  draft.close();
  draft.open("Noticed while reading");
  for (const issue of noticed(desk)) draft.add("item", issueSlot(issue));
  draft.close();
}

/** What is asked about a right; the age is not asked where the papers give the birth date. */
const asksOf = (right: Right, desk: Desk): string[] =>
  right.kind === "epsdt" && parseDate(desk.input.sorted.patient.birthDate?.value ?? "")
    ? []
    : right.ask.filter((question) => !toCome.test(question));

/** The day of a request that is still to be made. */
const toCome = /^On which day was this: [a-z ]*(?:request received|requested)\?$/;

function noticed(desk: Desk): Issue[] {
  const { denial, sorted, policy, rights, findings } = desk.input;
  const all = [
    ...(denial?.issues ?? []),
    ...sorted.issues,
    ...(policy?.issues ?? []),
    ...rights.issues,
    ...(findings?.issues ?? []),
  ];
  const seen = new Set<string>();
  return all
    .filter((issue) => issue.severity !== "information" && !seen.has(issue.text) && seen.add(issue.text))
    .slice(0, 15);
}

/** An issue as a line of the sheet; it rests on its place and its law, else on what we noticed. */
function issueSlot(issue: Issue): Slot {
  return {
    text: issue.text,
    rests: [
      ...(issue.at ? [{ evidence: issue.at }] : []),
      ...(issue.cite ? [lawSupport(issue.cite)] : []),
      { person: issue.text },
    ],
  };
}
