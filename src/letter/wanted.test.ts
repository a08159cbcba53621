import { expect, test } from "vitest";
import { wanted } from "./wanted.ts";

test("a request names the paper and its holder, not why the search failed, and each paper once", () => {
  const history = "the medication history with dose, start and stop, from the pharmacy";
  expect(
    wanted(`these passages do not speak of potency: ${history}; 0 of 1 trials are proven: ${history}`),
  ).toBe(history);
  expect(wanted("a record of the training, from the clinic or supplier")).toBe(
    "a record of the training, from the clinic or supplier",
  );
});
