/** Your plan and your day: which clocks run, by the kind of plan, and what explains a shared name. */
import { longDate, plainDate } from "#base";
import type { GuidePlan } from "#knowledge";
import { clockRows, example, periodOf, sells, type Timing } from "./clocks.ts";
import type { Library, Subject } from "./compose.ts";
import { pathOf } from "./guide-keys.ts";
import { payerName } from "./names.ts";
import { isFamily, section } from "./sections.ts";
import type { Citer } from "./sources.ts";
import type { Block, Section, Text } from "./types.ts";

/** Grounds that are about a bill for care already given. */
const aboutBills = new Set([
  "coding",
  "duplicate",
  "timely-filing",
  "coordination-of-benefits",
  "eligibility",
]);

function timingOf(treatment: Subject["treatment"], reason: Subject["reason"]): Timing {
  if (aboutBills.has(reason?.id ?? "")) return "post-service";
  const given = treatment?.kind === "drug" && treatment.codes?.hcpcs?.some((code) => /^[JQ]/.test(code));
  return given ? "part-b-drug" : "pre-service";
}

/** What the table of days depends on: whose plans, which clocks, and the row that explains a shared name. */
export function daysName({ payer, treatment, reason }: Subject, library: Library): string {
  const sold = library.words.plans
    .filter((plan) => sells(payer, plan, treatment, library.words.names))
    .map(({ id }) => id);
  const stays = isStay(treatment, reason) ? "stay" : "";
  return `days ${stays} ${timingOf(treatment, reason)} ${payer?.blueLicensee ? payer.id : ""} ${sold.join(" ")}`;
}

export function planAndDay(subject: Subject, library: Library, cite: Citer): Section {
  const { payer, treatment, reason } = subject;
  const { say } = library;
  const { law } = library.knowledge;
  const timing = timingOf(treatment, reason);
  const sold = library.words.plans.filter((plan) => sells(payer, plan, treatment, library.words.names));
  const rows = clockRows(sold, law, cite, say, timing);
  const [dated, received] = [example.dated, example.received].map((day) =>
    say.date(day, longDate(plainDate(day))),
  );
  return section("days", say.daysHeading, [
    ...(payer?.blueLicensee ? blueBlocks(subject, library, cite) : []),
    { kind: "paragraph", text: [say.exampleIs(dated!, received!)] },
    { kind: "table", caption: say.daysCaption, head: say.daysHead, rows: rows.map(({ cells }) => cells) },
    {
      kind: "list",
      style: "bullets",
      items: [
        ...stayNotes(subject, sold, library, cite),
        ...jobNotes(sold, timing, library, cite),
        ...say.daysNotes.map((note): Text => [note]),
      ],
    },
    {
      kind: "paragraph",
      text: [
        { href: "/tools/deadline", words: say.ownDates },
        `${say.ownDatesAfter} `,
        { href: pathOf({ kind: "how-to", howTo: "insured-or-self-funded" }, library), words: say.howToTell },
        ".",
      ],
    },
  ]);
}

/** Care that goes on in a place, which Medicare's fast reviews are for. */
function isStay(treatment: Subject["treatment"], reason: Subject["reason"]): boolean {
  const inPlace = ["level-of-care", "therapy", "service"].includes(treatment?.kind ?? "");
  return reason?.id === "concurrent-stay"
    ? treatment === null || inPlace
    : treatment?.kind === "level-of-care";
}

function stayNotes(
  { treatment, reason }: Subject,
  sold: readonly GuidePlan[],
  { say }: Library,
  cite: Citer,
): Text[] {
  if (!isStay(treatment, reason) || !sold.some(({ kind }) => kind === "medicare-advantage")) return [];
  return [
    [say.fastTrack, cite.rule("42-cfr-422.626#a", "fast review of a stay")],
    [say.fastHospital, cite.rule("42-cfr-422.622#b", "fast review of a stay")],
  ];
}

/** What the table of job plans leaves out: two levels of appeal, and care that was already given. */
function jobNotes(
  sold: readonly GuidePlan[],
  timing: Timing,
  { knowledge, say }: Library,
  cite: Citer,
): Text[] {
  if (!sold.some(({ kind }) => kind.startsWith("erisa"))) return [];
  const period = (id: string) => {
    const clock = knowledge.law.rules.find((rule) => rule.id === id)?.clock;
    return clock ? { words: periodOf(clock, say), marker: cite.rule(id, "time to answer") } : null;
  };
  const after = timing === "post-service";
  const each = period(
    after ? "29-cfr-2560.503-1#i-2-iii-a.two-appeals" : "29-cfr-2560.503-1#i-2-ii.two-appeals",
  );
  const given = after ? null : period("29-cfr-2560.503-1#i-2-iii-a.one-appeal");
  return [
    ...(each ? [[say.twoLevels(each.words), each.marker]] : []),
    ...(given ? [[say.alreadyGiven(given.words), given.marker]] : []),
  ];
}

/** A name that many companies share is explained; its own page lists them by state. */
function blueBlocks(subject: Pick<Subject, "payer">, library: Library, cite: Citer): Block[] {
  const { say, words, payers } = library;
  const marker = cite.payer(subject.payer!, "company names");
  const lead: Block = { kind: "paragraph", text: [say.blueName, marker] };
  if (!isFamily(subject, library)) return [lead];
  const rows = Object.entries(words.names.blues).flatMap(([code, ids]): Text[][] => {
    const state = library.knowledge.law.states.find((one) => one.code === code);
    const members = ids.flatMap((id) => payers.get(id) ?? []);
    return [
      [
        [state?.name ?? code],
        members.flatMap(
          (one, at): Text => [
            at > 0 ? "; " : "",
            { href: pathOf({ kind: "payer", payer: one.id }, library), words: payerName(one, library) },
          ],
        ),
        [members.map((one) => siteOf(one.policies)).join("; ")],
      ],
    ];
  });
  const table: Block = { kind: "table", caption: say.blueList, head: say.blueHead, rows };
  return [
    lead,
    {
      kind: "details",
      summary: say.blueList,
      blocks: [{ kind: "paragraph", text: [say.blueStates, marker] }, table],
    },
  ];
}

/** "medicalpolicy.hcsc.com (RX…)" → "medicalpolicy.hcsc.com": the address alone. */
function siteOf(policies: string): string {
  return /[a-z0-9.-]+\.(?:com|org|net|gov|edu)(?:\/[\w./-]*)?/i.exec(policies)?.[0] ?? policies;
}
