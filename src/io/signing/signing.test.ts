import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { PDFDocument } from "@cantoo/pdf-lib";
import { describe, expect, test } from "vitest";
import type { Signature } from "#case";
import { makeIdentity } from "./identity.ts";
import { NotWhatWasSeen, signPdf } from "./sign-pdf.ts";
import { voidedPdf } from "./void-pdf.ts";

const folder = mkdtempSync(path.join(os.tmpdir(), "redress-signing-"));
const identity = makeIdentity("Redress test installation", new Date("2026-11-01T00:00:00Z"));

async function shown(): Promise<{ pdf: Uint8Array; signature: Signature }> {
  const document = await PDFDocument.create();
  document.addPage([612, 792]).drawText("An invented letter");
  const pdf = await document.save();
  const signature: Signature = {
    signer: { name: "Naomi T. Whitlock, MD", role: "physician", npi: "1555041780" },
    seen: createHash("sha256").update(pdf).digest("hex"),
    pages: 1,
    attestation: "The statements above are true to the best of my knowledge.",
    at: "2026-11-22T15:04:05Z",
    given: { typed: "Naomi T. Whitlock" },
    audit: [{ at: "2026-11-22T15:00:00Z", what: "link opened, code confirmed" }],
  };
  return { pdf, signature };
}

function pdfsig(bytes: Uint8Array): string {
  const file = path.join(folder, "signed.pdf");
  writeFileSync(file, bytes);
  return execFileSync("pdfsig", ["-nocert", file], { encoding: "utf8" });
}

describe.skipIf(!existsSync("/usr/bin/pdfsig"))("a signature as an independent reader sees it", () => {
  test("poppler finds a valid PAdES signature over the whole file", async () => {
    const { pdf, signature } = await shown();
    const said = pdfsig(await signPdf(pdf, signature, identity));
    expect(said).toContain("Signature is Valid");
    expect(said).toContain("ETSI.CAdES.detached");
    expect(said).toContain("Total document signed");
  });

  test.skipIf(!existsSync("/usr/bin/openssl"))(
    "the certificate is under the signature and the time is in its dictionary, as PAdES B-B asks",
    async () => {
      const { pdf, signature } = await shown();
      const signed = Buffer.from(await signPdf(pdf, signature, identity)).toString("latin1");
      const contents = /\/Contents <([0-9a-f]+)>/i.exec(signed)![1]!;
      const file = path.join(folder, "signature.der");
      writeFileSync(file, Buffer.from(contents, "hex"));
      const said = execFileSync("openssl", ["asn1parse", "-inform", "DER", "-in", file], {
        encoding: "utf8",
      });
      expect(said).toContain("id-smime-aa-signingCertificateV2");
      expect(said).not.toContain("signingTime");
      expect(signed).toMatch(/\/M \(D:20261122/);
    },
  );

  test("a voided copy says so on its pages, and its signature can still be found as it was", async () => {
    const { pdf, signature } = await shown();
    const voided = await voidedPdf(await signPdf(pdf, signature, identity));
    const said = pdfsig(voided);
    expect(said).toContain("Signature is Valid");
    expect(said).toContain("Not total document signed");
    const text = execFileSync("pdftotext", ["-f", "1", "-l", "1", path.join(folder, "signed.pdf"), "-"], {
      encoding: "utf8",
    });
    expect(text).toContain("NO LONGER HOLDS");
  });

  test("one changed letter and it is no longer valid", async () => {
    const { pdf, signature } = await shown();
    const signed = Buffer.from(await signPdf(pdf, signature, identity));
    const at = signed.indexOf("Reviewed and signed");
    signed[at] = "r".charCodeAt(0);
    expect(pdfsig(signed)).toMatch(/Digest Mismatch|Signature is Invalid/);
  });
});

describe("what was seen is what is signed", () => {
  test("other bytes than those shown are refused", async () => {
    const { pdf, signature } = await shown();
    const other = Uint8Array.from([...pdf, 10]);
    await expect(signPdf(other, signature, identity)).rejects.toBeInstanceOf(NotWhatWasSeen);
  });

  test("the bytes that were shown stand unchanged at the start of the signed file", async () => {
    const { pdf, signature } = await shown();
    const signed = await signPdf(pdf, signature, identity);
    const start = createHash("sha256").update(signed.subarray(0, pdf.length)).digest("hex");
    expect(start).toBe(signature.seen);
  });

  test("a long story goes on over pages; no line of it is left out", async () => {
    const { pdf, signature } = await shown();
    const audit = Array.from({ length: 120 }, (_, index) => ({ at: signature.at, what: `step ${index}` }));
    const signed = await signPdf(pdf, { ...signature, audit, means: ["By link and code."] }, identity);
    const file = path.join(folder, "long.pdf");
    writeFileSync(file, signed);
    const text = execFileSync("pdftotext", [file, "-"], { encoding: "utf8" });
    expect(text.match(/step \d+/g)).toHaveLength(120);
    expect(text).toContain("By link and code.");
    expect(text).toContain(`The first ${pdf.length} bytes`);
  });

  test("the audit page comes after the pages signed and names their hash", async () => {
    const { pdf, signature } = await shown();
    const signed = await signPdf(pdf, signature, identity);
    const file = path.join(folder, "audit.pdf");
    writeFileSync(file, signed);
    const text = execFileSync("pdftotext", ["-f", "2", file, "-"], { encoding: "utf8" });
    expect(text).toContain(signature.seen);
    expect(text).toContain("NPI 1555041780");
  });
});
