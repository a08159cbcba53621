// Prints the papers of the cases again from their sources: `papers/NAME.typ` becomes `in/…/NAME.pdf`; a name that ends in
// `_scan` becomes a PDF of pictures, slightly turned and grainy, as a copier makes it. Run with the pinned runtime.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { PDFDocument } from "@cantoo/pdf-lib";
import { NodeCompiler } from "@myriaddreamin/typst-ts-node-compiler";
import sharp from "sharp";
import { root } from "./prepare.mjs";

const cases = path.join(root, "cases");
for (const slug of readdirSync(cases)) {
  const folder = path.join(cases, slug, "papers");
  if (!existsSync(folder)) continue;
  for (const file of readdirSync(folder).filter((name) => name.endsWith(".typ"))) {
    const name = file.replace(/\.typ$/, ".pdf");
    const target = path.join(cases, slug, "in", /^\d/.test(name) ? path.join("records", name) : name);
    const printed = NodeCompiler.create({ workspace: folder }).pdf({
      mainFilePath: path.join(folder, file),
      creationTimestamp: 0,
    });
    writeFileSync(target, name.endsWith("_scan.pdf") ? await scanned(printed) : printed);
  }
}

/** What a copier makes of it: 200 dpi, turned by half a degree, grey grain, JPEG. */
async function scanned(pdf) {
  const work = mkdtempSync(path.join(os.tmpdir(), "redress-papers-"));
  writeFileSync(path.join(work, "a.pdf"), pdf);
  spawnSync("pdftoppm", ["-r", "200", "-gray", "-png", path.join(work, "a.pdf"), path.join(work, "p")]);
  const out = await PDFDocument.create();
  for (const page of readdirSync(work)
    .filter((name) => name.endsWith(".png"))
    .sort()) {
    const jpeg = await sharp(readFileSync(path.join(work, page)))
      .rotate(0.5, { background: "#f4f4f0" })
      .blur(0.6)
      .jpeg({ quality: 55 })
      .toBuffer();
    const image = await out.embedJpg(jpeg);
    out.addPage([612, 792]).drawImage(image, { x: 0, y: 0, width: 612, height: 792 });
  }
  return out.save();
}
