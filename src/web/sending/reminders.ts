import { createHash } from "node:crypto";
import { addDays, parseDate } from "#base";
import { type CaseLog, fold } from "#case";
import { caseFileOf } from "../open-case.ts";
import { defectLine } from "../request-log.ts";
import { speaker } from "../texts.ts";
import type { Workbench } from "../workbench.ts";
import { remindersFor, spokenReminder } from "./standing.ts";

const HOUR = 3_600_000;
/** A reminder that could not go on its day goes on the next two; after that its words are no longer true. */
const DAYS_LATE = 2;

type Tools = Pick<Workbench, "store" | "delivery" | "today" | "log">;

/** Sends what is due in every case, each reminder once. */
export async function remindAll(tools: Tools): Promise<void> {
  if (!tools.delivery?.remind) return;
  for (const log of await tools.store.cases.everyones()) {
    try {
      await remind(log, tools);
    } catch (cause) {
      tools.log(defectLine(cause, "remind"));
    }
  }
}

async function remind(log: CaseLog, { delivery, today }: Tools): Promise<void> {
  const state = fold(await log.events());
  const { remindersTo: to, reminded } = state.afterwards;
  const day = parseDate(today());
  if (!to || !day || !state.draft || !delivery?.remind) return;
  const file = await caseFileOf(log, state.draft);
  // The plan of reminders as it stood a few days ago, so that one that was missed can still go.
  const planned = await remindersFor(state, file, addDays(day, -DAYS_LATE));
  const due = planned.filter(({ on }) => on <= day && on >= addDays(day, -DAYS_LATE)).at(-1);
  if (!due) return;
  const name = `${due.on} ${due.about} ${due.kind}`;
  if (reminded.includes(name)) return;
  const key = createHash("sha256").update(`${log.id} ${name}`).digest("hex").slice(0, 32);
  const say = speaker(state.afterwards.remindersIn === "es" ? "es" : "en");
  const { remindersAt: address } = state.afterwards;
  const open = address ? `\n${say("reminder.open", { address })}\n` : "";
  const text = `${spokenReminder(due, say)}\n${open}`;
  await delivery.remind({ to, key, subject: say("reminder.subject"), text });
  await log.append([{ kind: "reminder-sent", on: due.on, about: due.about, right: due.kind }]);
}

/** Looks once an hour; answers the function that stops it. */
export function remindHourly(tools: Tools): () => void {
  const look = () => void remindAll(tools).catch((cause) => tools.log(defectLine(cause, "remind")));
  const timer = setInterval(look, HOUR);
  timer.unref();
  look();
  return () => clearInterval(timer);
}
