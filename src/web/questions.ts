import { stateCodes } from "#base";
import { type CaseFile, type CaseState, nextDate } from "#case";
import { stateNames } from "./state-names.ts";
import type { Say, TextKey } from "./texts.ts";

/** A question that only a person can answer: why we ask, how to answer. "I don't know" is always an answer. */
export type Question = {
  id: string;
  text: string;
  why: string;
  options: { value: string; text: string }[] | null;
  input: "choice" | "date" | "text";
  answered: boolean;
  answer: string | null;
};

/** The questions whose answers change what the case says, most telling first. */
export function questionsOf(file: CaseFile, state: CaseState, say: Say): Question[] {
  const asked = [
    receipt(file, state, say),
    plan(file, say),
    usState(file, say),
    urgent(file, say),
    levels(file, say),
    signer(say),
  ];
  return asked
    .filter((question) => question !== null)
    .map((question) => ({
      ...question,
      answered: Object.hasOwn(state.answers, question.id),
      answer: state.answers[question.id] ?? null,
    }));
}

type Asked = Omit<Question, "answered" | "answer"> | null;

function ask(
  id: string,
  key: string,
  say: Say,
  rest: Pick<Question, "options" | "input">,
): NonNullable<Asked> {
  return { id, text: say(`ask.${key}` as TextKey), why: say(`ask.${key}.why` as TextKey), ...rest };
}

/** Asked while the last day hangs on it: some plans count from the date of the letter, and then it would be idle. */
function receipt(file: CaseFile, state: CaseState, say: Say): Asked {
  const id = "event:notice-received";
  const idle = nextDate(file.rights, file.asOf)?.certain === true && !Object.hasOwn(state.answers, id);
  if (!file.denial?.noticeDate || idle) return null;
  return ask(id, "received", say, { options: null, input: "date" });
}

/** Asked while more than one kind of plan is possible; only those that still are can be chosen. */
function plan(file: CaseFile, say: Say): Asked {
  if (file.plan.possible.length < 2 && file.answers.plan === undefined) return null;
  const options = file.plan.possible.map((value) => ({ value, text: say.word("plan", value) }));
  return options.length < 2 ? null : ask("plan", "plan", say, { options, input: "choice" });
}

function usState(file: CaseFile, say: Say): Asked {
  if (file.plan.state && file.answers.state === undefined) return null;
  const options = stateCodes.map((value) => ({ value, text: stateNames[value] ?? value }));
  return ask("state", "state", say, { options, input: "choice" });
}

function urgent(file: CaseFile, say: Say): Asked {
  if (!file.denial || file.denial.timing?.value === "post-service") return null;
  const options = (["yes", "no"] as const).map((value) => ({ value, text: say(`answer.${value}`) }));
  return ask("urgent", "urgent", say, { options, input: "choice" });
}

/** Asked while a clock of the plan hangs on it. */
function levels(file: CaseFile, say: Say): Asked {
  const asked = file.rights.rights.some(({ ask }) =>
    ask.some((one) => /one internal appeal or two/.test(one)),
  );
  if (!asked && file.answers.levels === undefined) return null;
  const options = (["1", "2"] as const).map((value) => ({ value, text: say(`levels.${value}`) }));
  return ask("levels", "levels", say, { options, input: "choice" });
}

function signer(say: Say): Asked {
  return ask("signer-name", "signer", say, { options: null, input: "text" });
}
