import { expect, test } from "vitest";
import { type Points, skewOf, turnOfPrint } from "./skew.ts";

/** Dots of a page of print, 150 to the inch: lines of short words, turned clockwise by so many degrees. */
function print(degrees: number, { lines = 44, pitch = 25, width = 1000 } = {}): Points {
  const slope = Math.tan((degrees * Math.PI) / 180);
  const [xs, ys]: [number[], number[]] = [[], []];
  for (let line = 0; line < lines; line++)
    for (let x = 0; x < width - (line % 5) * 90; x += 2) {
      if (x % 66 > 54) continue;
      for (const height of [0, 7, 14]) {
        xs.push(x);
        ys.push(Math.round(line * pitch + height + x * slope));
      }
    }
  return { xs: Float32Array.from(xs), ys: Float32Array.from(ys) };
}

test.each([-7.3, -2.5, -0.8, -0.3, 0.3, 0.8, 1.25, 3.3, 9.1])(
  "a page turned by %s° is turned back",
  (turned) => {
    expect(Math.abs(skewOf(print(turned)).degrees + turned)).toBeLessThan(0.15);
  },
);

test("a level page stays as it is", () => {
  expect(Math.abs(skewOf(print(0)).degrees)).toBeLessThan(0.1);
});

test("print that runs up or down is seen as sideways", () => {
  const level = print(0.8);
  expect(turnOfPrint(level).sideways).toBe(false);
  expect(turnOfPrint({ xs: level.ys, ys: level.xs.map((x) => 1000 - x) }).sideways).toBe(true);
});
