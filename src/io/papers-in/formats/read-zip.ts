import { type UnzipFileInfo, unzipSync } from "fflate";
import type { Issue } from "#base";
import type { PaperFile } from "#source";

/** Files found inside another file, and what was refused. */
export type InnerFiles = { files: PaperFile[]; issues: Issue[] };

/** Limits of one archive: real ones stay far below, bombs far above. */
const MOST_FILES = 2000;
const MOST_BYTES = 400_000_000;
const MOST_RATIO = 200;
const SMALL = 5_000_000;

/** The files of an archive, named `archive.zip/inner.pdf`. Names that lead out of it are refused, and bombs. */
export function filesOfZip(file: PaperFile): InnerFiles {
  if (isLocked(file.bytes)) return { files: [], issues: [locked(file.name)] };
  const issues: Issue[] = [];
  let [count, total] = [0, 0];
  let bomb = false;
  const wanted = (entry: UnzipFileInfo) => {
    if (entry.name.endsWith("/") || isClutter(entry.name)) return false;
    if (leadsOut(entry.name)) {
      issues.push(refused(file.name, "a file whose name leads out of the archive"));
      return false;
    }
    count++;
    total += entry.originalSize;
    const swollen = entry.originalSize > SMALL && entry.originalSize > MOST_RATIO * Math.max(entry.size, 1);
    if (swollen || total > MOST_BYTES || count > MOST_FILES) bomb = true;
    return !bomb;
  };
  try {
    const inner = unzipSync(file.bytes, { filter: wanted });
    if (bomb) issues.push(tooMuch(file.name));
    else if (count === 0 && issues.length === 0) issues.push(nothingIn(file.name));
    const files = Object.entries(inner).map(([name, bytes]) => ({ name: `${file.name}/${name}`, bytes }));
    return { files, issues };
  } catch {
    return { files: [], issues: [...issues, bomb ? tooMuch(file.name) : damaged(file.name)] };
  }
}

/** True when an entry of the archive's directory is marked as encrypted. */
function isLocked(bytes: Uint8Array): boolean {
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const end = whole.lastIndexOf("PK\x05\x06", undefined, "latin1");
  if (end < 0 || end + 22 > whole.length) return false;
  let at = whole.readUInt32LE(end + 16);
  while (at + 46 <= end && whole.readUInt32LE(at) === 0x02014b50) {
    if ((whole.readUInt16LE(at + 8) & 1) !== 0) return true;
    at += 46 + whole.readUInt16LE(at + 28) + whole.readUInt16LE(at + 30) + whole.readUInt16LE(at + 32);
  }
  return false;
}

/** Absolute names, drive letters and `..` steps. */
function leadsOut(name: string): boolean {
  return /^[/\\]|^[A-Za-z]:|\0/.test(name) || name.split(/[/\\]/).includes("..");
}

/** What computers leave in archives beside the papers. */
function isClutter(name: string): boolean {
  return /(^|\/)(__MACOSX\/|\.DS_Store$|Thumbs\.db$|desktop\.ini$|\._)/i.test(name);
}

const refused = (name: string, what: string): Issue => ({
  severity: "warning",
  code: "archive-entry-refused",
  text: `${name} holds ${what}; it was left out. If it is a paper of yours, hand it in on its own.`,
});

const tooMuch = (name: string): Issue => ({
  severity: "error",
  code: "archive-too-large",
  text: `${name} unpacks to more than can be read (${MOST_FILES} files or ${MOST_BYTES / 1_000_000} MB). Hand in the papers that matter on their own.`,
});

const locked = (name: string): Issue => ({
  severity: "error",
  code: "file-password",
  text: `${name} is locked with a password. Unpack it with the password and hand in its files.`,
});

const nothingIn = (name: string): Issue => ({
  severity: "error",
  code: "archive-empty",
  text: `${name} holds no files. Ask the sender for it again.`,
});

const damaged = (name: string): Issue => ({
  severity: "error",
  code: "file-damaged",
  text: `${name} is damaged or of a kind that cannot be unpacked. Unpack it yourself and hand in its files.`,
});
