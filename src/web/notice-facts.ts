import { groundIds, outcomes, type Reading, type Span, stages, timings } from "#base";
import type { Denial } from "#denial";
import { type Say, spokenDate } from "./texts.ts";

/** How a fact can be corrected: typed, picked from a calendar, or chosen from a list of words. */
export type Editing = { as: "text" | "date" } | { as: "choice"; options: { value: string; text: string }[] };

/** One fact of the notice as the screen shows it. `raw` is what a correction starts from. */
export type NoticeFact = {
  field: string;
  label: string;
  shown: string | null;
  raw: string;
  from: Span[];
  byPerson: boolean;
  /** A mistake here can lose the appeal: the page asks for a look. */
  important: boolean;
  editing: Editing | null;
};

export type FactGroup = { title: string; facts: NoticeFact[] };

/** The facts of a notice in the order in which a person reads a letter: what, why, when, who, where to. */
export function noticeFacts(denial: Denial, say: Say): FactGroup[] {
  return [
    { title: say("facts.decision"), facts: decision(denial, say) },
    { title: say("facts.dates"), facts: dates(denial, say) },
    { title: say("facts.people"), facts: people(denial, say) },
    { title: say("facts.send"), facts: sendTo(denial, say) },
  ];
}

function fact(
  field: string,
  label: string,
  reading: Reading<string> | null,
  options: { shown?: string; editing?: Editing; important?: boolean } = {},
): NoticeFact {
  return {
    field,
    label,
    shown: reading ? (options.shown ?? reading.value) : null,
    raw: reading?.value ?? "",
    from: reading?.from ?? [],
    byPerson: reading?.by === "person",
    important: options.important ?? false,
    editing: options.editing ?? { as: "text" },
  };
}

function chosen(
  field: string,
  list: string,
  words: readonly string[],
  reading: Reading<string> | null,
  say: Say,
): NoticeFact {
  const options = words.map((value) => ({ value, text: say.word(list, value) }));
  return fact(field, say.word("fact", field), reading, {
    ...(reading ? { shown: say.word(list, reading.value) } : {}),
    editing: { as: "choice", options },
  });
}

function decision(denial: Denial, say: Say): NoticeFact[] {
  const services = denial.services.map((service, index) => {
    const codes = service.codes.map((code) => code.value).join(", ");
    const shown = codes ? `${service.description.value} (${codes})` : service.description.value;
    return fact(`services.${index}.description`, say("fact.service"), service.description, { shown });
  });
  const cited = denial.criteriaCited.map((criteria, index) => ({
    ...fact(`criteriaCited.${index}.title`, say("fact.criteria"), criteria.title),
    editing: null,
  }));
  return [
    chosen("outcome", "outcome", outcomes, denial.outcome, say),
    ...services,
    reasons(denial, say),
    ...cited,
    chosen("stage", "stage", stages, denial.stage, say),
    chosen("timing", "timing", timings, denial.timing, say),
  ];
}

/** All reasons as one fact: a correction says what the reason is instead. */
function reasons({ grounds }: Denial, say: Say): NoticeFact {
  const raw = grounds.map(({ id }) => id).join(",");
  const shown = grounds.map(({ id, codes }) => [say.word("ground", id), ...codes].join(" · ")).join("; ");
  const from = grounds.flatMap((ground) => ground.from);
  const together = grounds.length > 1 ? [{ value: raw, text: shown }] : [];
  const options = [...together, ...groundIds.map((value) => ({ value, text: say.word("ground", value) }))];
  const by = from.length === 0 ? ("person" as const) : ("rule" as const);
  const reading = grounds.length === 0 ? null : { value: raw, from, by };
  return fact("grounds", say("fact.ground"), reading, {
    shown,
    important: true,
    editing: { as: "choice", options },
  });
}

function dates(denial: Denial, say: Say): NoticeFact[] {
  const { noticeDate, rightsStated } = denial;
  const day = (reading: Reading<string> | null) =>
    reading ? { shown: spokenDate(reading.value, say.language) } : {};
  const within = rightsStated.appealWithin;
  const facts = [
    fact("noticeDate", say("fact.noticeDate"), noticeDate, {
      ...day(noticeDate),
      editing: { as: "date" },
      important: true,
    }),
  ];
  if (within) {
    const shown = say(`within.${within.value.unit}`, { n: within.value.n });
    const reading = { ...within, value: shown };
    facts.push({ ...fact("rightsStated.appealWithin", say("fact.within"), reading), editing: null });
  }
  if (rightsStated.appealBy) {
    const by = rightsStated.appealBy;
    facts.push(
      fact("rightsStated.appealBy", say("fact.by"), by, {
        ...day(by),
        editing: { as: "date" },
        important: true,
      }),
    );
  }
  return facts;
}

function people(denial: Denial, say: Say): NoticeFact[] {
  const references = denial.references.map((reference, index) =>
    fact(`references.${index}`, say.word("reference", reference.kind), reference, { important: true }),
  );
  return [
    fact("payer", say("fact.payer"), denial.payer),
    fact("memberName", say("fact.memberName"), denial.memberName, { important: true }),
    fact("memberId", say("fact.memberId"), denial.memberId, { important: true }),
    fact("groupNumber", say("fact.groupNumber"), denial.groupNumber),
    ...references,
    fact("provider", say("fact.provider"), denial.provider),
  ];
}

function sendTo(denial: Denial, say: Say): NoticeFact[] {
  const { address, fax, phone, email, portal } = denial.rightsStated.sendTo;
  const ways: [string, Reading<string> | null][] = [
    ["address", address],
    ["fax", fax],
    ["phone", phone],
    ["email", email],
    ["portal", portal],
  ];
  return ways
    .filter(([way, reading]) => reading !== null || way === "address" || way === "fax")
    .map(([way, reading]) =>
      fact(`rightsStated.sendTo.${way}`, say.word("fact", way), reading, {
        important: way === "address" || way === "fax",
      }),
    );
}
