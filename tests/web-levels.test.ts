/** The next level with the real readers, law and letters: from the answer that comes, or does not come, to what is drafted then. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type CaseFile, type CaseLog, fold, type Store } from "#case";
import { prepareInThread } from "../src/cli/prepare-in-thread.ts";
import { caseFileOf } from "../src/web/open-case.ts";
import { faxReceipt } from "./fixtures/made-receipts.ts";
import { benchOver, files, form, openTestStore, paper } from "./workbench/open-bench.ts";

let store: Store;
let close: () => Promise<void>;
let bench: ReturnType<typeof benchOver>;
let log: CaseLog;
let today = "2026-10-12";

beforeAll(async () => {
  ({ store, close } = await openTestStore());
  bench = benchOver(store, { prepare: prepareInThread, today: () => today });
  const { id: owner } = await store.accounts.local();
  log = await store.cases.create(owner, { title: "Two levels" });
  await log.append([
    { kind: "answer-given", question: "plan", answer: "erisa-insured" },
    { kind: "answer-given", question: "state", answer: "OH" },
    { kind: "answer-given", question: "levels", answer: "1" },
    { kind: "answer-given", question: "urgent", answer: "no" },
    { kind: "answer-given", question: "event:notice-received", answer: "2026-10-01" },
  ]);
  const names = ["denial-letter.pdf", "policy-RX-218.pdf", "01_dermatology-notes.pdf"];
  await bench.post(`/cases/${log.id}/papers`, files(...names.map(paper)));
  await bench.workshop.idle();
  await log.append([{ kind: "sent", part: { number: 1, of: 1 }, step: "internal-appeal", receipt: faxed }]);
}, 120_000);
afterAll(async () => {
  await bench.workshop.stop();
  await close();
});

const faxed = faxReceipt();
const state = async () => fold(await log.events());
const drafted = async (): Promise<CaseFile> => {
  await bench.workshop.idle();
  return caseFileOf(log, (await state()).draft!);
};
const text = async (path: string) => (await bench.get(`/cases/${log.id}${path}`)).text();
const kinds = ({ letters }: CaseFile) => letters.map(({ kind }) => kind);
const statusOf = ({ rights }: CaseFile, kind: string) =>
  rights.rights.find((right) => right.kind === kind)?.status;

/** The plan's answer to the appeal, as plans write it. */
const answer = (day: string) =>
  new File(
    [
      `Juniper Ridge Health Plan, Inc.\nMember Appeals\nP.O. Box 55218, Columbus, OH 43216-5218\n${day}\n\n`,
      "Elena R. Marsh\nMember ID: JRH555031877\nReference number: AP-26-1102-5590\n\n",
      "NOTICE OF FINAL INTERNAL ADVERSE BENEFIT DETERMINATION\n\nDear Elena R. Marsh:\n\n",
      "We received your appeal of our denial of Dupixent (dupilumab) 300 mg/2 mL, every 2 weeks. ",
      "We reviewed your appeal and we are upholding our denial. ",
      "The step therapy requirement of our policy RX-218 has not been met.\n\n",
      "This is our final internal decision. You may ask for an external review within four months ",
      "after you receive this notice. Send the request to Juniper Ridge Health Plan, External Review, ",
      "P.O. Box 55219, Columbus, OH 43216-5219.\n",
    ],
    "answer-to-appeal.txt",
    { type: "text/plain" },
  );

describe("after the appeal was sent", () => {
  test("days left and open rights are of today, whatever day the letters were drafted on", async () => {
    today = "2026-10-22";
    expect(await text("/deadline")).toContain("159 days left");
    const home = await (await bench.get("/")).text();
    expect(home).toContain("The answer is due by November 12, 2026");
    expect(home).not.toContain("File by March 30, 2027");
    expect(await text("")).toContain("It is sent. Write down calls");
    today = "2026-10-12";
  });

  test("the day the answer is due nothing is overdue; the day after, the notice of it is drafted by itself", async () => {
    today = "2026-11-12";
    expect(await text("")).toContain("The answer is due by November 12, 2026");
    expect(kinds(await drafted())).not.toContain("overdue-notice");
    today = "2026-11-13";
    expect(await text("")).toContain("overdue");
    const file = await drafted();
    expect(file.situation!.events).toMatchObject({ "appeal-received-by-plan": "2026-10-13" });
    expect(statusOf(file, "deemed-exhaustion")).toBe("open");
    expect(kinds(file)).toContain("overdue-notice");
    expect(await text("")).toContain("See the overdue notice");
    expect((await log.events()).filter(({ kind }) => kind === "decision-overdue")).toHaveLength(1);
  }, 120_000);
});

describe("while the answer is awaited", () => {
  const calendar = async () => (await bench.get(`/cases/${log.id}/reminders.ics`)).text();
  const field = (calendar: string, name: string) =>
    [...calendar.matchAll(new RegExp(`^${name}[:;](.*)\\r$`, "gm"))].map((one) => one[1]);

  test("what they asked for is reminded of; a calendar that was taken is moved and cancelled under the same names", async () => {
    today = "2026-10-20";
    await bench.post(
      `/cases/${log.id}/asked`,
      form({ on: "2026-10-19", what: "the pharmacy record", by: "2026-10-30" }),
    );
    expect(await text("")).toContain("They asked for: the pharmacy record. Send it by October 30, 2026.");
    const first = await calendar();
    expect(first).not.toMatch(/pharmacy|dupilumab|dermat|Marsh/i);
    expect(field(first, "DTSTART")).toContain("VALUE=DATE:20261112");
    await bench.post(`/cases/${log.id}/asked/sent`, form({}));
    expect(await text("/after")).toContain("Take the file again");
    const second = await calendar();
    const names = (of: string) => field(of, "UID").toSorted();
    expect(names(second)).toEqual(names(first));
    expect(Number(field(second, "SEQUENCE")[0])).toBeGreaterThan(Number(field(first, "SEQUENCE")[0]));
    expect(field(second, "STATUS").filter((one) => one === "CANCELLED")).toHaveLength(3);
    expect(await text("/after")).not.toContain("Take the file again");
    today = "2026-10-12";
  });
});

describe("denied again", () => {
  test("before the new letter is there, it is asked for", async () => {
    today = "2026-11-20";
    await bench.post(
      `/cases/${log.id}/outcome`,
      form({ outcome: "denied-again", on: "2026-11-18", note: "" }),
    );
    expect(await text("/after")).toContain("Next: Review by an outside doctor");
    await bench.post(`/cases/${log.id}/next-level`, form({}));
    const file = await drafted();
    expect(file.issues.map(({ code }) => code)).toContain("denial-missing-new");
    expect(await text("")).toContain("Hand in the new letter");
    expect(await text("")).toContain("Add their new letter to the papers");
    expect(file.issues.map(({ code }) => code)).not.toContain("events-out-of-order");
  }, 120_000);

  test("with it, the next level is drafted from it: its stage, its days, and what was filed before", async () => {
    await bench.post(`/cases/${log.id}/papers`, files(answer("November 16, 2026")));
    const file = await drafted();
    expect(file.denial!.noticeDate!.value).toBe("2026-11-16");
    expect(file.denial!.stage!.value).toBe("final-internal");
    expect(file.situation!.events).toMatchObject({
      "appeal-filed": "2026-10-13",
      "appeal-received-by-plan": "2026-10-13",
      "final-decision-received": "2026-11-18",
    });
    expect(statusOf(file, "external-review")).toBe("open");
    expect(kinds(file)[0]).toBe("external-review-brief");
    expect(kinds(file)).not.toContain("internal-appeal");
    expect(file.issues.map(({ code }) => code)).not.toContain("denial-missing-new");
    expect(await text("")).toContain("Last day to file: Review by an outside doctor");
  }, 120_000);

  test("it says what was sent before, and each notice carries its own date", async () => {
    const file = await drafted();
    const said = file.letters[0]!.passages.map((passage) => passage.text).join("\n");
    expect(said).toContain(
      "I sent my appeal on October 13, 2026 by fax to (614) 555-0177 (confirmation F-1)",
    );
    const days = file.sorted.papers.filter(({ kind }) => kind === "denial").map(({ date }) => date?.value);
    expect(days.toSorted()).toEqual(["2026-09-28", "2026-11-16"]);
  });
});

/** A reviewer's decision as reviewers write it: without a plan's headings, and with no other appeal to offer. */
const decision = (day: string) =>
  new File(
    [
      `MERIDIAN INDEPENDENT REVIEW, LLC\n200 Commerce Way, Dayton, OH 45402\n${day}\n\nElena R. Marsh\n\n`,
      "RE: External review of Dupixent (dupilumab) 300 mg/2 mL\nHealth plan: Juniper Ridge Health Plan, Inc.\n\n",
      "A board-certified dermatologist looked at the case. The health plan's determination is UPHELD.\n\n",
      "This decision is binding except to the extent that other remedies are available under law.\n",
    ],
    "reviewer.txt",
    { type: "text/plain" },
  );

describe("the independent reviewer upholds", () => {
  test("no further review is drafted, asked for or counted; what is left is said", async () => {
    await log.append([
      {
        kind: "sent",
        part: { number: 1, of: 1 },
        step: "external-review",
        receipt: { ...faxed, key: "fax-2", at: "2026-12-01T15:00:00Z" },
      },
    ]);
    today = "2027-01-20";
    await bench.post(
      `/cases/${log.id}/outcome`,
      form({ outcome: "denied-again", on: "2027-01-19", note: "" }),
    );
    expect(await text("/after")).toContain("This was the last review of this kind");
    await bench.post(`/cases/${log.id}/next-level`, form({}));
    await bench.post(`/cases/${log.id}/papers`, files(decision("January 15, 2027")));
    const file = await drafted();
    expect(file.situation!.events).toMatchObject({
      "iro-decision-dated": "2027-01-15",
      "iro-decision-received": "2027-01-19",
      "final-decision-received": "2026-11-18",
    });
    expect(file.issues.map(({ code }) => code)).toContain("reviews-over");
    expect(file.letters.map((letter) => letter.file)).not.toContain("appeal-letter");
    expect(file.packet).toBeNull();
    const page = await text("");
    expect(page).toContain("The reviews are over");
    expect(page).toContain("What is left is a court");
    expect(page).not.toContain("Not known yet</p>");
    expect(await (await bench.get("/")).text()).toContain("The reviews are over");
  }, 120_000);
});
