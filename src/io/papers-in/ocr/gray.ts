/** Gray pictures: what OCR looks at, and the few things to know about one before reading it. */

/** One byte a dot, 0 black to 255 white, row by row. */
export type Gray = { data: Uint8Array; width: number; height: number };

/** Gray from four-byte pixels, by the eye's weights. */
export function grayOf(pixels: Uint8Array, width: number, height: number): Gray {
  const data = new Uint8Array(width * height);
  for (let at = 0, from = 0; at < data.length; at++, from += 4)
    data[at] = (pixels[from]! * 77 + pixels[from + 1]! * 150 + pixels[from + 2]! * 29) >> 8;
  return { data, width, height };
}

/** Gray from the picture library's raw dots: the same memory, seen as plain bytes. */
export function grayOfRaw(raw: { data: Uint8Array; info: { width: number; height: number } }): Gray {
  const { buffer, byteOffset, length } = raw.data;
  return { data: new Uint8Array(buffer, byteOffset, length), width: raw.info.width, height: raw.info.height };
}

/** The picture made smaller by a whole factor; each dot is the mean of its square. */
export function shrink(gray: Gray, factor: number): Gray {
  if (factor === 1) return gray;
  const [width, height] = [Math.floor(gray.width / factor), Math.floor(gray.height / factor)];
  const data = new Uint8Array(width * height);
  const sums = new Uint32Array(width);
  const square = factor * factor;
  for (let y = 0; y < height; y++) {
    sums.fill(0);
    for (let down = 0; down < factor; down++)
      addRow(sums, gray.data, (y * factor + down) * gray.width, factor);
    for (let x = 0; x < width; x++) data[y * width + x] = sums[x]! / square;
  }
  return { data, width, height };
}

/** Adds so many neighbouring dots of a row, from `at` on, to each sum. */
function addRow(sums: Uint32Array, data: Uint8Array, at: number, factor: number): void {
  for (let x = 0, from = at; x < sums.length; x++) {
    let sum = 0;
    for (const end = from + factor; from < end; from++) sum += data[from]!;
    sums[x] = sums[x]! + sum;
  }
}

/** The paper's brightness, tile by tile: the bright end of each tile, where print does not reach. */
export type Paper = { tiles: Uint8Array; across: number; down: number; tile: number };

export function paperOf(gray: Gray, tile: number): Paper {
  const [across, down] = [Math.ceil(gray.width / tile), Math.ceil(gray.height / tile)];
  const tiles = new Uint8Array(across * down);
  const histogram = new Uint32Array(256);
  for (let row = 0; row < down; row++) {
    for (let column = 0; column < across; column++) {
      histogram.fill(0);
      let count = 0;
      for (let y = row * tile; y < Math.min(gray.height, (row + 1) * tile); y++) {
        for (let x = column * tile; x < Math.min(gray.width, (column + 1) * tile); x++) {
          histogram[gray.data[y * gray.width + x]!]!++;
          count++;
        }
      }
      tiles[row * across + column] = quantile(histogram, count, 0.85);
    }
  }
  return { tiles, across, down, tile };
}

function quantile(histogram: Uint32Array, count: number, share: number): number {
  let seen = 0;
  for (let value = 0; value < 256; value++) {
    seen += histogram[value]!;
    if (seen >= share * count) return value;
  }
  return 255;
}

/** Difference between the brighter and the darker parts of the paper, 0 to 255: shadows of a photograph. */
export function unevenness({ tiles }: Paper): number {
  const sorted = [...tiles].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length * 0.9)]! - sorted[Math.floor(sorted.length * 0.1)]!;
}

/** Ground darker than this is no paper, and print is darker than so much of its ground. */
const NO_PAPER = 60;
const PRINT = 0.72;

/**
 * Print as points: dark dots with paper near on all four sides; thinned to at most `most`. The edge of the sheet, rules
 * and what the sheet lies on would tell where the table stands, not how the lines run.
 */
export function darkPoints(gray: Gray, paper: Paper, most: number): { xs: Float32Array; ys: Float32Array } {
  const { data, width, height } = gray;
  const xs: number[] = [];
  const ys: number[] = [];
  const reach = Math.max(4, Math.round(Math.max(width, height) / STROKE));
  for (let y = 0; y < height; y++) {
    const row = Math.floor(y / paper.tile) * paper.across;
    for (let x = 0; x < width; x++) {
      const ground = paper.tiles[row + Math.floor(x / paper.tile)]!;
      const at = y * width + x;
      if (ground <= NO_PAPER || data[at]! >= ground * PRINT) continue;
      const [left, right] = [Math.min(x, reach), Math.min(width - 1 - x, reach)];
      const [up, down] = [Math.min(y, reach), Math.min(height - 1 - y, reach)];
      const least = ground * PRINT;
      if (
        !reachesPaper(data, at, -1, left, least) ||
        !reachesPaper(data, at, 1, right, least) ||
        !reachesPaper(data, at, -width, up, least) ||
        !reachesPaper(data, at, width, down, least)
      )
        continue;
      xs.push(x);
      ys.push(y);
    }
  }
  const step = Math.max(1, Math.ceil(xs.length / most));
  return { xs: Float32Array.from(thin(xs, step)), ys: Float32Array.from(thin(ys, step)) };
}

/** Strokes and letters are narrower than this part of a page. */
const STROKE = 130;

/** True when a dot as bright as paper lies within so many steps. */
function reachesPaper(data: Uint8Array, at: number, step: number, steps: number, least: number): boolean {
  for (let index = 1, next = at + step; index <= steps; index++, next += step)
    if (data[next]! >= least) return true;
  return false;
}

const thin = (values: number[], step: number) =>
  step === 1 ? values : values.filter((_, index) => index % step === 0);

/** The picture as a portable gray map, which needs no compression: its head, then its dots. */
export function pgmOf({ data, width, height }: Gray): Uint8Array[] {
  return [Buffer.from(`P5\n${width} ${height}\n255\n`, "latin1"), data];
}
