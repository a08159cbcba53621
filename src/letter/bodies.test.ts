import { describe, expect, test } from "vitest";
import { drafted, printing } from "../../tests/fixtures/drafted-ways.ts";
import { type Way, ways } from "../../tests/fixtures/every-kind.ts";
import type { Letter } from "./types.ts";

const textOf = (letter: Letter | undefined) => letter?.passages.map(({ text }) => text).join("\n") ?? "";
const whereTo = (letter: Letter | undefined) =>
  letter?.passages.filter(({ role }) => role === "recipient" || role === "delivery").map(({ text }) => text);

describe("an appeal that the plan leaves unanswered", () => {
  const silent: Way = {
    plan: "medicaid-managed-care",
    rights: ["deemed-exhaustion", "state-fair-hearing"],
    events: { "appeal-received-by-plan": "2026-08-03" },
  };
  test("is not made a second time: the statement goes where the way is open, and says why it is", () => {
    const letters = drafted(silent);
    expect(letters[0]!.kind).toBe("fair-hearing-statement");
    const request = textOf(letters.find(({ kind }) => kind === "fair-hearing-request"));
    expect(request).toContain("deemed to have exhausted");
    expect(request).not.toContain("The plan's appeal is finished");
  });

  test("while it may still answer, the letter stays the plan's", () => {
    const [letter] = drafted({ ...silent, rights: ["internal-appeal", "state-fair-hearing"] });
    expect(letter!.kind).toBe("medicaid-appeal");
  });
});

describe("a hearing about care that is cut", () => {
  const hearing = (words: string) =>
    textOf(
      drafted({ ...ways["a State that decides itself"]!, timing: "concurrent" }, (input) => {
        input.denial!.outcome = { value: "reduced", from: [], by: "person" };
        printing(words)(input);
      }).find(({ kind }) => kind === "fair-hearing-request"),
    );
  test("quotes what the notice itself says of services until then, and nothing where it is silent", () => {
    const said =
      "If you ask before the effective date your services will continue until the hearing decision.";
    expect(hearing(said)).toContain(`The notice says of the time until then: “${said}”`);
    expect(hearing("Services were reviewed.")).not.toContain("of the time until then");
  });
});

describe("what makes a request urgent", () => {
  const boxes = (plan: Way["plan"]) =>
    textOf(drafted({ plan, urgent: true }).find(({ kind }) => kind === "expedited-request"));
  test("is severe pain for plans of employers; Medicare's rule does not name it", () => {
    expect(boxes("erisa-insured")).toContain("severe pain");
    expect(boxes("medicare-part-d")).toContain("seriously jeopardize");
    expect(boxes("medicare-part-d")).not.toContain("severe pain");
  });
});

describe("care that is to end", () => {
  test("is spoken of to the Quality Improvement Organization, not argued with the plan", () => {
    const [letter] = drafted(ways["care that ends"]!);
    expect(letter!.kind).toBe("quality-organization-statement");
    expect(textOf(letter)).toContain("should go on");
    const [plan] = drafted(ways["Medicare Advantage"]!);
    expect(plan!.kind).toBe("medicare-reconsideration");
  });

  test("a form's capitals are spoken of in small letters", () => {
    const [letter] = drafted(ways["care that ends"]!, (input) => {
      input.denial!.services[0]!.description.value = "SKILLED NURSING";
    });
    expect(textOf(letter)).toContain("skilled nursing services");
  });
});

describe("a notice from which no service is read", () => {
  test("leaves no letter without the sentence that it is written for", () => {
    for (const [name, way] of Object.entries(ways))
      for (const letter of drafted(way, (input) => {
        input.denial!.services = [];
      })) {
        if (letter.kind === "representative-authorization")
          expect(textOf(letter), name).toContain("I name the person below");
        if (letter.kind === "fair-hearing-request")
          expect(textOf(letter), name).toContain("I ask for a fair hearing");
        if (letter.kind === "formulary-exception") expect(textOf(letter), name).toContain("as an exception");
        if (letter.kind === "expedited-request") expect(textOf(letter), name).toContain("expedited appeal");
      }
  });
});

describe("who signs as the physician", () => {
  test("is never a house with a physician's number behind its name", () => {
    const named = (value: string) =>
      textOf(
        drafted(ways.OPM!, (input) => {
          input.denial!.provider!.value = value;
        })[0],
      );
    expect(named("Chesapeake Spine and Joint")).not.toContain("Chesapeake Spine and Joint ____");
    expect(named("Octavia Drummond, MD")).toContain("Octavia Drummond, MD ____");
  });
});

describe("the administrator of an employer's plan", () => {
  const to = (words: string) =>
    whereTo(
      drafted(ways["the federal review"]!, printing(words)).find(
        ({ kind }) => kind === "plan-documents-request",
      ),
    )?.[0];
  test("is named by the plan, or by the employer beside the group's number; else by office alone", () => {
    expect(
      to("Claims administrator for the Tallgrass Freight Employee Benefit Plan, a self-funded plan"),
    ).toBe("Plan Administrator, Tallgrass Freight Employee Benefit Plan");
    expect(to("Group: 55502 Elmore Timber Products LLC")).toBe(
      "Plan Administrator, group health plan of Elmore Timber Products LLC",
    );
    expect(to("Thank you.")).toBe("Plan Administrator");
  });
});
