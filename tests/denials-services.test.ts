import { describe, expect, test } from "vitest";
import { type Denial, readDenial } from "#denial";
import { allSpansProve } from "#source";
import { knowledge, letter, paper, read } from "./denials-paper.ts";

const lines = (denial: Denial): string[] =>
  denial.services.map(({ description, codes }) => `${codes.map(({ value }) => value)} ${description.value}`);
const grounds = (denial: Denial): string[] => denial.grounds.map(({ id }) => id).sort();

describe("services and structured notices", () => {
  test("a table gives its lines with code, date and price", () => {
    const denial = read(
      "Harborview Health Plan\nExplanation of Benefits\nDate of service\tService\tCode\tCharge\tReason\n09/02/2025\tKNEE XRAY\t73562\t$142.00\t18\n09/09/2025\tINJECTION\t20610\t$415.00\t18\n18 Exact duplicate of an earlier claim.",
    );
    expect(denial.services).toMatchObject([
      {
        description: { value: "KNEE XRAY" },
        codes: [{ value: "73562", system: "cpt" }],
        from: "2025-09-02",
        amount: { value: 142 },
      },
      { description: { value: "INJECTION" }, from: "2025-09-09", amount: { value: 415 } },
    ]);
  });
  test("a postal code is not a procedure code", () => {
    expect(
      read(
        `${letter("It is not medically necessary.")}\nPO Box 30555, Salt Lake City, UT 84130`,
      ).services.flatMap(({ codes }) => codes),
    ).toEqual([]);
  });
  test("a remittance is read by its segments, each value with its place", () => {
    const x12 =
      "ISA*00*          *00*          *ZZ*A              *ZZ*B              *260415*1200*^*00501*000000905*0*P*:~ST*835*0001~BPR*I*0*C*NON************20260415~N1*PR*HUMANA INSURANCE COMPANY~CLP*A1*4*450*0**16*8202609900~NM1*QC*1*VANTERPOOL*LYSANDER****MI*H551~SVC*HC:20610*450*0~DTM*472*20260302~CAS*CO*50*450~LQ*HE*N115~SE*9*0001~";
    const source = paper(x12, "x12");
    const denial = readDenial([source], knowledge);
    expect(denial).toMatchObject({
      payerId: "humana",
      memberId: { value: "H551" },
      outcome: { value: "denied" },
      grounds: [{ id: "medical-necessity", codes: ["CARC 50", "RARC N115"] }],
    });
    expect(
      allSpansProve(
        denial.grounds.flatMap(({ from }) => from),
        [source],
      ),
    ).toEqual([]);
  });
  test("a FHIR answer without a reason invents none", () => {
    const answer = {
      resourceType: "ClaimResponse",
      use: "preauthorization",
      created: "2026-05-02",
      item: [
        {
          adjudication: [
            {
              extension: [
                {
                  url: "x/extension-reviewActionCode",
                  valueCodeableConcept: { coding: [{ code: "A3", display: "Not Certified" }] },
                },
              ],
            },
          ],
        },
      ],
    };
    expect(read(JSON.stringify(answer), "fhir")).toMatchObject({
      outcome: { value: "denied" },
      timing: { value: "pre-service" },
      grounds: [],
    });
  });
  test("every span of a letter proves", () => {
    const source = paper(
      letter("The service is not medically necessary under Medical Policy MP-561, Mitral Repair."),
    );
    const denial = readDenial([source], knowledge);
    const spans = [
      denial.payer,
      denial.memberName,
      denial.noticeDate,
      denial.outcome,
      denial.criteriaCited[0]?.title,
    ].flatMap((reading) => reading?.from ?? []);
    expect(spans.length).toBe(5);
    expect(allSpansProve(spans, [source])).toEqual([]);
  });
});

const summary = (approved: string): string => `Medicare Summary Notice
for Part B (Medical Insurance)
Notice for Ada Fenwick
Medicare Number   1EG4-TE5-5501
Date of This Notice   June 15, 2026

Your Claims for Part B (Medical Insurance)

April 14, 2026
Prairie Eye Clinic, (563) 555-0119
901 Main Street, Dubuque, IA 52001

Service Provided & Billing Code    Service Approved?   Amount Charged   Approved Amount   Medicare Paid   You May Be Billed   See Notes Below
Eye exam (92014)   ${approved}    $120.00   $90.00   $72.00   $18.00   B
Glasses lens (V2100)   NO    $95.00   $0.00   $0.00   $95.00   A

Notes for Claims Above
A  Medicare does not pay for routine eye care and glasses.
B  You may have to pay this amount.

If you disagree with a coverage decision, you can appeal. You must file your appeal in writing by October 20, 2026.`;

describe("a Medicare Summary Notice", () => {
  const denial = read(summary("YES"));
  test("the refused line with the day and the provider above it", () => {
    expect(lines(denial)).toEqual(["V2100 Glasses lens"]);
    expect([denial.services[0]?.from, denial.provider?.value]).toEqual(["2026-04-14", "Prairie Eye Clinic"]);
  });
  test("both lines when both are refused", () => {
    expect(lines(read(summary("NO")))).toHaveLength(2);
  });
  test("its reason is the note of the line", () => {
    expect(grounds(denial)).toEqual(["benefit-exclusion"]);
  });
});
