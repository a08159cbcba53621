import type { Course, DrugClause } from "./courses.ts";
import type { When } from "./times.ts";

/** The drug is the object of a beginning: "was switched to [drug]", "started [drug]". */
const began =
  /\b(?:started|begun|began|initiated|placed|switched|changed|transitioned|restarted|resumed|added|commenced)\b(?:\s+(?:on|to|him|her|the|patient|back|taking|a|an|trial|of|with|oral|weekly|daily|low-dose|high-dose|\d[\w./%]*)){0,5}\s*$/i;

/** Dates of the clause: of start, of stop, or of the statement itself. */
export function datesOf(
  clause: DrugClause,
  read: Course,
  stop: { side: string; at: number } | null,
): When | null {
  let when: When | null = null;
  let [startOn, stopOn]: (string | null)[] = [null, null];
  const begun = !stop && began.test(clause.before.slice(-60));
  for (const time of clause.times) {
    if (time.kind === "within") continue;
    if (time.kind === "range") {
      startOn ??= time.earliest;
      stopOn ??= time.latest;
      when ??= time;
      continue;
    }
    const lead = clause.after.slice(0, Math.max(0, time.start)).slice(-34);
    const before =
      time.start < 0 ? clause.before.slice(0, clause.before.length + time.start).slice(-34) : lead;
    if (
      time.kind === "until" ||
      (stop &&
        /(?:stopped|d\/c'?d?|discontinued|held|until|through|to|-|–|off)\s*(?:on|in)?\s*$/i.test(before))
    )
      stopOn ??= time.latest;
    else if (
      time.kind === "since" ||
      (begun && time.start >= 0 && time.start < 70 && /^[^.;]*$/.test(clause.after.slice(0, time.start))) ||
      /\b(?:start(?:ed)?|initiated|begun|began|since|from|placed on|added|commenced|resumed|restart(?:ed)?|raised|increased|returned|reduced|decreased)\b[^,;]{0,30}$/i.test(
        before,
      )
    )
      startOn ??= time.earliest;
    when ??= time;
  }
  if (stop && stopOn == null && when && startOn == null) stopOn = when.latest;
  if (startOn != null) read.start = startOn;
  if (stopOn != null) read.stop = stopOn;
  if (read.start && read.stop)
    return { earliest: read.start, latest: read.stop, start: 0, end: 0, kind: "range" };
  if (read.start) return { earliest: read.start, latest: null, start: 0, end: 0, kind: "since" };
  return when;
}
