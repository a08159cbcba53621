import { type CaseFile, isFreeLetter, type Order } from "#case";
import type { OpenCase, Workbench } from "../workbench.ts";

/** The order that opens the letters of a case, where there is one. */
export function paidOrder(bench: Workbench, caseId: string): Order | null {
  return bench.charges?.orders.ofCase(caseId).find(({ status }) => status === "paid") ?? null;
}

/** True while the letters of this case are still to be paid. Never for the worked example, nor where nobody charges. */
export function isToPay(bench: Workbench, { log, state }: Pick<OpenCase, "log" | "state">): boolean {
  return bench.charges !== undefined && state.example === null && paidOrder(bench, log.id) === null;
}

/**
 * True for what costs nothing whatever an operator charges: dates, the timeline, and the letters that are rights. What is
 * neither is a finished letter or the packet that holds it.
 */
export function isFreePart(name: string, file: CaseFile | null): boolean {
  if (!/\.(pdf|docx|json)$/.test(name)) return true;
  const stem = name.replace(/\.\w+$/, "").replace(/-archive$/, "");
  const letter = file?.letters.find((one) => one.file === stem);
  return letter !== undefined && isFreeLetter(letter.kind);
}
