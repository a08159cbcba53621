import { describe, expect, test } from "vitest";
import type { Denial } from "#denial";
import type { Payer, Treatment } from "#knowledge";
import { withChoice } from "./guide-choice.ts";

const payer = (id: string, parent: string, kind: Payer["kind"] = "plan") =>
  ({ id, kind, names: [`${id} Health`], parent }) as unknown as Payer;
const treatment = (id: string, name: string) => ({ id, name }) as unknown as Treatment;
const names = {
  payers: [payer("juniper", "Juniper"), payer("alder", "Alder"), payer("rx", "Rx", "pbm" as Payer["kind"])],
  treatments: [treatment("dupilumab", "Dupixent"), treatment("tavr", "Heart valve")],
};
/** What was read of a letter; nothing but what is given. */
const denial = (read: Partial<Denial> = {}): Denial =>
  ({ payer: null, payerId: null, services: [], grounds: [], issues: [], ...read }) as unknown as Denial;
const reading = (value: string) => ({ value, from: [], by: "rule" as const });
const codes = ({ issues }: Denial) => issues.map(({ code }) => code);

describe("what was chosen in a guide", () => {
  test("fills what the letter does not say, as the person's word, and says so", () => {
    const filled = withChoice(
      denial(),
      { payer: "juniper", treatment: "dupilumab", reason: "step-therapy" },
      names,
    );
    expect(filled.payer).toEqual({ value: "juniper Health", from: [], by: "person" });
    expect(filled.services[0]).toMatchObject({ treatmentId: "dupilumab", description: { by: "person" } });
    expect(filled.grounds).toEqual([{ id: "step-therapy", from: [], codes: [] }]);
    expect(codes(filled)).toEqual(["guide-used", "guide-used", "guide-used"]);
  });

  test("does not touch what the letter says, and says where they differ", () => {
    const read = denial({
      payer: reading("Alder Health"),
      payerId: "alder",
      services: [{ description: reading("TAVR"), codes: [], treatmentId: "tavr" }],
      grounds: [{ id: "experimental", from: [], codes: [] }],
    });
    const filled = withChoice(
      read,
      { payer: "juniper", treatment: "dupilumab", reason: "step-therapy" },
      names,
    );
    expect({ ...filled, issues: [] }).toEqual(read);
    expect(codes(filled)).toEqual(["guide-differs", "guide-differs", "guide-differs"]);
    expect(filled.issues[0]!.text).toContain("“Alder Health”");
  });

  test("is silent where both agree, where a manager writes for the plan, and where nothing was chosen", () => {
    const read = denial({
      payer: reading("rx Health"),
      payerId: "rx",
      services: [{ description: reading("Dupixent 300 mg"), codes: [], treatmentId: "dupilumab" }],
      grounds: [{ id: "step-therapy", from: [], codes: [] }],
    });
    const choice = { payer: "juniper", treatment: "dupilumab", reason: "step-therapy" } as const;
    expect(withChoice(read, choice, names)).toEqual(read);
    expect(withChoice(read, {}, names)).toEqual(read);
  });

  test("a treatment that we do not know by the letter's words stays as the letter puts it", () => {
    const read = denial({ services: [{ description: reading("Wheelchair"), codes: [], treatmentId: null }] });
    expect(withChoice(read, { treatment: "dupilumab" }, names)).toEqual(read);
  });
});
