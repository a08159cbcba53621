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

/** Dark dots as points, print against the paper around it; thinned to at most `most`. */
export function darkPoints(gray: Gray, paper: Paper, most: number): { xs: Float32Array; ys: Float32Array } {
  const xs: number[] = [];
  const ys: number[] = [];
  for (let y = 0; y < gray.height; y++) {
    const row = Math.floor(y / paper.tile) * paper.across;
    for (let x = 0; x < gray.width; x++) {
      const ground = paper.tiles[row + Math.floor(x / paper.tile)]!;
      if (ground > 60 && gray.data[y * gray.width + x]! < ground * 0.72) {
        xs.push(x);
        ys.push(y);
      }
    }
  }
  const step = Math.max(1, Math.ceil(xs.length / most));
  return { xs: Float32Array.from(thin(xs, step)), ys: Float32Array.from(thin(ys, step)) };
}

const thin = (values: number[], step: number) =>
  step === 1 ? values : values.filter((_, index) => index % step === 0);

/** The picture as a portable gray map, which needs no compression: its head, then its dots. */
export function pgmOf({ data, width, height }: Gray): Uint8Array[] {
  return [Buffer.from(`P5\n${width} ${height}\n255\n`, "latin1"), data];
}
