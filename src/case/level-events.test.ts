import { describe, expect, test } from "vitest";
import type { Denial } from "#denial";
import { atLevel, eventsOfLevel, happened, type ParcelState, type Receipt, withHappened } from "./index.ts";

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
    const hearing = [...levels, level(parcel("2026-12-02T10:00:00Z", "delivered", "alj"))];
    expect(atLevel(denial("2027-01-20"), { levels: hearing }).stage!.value).toBe("external-review");
  });

  test("is missing while the newest letter is older than the appeal; on the day of the appeal it may be the answer", () => {
    expect(atLevel(denial("2026-10-12"), { levels }).issues[0]!.code).toBe("denial-missing-new");
    expect(atLevel(denial("2026-10-13"), { levels }).issues).toEqual([]);
  });
});
