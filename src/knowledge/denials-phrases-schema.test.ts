import { describe, expect, test } from "vitest";
import { compileDenialPhrases, refuseLostWords } from "./denials-phrases-schema.ts";

const file = (phrase: string) => ({
  path: "knowledge/denials/phrases/grounds.yaml",
  text: `- id: step-therapy\n  says:\n    - ${phrase}\n  yes: ["You tried only 4 weeks."]\n`,
});

describe("a number sign in a phrase", () => {
  test("without quotes the rest is lost, and the loader says where", () => {
    expect(() => compileDenialPhrases([file("tried only # weeks")])).toThrow(/grounds\.yaml:3.*number sign/s);
  });
  test("between quotes it stands for a number", () => {
    expect(() => refuseLostWords(file('"tried only # weeks"'))).not.toThrow();
  });
  test("inside a word it is no comment", () => {
    expect(() => refuseLostWords(file("plan h####-### (hmo|ppo)"))).not.toThrow();
  });
  test("a comment on a line of its own stays one", () => {
    expect(() => refuseLostWords(file("tried\n    # said by many"))).not.toThrow();
  });
});
