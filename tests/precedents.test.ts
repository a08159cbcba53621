/** Published tables as agencies publish them, and what people hand in instead. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { drugsIn } from "#precedent";
import { readTable } from "../src/cli/precedent-table.ts";

const folder = mkdtempSync(path.join(tmpdir(), "redress-precedents-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const read = (name: string, bytes: Uint8Array | string) => {
  const file = path.join(folder, name);
  writeFileSync(file, bytes);
  return readTable(file, drugsIn([{ generic: "dupilumab", brands: ["Dupixent"] }]));
};

const california = [
  "ReferenceID,ReportYear,DiagnosisCategory,DiagnosisSubCategory,TreatmentCategory,TreatmentSubCategory,Determination,Type,Findings",
  'MN24-1,2024,Skin Disorders,,Pharmacy,Other,Overturned Decision of Health Plan,Medical Necessity,"The enrollee asked for ""Dupixent"",\nfor atopic dermatitis – the plan’s denial followed."',
  "MN24-2,2024,Skin Disorders,,Pharmacy,Other,,Medical Necessity,None",
].join("\r\n");
const newYork =
  "Diagnosis;Treatment;Appeal Decision;Denial Reason;Decision Year;Case Number\n['Cardiac'];['Ablation'];Overturned in Part;Medical necessity;2024;202401-1\n";
const utf16 = (text: string) => Buffer.from(`\uFEFF${text}`, "utf16le");

describe("a published table", () => {
  test("with reasons over several lines, and a row without an outcome", async () => {
    const { precedents, issues } = await read("ca.csv", california);
    expect(precedents.map(({ id, drugs }) => [id, drugs])).toEqual([["MN24-1", ["dupilumab"]]]);
    expect(issues.map(({ code }) => code)).toEqual(["rows-incomplete"]);
  });
  test("in Windows' Western encoding, in UTF-16, with a mark of UTF-8, with a title above its header", async () => {
    const western = Buffer.from(california.replace("–", "\x96").replace("’", "\x92"), "latin1");
    expect((await read("western.csv", western)).precedents[0]!.said).toContain("dermatiti");
    expect((await read("utf16.csv", utf16(newYork))).precedents[0]!.id).toBe("202401-1");
    expect((await read("marked.csv", `\uFEFF${newYork}`)).precedents[0]!.condition).toBe("Cardiac");
    expect((await read("titled.csv", `External appeals\n\n${newYork}`)).precedents[0]!.outcome).toBe(
      "partly-overturned",
    );
  });
});

describe("what is no table of decisions", () => {
  test("is refused with what to do", async () => {
    await expect(read("a.csv", "PK\u0003\u0004rest")).rejects.toThrow(
      /Excel workbook.*save its sheet as CSV/,
    );
    await expect(read("b.csv", "%PDF-1.7")).rejects.toThrow(/is a PDF/);
    await expect(read("c.csv", "<!DOCTYPE html><p>")).rejects.toThrow(/web page/);
    await expect(read("d.csv", "")).rejects.toThrow(/empty/);
    await expect(read("e.csv", `${newYork}x;"y`)).rejects.toThrow(/breaks off/);
    await expect(readTable(path.join(folder, "none.csv"), () => [])).rejects.toThrow(/there is no file/);
  });
  test("another table names the columns that are wanted, a header alone says that it is one", async () => {
    expect((await read("f.csv", "Claim,Amount\n1,2\n")).issues[0]!.text).toContain('"Reference ID"');
    expect((await read("g.csv", california.split("\r\n")[0]!)).issues[0]!.code).toBe("table-empty");
  });
});
