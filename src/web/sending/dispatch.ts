import { setTimeout as pause } from "node:timers/promises";
import { type CaseLog, fold, type Parcel, type Receipt, send } from "#case";
import { defectLine } from "../request-log.ts";
import type { Workbench } from "../workbench.ts";
import { keepPapers } from "./sent-papers.ts";

/** Sends parcels behind the pages, one case at a time once. */
export type Dispatch = {
  /** False when parcels of this case are on their way already. */
  begin(log: CaseLog, parcels: readonly Parcel[], step: string | null): boolean;
  isGoing(caseId: string): boolean;
  /** Resolves when nothing is on its way. */
  idle(): Promise<void>;
};

type Tools = Pick<Workbench, "delivery" | "sleep" | "now" | "log">;

export function openDispatch(tools: Tools): Dispatch {
  const going = new Map<string, Promise<void>>();
  return {
    begin(log, parcels, step) {
      if (going.has(log.id)) return false;
      const sending = sendAll(log, parcels, step, tools)
        .catch((cause) => tools.log(defectLine(cause, "send")))
        .finally(() => going.delete(log.id));
      going.set(log.id, sending);
      return true;
    },
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
    const kept = receiptsOf(fold(await log.events()).afterwards.parcels);
    if (kept.some(({ key }) => key === parcel.key)) continue;
    const { key, channel, to, part } = parcel;
    const papers = await keepPapers(log, parcel.papers);
    await log.append([{ kind: "sending-began", key, channel, to, part, papers, ...(step ? { step } : {}) }]);
    const { receipt, issues } = await send(parcel, {
      transport,
      kept,
      now: () => (tools.now?.() ?? new Date()).toISOString(),
      sleep: tools.sleep ?? ((milliseconds) => pause(milliseconds)),
      deadline: (milliseconds) => AbortSignal.timeout(milliseconds),
    });
    if (!receipt) {
      const issue = issues[0]!;
      await log.append([{ kind: "sending-failed", key, code: issue.code, text: issue.text }]);
      return;
    }
    await log.append([{ kind: "sent", receipt, part }]);
  }
}

export function receiptsOf(parcels: readonly { receipt: Receipt | null }[]): Receipt[] {
  return parcels.flatMap(({ receipt }) => (receipt ? [receipt] : []));
}
