/** Makes a picture fit for OCR: level, evenly lit, without specks, large enough; and knows the way back. */
import { bendOf, unbend } from "./bend.ts";
import { darkPoints, type Gray, grayOfRaw, type Paper, paperOf, shrink, unevenness } from "./gray.ts";
import { turnOfPrint } from "./skew.ts";

/** A picture ready for OCR. `back` takes a point of it (dots) to the picture as it came in. */
export type Prepared = {
  gray: Gray;
  scale: number;
  back: (x: number, y: number) => [number, number];
  turned: number;
  /** Shadows lay on it: some of them may be left. */
  shaded: boolean;
};

/** Turns smaller than this do no harm, degrees. */
const LEVEL = 0.25;
/** A difference of light that needs evening out. */
const UNEVEN = 38;

/** `photograph`: the paper is not evenly white, as scanners and fax machines make it. */
export type Look = {
  skew: number;
  sideways: boolean;
  uneven: boolean;
  photograph: boolean;
  paper: Paper;
  factor: number;
};

/** Paper that scanners give is at least so bright. */
const WHITE = 248;

/** What there is to put right. */
export function lookAt(gray: Gray): Look {
  const factor = Math.max(1, Math.floor(Math.max(gray.width, gray.height) / 900));
  const small = shrink(gray, factor);
  const paper = paperOf(small, 24);
  const { degrees, sideways } = turnOfPrint(darkPoints(small, paper, 12_000));
  const uneven = unevenness(paper) > UNEVEN;
  const photograph = uneven || paper.tiles.toSorted()[paper.tiles.length >> 1]! < WHITE;
  return { skew: degrees, sideways, uneven, photograph, paper, factor };
}

/** How to make a picture ready: turned upright (0, 90, 180 or 270 clockwise), so many times larger, snow smoothed away. */
export type Treatment = { turn: number; enlarge: number; smooth: boolean };

/** The picture levelled and treated, and the lines of a photographed sheet made straight. */
export async function prepare(gray: Gray, look: Look, treatment: Treatment): Promise<Prepared> {
  const level = await prepareLevel(gray, look, treatment);
  const bend = look.photograph ? bendOf(level.gray) : null;
  if (!bend) return level;
  const straight = unbend(level.gray, bend);
  return { ...level, gray: straight.gray, back: (x, y) => level.back(...straight.back(x, y)) };
}

async function prepareLevel(gray: Gray, look: Look, { turn, enlarge, smooth }: Treatment): Promise<Prepared> {
  const { default: sharp } = await import("sharp");
  const lit = look.uneven ? evenOut(gray, look) : withoutSpecks(gray);
  const skew = Math.abs(look.skew) < LEVEL ? 0 : look.skew;
  const degrees = turn + skew;
  if (degrees === 0 && enlarge === 1 && !smooth)
    return { gray: lit, scale: 1, back: (x, y) => [x, y], turned: 0, shaded: look.uneven };
  let picture = sharp(lit.data, { raw: { width: lit.width, height: lit.height, channels: 1 } });
  if (smooth) picture = picture.median(3).blur(1);
  if (enlarge !== 1) picture = picture.resize({ width: Math.round(lit.width * enlarge), kernel: "cubic" });
  if (degrees !== 0) {
    const large = await picture.toColourspace("b-w").raw().toBuffer({ resolveWithObject: true });
    picture = sharp(large.data, {
      raw: { width: large.info.width, height: large.info.height, channels: 1 },
    }).rotate(degrees, {
      background: "#ffffff",
    });
  }
  const turned = grayOfRaw(await picture.toColourspace("b-w").raw().toBuffer({ resolveWithObject: true }));
  const back = wayBack(gray, turned, degrees, enlarge);
  return { gray: turned, scale: enlarge, back, turned: degrees, shaded: look.uneven };
}

function wayBack(from: Gray, to: Gray, degrees: number, enlarge: number): Prepared["back"] {
  const angle = (-degrees * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return (x, y) => {
    const [dx, dy] = [x - to.width / 2, y - to.height / 2];
    return [
      (dx * cos - dy * sin) / enlarge + from.width / 2,
      (dx * sin + dy * cos) / enlarge + from.height / 2,
    ];
  };
}

/** Divides by the paper's own brightness, tile by tile with soft borders, so that shadows go and print stays. */
function evenOut(gray: Gray, { paper, factor }: Look): Gray {
  const data = new Uint8Array(gray.data.length);
  const tile = paper.tile * factor;
  for (let y = 0; y < gray.height; y++) {
    const down = Math.max(0, Math.min(paper.down - 1.001, y / tile - 0.5));
    const row = Math.floor(down);
    const low = down - row;
    for (let x = 0; x < gray.width; x++) {
      const across = Math.max(0, Math.min(paper.across - 1.001, x / tile - 0.5));
      const column = Math.floor(across);
      const right = across - column;
      const at = row * paper.across + column;
      const upper = paper.tiles[at]! * (1 - right) + paper.tiles[at + 1]! * right;
      const lower =
        paper.tiles[at + paper.across]! * (1 - right) + paper.tiles[at + paper.across + 1]! * right;
      const ground = Math.max(40, upper * (1 - low) + lower * low);
      const index = y * gray.width + x;
      data[index] = Math.min(255, (gray.data[index]! * 250) / ground);
    }
  }
  return { ...gray, data };
}

/** Rows looked at to judge how much snow there is: every so manyth. */
const SAMPLED = 17;

/** Wipes dark dots that stand alone, where there are many: the snow of a bad fax line. */
export function withoutSpecks(gray: Gray): Gray {
  const sample = lonelyDots(gray, SAMPLED);
  if (sample.lonely.length < 0.02 * sample.dark) return gray;
  const cleaned = gray.data.slice();
  for (const at of lonelyDots(gray, 1).lonely) cleaned[at] = 255;
  return { ...gray, data: cleaned };
}

/** Dark dots with at most one dark neighbour, in every so manyth row. */
function lonelyDots({ data, width, height }: Gray, every: number): { lonely: number[]; dark: number } {
  const lonely: number[] = [];
  let dark = 0;
  for (let y = 1; y < height - 1; y += every) {
    const end = (y + 1) * width - 1;
    for (let at = y * width + 1; at < end; at++) {
      if (data[at]! >= 128) continue;
      dark++;
      if (standsAlone(data, at, width)) lonely.push(at);
    }
  }
  return { lonely, dark };
}

/** Written out: it is asked for every dark dot of a page. */
function standsAlone(data: Uint8Array, at: number, width: number): boolean {
  const [above, below] = [at - width, at + width];
  const beside = (data[at - 1]! >> 7) + (data[at + 1]! >> 7);
  if (beside === 0) return false;
  const over = (data[above - 1]! >> 7) + (data[above]! >> 7) + (data[above + 1]! >> 7);
  const under = (data[below - 1]! >> 7) + (data[below]! >> 7) + (data[below + 1]! >> 7);
  return beside + over + under >= 7;
}
