import { unzipSync } from "fflate";
import type { Issue } from "#base";
import type { PaperFile } from "#source";

/** The files of an archive, named `archive.zip/inner.pdf`. */
export function filesOfZip(file: PaperFile): { files: PaperFile[]; issues: Issue[] } {
  try {
    const inner = unzipSync(file.bytes, {
      filter: (entry) => !entry.name.endsWith("/") && entry.originalSize < 200_000_000,
    });
    return {
      files: Object.entries(inner).map(([name, bytes]) => ({ name: `${file.name}/${name}`, bytes })),
      issues: [],
    };
  } catch {
    return {
      files: [],
      issues: [
        {
          severity: "error",
          code: "file-damaged",
          text: `${file.name} is damaged and cannot be unpacked. Ask the sender for it again.`,
        },
      ],
    };
  }
}
