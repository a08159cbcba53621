import { describe, expect, test } from "vitest";
import { plainDate } from "#base";
import { loadLaw } from "#knowledge";
import { calendarFor, icalendar } from "./calendar.ts";
import { addBusinessDays, isBusinessDay, isFederalHoliday, isVaWorkday } from "./holidays.ts";
import { addHours, hoursBetween } from "./hours.ts";
import { rightsFor } from "./rights.ts";

const day = plainDate;
const law = await loadLaw();

describe("federal holidays are those of the statute, on their own dates", () => {
  test("Saturday 4 July 2026 is one, Friday the 3rd is only observed", () => {
    expect(isFederalHoliday(day("2026-07-04"))).toBe(true);
    expect(isBusinessDay(day("2026-07-03"))).toBe(true);
  });

  test("for the VA the observed Friday is a holiday too", () => {
    expect(isVaWorkday(day("2026-07-03"))).toBe(false);
    expect(isVaWorkday(day("2026-07-06"))).toBe(true);
  });

  test("Juneteenth counts from 2021", () => {
    expect(isFederalHoliday(day("2020-06-19"))).toBe(false);
    expect(isFederalHoliday(day("2021-06-19"))).toBe(true);
  });

  test("five business days over Thanksgiving leave the holiday out", () => {
    expect(addBusinessDays(day("2026-11-25"), 5)).toBe("2026-12-03");
  });
});

describe("hours that pass", () => {
  test("72 hours over the spring change end an hour later on the wall", () => {
    expect(addHours({ day: day("2026-03-07"), time: "15:00" }, 72, "America/New_York").at).toBe(
      "2026-03-10T16:00-04:00",
    );
  });

  test("and over the autumn change an hour earlier", () => {
    expect(addHours({ day: day("2026-10-31"), time: "10:00" }, 72, "America/New_York").at).toBe(
      "2026-11-03T09:00-05:00",
    );
  });

  test("Arizona has no change, and without a zone the wall clock has none", () => {
    expect(addHours({ day: day("2026-03-07"), time: "15:00" }, 72, "America/Phoenix").at).toBe(
      "2026-03-10T15:00-07:00",
    );
    expect(addHours({ day: day("2026-03-07"), time: "15:00" }, 72).at).toBe("2026-03-10T15:00");
  });

  test("a time that the spring change leaves out counts from the hour after", () => {
    expect(addHours({ day: day("2026-03-08"), time: "02:30" }, 1, "America/New_York").at).toBe(
      "2026-03-08T04:30-04:00",
    );
  });

  test("the day of the autumn change has 25 hours", () => {
    const from = { day: day("2026-11-01"), time: "00:00" };
    expect(hoursBetween(from, { day: day("2026-11-02"), time: "00:00" }, "America/New_York")).toBe(25);
  });
});

describe("the calendar file", () => {
  const { rights } = rightsFor(
    {
      plan: "erisa-self-funded",
      timing: "pre-service",
      levels: 1,
      grounds: ["experimental"],
      events: { "notice-received": "2026-03-03", "appeal-received-by-plan": "2026-03-09" },
      asOf: "2026-03-10",
    },
    law,
  );
  const text = calendarFor(rights, { madeAt: "2026-03-10T12:00:00Z", caseName: "Case 7" });

  test("has whole-day entries for what is to be filed and what is to be decided", () => {
    expect(text).toContain("DTSTART;VALUE=DATE:20260830\r\nDTEND;VALUE=DATE:20260831");
    expect(text).toContain("SUMMARY:Decision due: internal appeal (Case 7)");
  });

  test("says nothing about health, folds long lines, and ends each with CR LF", () => {
    expect(text).not.toMatch(/experimental|medical/i);
    expect(text.split("\r\n").every((line) => line.length <= 75)).toBe(true);
    expect(text.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
  });

  test("a day that moves keeps its name and counts as the later one; another case never takes its place", () => {
    const entry = { title: "Send by this day", note: "", key: "file-30", alarms: [0, 1, 14] };
    const first = icalendar([{ ...entry, day: day("2026-03-10") }], {
      madeAt: "2026-03-01T00:00:00Z",
      uid: "a",
    });
    const moved = icalendar([{ ...entry, day: day("2026-03-12") }], {
      madeAt: "2026-03-02T00:00:00Z",
      uid: "a",
    });
    const other = icalendar([{ ...entry, day: day("2026-03-10") }], {
      madeAt: "2026-03-01T00:00:00Z",
      uid: "b",
    });
    const value = (text: string, name: string) => new RegExp(`${name}:(.*)\r\n`).exec(text)?.[1];
    expect(value(moved, "UID")).toBe(value(first, "UID"));
    expect(Number(value(moved, "SEQUENCE"))).toBeGreaterThan(Number(value(first, "SEQUENCE")));
    expect(value(other, "UID")).not.toBe(value(first, "UID"));
    expect(first.match(/TRIGGER:.*/g)).toEqual(["TRIGGER:PT9H", "TRIGGER:-PT15H", "TRIGGER:-P13DT15H"]);
  });

  test("what is over is cancelled under its own name and rings no more", () => {
    const over = {
      day: day("2026-03-10"),
      title: "Over",
      note: "",
      key: "k",
      alarms: [0],
      cancelled: true as const,
    };
    const text = icalendar([over], { madeAt: "2026-03-01T00:00:00Z" });
    expect(text).toContain("STATUS:CANCELLED");
    expect(text).not.toContain("VALARM");
  });

  test("a case without open days makes an empty calendar", () => {
    expect(calendarFor([], { madeAt: "2026-03-10T12:00:00Z" })).not.toContain("VEVENT");
  });
});
