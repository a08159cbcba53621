import { expect, test } from "vitest";
import type { Desk } from "./appeal.ts";
import { missingOf, wanted } from "./wanted.ts";

test("a request names the paper and its holder, not why the search failed, and each paper once", () => {
  const history = "the medication history with dose, start and stop, from the pharmacy";
  expect(
    wanted(`these passages do not speak of potency: ${history}; 0 of 1 trials are proven: ${history}`),
  ).toBe(history);
  expect(wanted("a record of the training, from the clinic or supplier")).toBe(
    "a record of the training, from the clinic or supplier",
  );
});

test("another way to a criterion that is met is not asked for; while none is met, each way is", () => {
  const note = "a visit note that compares before and now, from the treating physician";
  const leaf = (id: string) => ({ id, text: id, from: [] });
  const asked = (initial: "met" | "unknown") =>
    missingOf({
      input: {
        denial: null,
        policy: { criteria: { id: "c", text: "", from: [], any: [leaf("c.1"), leaf("c.2")] } },
        findings: {
          findings: [
            { criterion: "c", status: initial, missing: null },
            { criterion: "c.1", status: initial, missing: null },
            { criterion: "c.2", status: "unknown", missing: note },
          ],
        },
      },
      search: { find: () => [] },
    } as unknown as Desk).map(({ text }) => text);
  expect(asked("met")).toEqual([]);
  expect(asked("unknown")).toEqual([note]);
});
