import { describe, expect, test } from "vitest";
import type { Letter } from "#letter";
import { faxReceipt } from "../../tests/fixtures/made-receipts.ts";
import { citeCalls, type PastLevel, type Receipt } from "./index.ts";

const letter = {
  kind: "external-review-brief",
  file: "appeal-letter",
  title: "Statement",
  language: "en",
  issues: [],
  passages: [
    { id: "text", role: "text", text: "Please reverse.", rests: [{ form: true }] },
    { id: "head", role: "heading", text: "Signatures", rests: [{ form: true }] },
    { id: "sign", role: "signature", text: "Elena R. Marsh", rests: [{ form: true }] },
  ],
} as unknown as Letter;
const level = (change: Partial<Receipt>, step = "internal-appeal"): PastLevel => ({
  after: "denied-again",
  at: "2026-11-18T10:00:00Z",
  answeredOn: "2026-11-18",
  parcels: [
    {
      key: "k",
      channel: "fax-http",
      to: "",
      part: { number: 1, of: 1 },
      beganAt: "",
      problem: null,
      step,
      receipt: faxReceipt(change),
    },
  ],
});
const texts = (levels: PastLevel[]) => citeCalls([letter], [], levels)[0]!.passages.map(({ text }) => text);

describe("what went before the letter", () => {
  test("is said with day, way and number, before the signatures, and rests on the person", () => {
    const [cited] = citeCalls([letter], [], [level({})]);
    expect(cited!.passages[1]).toMatchObject({
      text: "I sent my appeal on October 13, 2026 by fax to (614) 555-0177 (confirmation F-1), and its delivery was confirmed. The answer reached me on November 18, 2026.",
      rests: [{ person: expect.any(String) }],
    });
    expect(cited!.passages[2]!.text).toBe("Signatures");
  });
  test("is not called delivered where only a mail server took it", () => {
    expect(texts([level({ status: "accepted" })])[1]).not.toContain("delivery");
  });
  test("stands level by level, under the name of its step", () => {
    const all = texts([level({}), level({ number: "F-2" }, "external-review")]);
    expect(all[2]).toContain("I sent my request for external review");
  });
  test("is not said where nothing proves that anything was sent", () => {
    expect(texts([{ after: "denied-again", at: "", parcels: [] }])).toHaveLength(3);
  });
});
