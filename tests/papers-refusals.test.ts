/** Files that are locked, packed, cut off or made to do harm: each gets a clear word, and its neighbours are read. */
import { strToU8, zipSync } from "fflate";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { readFiles } from "#io";

const bytesOf = (text: string) => strToU8(text);

async function read(name: string, content: string | Uint8Array) {
  const bytes = typeof content === "string" ? bytesOf(content) : content;
  const { documents, issues } = await readFiles([{ name, bytes }]);
  return {
    texts: documents.flatMap(({ pages }) => pages.map(({ text }) => text)),
    codes: issues.map(({ code }) => code),
    kinds: documents.map(({ mediaType, structured }) => structured ?? mediaType),
  };
}

/** An archive of one letter; `locked` marks its entry as encrypted, as programs that ask for a password do. */
function archive(locked: boolean): Uint8Array {
  const bytes = zipSync({ "letter.txt": bytesOf("We denied your request.") }, { level: 0 });
  const directory = Buffer.from(bytes).indexOf("PK\x01\x02", 0, "latin1");
  if (locked) {
    bytes[6]! |= 1;
    bytes[directory + 8]! |= 1;
  }
  return bytes;
}

describe("archives", () => {
  test("one that is locked says so; the same unlocked is read", async () => {
    expect(await read("papers.zip", archive(true))).toMatchObject({ texts: [], codes: ["file-password"] });
    expect(await read("papers.zip", archive(false))).toMatchObject({
      texts: ["We denied your request."],
      codes: [],
    });
  });

  test("one of another kind asks to be unpacked, even when a PDF lies first in it", async () => {
    const head = Buffer.alloc(512);
    head.write("letter.pdf", 0, "latin1");
    head.write("ustar\0", 257, "latin1");
    const tar = Buffer.concat([head, Buffer.from("%PDF-1.7\n1 0 obj endobj\n%%EOF")]);
    expect((await read("papers.tar", tar)).codes).toEqual(["archive-other"]);
    expect((await read("letter.pdf", Buffer.from([0x1f, 0x8b, 8, 0, 0, 0]))).codes).toEqual([
      "archive-other",
    ]);
  });

  test("a Word file that unpacks to a hundred million letters is refused as too large", async () => {
    const body = "<w:p/>".repeat(17_000_000);
    const bytes = zipSync({
      "[Content_Types].xml": bytesOf("<Types/>"),
      "word/document.xml": bytesOf(`<w:document><w:body>${body}</w:body></w:document>`),
    });
    expect(await read("letter.docx", bytes)).toMatchObject({ texts: [], codes: ["file-too-large"] });
  }, 30_000);
});

describe("structured files", () => {
  const deep = (depth: number) =>
    `{"resourceType":"Bundle","entry":${"[".repeat(depth)}${"]".repeat(depth)}}`;

  test("brackets nested thousands deep are refused, dozens are not", async () => {
    expect((await read("export.json", deep(5000))).codes).toEqual(["file-too-deep"]);
    expect((await read("export.json", deep(50))).codes).toEqual([]);
  });

  test("entities that XML defines behind a long comment are found", async () => {
    const xml = `<?xml version="1.0"?><!--${"x".repeat(150_000)}--><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>`;
    expect((await read("record.xml", xml)).codes).toEqual(["xml-entities"]);
  });

  test("a bulk export, a resource a line, is one Bundle; a line that was cut off is left out", async () => {
    const lines = [
      '{"resourceType":"Patient","id":"1"}',
      '{"resourceType":"Claim","id":"2"}',
      '{"resourceTy',
    ];
    const { texts, kinds } = await read("export.ndjson", lines.join("\n"));
    expect(kinds).toEqual(["fhir"]);
    const bundle = JSON.parse(texts[0]!);
    expect(bundle.entry.map((entry: { resource: { id: string } }) => entry.resource.id)).toEqual(["1", "2"]);
  });

  test("a single resource on many lines stays as it is", async () => {
    const text = '{\n  "resourceType": "Patient",\n  "id": "1"\n}\n';
    expect((await read("patient.json", text)).texts).toEqual([text]);
  });
});

describe("web pages and pictures", () => {
  test("a page saved from the browser with its headers is read as the page", async () => {
    const saved = [
      "MIME-Version: 1.0",
      'Content-Type: multipart/related; boundary="B"; type="text/html"',
      "",
      "--B",
      "Content-Type: text/html; charset=utf-8",
      "Content-Transfer-Encoding: quoted-printable",
      "",
      "<html><body><p>We denied it =E2=80=94 call us.</p></body></html>",
      "--B--",
      "",
    ];
    expect((await read("portal.mhtml", saved.join("\r\n"))).texts).toEqual(["We denied it — call us."]);
  });

  test("a page that speaks of %PDF- is no PDF", async () => {
    const { texts } = await read("page.html", "<html><body>Files begin with %PDF-1.7.</body></html>");
    expect(texts).toEqual(["Files begin with %PDF-1.7."]);
  });

  test("a photograph that ends too early is read as far as it goes, with a warning", async () => {
    const whole = await sharp({ create: { width: 600, height: 400, channels: 3, background: "#888" } })
      .jpeg()
      .toBuffer();
    expect((await read("photo.jpg", whole)).codes).not.toContain("picture-cut-off");
    const half = whole.subarray(0, Math.floor(whole.length * 0.7));
    expect((await read("photo.jpg", half)).codes).toContain("picture-cut-off");
  }, 30_000);
});
