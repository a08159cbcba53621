/** What people hand in by mistake: each is named with what to do, what can be done is done, nothing falls over. */
import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import type { Issue } from "#base";
import { command } from "../src/cli/appeal.ts";
import { approval, denial, homeInsurance, pdfOf, visitOf } from "./fixtures/larkspur-papers.ts";

const root = path.resolve(import.meta.dirname, "..");
const work = mkdtempSync(path.join(tmpdir(), "redress-bad-"));
afterAll(() => rmSync(work, { recursive: true, force: true }));
let made = 0;

type Files = Record<string, string | Uint8Array>;

function folderOf(files: Files): string {
  const folder = path.join(work, `in-${++made}`);
  mkdirSync(folder);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), content);
  }
  return folder;
}

type Done = { code: number; issues: Issue[]; out: string; has: (name: string) => boolean };

/** Runs the command in this process, where its modules are loaded already. */
async function appeal(folder: string): Promise<Done> {
  const out = path.join(work, `out-${++made}`);
  const code = await command.run([folder, "--out", out, "--as-of", "2026-10-12"]);
  const has = (name: string) => existsSync(path.join(out, name));
  const issues: Issue[] = JSON.parse(readFileSync(path.join(out, "issues.json"), "utf8"));
  return { code, issues, out, has };
}

function issueOf({ issues }: Done, code: string): Issue {
  const found = issues.find((issue) => issue.code === code);
  expect(found, `${code} among ${issues.map((issue) => issue.code).join(", ")}`).toBeDefined();
  return found!;
}

/** The program itself, for what it prints and the code it ends with. */
const program = (...words: string[]) =>
  spawnSync(path.join(root, "bin/redress"), words, { encoding: "utf8" });

describe("papers that are not enough", { timeout: 60_000 }, () => {
  test("an empty folder: one issue that says what to add, and no letter", async () => {
    const done = await appeal(folderOf({}));
    expect(done.code).toBe(1);
    expect(issueOf(done, "denial-missing").text).toMatch(/Add the letter/);
    expect(done.has("appeal-letter.pdf") || done.has("packet.pdf") || done.has("denial.json")).toBe(false);
  });

  test("records without a denial: what was read of them is there", async () => {
    const done = await appeal(folderOf({ "records/visit.txt": visitOf("Iris Quell", "03/14/1984") }));
    expect(done.code).toBe(1);
    issueOf(done, "denial-missing");
    expect(readFileSync(path.join(done.out, "facts.json"), "utf8")).toContain("atopic dermatitis");
  });

  test("an approval is named as one", async () => {
    const done = await appeal(folderOf({ "letter.pdf": await pdfOf(approval) }));
    expect(done.code).toBe(1);
    expect(issueOf(done, "notice-approves").text).toContain("letter.pdf");
  });

  test("a letter of a home insurer is not taken for a health plan's", async () => {
    const done = await appeal(folderOf({ "denial.pdf": await pdfOf(homeInsurance) }));
    expect(done.code).toBe(1);
    expect(issueOf(done, "denial-missing").text).toContain("denial.pdf");
    expect(done.has("appeal-letter.pdf")).toBe(false);
  });

  test.each([
    ["locked with a password", "file-password", /without the password/],
    ["cut off", "file-damaged", /Ask the sender/],
    ["empty", "file-empty", /Ask the sender/],
    ["a program", "file-program", /Do not open it/],
    ["larger than 200 MB", "file-too-large", /Split it/],
  ] as const)("a denial that is %s: %s", async (what, code, remedy) => {
    const folder = folderOf({ "denial.pdf": await pdfOf(denial) });
    spoil(path.join(folder, "denial.pdf"), what);
    const done = await appeal(folder);
    expect(done.code).toBe(1);
    const said = issueOf(done, code);
    expect(said.severity).toBe("error");
    expect(said.text).toContain("denial.pdf");
    expect(said.text).toMatch(remedy);
    issueOf(done, "denial-missing");
  });
});

function spoil(file: string, what: string): void {
  if (what === "locked with a password") {
    const locked = `${file}.locked`;
    const run = spawnSync("qpdf", ["--encrypt", "secret", "owner", "256", "--", file, locked]);
    expect(run.status).toBe(0);
    cpSync(locked, file);
    rmSync(locked);
  } else if (what === "cut off") writeFileSync(file, "%PDF-1.7\n1 0 obj\n<< /Type /Catalog");
  else if (what === "a program") writeFileSync(file, Buffer.from("MZ\x90\0\x03\0\0\0program", "latin1"));
  else truncateSync(file, what === "empty" ? 0 : 210_000_000);
}

describe("papers with something amiss among them", { timeout: 90_000 }, () => {
  test("bad files are named, and the letter is written from the others", async () => {
    const done = await appeal(
      folderOf({
        "case.yaml": "plan: erisa-insured\nstate: OH\n",
        "denial.pdf": await pdfOf(denial),
        "records/visit.txt": visitOf("Iris Quell", "03/14/1984"),
        "records/empty.pdf": "",
        "records/cut.pdf": "%PDF-1.4\nnothing more",
      }),
    );
    expect(done.code).toBe(0);
    expect(issueOf(done, "file-empty").text).toContain("records/empty.pdf");
    expect(issueOf(done, "file-damaged").text).toContain("records/cut.pdf");
    expect(done.has("appeal-letter.pdf") && done.has("packet.pdf") && done.has("rights.json")).toBe(true);
  });

  test("two denial letters: one is answered, and the other is named", async () => {
    const other = denial
      .replace("September 21, 2026", "August 3, 2026")
      .replace("26-118-4471", "26-077-1200")
      .replaceAll(
        "dupilumab (Dupixent) 300 mg every two weeks",
        "tralokinumab (Adbry) 300 mg every two weeks",
      );
    const done = await appeal(
      folderOf({ "denial-a.pdf": await pdfOf(other), "denial-b.pdf": await pdfOf(denial) }),
    );
    expect(done.code).toBe(0);
    expect(issueOf(done, "several-denials").text).toMatch(/one case (?:for|of) each|case of its own/i);
    const read = JSON.parse(readFileSync(path.join(done.out, "denial.json"), "utf8"));
    expect(read.noticeDate.value).toBe("2026-09-21");
  });

  test("another patient's record is set aside and proves nothing", async () => {
    const done = await appeal(
      folderOf({
        "denial.pdf": await pdfOf(denial),
        "records/visit.txt": visitOf("Harold Penn", "11/30/1951"),
      }),
    );
    expect(done.code).toBe(0);
    expect(issueOf(done, "other-patient").text).toContain("records/visit.txt");
    expect(readFileSync(path.join(done.out, "facts.json"), "utf8")).not.toContain("Triamcinolone");
    expect(readFileSync(path.join(done.out, "letter.json"), "utf8")).not.toContain("Penn");
  });
});

describe("case.yaml", { timeout: 90_000 }, () => {
  test("that is not YAML is named with its line, and the papers are read all the same", async () => {
    const done = await appeal(
      folderOf({ "case.yaml": "plan: erisa-insured\nstate: [OH\n", "denial.pdf": await pdfOf(denial) }),
    );
    expect(done.code).toBe(0);
    expect(issueOf(done, "answers-unreadable").text).toMatch(/case\.yaml is not YAML \(line \d\)/);
  });

  test("with values that cannot be: each is named and left out, the others are used", async () => {
    const yaml = `plan: gold-plus
state: oh
asOf: 2026-02-30
events: { notice-received: 2026-13-01 }
signer: Iris Quell
printed: soon
suspensions: 5
favourite: blue
`;
    const done = await appeal(folderOf({ "case.yaml": yaml, "denial.pdf": await pdfOf(denial) }));
    expect(done.code).toBe(0);
    const unusable = done.issues.filter(({ code }) => code === "answer-unusable").map(({ text }) => text);
    for (const field of ["plan", "asOf", "events.notice-received", "printed", "favourite"])
      expect(
        unusable.some((text) => text.startsWith(`${field} in case.yaml was not used: `)),
        field,
      ).toBe(true);
    expect(unusable).toHaveLength(5);
    issueOf(done, "receipt-unknown");
    expect(readFileSync(path.join(done.out, "letter.json"), "utf8")).toContain("Iris Quell");
  });

  test.each([
    ["a list", "- plan\n- state\n"],
    ["a word", "hello"],
    ["aliases that multiply", `a: &a [x,x,x,x,x,x,x,x,x]\n${multiplied()}`],
  ])("that is %s is named", async (_, yaml) => {
    const done = await appeal(folderOf({ "case.yaml": yaml }));
    expect(done.code).toBe(1);
    issueOf(done, "answers-unreadable");
  });

  test("that is empty says nothing", async () => {
    const done = await appeal(folderOf({ "case.yaml": "# nothing yet\n" }));
    expect(done.issues.map(({ code }) => code)).toEqual(["denial-missing"]);
  });
});

/** Nine times nine times nine of the list before. */
function multiplied(): string {
  const names = [..."abcdefgh"];
  return names
    .slice(1)
    .map((name, index) => `${name}: &${name} [${Array(9).fill(`*${names[index]}`).join(",")}]`)
    .join("\n");
}

describe("wrong usage ends with 2, says what to type, and writes nothing", () => {
  test("a folder that does not exist, a file in its place, no folder, an option that is none", () => {
    const folder = folderOf({ "denial.txt": denial });
    const out = path.join(work, "never");
    for (const [words, says] of [
      [[path.join(work, "nowhere"), "--out", out], /there is no folder/],
      [[path.join(folder, "denial.txt"), "--out", out], /there is no folder/],
      [[path.join(folder, "denial.txt", "deeper"), "--out", out], /there is no folder/],
      [["--out", out], /usage: redress appeal FOLDER --out DIR/],
      [[folder], /usage: redress appeal FOLDER --out DIR/],
      [[folder, "--out"], /--out wants a value/],
      [[folder, "--out", out, "--fast"], /there is no option --fast/],
      [[folder, "--out", out, "--as-of", "2026-02-30"], /--as-of wants a date/],
    ] as const) {
      const run = program("appeal", ...words);
      expect([words, run.status, run.stdout]).toEqual([words, 2, ""]);
      expect(run.stderr).toMatch(says);
    }
    expect(existsSync(out)).toBe(false);
  }, 60_000);

  test("an OUT that is a file, or lies inside one", () => {
    const folder = folderOf({ "denial.txt": denial });
    for (const out of ["denial.txt", "denial.txt/out"]) {
      const run = program("appeal", folder, "--out", path.join(folder, out));
      expect(run.status).toBe(2);
      expect(run.stderr).toMatch(/cannot be made or written to; name another with --out/);
    }
    expect(readFileSync(path.join(folder, "denial.txt"), "utf8")).toBe(denial);
  });
});

test("results that lie among the papers are not read as papers the next time", async () => {
  const folder = folderOf({ "denial.pdf": await pdfOf(denial) });
  const out = path.join(folder, "out");
  const run = () => command.run([folder, "--out", out, "--as-of", "2026-10-12"]);
  expect(await run()).toBe(0);
  const first = readFileSync(path.join(out, "issues.json"), "utf8");
  expect(await run()).toBe(0);
  expect(readFileSync(path.join(out, "issues.json"), "utf8")).toBe(first);
}, 90_000);
