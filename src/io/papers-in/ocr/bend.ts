/**
 * Lines of print that are not parallel or not straight: a page photographed from the side, or one that bulges. What
 * moves each dot up or down so that lines lie level is found by how sharply rows of print and paper then alternate.
 */
import { darkPoints, type Gray, paperOf, shrink } from "./gray.ts";
import type { Points } from "./skew.ts";

/**
 * How far print at a place has been moved down, in widths of the picture: slope·u + fan·u·v + bow·u² + barrel·u²·v + wave·u³,
 * where u and v are the place from the picture's middle, in widths.
 */
export type Bend = { slope: number; fan: number; bow: number; barrel: number; wave: number };

const STRAIGHT: Bend = { slope: 0, fan: 0, bow: 0, barrel: 0, wave: 0 };
/** What is looked at: the picture brought down to about so many dots, and so many dark dots of it, first roughly and then well. */
const LOOKED_AT = 1000;
const ROUGH = 4000;
const FINE = 14_000;
/** Rows must alternate so much more sharply before a picture is bent at all. */
const GAIN = 1.12;
/** Bends that move nothing by more than this many widths are none. */
const LEAST = 0.0035;

/** How the print of a level picture is bent, or `null` when its lines are straight enough. */
export function bendOf(gray: Gray): Bend | null {
  const small = shrink(gray, Math.max(1, Math.floor(Math.max(gray.width, gray.height) / LOOKED_AT)));
  const points = darkPoints(small, paperOf(small, 24), FINE);
  if (points.xs.length < 500) return null;
  const search = new Search(points, small.width, small.height);
  const found = search.run();
  return found && furthest(found, small.height / small.width) > LEAST ? found : null;
}

/** The picture with its lines made straight, and the way back to it as it was. */
export function unbend(
  gray: Gray,
  bend: Bend,
): { gray: Gray; back: (x: number, y: number) => [number, number] } {
  const { width, height } = gray;
  const data = new Uint8Array(width * height).fill(255);
  for (let x = 0; x < width; x++) {
    const u = (x - width / 2) / width;
    for (let y = 0; y < height; y++) {
      const from = y + width * moved(bend, u, (y - height / 2) / width);
      const row = Math.floor(from);
      if (row < 0 || row + 1 >= height) continue;
      const at = row * width + x;
      const share = from - row;
      data[y * width + x] = gray.data[at]! * (1 - share) + gray.data[at + width]! * share;
    }
  }
  const back = (x: number, y: number): [number, number] => {
    const u = (x - width / 2) / width;
    return [x, y + width * moved(bend, u, (y - height / 2) / width)];
  };
  return { gray: { data, width, height }, back };
}

function moved({ slope, fan, bow, barrel, wave }: Bend, u: number, v: number): number {
  return u * (slope + fan * v + u * (bow + barrel * v + wave * u));
}

/** The largest move on a page so many times as high as wide. */
function furthest(bend: Bend, high: number): number {
  let most = 0;
  for (const u of [-0.4, -0.2, 0.2, 0.4])
    for (const v of [-0.4, 0, 0.4]) most = Math.max(most, Math.abs(moved(bend, u, v * high)));
  return most;
}

/** A part of the bend, how far it is tried, and by what steps. */
type Reach = [part: keyof Bend, far: number, step: number];

/** Looks for the bend under which the rows of print are sharpest. */
class Search {
  readonly #u: Float64Array;
  readonly #v: Float64Array;
  readonly #width: number;
  readonly #rows: Float64Array;
  #step = 1;

  constructor({ xs, ys }: Points, width: number, height: number) {
    this.#u = Float64Array.from(xs, (x) => (x - width / 2) / width);
    this.#v = Float64Array.from(ys, (y) => (y - height / 2) / width);
    this.#width = width;
    this.#rows = new Float64Array(3 * height);
  }

  /** A sheet seen from the side and one that bulges are looked for apart: either would lead away from the other. */
  run(): Bend | null {
    const level = this.#sharpness(STRAIGHT);
    this.#step = Math.max(1, Math.floor(this.#u.length / ROUGH));
    const starts = [this.#bowAndBarrel(this.#slopeAndFan()), this.#slopeAndBow()];
    this.#step = 1;
    let [best, most] = [STRAIGHT, GAIN * level];
    for (const start of starts) {
      const bend = [0.16, 0.08, 0.03, 0.012].reduce((last, reach) => this.#near(last, reach), start);
      const sharpness = this.#sharpness(bend);
      if (sharpness > most) [best, most] = [bend, sharpness];
    }
    return best === STRAIGHT ? null : best;
  }

  /** Slope and convergence go together: at the wrong slope only one height of the page is level. */
  #slopeAndFan(): Bend {
    return this.#best(STRAIGHT, ["slope", 0.08, 0.008], ["fan", 0.3, 0.02]);
  }

  /** Likewise slope and bow: half of an arch alone looks like a slope. */
  #slopeAndBow(): Bend {
    return this.#best(STRAIGHT, ["slope", 0.06, 0.006], ["bow", 0.14, 0.014]);
  }

  /** A sheet that bulges, as much at its head as at its foot or not. */
  #bowAndBarrel(start: Bend): Bend {
    return this.#best(start, ["bow", 0.14, 0.014], ["barrel", 0.25, 0.05]);
  }

  /** The sharpest of all pairs of two parts, each from −reach to reach. */
  #best(start: Bend, [one, far, by]: Reach, [other, wide, apart]: Reach): Bend {
    let best = start;
    let most = this.#sharpness(best);
    for (let first = -far; first <= far; first += by) {
      for (let second = -wide; second <= wide; second += apart) {
        const bend = { ...start, [one]: first, [other]: second };
        const sharpness = this.#sharpness(bend);
        if (sharpness > most) [best, most] = [bend, sharpness];
      }
    }
    return best;
  }

  /** One part of the bend after the other, on both sides of where it is. */
  #near(start: Bend, reach: number): Bend {
    let best = start;
    let most = this.#sharpness(best);
    for (const part of ["slope", "fan", "bow", "barrel", "wave"] as const) {
      const from = best[part];
      const wide = part === "slope" ? reach / 4 : reach;
      for (let step = -8; step <= 8; step++) {
        const bend = { ...best, [part]: from + (step / 8) * wide };
        const sharpness = this.#sharpness(bend);
        if (sharpness > most) [best, most] = [bend, sharpness];
      }
    }
    return best;
  }

  /** Sum of squared differences between neighbouring rows once the bend is undone. */
  #sharpness({ slope, fan, bow, barrel, wave }: Bend): number {
    const rows = this.#rows.fill(0);
    const middle = rows.length / 2;
    for (let index = 0; index < this.#u.length; index += this.#step) {
      const [u, v] = [this.#u[index]!, this.#v[index]!];
      const flat = v - u * (slope + fan * v + u * (bow + barrel * v + wave * u));
      const row = (middle + flat * this.#width) | 0;
      if (row >= 0 && row < rows.length) rows[row]!++;
    }
    let sum = 0;
    for (let index = 1; index < rows.length; index++) sum += (rows[index]! - rows[index - 1]!) ** 2;
    return sum;
  }
}
