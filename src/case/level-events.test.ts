import { describe, expect, test } from "vitest";
import type { Denial } from "#denial";
import {
  atLevel,
  decidedBefore,
  eventsOfLevel,
  happened,
  isDecidedOutside,
  type ParcelState,
  type Receipt,
  withHappened,
} from "./index.ts";

const parcel = (at: string, status: Receipt["status"], step?: string): ParcelState => ({
  key: at,
  channel: "fax-http",
  to: "",
  part: { number: 1, of: 1 },
  beganAt: at,
  problem: null,
  ...(step ? { step } : {}),
  receipt: {
    key: at,
    channel: "fax-http",
    to: "",
    status,
    number: null,
    at,
    pages: 3,
    sha256: [],
    attempts: 1,
  },
});
const level = (...parcels: ParcelState[]) => ({ after: "denied-again" as const, at: "", parcels });
const denial = (noticeDate: string | null, stage: string | null = null) =>
  ({
    noticeDate: noticeDate ? { value: noticeDate, from: [], by: "rule" } : null,
    stage: stage ? { value: stage, from: [], by: "rule" } : null,
    issues: [],
  }) as unknown as Denial;

describe("what was sent, as events of the law", () => {
  test("acceptance by a mail server files the appeal; only a delivery starts the plan's clock", () => {
    expect(eventsOfLevel([parcel("2026-10-13T10:00:00Z", "accepted")])).toEqual({
      "appeal-filed": "2026-10-13",
    });
    const both = [parcel("2026-10-15T09:00:00Z", "delivered"), parcel("2026-10-13T10:00:00Z", "accepted")];
    expect(eventsOfLevel(both)).toEqual({
      "appeal-filed": "2026-10-13",
      "appeal-received-by-plan": "2026-10-15",
    });
  });

  test("what did not go is no event", () => {
    expect(eventsOfLevel([{ ...parcel("2026-10-13T10:00:00Z", "accepted"), receipt: null }])).toEqual({});
  });

  test("each level keeps its own names, and a day that a person told counts more", () => {
    const state = {
      levels: [level(parcel("2026-10-13T10:00:00Z", "delivered", "internal-appeal"))],
      parcels: [parcel("2026-12-02T10:00:00Z", "delivered", "external-review")],
    };
    expect(happened(state)).toEqual({
      "appeal-filed": "2026-10-13",
      "appeal-received-by-plan": "2026-10-13",
      "external-review-filed": "2026-12-02",
      "external-review-received-by-plan": "2026-12-02",
    });
    const told = withHappened({ events: { "appeal-filed": "2026-10-10" } }, state);
    expect(told.events!["appeal-filed"]).toBe("2026-10-10");
    expect(withHappened({}, { levels: [], parcels: [] })).toEqual({});
  });
});

describe("the steps behind", () => {
  const first = (step: string, answeredOn: string) => ({
    ...level(parcel("2026-10-13T10:00:00Z", "delivered", step)),
    answeredOn,
  });
  const last = level(parcel("2026-12-02T10:00:00Z", "delivered", "external-review"));

  test("have their answers under the law's names, so that nobody waits for them any more", () => {
    expect(decidedBefore({ levels: [first("internal-appeal", "2026-11-18"), last] })).toEqual({
      "final-decision-received": "2026-11-18",
    });
    const second = level(parcel("2026-12-02T10:00:00Z", "delivered", "internal-appeal-2"));
    expect(decidedBefore({ levels: [first("internal-appeal", "2026-11-18"), second] })).toEqual({
      "appeal-decision-received": "2026-11-18",
    });
  });

  test("of Original Medicare the second is the contractor's, though elsewhere its name is that of the first", () => {
    const levels = [first("redetermination", "2026-11-18")];
    const parcels = [parcel("2026-12-02T10:00:00Z", "delivered", "reconsideration")];
    expect(happened({ levels, parcels })).toEqual({
      "appeal-filed": "2026-10-13",
      "appeal-received-by-plan": "2026-10-13",
      "reconsideration-request-received": "2026-12-02",
    });
    expect(isDecidedOutside("reconsideration", ["redetermination"])).toBe(true);
    expect(isDecidedOutside("reconsideration", [])).toBe(false);
  });

  test("keep the days that were told about them, but for when the letter came", () => {
    const told = { "notice-received": "2026-10-01", "appeal-received-by-plan": "2026-10-15" };
    const levels = [{ ...level(parcel("2026-10-13T10:00:00Z", "accepted", "internal-appeal")), told }];
    expect(happened({ levels, parcels: [] })).toEqual({
      "appeal-filed": "2026-10-13",
      "appeal-received-by-plan": "2026-10-15",
    });
  });

  test("a question of the other side is an event until it is answered", () => {
    const asked = [{ on: "2026-10-20", what: "a note", until: null }];
    expect(withHappened({}, { levels: [], parcels: [], asked }).events).toEqual({
      "information-requested": "2026-10-20",
    });
    expect(
      withHappened({}, { levels: [], parcels: [], asked: [{ ...asked[0]!, answered: "2026-10-22" }] }).events,
    ).toBeUndefined();
  });
});

describe("the notice at the next level", () => {
  const levels = [level(parcel("2026-10-13T10:00:00Z", "delivered", "internal-appeal"))];

  test("is left as it is read before any level was over", () => {
    expect(atLevel(denial("2026-09-28"), { levels: [] })).toEqual(denial("2026-09-28"));
  });

  test("answers the appeal, also where its words do not say so", () => {
    expect(atLevel(denial("2026-11-20"), { levels }).stage).toMatchObject({ value: "internal-appeal" });
    expect(atLevel(denial("2026-11-20", "initial"), { levels }).stage!.value).toBe("internal-appeal");
    expect(atLevel(denial("2026-11-20", "final-internal"), { levels }).stage!.value).toBe("final-internal");
    const outside = [...levels, level(parcel("2026-12-02T10:00:00Z", "delivered", "external-review"))];
    expect(atLevel(denial("2027-01-20"), { levels: outside }).stage!.value).toBe("external-review");
    expect(atLevel(denial("2027-01-20", "final-internal"), { levels: outside }).stage!.value).toBe(
      "external-review",
    );
    const hearing = [...levels, level(parcel("2026-12-02T10:00:00Z", "delivered", "alj"))];
    expect(atLevel(denial("2027-01-20"), { levels: hearing }).stage!.value).toBe("external-review");
  });

  test("is missing while the newest letter is older than the appeal; on the day of the appeal it may be the answer", () => {
    expect(atLevel(denial("2026-10-12"), { levels }).issues[0]!.code).toBe("denial-missing-new");
    expect(atLevel(denial("2026-10-13"), { levels }).issues).toEqual([]);
  });
});
