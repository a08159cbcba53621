import { type Issue, longDate, parseDate } from "#base";
import type { Right } from "#law";
import type { Desk } from "./appeal.ts";
import { type Draft, form, formal, joined, lawSupport, newDraft, type Slot } from "./passages.ts";
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
  const next = nextStep(rights);
  draft.add("title", formal("Deadlines and open points"));
  addDay(draft, next);
  addSteps(draft, next);
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
    for (const right of listed) draft.row(rightCells(right));
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

const lawOf = (right: Right) => right.cite.map(lawSupport);

function dayOf(day: string | null | undefined, right: Right): Slot | null {
  const date = parseDate(day ?? "");
  return date && right.cite.length > 0 ? { text: longDate(date), rests: lawOf(right) } : null;
}

function addDay(draft: Draft, right: Right | null): void {
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
      joined([formal("File your appeal by"), safe, formal("at the latest; better this week.")]),
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
function addSteps(draft: Draft, right: Right | null): void {
  draft.open("How the day is counted");
  for (const step of right?.file?.steps ?? [])
    draft.add("request", {
      text: step.text,
      rests: step.cite ? [lawSupport(step.cite)] : (right?.cite.map(lawSupport) ?? [form]),
    });
  draft.close();
}

function rightCells(right: Right): Slot[] {
  const law = right.cite.map((cite) => cite.label).join("; ");
  return [
    formal(rightNames[right.kind] ?? right.kind.replaceAll("-", " ")),
    dayOf(right.file?.safeDay, right) ?? formal(""),
    dayOf(right.file?.lastDay, right) ?? formal(""),
    formal(statusWords[right.status]),
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
  right.kind === "epsdt" && parseDate(desk.input.sorted.patient.birthDate?.value ?? "") ? [] : right.ask;

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
