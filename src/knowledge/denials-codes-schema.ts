import { z } from "zod";
import { confidences, groundIds } from "#base";
import type { DenialCode, DenialCodes } from "./denials-codes.ts";
import { KnowledgeError, type KnowledgeFile } from "./knowledge-file.ts";
import { parseYaml } from "./parse.ts";

const row = z.strictObject({
  code: z.string().regex(/^[A-Z0-9]{1,5}$/),
  meaning: z.string(),
  grounds: z.array(z.enum(groundIds)),
  also: z.array(z.enum(groundIds)).optional(),
  broad: z.boolean().optional(),
  denial: z.boolean().optional(),
  route: z.string().optional(),
  hint: z.string().optional(),
  stopped: z.iso.date().optional(),
  confidence: z.enum(confidences),
});

/** Checks the three code files; a code stands once in its list. */
export function compileCodes(files: KnowledgeFile[]): DenialCodes {
  const read = (name: string): DenialCode[] => {
    const file = files.find(({ path }) => path.endsWith(`/${name}.yaml`));
    if (!file)
      throw new KnowledgeError(
        `knowledge/denials/codes/${name}.yaml`,
        1,
        "the list is missing",
        "bring the file back",
      );
    const rows = parseYaml(file, z.array(row));
    const seen = new Set<string>();
    for (const { code } of rows) {
      if (seen.has(code))
        throw new KnowledgeError(file.path, 1, `code ${code} stands twice`, "keep one row for each code");
      seen.add(code);
    }
    return rows as DenialCode[];
  };
  return {
    carc: read("claim-adjustment-reason-codes"),
    rarc: read("remittance-remark-codes"),
    ncpdp: read("pharmacy-reject-codes"),
  };
}
