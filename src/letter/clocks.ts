import { daysBetween, longDate, type PlainDate, parseDate } from "#base";
import type { Right } from "#law";
import type { Desk } from "./appeal.ts";
import { rightSlots } from "./external-route.ts";
import { formal, fromPerson, joined, lawSupport, type Slot, type Slots } from "./passages.ts";
import { nextStep } from "./timeliness.ts";

/** What the clocks of a fast-track review and of an overdue decision say, worked out with their operands. */
export const clockSlots = (desk: Desk): Slots => ({
  ...fastTrack(desk),
  ...overdue(desk),
  appealBy: appealDay(desk),
  asked: formal(desk.input.denial?.timing?.value === "post-service" ? "claim" : "request"),
});

/** The safe day of the next step, by which papers must be at hand. */
function appealDay(desk: Desk): Slot | null {
  const right = nextStep(desk.input.rights.rights);
  const day = parseDate(right?.file?.safeDay ?? "");
  return right?.status === "open" && day && right.cite[0]
    ? { text: longDate(day), rests: [lawSupport(right.cite[0])] }
    : null;
}

const hospital = ["hospital-discharge-qio", "hospital-discharge-qio-late"];
const care = ["fast-track-qio"];

/** The hour and day of the request, and what is to happen: care that ends, or a discharge. */
function fastTrack(desk: Desk): Slots {
  const { rights } = desk.input.rights;
  const named = (kinds: string[], status: Right["status"]) =>
    rights.find((right) => kinds.includes(right.kind) && right.status === status);
  const all = [...care, ...hospital];
  const open = named(all, "open");
  const right = open ?? named(all, "expired");
  const time = right ? hourOf(right) : null;
  const { service } = desk.slots;
  const ending = right && hospital.includes(right.kind) ? formal("discharge me from the hospital") : null;
  return {
    fastTrackTime: open ? time : null,
    fastTrackOver: open ? null : time,
    fastTrackLaw: right?.cite[0] ? { text: right.cite[0].label, rests: [lawSupport(right.cite[0])] } : null,
    ending: ending ?? (service && joined([formal("end"), spoken(service)])),
  };
}

/** "noon on November 22, 2026" where the law names the hour, else the day. */
function hourOf(right: Right): Slot | null {
  const day = parseDate(right.file?.lastDay ?? right.file?.safeDay ?? "");
  const cited = right.cite[0];
  if (!day || !cited || !right.file) return null;
  const noon =
    /T12:00/.test(right.file.at ?? "") || right.file.steps.some(({ text }) => /\bnoon\b/i.test(text));
  return { text: `${noon ? "noon on " : ""}${longDate(day)}`, rests: [lawSupport(cited)] };
}

/** A form names the care in a blank, often in capitals: "SKILLED NURSING", "Home Health". In a letter it is spoken of. */
const spoken = (service: Slot): Slot =>
  /^(?:[A-Z][A-Z ]+|(?:[A-Z][a-z]+ ?){1,3})$/.test(service.text) && !/services?$/i.test(service.text)
    ? { ...service, text: `${service.text.trim().toLowerCase()} services` }
    : service;

/** Steps to the plan whose decision may be late. */
const decided = /^(internal-appeal(-2)?|reconsideration|redetermination|tricare-reconsideration)$/;

/**
 * The day on which the plan's decision was due: as the law's answer has it; where it has several that are possible, the
 * latest, if even that is over. With the sum from the day on which the appeal came, and the days since.
 */
function overdue(desk: Desk): Slots {
  const { input } = desk;
  const known = rightSlots(input);
  const right =
    input.rights.rights.find((one) => one.overdue) ??
    input.rights.rights.find((one) => decided.test(one.kind) && latestDue(one, input.asOf) !== null);
  const due = right && (parseDate(right.decision?.lastDay ?? "") ?? latestDue(right, input.asOf));
  const cited = right?.decision?.steps.find(({ date }) => date === due)?.cite ?? right?.cite[0];
  if (!right || !due || !cited) return answerDue(input.rights.rights);
  const day: Slot = { text: longDate(due), rests: [lawSupport(cited)] };
  const asOf = parseDate(input.asOf);
  const late = asOf ? daysBetween(due, asOf) : 0;
  return {
    dueDay: day,
    dueLaw: { text: cited.label, rests: [lawSupport(cited)] },
    dueSum: sumTo(due, known.appealDay, desk, right),
    lateSpan: asOf && late > 0 ? sinceSlot(day, asOf, late) : null,
  };
}

/** The day by which the plan still has to answer. */
function answerDue(rights: Right[]): Slots {
  const right = rights.find((one) => decided.test(one.kind) && one.decision?.lastDay);
  const day = parseDate(right?.decision?.lastDay ?? "");
  const cited = right?.decision?.steps.find(({ date }) => date === day)?.cite ?? right?.cite[0];
  if (!day || !cited) return {};
  const rests = [lawSupport(cited)];
  return { answerDay: { text: longDate(day), rests }, answerLaw: { text: cited.label, rests } };
}

/** "September 11, 2026 to November 20, 2026 is 70 days": counted to the day on which the letter is drawn up. */
const sinceSlot = (due: Slot, today: PlainDate, late: number): Slot | null =>
  joined([
    due,
    fromPerson(
      `to ${longDate(today)} is ${late} ${late === 1 ? "day" : "days"}`,
      `the day on which this is written: ${longDate(today)}`,
    ),
  ]);

/** The latest of the days that are possible, where every one of them is over. */
function latestDue(right: Right, asOf: string): PlainDate | null {
  const days = (right.decision?.steps ?? []).flatMap(({ text, date }) =>
    date && /^Possibly\b/.test(text) ? (parseDate(date) ?? []) : [],
  );
  const last = days.sort().at(-1);
  return last && last < asOf ? last : null;
}

/** "August 12, 2026 + 30 days = September 11, 2026", where the words of the law that binds count just these days. */
function sumTo(due: PlainDate, appeal: Slot | null, desk: Desk, right: Right): Slot | null {
  const from = parseDate((desk.input.situation?.events["appeal-received-by-plan"] ?? "").slice(0, 10));
  if (!from || !appeal) return null;
  const days = daysBetween(from, due);
  const counts = new RegExp(`\\b${days} (?:calendar )?days\\b`);
  const cited = [...right.cite, ...(right.decision?.steps ?? []).flatMap(({ cite }) => cite ?? [])];
  const laws = [
    ...desk.law.sentences("decision").flatMap(({ text, rests }) => (counts.test(text) ? [rests] : [])),
    ...cited.flatMap((cite) => (counts.test(cite.quote ?? "") ? [[lawSupport(cite)]] : [])),
  ];
  if (days < 1 || !laws[0]) return null;
  return {
    text: `${appeal.text} + ${days} days = ${longDate(due)}`,
    rests: [...appeal.rests, ...laws[0]],
  };
}
