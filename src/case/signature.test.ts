import { describe, expect, test } from "vitest";
import {
  checkLink,
  checkSigner,
  isNpi,
  mostWrongCodes,
  type ReviewLink,
  settledStatements,
  signatureHolds,
} from "./index.ts";

describe("the NPI", () => {
  test("the example of the check-digit rule is valid, its neighbours are not", () => {
    expect(isNpi("1234567893")).toBe(true);
    for (const wrong of ["1234567892", "1234567894", "3234567893", "123456789", "12345678930"])
      expect(isNpi(wrong)).toBe(false);
  });
});

describe("who may sign", () => {
  const marks = [{ statement: "s1", mark: "confirmed" as const }];
  const physician = { name: "Naomi Whitlock", role: "physician" as const, npi: "1234567893" };
  test("a physician with a valid NPI who marked every statement may", () => {
    expect(checkSigner(physician, marks, ["s1"])).toEqual([]);
  });
  test("a wrong NPI, an unmarked statement and an empty correction each say what to do", () => {
    const codes = (issues: { code: string }[]) => issues.map(({ code }) => code);
    expect(codes(checkSigner({ ...physician, npi: "1234567890" }, marks, ["s1"]))).toEqual(["npi-invalid"]);
    expect(codes(checkSigner(physician, marks, ["s1", "s2"]))).toEqual(["statements-open"]);
    expect(
      codes(checkSigner(physician, [{ statement: "s1", mark: "corrected", words: " " }], ["s1"])),
    ).toEqual(["correction-empty"]);
  });
  test("a member needs no NPI, but a whole name", () => {
    expect(checkSigner({ name: "Elena Marsh", role: "member" }, [], [])).toEqual([]);
    expect(checkSigner({ name: "Elena", role: "member" }, [], [])[0]?.code).toBe("signer-name-incomplete");
  });
});

test("struck statements are not printed, corrected ones carry the physician's words, unmarked ones stay out", () => {
  const drafted = ["a", "b", "c", "d"].map((id) => ({ id, text: `statement ${id}` }));
  const printed = settledStatements(drafted, [
    { statement: "a", mark: "confirmed" },
    { statement: "b", mark: "corrected", words: "in my words" },
    { statement: "c", mark: "struck" },
  ]);
  expect(printed.map(({ text, corrected }) => [text, corrected])).toEqual([
    ["statement a", false],
    ["in my words", true],
  ]);
});

test("a signature is of one version only", () => {
  expect(signatureHolds({ seen: "aa" }, "aa")).toBe(true);
  expect(signatureHolds({ seen: "aa" }, "ab")).toBe(false);
});

describe("the private link", () => {
  const link: ReviewLink = {
    id: "l",
    tokenHash: "t",
    codeHash: "c",
    expiresAt: "2026-11-29T00:00:00Z",
    revokedAt: null,
    signedAt: null,
    wrongCodes: 0,
  };
  test.each([
    ["a second before it expires", "2026-11-28T23:59:59Z", {}, []],
    ["when it expires", "2026-11-29T00:00:00Z", {}, ["link-expired"]],
    [
      "when it was withdrawn",
      "2026-11-23T00:00:00Z",
      { revokedAt: "2026-11-22T00:00:00Z" },
      ["link-revoked"],
    ],
    ["when it was used", "2026-11-23T00:00:00Z", { signedAt: "2026-11-22T00:00:00Z" }, ["link-used"]],
    [
      "after one wrong code fewer than allowed",
      "2026-11-23T00:00:00Z",
      { wrongCodes: mostWrongCodes - 1 },
      [],
    ],
    [
      "after the last wrong code",
      "2026-11-23T00:00:00Z",
      { wrongCodes: mostWrongCodes },
      ["code-wrong-too-often"],
    ],
  ])("%s", (_name, now, change, codes) => {
    expect(checkLink({ ...link, ...change }, now).map(({ code }) => code)).toEqual(codes);
  });
  test("a link we do not know opens nothing", () => {
    expect(checkLink(null, "2026-11-23T00:00:00Z")[0]?.code).toBe("link-unknown");
  });
});
