import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  addDays,
  addMonths,
  dateOf,
  daysBetween,
  longDate,
  parseDate,
  plainDate,
  weekdayOf,
} from "./dates.ts";

const anyDate = fc
  .integer({ min: -40_000, max: 60_000 })
  .map((days) => addDays(plainDate("1970-01-01"), days));

describe("reading a date", () => {
  test("the twenty-ninth of February exists in 2028 and not in 2027", () => {
    expect(parseDate("2028-02-29")).toBe("2028-02-29");
    expect(parseDate("2027-02-29")).toBeNull();
  });
  test("1900 was not a leap year, 2000 was", () => {
    expect(dateOf(1900, 2, 29)).toBeNull();
    expect(dateOf(2000, 2, 29)).toBe("2000-02-29");
  });
  test("an American or a short date is not guessed", () => {
    for (const text of ["10/09/2026", "2026-1-5", "", "2026-13-01", "2026-00-10"])
      expect(parseDate(text)).toBeNull();
  });
});

describe("adding months says how it rounds", () => {
  test("the regulation's own example: October 30 and four months is March 1", () => {
    expect(addMonths(plainDate("2026-10-30"), 4, "first-of-next")).toBe("2027-03-01");
  });
  test("the same day exists: nothing is rounded", () => {
    expect(addMonths(plainDate("2026-10-28"), 4, "first-of-next")).toBe("2027-02-28");
  });
  test("August 31 and six months is the last of February where the text says so", () => {
    expect(addMonths(plainDate("2026-08-31"), 6, "last-of-month")).toBe("2027-02-28");
  });
  test("where the text says nothing, there is no date", () => {
    expect(addMonths(plainDate("2026-08-31"), 6, "none")).toBeNull();
  });
  test("rounding forward is never before rounding back, by at most a day", () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: 0, max: 240 }), (date, months) => {
        const back = addMonths(date, months, "last-of-month");
        const forward = addMonths(date, months, "first-of-next");
        expect([0, 1]).toContain(daysBetween(back, forward));
      }),
    );
  });
  test("a later start never gives an earlier end", () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: 0, max: 60 }), (date, months) => {
        expect(
          addMonths(addDays(date, 1), months, "first-of-next") >= addMonths(date, months, "first-of-next"),
        ).toBe(true);
      }),
    );
  });
});

describe("days", () => {
  test("180 days after September 18, 2026 is March 17, 2027, a Wednesday", () => {
    const day = addDays(plainDate("2026-09-18"), 180);
    expect([day, weekdayOf(day), longDate(day)]).toEqual(["2027-03-17", "Wednesday", "March 17, 2027"]);
  });
  test("adding and counting agree", () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: -5000, max: 5000 }), (date, days) => {
        expect(daysBetween(date, addDays(date, days))).toBe(days);
      }),
    );
  });
});
