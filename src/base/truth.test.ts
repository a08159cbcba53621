import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { allOf, anyOf, atLeast, not, type Truth } from "./truth.ts";

const truth = fc.constantFrom<Truth>(true, false, "unknown");

describe("Kleene's three values", () => {
  test("one false decides a conjunction, whatever is unknown", () => {
    expect(allOf([true, "unknown", false])).toBe(false);
    expect(allOf([true, "unknown"])).toBe("unknown");
  });
  test("one true decides an alternative, whatever is unknown", () => {
    expect(anyOf([false, "unknown", true])).toBe(true);
    expect(anyOf([false, "unknown"])).toBe("unknown");
  });
  test("two of three: sure, possible, out of reach", () => {
    expect(atLeast(2, [true, true, "unknown"])).toBe(true);
    expect(atLeast(2, [true, "unknown", false])).toBe("unknown");
    expect(atLeast(2, [true, false, false])).toBe(false);
  });
  test("De Morgan holds in three values", () => {
    fc.assert(
      fc.property(fc.array(truth), (values) => {
        expect(not(allOf(values))).toBe(anyOf(values.map(not)));
      }),
    );
  });
  test("all is at least as many as there are, any is at least one", () => {
    fc.assert(
      fc.property(fc.array(truth, { minLength: 1 }), (values) => {
        expect(atLeast(values.length, values)).toBe(allOf(values));
        expect(atLeast(1, values)).toBe(anyOf(values));
      }),
    );
  });
});
