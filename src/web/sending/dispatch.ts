import { setTimeout as pause } from "node:timers/promises";
import {
  type CaseLog,
  fold,
  type Parcel,
  type Receipt,
  refusalText,
  roundAfter,
  type SendOutcome,
  send,
} from "#case";
import { defectLine } from "../request-log.ts";
import type { Workbench } from "../workbench.ts";
import { keepPapers } from "./sent-papers.ts";

/** Sends parcels behind the pages, one case at a time once. */
export type Dispatch = {
  /** False when parcels of this case are on their way already. */
  begin(log: CaseLog, parcels: readonly Parcel[], step: string | null): boolean;
  isGoing(caseId: string): boolean;
  /** Asks how a parcel came out that was taken before; false where nobody can be asked. */
  ask(log: CaseLog, key: string): boolean;
  /** Resolves when nothing is on its way. */
  idle(): Promise<void>;
};

type Tools = Pick<Workbench, "delivery" | "sleep" | "now" | "log">;

export function openDispatch(tools: Tools): Dispatch {
  const going = new Map<string, Promise<void>>();
  const run = (log: CaseLog, work: () => Promise<void>): boolean => {
    if (going.has(log.id)) return false;
    const running = work()
      .catch((cause) => tools.log(defectLine(cause, "send")))
      .finally(() => going.delete(log.id));
    going.set(log.id, running);
    return true;
  };
  return {
    begin: (log, parcels, step) => run(log, () => sendAll(log, parcels, step, tools)),
    ask: (log, key) => run(log, () => askOnce(log, key, tools)),
    isGoing: (id) => going.has(id),
    idle: async () => {
      while (going.size > 0) await Promise.all(going.values());
    },
  };
}

/** Part after part; stops at the first that does not go. What went stays proven, and trying again sends the rest only. */
async function sendAll(
  log: CaseLog,
  parcels: readonly Parcel[],
  step: string | null,
  tools: Tools,
): Promise<void> {
  for (const parcel of parcels) {
    const transport = tools.delivery?.transports[parcel.channel];
    if (!transport) return;
    const events = await log.events();
    const kept = receiptsOf(fold(events).afterwards.parcels);
    if (kept.some(({ key }) => key === parcel.key)) continue;
    const { key, channel, to, part } = parcel;
    const papers = await keepPapers(log, parcel.papers);
    await log.append([{ kind: "sending-began", key, channel, to, part, papers, ...(step ? { step } : {}) }]);
    const failed = events.flatMap((event) =>
      event.kind === "sending-failed" && event.key === key ? [event.code] : [],
    );
    const { receipt, issues } = await send(
      { ...parcel, round: roundAfter(failed) },
      {
        transport,
        kept,
        now: () => (tools.now?.() ?? new Date()).toISOString(),
        sleep: sleepOf(tools),
        deadline: (milliseconds) => AbortSignal.timeout(milliseconds),
      },
    );
    if (!receipt) {
      const issue = issues[0]!;
      await log.append([{ kind: "sending-failed", key, code: issue.code, text: issue.text }]);
      return;
    }
    await log.append([{ kind: "sent", receipt, part }]);
    if ((await follow(log, receipt, part, tools)) === "failed") return;
  }
}

const sleepOf = ({ sleep }: Tools) => sleep ?? ((milliseconds: number) => pause(milliseconds));
/** Waits between questions, in milliseconds: a long fax takes an hour at most. */
const questions = [30_000, 60_000, 120_000, 300_000, 600_000, 1_200_000, 1_800_000];

/** Asks until it is known how a parcel that was taken came out. The receipt is kept before: a stop loses nothing. */
async function follow(
  log: CaseLog,
  receipt: Receipt,
  part: Parcel["part"],
  tools: Tools,
): Promise<SendOutcome["status"]> {
  if (receipt.status !== "accepted" || !tools.delivery?.outcomes?.[receipt.channel]) return "delivered";
  for (const wait of questions) {
    await sleepOf(tools)(wait);
    const status = await outcome(log, receipt, part, tools);
    if (status !== "waiting") return status;
  }
  return "waiting";
}

async function askOnce(log: CaseLog, key: string, tools: Tools): Promise<void> {
  const parcel = fold(await log.events()).afterwards.parcels.find((one) => one.key === key);
  if (parcel?.receipt?.status === "accepted") await outcome(log, parcel.receipt, parcel.part, tools);
}

/** One question, and what its answer makes of the receipt. */
async function outcome(
  log: CaseLog,
  receipt: Receipt,
  part: Parcel["part"],
  tools: Tools,
): Promise<SendOutcome["status"]> {
  const ask = tools.delivery?.outcomes?.[receipt.channel];
  if (!ask || !receipt.number) return "waiting";
  const waiting: SendOutcome = { status: "waiting" };
  const answer = await ask(receipt.number, AbortSignal.timeout(30_000)).catch(() => waiting);
  if (answer.status === "delivered")
    await log.append([{ kind: "sent", receipt: { ...receipt, status: "delivered" }, part }]);
  if (answer.status === "failed")
    await log.append([
      { kind: "sending-failed", key: receipt.key, code: answer.code, text: refusalText(answer.code) },
    ]);
  return answer.status;
}

export function receiptsOf(parcels: readonly { receipt: Receipt | null }[]): Receipt[] {
  return parcels.flatMap(({ receipt }) => (receipt ? [receipt] : []));
}
