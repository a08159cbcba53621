/** The functions that rules name where a paragraph needs more than a clock. Each stands under its paragraph. */
import { addDays, dateOf, daysBetween, later, type PlainDate, partsOf } from "#base";
import type { LawRule } from "#knowledge";
import { type Case, dayOf, momentOf, told } from "./case.ts";
import { countRule, earliestOf, hoursAfter, noDay, type Steps } from "./count.ts";
import { hoursBetween } from "./hours.ts";
import type { Deadline } from "./types.ts";

type Special = (c: Case, rule: LawRule) => Deadline;

/** 29 CFR 2560.503-1(f)(2)(iii), (f)(4): one extension, and a clock that stands still while information is awaited. */
const tolledInitial: Special = (c, rule) => {
  const plain = countRule(c, rule);
  const received = dayOf(c, "claim-received-by-plan");
  const notice = dayOf(c, "extension-notice-sent");
  if (!received || !notice || !plain.lastDay || notice > plain.lastDay) return plain;
  const whole = rule.clock!.n + 15;
  const steps: Steps = [...plain.steps];
  const cite = rule.also.find(({ label }) => label.endsWith("(f)(4)")) ?? rule.cite;
  if (!told(c, "information-requested")) {
    const extended = addDays(received, whole);
    steps.push({
      text: "Extended once by 15 days; notice of it came in time.",
      date: extended,
      cite: rule.cite,
    });
    return { lastDay: extended, safeDay: extended, steps };
  }
  const answered = dayOf(c, "information-received");
  steps.push({
    text: `The clock stops while information is awaited: ${daysBetween(received, notice)} days are used.`,
    date: notice,
    cite,
  });
  if (!answered) {
    steps.push({ text: "It goes on when the information arrives.", date: null, cite });
    return { lastDay: null, safeDay: null, steps };
  }
  const left = whole - daysBetween(received, notice);
  const lastDay = addDays(answered, left);
  steps.push({
    text: `${left} of ${whole} days are left when the information arrives.`,
    date: lastDay,
    cite,
  });
  return { lastDay, safeDay: lastDay, steps };
};

/** 29 CFR 2560.503-1(f)(2)(i): incomplete urgent request: 48 hours from the information or the end of the time given. */
const urgentIncomplete: Special = (c, rule) => {
  const asked = momentOf(c, "information-requested")!;
  const end = hoursAfter(c, asked, 48);
  const answered = momentOf(c, "information-received");
  const starts =
    answered && (answered.day < end.day || sooner(answered.time, end.time, answered.day, end.day))
      ? answered
      : end;
  const due = hoursAfter(c, starts, 48);
  return {
    lastDay: due.day,
    safeDay: due.day,
    hours: 48,
    ...(due.at ? { at: due.at } : {}),
    steps: [
      { text: "Information was asked for.", date: asked.day },
      {
        text: starts === answered ? "It arrived." : "The 48 hours to send it end.",
        date: starts.day,
        cite: rule.cite,
      },
      { text: "48 elapsed hours later.", date: due.day, cite: rule.cite },
    ],
  };
};

const sooner = (a: string | null, b: string | null, dayA: PlainDate, dayB: PlainDate) =>
  dayA === dayB && a !== null && b !== null && a < b;

/** 29 CFR 2560.503-1(f)(2)(ii)(B): 24 hours, when asked at least 24 hours before the approved treatment ends. */
const urgentExtension: Special = (c, rule) => {
  const asked = momentOf(c, "claim-received-by-plan");
  const ends = momentOf(c, "service-ends");
  if (!asked || !ends)
    return noDay("Not told: when the request arrived or when the approved treatment ends.", rule);
  const gap = (a: string, b: string) =>
    hoursBetween(
      { day: asked.day, time: asked.time ?? a },
      { day: ends.day, time: ends.time ?? b },
      c.situation.zone,
    );
  const least = gap("23:59", "00:00");
  const most = gap("00:00", "23:59");
  if (least < 24 && most >= 24)
    return noDay("The hours tell whether 24 or 72 hours apply; they are not told.", rule);
  const hours = least >= 24 ? 24 : 72;
  const due = hoursAfter(c, asked, hours);
  const why =
    hours === 24
      ? "Asked at least 24 hours before the end"
      : "Asked less than 24 hours before the end, so an ordinary urgent request";
  return {
    lastDay: due.day,
    safeDay: due.day,
    hours,
    ...(due.at ? { at: due.at } : {}),
    steps: [
      { text: "The plan received the request.", date: asked.day },
      { text: `${why}: ${hours} elapsed hours.`, date: due.day, cite: rule.cite },
    ],
  };
};

/** 29 CFR 2560.503-1(i)(2)(iii)(B): the next board meeting, or the one after when the appeal came within 30 days of it. */
const boardMeeting: Special = (c, rule) => {
  const received = dayOf(c, "appeal-received-by-plan", "appeal-filed");
  const first = dayOf(c, "board-meeting-1");
  if (!received || !first)
    return noDay("Not told: the receipt of the appeal or the date of the board's next meeting.", rule);
  const late = daysBetween(received, first) <= 30;
  const number = told(c, "extension-notice-sent") ? 3 : late ? 2 : 1;
  const meeting = dayOf(c, `board-meeting-${number}`);
  const why =
    number === 3
      ? "an extension was announced"
      : late
        ? "the appeal came within the 30 days before the next meeting"
        : "the appeal came more than 30 days before the next meeting";
  return {
    lastDay: meeting,
    safeDay: meeting,
    steps: [
      { text: "The plan received the appeal.", date: received },
      { text: `Decided by meeting ${number} of the board: ${why}.`, date: meeting, cite: rule.cite },
    ],
  };
};

/** 45 CFR 147.136(d)(2)(ii)(B): one business day after the preliminary review, itself five business days. */
const afterEligibility: Special = (c, rule) => {
  const review = c.index.byId.get("29-cfr-2590.715-2719#d-2-ii-a");
  if (!review) return noDay("The rule on the preliminary review is missing.", rule);
  const first = countRule(c, review);
  if (!first.lastDay) return first;
  const steps: Steps = [...first.steps];
  const events = new Map([["review-ends", { day: first.lastDay as PlainDate, time: null }]]);
  const notice = countRule({ ...c, events }, rule);
  return { ...notice, steps: [...steps, ...notice.steps.slice(1)] };
};

/** 45 CFR 147.136(d)(2)(ii)(B): the end of the four months or 48 hours after the incompleteness notice, the later. */
const perfection: Special = (c, rule) => {
  const told48 = momentOf(c, "incomplete-notice-received");
  const base = c.index.byId.get("29-cfr-2590.715-2719#d-2-i");
  const window = base ? countRule(c, base) : noDay("The filing rule is missing.");
  if (!told48) return noDay("Not told: when the notice of an incomplete request arrived.", rule);
  const short = hoursAfter(c, told48, 48);
  const steps: Steps = [
    ...window.steps,
    {
      text: "48 elapsed hours after the notice that the request is incomplete.",
      date: short.day,
      cite: rule.cite,
    },
  ];
  if (!window.lastDay)
    return {
      lastDay: null,
      safeDay: earliestOf(short.day, window.safeDay && later(window.safeDay as PlainDate, short.day)),
      steps,
    };
  const lastDay = later(window.lastDay as PlainDate, short.day);
  steps.push({ text: "The later of the two.", date: lastDay, cite: rule.cite });
  const hours =
    lastDay === short.day && lastDay !== window.lastDay && short.at ? { hours: 48, at: short.at } : {};
  return { lastDay, safeDay: lastDay, ...hours, steps };
};

/** 42 CFR 423.568(b), 423.572(a): from the prescriber's statement, else from the end of day 14 after the request. */
const partDException: Special = (c, rule) => {
  const hours = rule.clock!.n;
  const asked = momentOf(c, "claim-received-by-plan");
  const statement = momentOf(c, "supporting-statement-received");
  const day14 = asked ? addDays(asked.day, 14) : null;
  if (statement && (day14 === null || statement.day <= day14)) {
    const due = hoursAfter(c, statement, hours);
    const steps: Steps = [
      { text: "The plan received the prescriber's statement.", date: statement.day },
      { text: `${hours} elapsed hours later.`, date: due.day, cite: rule.cite },
    ];
    return { lastDay: due.day, safeDay: due.day, hours, ...(due.at ? { at: due.at } : {}), steps };
  }
  if (!day14 || !asked)
    return noDay("Not told: when the plan received the request or the prescriber's statement.", rule);
  const steps: Steps = [
    { text: "The plan received the request.", date: asked.day },
    { text: "No prescriber's statement by the end of the 14th day.", date: day14, cite: rule.cite },
  ];
  if (c.asOf <= day14 && !statement) {
    steps[1]!.text = "The time starts with the prescriber's statement, or else at the end of the 14th day.";
    return { lastDay: null, safeDay: null, steps };
  }
  const lastDay = addDays(day14, hours / 24);
  steps.push({ text: `${hours} hours from then.`, date: lastDay, cite: rule.cite });
  return { lastDay, safeDay: lastDay, hours, steps };
};

/** 42 CFR 438.420(c), 438.420(a): the later of ten days after the notice was sent and the day the change takes effect. */
const continuedMedicaid: Special = (c, rule) => {
  const resolved = dayOf(c, "appeal-decision-dated");
  if (resolved) {
    const lastDay = addDays(resolved, 10);
    return {
      lastDay,
      safeDay: lastDay,
      steps: [
        { text: "The plan's decision on the appeal.", date: resolved },
        { text: "Ask again, with the hearing, within 10 days.", date: lastDay, cite: rule.cite },
      ],
    };
  }
  const sent = dayOf(c, "notice-sent", "notice-dated");
  if (!sent) return noDay("Not told: when the plan sent the notice.", rule);
  const ten = addDays(sent, 10);
  const ends = dayOf(c, "service-ends", "action-effective");
  const steps: Steps = [
    { text: "The plan sent the notice.", date: sent },
    { text: "10 days later.", date: ten, cite: rule.cite },
  ];
  if (!ends) {
    steps.push({
      text: "Or the day the service ends, if that is later; it is not told.",
      date: null,
      cite: rule.cite,
    });
    return { lastDay: null, safeDay: ten, steps };
  }
  const lastDay = later(ten, ends);
  steps.push({ text: "The later of that and the day the service ends.", date: lastDay, cite: rule.cite });
  return { lastDay, safeDay: lastDay, steps };
};

/** 42 CFR 431.244(f)(1)(i): 90 days from the plan appeal, not counting the days taken to ask for the hearing. */
const hearingDecision: Special = (c, rule) => {
  const filed = dayOf(c, "appeal-filed");
  const resolved = dayOf(c, "appeal-decision-dated");
  const asked = dayOf(c, "hearing-requested");
  if (!filed || !resolved || !asked)
    return noDay(
      "Not told: when the plan appeal was filed and decided, and when the hearing was asked for.",
      rule,
    );
  const excluded = Math.max(0, daysBetween(resolved, asked));
  const lastDay = addDays(filed, 90 + excluded);
  return {
    lastDay,
    safeDay: lastDay,
    steps: [
      { text: "The plan appeal was filed.", date: filed },
      {
        text: `90 days, not counting the ${excluded} days between the plan's decision and the request for a hearing.`,
        date: lastDay,
        cite: rule.cite,
      },
    ],
  };
};

/** 5 CFR 890.107(d): 31 December of the third year after the year of the care. */
const thirdYearEnd: Special = (c, rule) => {
  const care = dayOf(c, "service-date");
  if (!care) return noDay("Not told: the day of the care.", rule);
  const lastDay = dateOf(partsOf(care).year + 3, 12, 31)!;
  return {
    lastDay,
    safeDay: lastDay,
    steps: [
      { text: "The day of the care.", date: care },
      { text: "31 December of the third year after that year.", date: lastDay, cite: rule.cite },
    ],
  };
};

/** By the name that a rule's `function` gives. */
export const specialFunctions: Record<string, Special> = {
  "tolled-initial": tolledInitial,
  "urgent-incomplete": urgentIncomplete,
  "urgent-extension": urgentExtension,
  "board-meeting": boardMeeting,
  "after-eligibility": afterEligibility,
  perfection,
  "part-d-exception": partDException,
  "continued-medicaid": continuedMedicaid,
  "hearing-decision": hearingDecision,
  "third-year-end": thirdYearEnd,
};
