import type { Issue } from "#base";
import { layOutPages, type UnreadPage } from "../layout/page-layout.ts";
import type { PageDone, ReadPages } from "../pdf/read-pdf.ts";
import { cutOff, Swollen } from "../refusals.ts";
import { type Gray, grayOfRaw } from "./gray.ts";
import { fromOcr } from "./ocr-page.ts";
import { readGray } from "./read-gray.ts";
import { ocrJobs } from "./tesseract.ts";

/** A letter's longer side, inches: pictures are taken to show one page of paper. */
const PAPER = 11;
/** Dots of the largest picture that is opened, and the longer side to which larger ones are brought down. */
const MOST_DOTS = 200_000_000;
const LONGEST = 6000;
const MOST_FRAMES = 1000;

/** A picture, or each page of a multi-page TIFF or HEIC file, through OCR. */
export async function readPicture(
  name: string,
  bytes: Uint8Array,
  heic: boolean,
  done: PageDone,
  signal?: AbortSignal,
): Promise<ReadPages> {
  const frames = heic ? await heicFrames(bytes) : await sharpFrames(bytes);
  const pages: UnreadPage[] = [];
  let next = 0;
  const work = async () => {
    while (next < frames.count) {
      signal?.throwIfAborted();
      const index = next++;
      pages[index] = await readFrame(await frames.frame(index), index, signal);
      done(pages.filter(Boolean).length, frames.count, "ocr");
    }
  };
  await Promise.all(Array.from({ length: ocrJobs() }, work));
  const issues = frames.left > 0 ? [leftOut(name, frames.left)] : [];
  if (frames.cutOff) issues.push(cutOff(name));
  return { pages: layOutPages(pages), issues };
}

/** Frames are decoded when their turn comes, so that a long fax does not fill the memory. */
type Frames = { count: number; left: number; cutOff: boolean; frame: (index: number) => Promise<Gray> };

async function sharpFrames(bytes: Uint8Array): Promise<Frames> {
  const { default: sharp } = await import("sharp");
  const limits = { limitInputPixels: MOST_DOTS, failOn: "none" as const };
  const about = await sharp(bytes, { ...limits, limitInputPixels: false }).metadata();
  const { pages = 1, format, channels, depth } = about;
  if (about.width * (about.pageHeight ?? about.height) > MOST_DOTS) throw new Swollen("a picture");
  const all = format === "tiff" ? pages : 1;
  const isGray = channels === 1 && depth === "uchar";
  const frame = async (page: number): Promise<Gray> => {
    const upright = sharp(bytes, { ...limits, page })
      .autoOrient()
      .resize({ width: LONGEST, height: LONGEST, fit: "inside", withoutEnlargement: true });
    // Gray as it is, it need not go through colour, which takes as long as all the rest.
    const gray = isGray ? upright : upright.flatten({ background: "#ffffff" }).grayscale();
    return grayOfRaw(await gray.toColourspace("b-w").raw().toBuffer({ resolveWithObject: true }));
  };
  const cutOff = format === "jpeg" && !endsAsJpegDoes(bytes);
  return { count: Math.min(all, MOST_FRAMES), left: Math.max(0, all - MOST_FRAMES), cutOff, frame };
}

/** The mark at a JPEG's end; cameras write other things after it. */
function endsAsJpegDoes(bytes: Uint8Array): boolean {
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  return (
    whole.lastIndexOf("\xff\xd9", undefined, "latin1") > whole.lastIndexOf("\xff\xda", undefined, "latin1")
  );
}

async function heicFrames(bytes: Uint8Array): Promise<Frames> {
  const { picturesOfHeic } = await import("./heic.ts");
  const pictures = await picturesOfHeic(bytes);
  return { count: pictures.length, left: 0, cutOff: false, frame: async (index) => pictures[index]! };
}

async function readFrame(gray: Gray, index: number, signal?: AbortSignal): Promise<UnreadPage> {
  const dpi = Math.max(30, Math.round(Math.max(gray.width, gray.height) / PAPER));
  const points = 72 / dpi;
  const facts = { page: index + 1, width: gray.width * points, height: gray.height * points };
  if (gray.width < 40 || gray.height < 40) return fromOcr({ words: [], height: facts.height }, facts);
  return fromOcr(await readGray(gray, dpi, signal), facts);
}

const leftOut = (name: string, pages: number): Issue => ({
  severity: "warning",
  code: "pages-left-out",
  text: `${name} has ${pages} more pages than can be read at once. Hand them in as a file of their own.`,
});
