import { expect, test } from "vitest";
import { bendOf, unbend } from "./bend.ts";
import type { Gray } from "./gray.ts";

/** Lines of dashes like print, each moved down by `moved(u, v)` widths. */
function sheet(moved: (u: number, v: number) => number): Gray {
  const [width, height] = [800, 1000];
  const data = new Uint8Array(width * height).fill(235);
  for (let line = 60; line < 940; line += 20) {
    for (let x = 80; x < 720; x++) {
      if ((x * 7 + line * 3) % 23 < 9) continue;
      const shift = Math.round(width * moved((x - 400) / width, (line - 500) / width));
      for (let y = line + shift; y < line + shift + 6; y++)
        if (y >= 0 && y < height) data[y * width + x] = 40;
    }
  }
  return { data, width, height };
}

/** Share of the rows that are all paper: high when lines are level. */
function emptyRows({ data, width, height }: Gray): number {
  let empty = 0;
  for (let y = 0; y < height; y++)
    if (data.subarray(y * width, (y + 1) * width).every((dot) => dot > 150)) empty++;
  return empty / height;
}

test("lines that fan out are made level, and places on them found again", () => {
  const fan = sheet((u, v) => 0.1 * u * v);
  const bend = bendOf(fan);
  expect(bend?.fan).toBeCloseTo(0.1, 1);
  const straight = unbend(fan, bend!);
  expect(emptyRows(fan)).toBeLessThan(0.3);
  expect(emptyRows(straight.gray)).toBeGreaterThan(0.55);
  const [x, y] = straight.back(700, 900);
  expect(x).toBe(700);
  expect(y).toBeCloseTo(900 + 800 * 0.1 * 0.375 * 0.5, -1);
});

test("lines of a sheet that bulges are made level", () => {
  const bulging = sheet((u) => 0.05 * u * u);
  expect(emptyRows(unbend(bulging, bendOf(bulging)!).gray)).toBeGreaterThan(0.55);
});

test("level lines, and a picture without print, are left alone", () => {
  expect(bendOf(sheet(() => 0))).toBeNull();
  expect(bendOf({ data: new Uint8Array(800 * 1000).fill(235), width: 800, height: 1000 })).toBeNull();
});
