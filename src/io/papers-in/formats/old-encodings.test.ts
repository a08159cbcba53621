import { describe, expect, test } from "vitest";
import { decodeText } from "./read-plain.ts";

const bytes = (...codes: (number | string)[]) =>
  Uint8Array.from(
    codes.flatMap((code) => (typeof code === "string" ? [...code].map((one) => one.charCodeAt(0)) : [code])),
  );

describe("text in older encodings", () => {
  test("Windows-1252: accents, quotation marks and an apostrophe between letters", () => {
    expect(
      decodeText(bytes("La autorizaci", 0xf3, "n de la ni", 0xf1, "a fue negada: ", 0x93, "no", 0x94)),
    ).toBe("La autorización de la niña fue negada: “no”");
    expect(decodeText(bytes("the plan", 0x92, "s word and the member", 0x92, "s word"))).toBe(
      "the plan’s word and the member’s word",
    );
  });
  test("Mac Roman and the code page of DOS are known by accents between letters", () => {
    expect(decodeText(bytes("El m", 0x8e, "todo del m", 0x8e, "dico y la p", 0x87, "gina"))).toBe(
      "El método del médico y la página",
    );
    expect(decodeText(bytes("La autorizaci", 0xa2, "n de la ni", 0xa4, "a, m", 0x82, "todo"))).toBe(
      "La autorización de la niña, método",
    );
  });
  test("Japanese, Chinese and Korean encodings", () => {
    // "保険の通知です" in Shift_JIS, "您的保险通知" in GBK, "보험 통지" in EUC-KR.
    expect(
      decodeText(bytes(0x95, 0xdb, 0x8c, 0xaf, 0x82, 0xcc, 0x92, 0xca, 0x92, 0x6d, 0x82, 0xc5, 0x82, 0xb7)),
    ).toBe("保険の通知です");
    expect(decodeText(bytes(0xc4, 0xfa, 0xb5, 0xc4, 0xb1, 0xa3, 0xcf, 0xd5, 0xcd, 0xa8, 0xd6, 0xaa))).toBe(
      "您的保险通知",
    );
    expect(decodeText(bytes(0xba, 0xb8, 0xc7, 0xe8, " ", 0xc5, 0xeb, 0xc1, 0xf6))).toBe("보험 통지");
  });
  test("UTF-32 by its mark", () => {
    expect(decodeText(bytes(0xff, 0xfe, 0, 0, "n", 0, 0, 0, "o", 0, 0, 0))).toBe("no");
  });
});
