/** What happens to a case after its letters are drafted: the physician, sending, calls, the answer. */
import type { PhysicianReview, SignedLetter } from "./physician.ts";
import type { PhysicianWord } from "./physician-words.ts";
import type { Receipt } from "./sending.ts";
import type { CallNote } from "./tracking.ts";

/** How the appeal ended at this level. `dismissed`: refused unread, as late or as not properly made. */
export const outcomeIds = ["approved", "partly-approved", "denied-again", "dismissed", "withdrawn"] as const;
export type OutcomeId = (typeof outcomeIds)[number];

/** The outcomes after which there is a new letter to answer. */
export function opensNextLevel(outcome: OutcomeId): boolean {
  return outcome === "denied-again" || outcome === "partly-approved" || outcome === "dismissed";
}

/** One file that went out, as it is kept with the case. */
export type SentBlob = { name: string; blob: string; sha256: string; pages: number };

/** What the other side asked for on a day; `answered` is the day on which it was sent. */
export type AskedFor = { on: string; what: string; until: string | null; answered?: string };

/** A level that is over: how, what was sent at it, when its answer came, and the days that a person told about it. */
export type PastLevel = {
  after: OutcomeId;
  at: string;
  parcels: ParcelState[];
  answeredOn?: string;
  told?: Record<string, string>;
};

export type LaterBody =
  /** A private link for one physician; token and code are kept nowhere but as hashes with the link. */
  | { kind: "link-made"; link: string; name: string; expiresAt: string }
  | { kind: "link-revoked"; link: string }
  | { kind: "link-opened"; link: string }
  | { kind: "statements-marked"; link: string; review: PhysicianReview }
  /** The exact bytes that were on the screen, made from the words of `basis`. */
  | { kind: "letter-shown"; link: string; blob: string; sha256: string; pages: number; basis: string }
  | { kind: "letter-signed"; signed: SignedLetter }
  /** A page of the record that the physician opened while reviewing. */
  | { kind: "evidence-opened"; link: string; document: string; page: number }
  /** The person goes on without a signature that no longer holds. */
  | { kind: "signature-set-aside"; link: string }
  /** The member's consent to send these papers by this way; `words` as they stood on the screen. */
  | { kind: "consent-given"; channel: string; to: string; words: string }
  /** `step`: the kind of right that the papers use; `papers`: the exact bytes that go out. */
  | {
      kind: "sending-began";
      key: string;
      channel: string;
      to: string;
      part: { number: number; of: number };
      step?: string;
      papers?: SentBlob[];
    }
  | {
      kind: "sent";
      receipt: Receipt;
      part: { number: number; of: number };
      step?: string;
      papers?: SentBlob[];
    }
  | { kind: "sending-failed"; key: string; code: string; text: string }
  | { kind: "call-noted"; call: CallNote }
  | { kind: "outcome-recorded"; outcome: OutcomeId; on: string; note: string }
  /** The other side wants something before it decides: what, and the last day it gave, where it gave one. */
  | ({ kind: "information-asked" } & AskedFor)
  | { kind: "information-sent"; on: string }
  /** `null` ends the reminders. */
  | { kind: "reminders-wanted"; email: string | null; language?: string; address?: string }
  | { kind: "reminder-sent"; on: string; about: string; right: string }
  /** The days that were taken into a calendar, by key; a later file moves or cancels what is there. */
  | { kind: "calendar-taken"; days: Record<string, string> }
  /** The last day for the answer has passed without one: the letters now hold what that gives a right to. */
  | { kind: "decision-overdue"; since: string }
  /** The new denial came: from here the newest notice among the papers is the one to answer. */
  | { kind: "level-began"; after: OutcomeId };

export type LinkState = {
  link: string;
  name: string;
  expiresAt: string;
  madeAt: string;
  state: "sent" | "opened" | "revoked" | "signed";
};

/** One parcel on its way: `receipt` when it arrived, `problem` when the last try failed, neither while it is going. */
export type ParcelState = {
  key: string;
  channel: string;
  to: string;
  part: { number: number; of: number };
  beganAt: string;
  receipt: Receipt | null;
  problem: { code: string; text: string } | null;
  step?: string;
  papers?: SentBlob[];
};

export type Afterwards = {
  links: LinkState[];
  reviews: Record<string, PhysicianReview>;
  shown: Record<string, LaterBody & { kind: "letter-shown" }>;
  signed: (SignedLetter & { at: string }) | null;
  /** What the physician said of the record; it outlives the signature. */
  word?: PhysicianWord;
  parcels: ParcelState[];
  calls: CallNote[];
  outcome: { outcome: OutcomeId; on: string; note: string } | null;
  /** What the other side asked for at this level, newest last. */
  asked: AskedFor[];
  /** Since when the answer at this level is known to be overdue. */
  overdue: string | null;
  remindersTo: string | null;
  remindersIn?: string;
  /** Where the case is opened, as the person reached it: a link that tells nothing without the way in. */
  remindersAt?: string;
  reminded: string[];
  /** Days that stand in somebody's calendar, by the key of their entry. */
  calendar: Record<string, string>;
  /** Parcels and calls of earlier levels stay in the log; these are their counts. */
  levels: PastLevel[];
};

export const nothingYet: Afterwards = {
  links: [],
  reviews: {},
  shown: {},
  signed: null,
  parcels: [],
  calls: [],
  outcome: null,
  asked: [],
  overdue: null,
  remindersTo: null,
  reminded: [],
  calendar: {},
  levels: [],
};

const kinds: Record<LaterBody["kind"], true> = {
  "link-made": true,
  "link-revoked": true,
  "link-opened": true,
  "statements-marked": true,
  "letter-shown": true,
  "letter-signed": true,
  "evidence-opened": true,
  "signature-set-aside": true,
  "consent-given": true,
  "sending-began": true,
  sent: true,
  "sending-failed": true,
  "call-noted": true,
  "outcome-recorded": true,
  "information-asked": true,
  "information-sent": true,
  "reminders-wanted": true,
  "reminder-sent": true,
  "calendar-taken": true,
  "decision-overdue": true,
  "level-began": true,
};

export function isLater<T extends { kind: string }>(event: T): event is T & LaterBody {
  return Object.hasOwn(kinds, event.kind);
}

/** The state after one more event. `at` is the instant of the event. */
export function afterwards(state: Afterwards, event: LaterBody, at: string): Afterwards {
  switch (event.kind) {
    case "link-made": {
      const { link, name, expiresAt } = event;
      return { ...state, links: [...state.links, { link, name, expiresAt, madeAt: at, state: "sent" }] };
    }
    case "link-revoked":
      return withLink(state, event.link, "revoked");
    case "link-opened":
      return withLink(state, event.link, "opened");
    case "statements-marked": {
      // What was shown before is not what is marked now.
      const { [event.link]: _before, ...shown } = state.shown;
      return { ...state, shown, reviews: { ...state.reviews, [event.link]: event.review } };
    }
    case "letter-shown":
      return { ...state, shown: { ...state.shown, [event.link]: event } };
    case "letter-signed":
      return {
        ...withLink(state, event.signed.link, "signed"),
        signed: { ...event.signed, at },
        ...(event.signed.word ? { word: event.signed.word } : {}),
      };
    case "evidence-opened":
      return state;
    case "signature-set-aside":
      return state.signed?.link === event.link ? { ...state, signed: null } : state;
    case "call-noted":
      return { ...state, calls: [...state.calls, event.call] };
    case "outcome-recorded": {
      const { outcome, on, note } = event;
      return { ...state, outcome: { outcome, on, note } };
    }
    case "information-asked": {
      const { on, what, until } = event;
      return { ...state, asked: [...state.asked, { on, what, until }] };
    }
    case "information-sent":
      return { ...state, asked: state.asked.map((one) => ({ answered: event.on, ...one })) };
    case "reminders-wanted":
      return {
        ...state,
        remindersTo: event.email,
        ...(event.language ? { remindersIn: event.language } : {}),
        ...(event.address ? { remindersAt: event.address } : {}),
      };
    case "reminder-sent":
      return { ...state, reminded: [...state.reminded, `${event.on} ${event.about} ${event.right}`] };
    case "calendar-taken":
      return { ...state, calendar: { ...state.calendar, ...event.days } };
    case "decision-overdue":
      return { ...state, overdue: event.since };
    case "level-began": {
      const answered = state.outcome ? { answeredOn: state.outcome.on } : {};
      const level = { after: event.after, at, parcels: state.parcels, ...answered };
      const over = { parcels: [], outcome: null, asked: [], overdue: null };
      return { ...state, ...over, levels: [...state.levels, level] };
    }
    default:
      return sending(state, event, at);
  }
}

type SendingBody = LaterBody & { kind: "consent-given" | "sending-began" | "sent" | "sending-failed" };

function sending(state: Afterwards, event: SendingBody, at: string): Afterwards {
  switch (event.kind) {
    case "consent-given":
      return state;
    case "sending-began": {
      const { key, channel, to, part } = event;
      const parcel = { key, channel, to, part, beganAt: at, receipt: null, problem: null };
      return withParcel(state, { ...parcel, ...sentWith(event) });
    }
    case "sent": {
      const { receipt, part } = event;
      const { key, channel, to } = receipt;
      const known = state.parcels.find((one) => one.key === key);
      const beganAt = known?.beganAt ?? receipt.at;
      const parcel = { key, channel, to, part, beganAt, receipt, problem: null };
      return withParcel(state, { ...parcel, ...sentWith(known ?? {}), ...sentWith(event) });
    }
    case "sending-failed": {
      const found = state.parcels.find((one) => one.key === event.key);
      const { code, text } = event;
      // A message that came back was not received after all: its receipt proves nothing any more.
      return found ? withParcel(state, { ...found, receipt: null, problem: { code, text } }) : state;
    }
  }
}

function sentWith({ step, papers }: { step?: string; papers?: SentBlob[] }): Partial<ParcelState> {
  return { ...(step ? { step } : {}), ...(papers ? { papers } : {}) };
}

function withLink(state: Afterwards, id: string, to: LinkState["state"]): Afterwards {
  return { ...state, links: state.links.map((one) => (one.link === id ? { ...one, state: to } : one)) };
}

/** A parcel stands once, at its first place, however often it was tried. */
function withParcel(state: Afterwards, parcel: ParcelState): Afterwards {
  const known = state.parcels.some((one) => one.key === parcel.key);
  return {
    ...state,
    parcels: known
      ? state.parcels.map((one) => (one.key === parcel.key ? parcel : one))
      : [...state.parcels, parcel],
  };
}
