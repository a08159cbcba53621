import { describe, expect, test } from "vitest";
import { findQuote } from "#source";
import { drafted, printing } from "../../tests/fixtures/drafted-ways.ts";
import { type Way, ways } from "../../tests/fixtures/every-kind.ts";
import type { Letter } from "./types.ts";

const textOf = (letter: Letter | undefined) => letter?.passages.map(({ text }) => text).join("\n") ?? "";
const row = (letter: Letter | undefined, label: string) =>
  letter?.passages.find(({ role, cells }) => role === "row" && cells?.[0] === label)?.cells?.[1];
const whereTo = (letter: Letter | undefined) =>
  letter?.passages.filter(({ role }) => role === "recipient" || role === "delivery").map(({ text }) => text);

describe("what the rules of the body that decides want stated (42 CFR 405.1014(a), 405.1112(a), 423.2014(a))", () => {
  const judge = ways["a judge"]!;

  test("stands at the head of the request; what no page says is a line to fill", () => {
    const [letter] = drafted(judge, printing("The amount in dispute is $9,860.00."));
    expect(letter!.kind).toBe("judge-hearing");
    expect(row(letter, "Medicare appeal")).toBe("UM-2026-55817");
    expect(row(letter, "Amount in dispute")).toBe("$9,860.00");
    expect(row(letter, "Dates of service")).toMatch(/^_+$/);
    expect(row(letter, "More evidence")).toContain("☐ none is to come");
  });

  test("an amount that a hearing needs at least is not the amount in dispute", () => {
    const [letter] = drafted(judge, printing("The amount in controversy must be at least $200."));
    expect(row(letter, "Amount in dispute")).toMatch(/^\$ _+$/);
  });

  test("the plan's own number is not called a Medicare number; one that the record prints is", () => {
    const [none] = drafted(judge);
    expect(row(none, "Member ID")).toBe("HMP555204417");
    expect(row(none, "Medicare number")).toMatch(/^_+$/);
    const [found] = drafted(judge, (input) => {
      input.documents[2]!.pages[0]!.text += "\nMBI 1EG4-TE5-MK73";
    });
    expect(row(found, "Medicare number")).toBe("1EG4-TE5-MK73");
  });

  test("a reviewer who wrote the decision is not taken for the plan", () => {
    const way = ways["a judge on a drug"]!;
    const [letter] = drafted(way, (input) => {
      input.denial!.payer!.value = "C2C Innovative Solutions, Inc.";
      printing("Part D plan: High Desert Rx (PDP)")(input);
    });
    expect(row(letter, "Part D plan")).toBe("High Desert Rx (PDP)");
  });

  test("the brochure's section and the sponsor are taken from the notice", () => {
    const [opm] = drafted(
      ways.OPM!,
      printing("See Section 5(e) of the 2026 Service Benefit Plan brochure (RI 71-005), which covers care."),
    );
    expect(row(opm, "Brochure")).toBe("Section 5(e) of the 2026 Service Benefit Plan brochure (RI 71-005)");
    const [tricare] = drafted(ways.TRICARE!, printing("Sponsor: SGM Roy Castellane   DBN 55504417702"));
    expect(row(tricare, "Sponsor")).toBe("SGM Roy Castellane");
    const [blank] = drafted(ways.TRICARE!, printing("The sponsor must sign."));
    expect(row(blank, "Sponsor")).toMatch(/^_+$/);
  });

  test("the Council is told the parts of the decision with which the party disagrees, and nobody attests anew", () => {
    const [letter] = drafted(ways["the council"]!);
    expect(textOf(letter)).toContain("The parts of the decision with which I disagree: “");
    expect(textOf(letter)).not.toContain("Attestation of the treating physician");
  });
});

describe("where a letter to a body outside the plan goes", () => {
  test("to the address that the notice prints after the name of the body, in one line", () => {
    const [letter] = drafted(
      ways["a judge"]!,
      printing(
        "If you disagree you may ask for a hearing. Write to: HHS OMHA Centralized\nDocketing, 200 Public Square, Suite 1260, Cleveland, Ohio 44114-2316. Your request must be received in time.",
      ),
    );
    expect(whereTo(letter)).toEqual([
      "HHS OMHA Centralized Docketing, 200 Public Square, Suite 1260, Cleveland, Ohio 44114-2316",
    ]);
  });

  test("never to the plan's address, and the plan's letters never to the body's", () => {
    const [letter] = drafted(ways["a fair hearing"]!);
    expect(whereTo(letter)?.join()).not.toContain("P.O. Box 5551");
    const others = drafted(ways["a fair hearing"]!, (input) => {
      const value = "Bureau of State Hearings, P.O. Box 182825, Columbus, Ohio 43218-2825, or fax it t";
      printing(`Send your request to: ${value}o 1-614-555-0160.`)(input);
      const from = [findQuote(input.documents[0]!, value)!];
      input.denial!.rightsStated.sendTo.address = { value, from, by: "rule" };
    });
    expect(whereTo(others[0])![0]).toBe(
      "Bureau of State Hearings, P.O. Box 182825, Columbus, Ohio 43218-2825",
    );
    const toPlan = others.find(({ kind }) => kind === "claim-file-request");
    expect(whereTo(toPlan)?.join()).not.toContain("Bureau");
  });
});

describe("an address on a long page", () => {
  test("is found as it is on a short one", () => {
    const [letter] = drafted(ways["a judge"]!, (input) => {
      printing(
        "Write to OMHA Central Operations, 1001 Lakeside Avenue, Suite 930, Cleveland, OH 44114-1158.",
      )(input);
      input.documents[0]!.pages[0]!.text += "\n\nNotes on the review follow.".repeat(200);
    });
    expect(whereTo(letter)).toEqual([
      "OMHA Central Operations, 1001 Lakeside Avenue, Suite 930, Cleveland, OH 44114-1158",
    ]);
  });
});

describe("a State fair hearing", () => {
  const letters = drafted(ways["a fair hearing"]!);

  test("names the plan that decided, and rests each request on its paragraph", () => {
    expect(row(letters[0], "Decided by")).toBe("Harbor Mutual Health Plan");
    expect(textOf(letters[0])).toContain("(42 CFR 431.242(a))");
    expect(textOf(letters[0])).toContain("based exclusively on evidence introduced at the hearing");
  });

  test("an agency's own refusal goes to the hearing, and no rule for plans is cited", () => {
    const own = drafted(ways["a State that decides itself"]!);
    expect(own[0]!.kind).toBe("fair-hearing-statement");
    for (const letter of own) expect(textOf(letter)).not.toContain("42 CFR 438");
    expect(textOf(own.find(({ kind }) => kind === "fair-hearing-request"))).toContain(
      "42 CFR 431.200(a)-(b)",
    );
  });

  test("going on with the services is offered where the notice cuts them, and only there", () => {
    const request = (words: string) =>
      textOf(
        drafted(
          { plan: "medicaid-managed-care", stage: "internal-appeal", rights: ["state-fair-hearing"] },
          printing(words),
        ).find(({ kind }) => kind === "fair-hearing-request"),
      );
    expect(request("We uphold our decision to reduce your aide services to 21 hours per week.")).toContain(
      "☐ Please continue my services",
    );
    expect(request("We uphold our decision to deny the power wheelchair.")).not.toContain(
      "☐ Please continue",
    );
  });

  test("CHIP has a review and no fair hearing", () => {
    for (const letter of drafted(ways.CHIP!)) expect(textOf(letter)).not.toMatch(/fair hearing/i);
  });
});

describe("the other bodies", () => {
  test("OPM is not told what the carrier is told, and gets the list of copies that it asks for", () => {
    const letters = drafted(ways.OPM!);
    for (const letter of letters) expect(textOf(letter)).not.toContain("If you affirm any part");
    const request = letters.find(({ kind }) => kind === "opm-review-request");
    expect(textOf(request)).toContain("Copies of all letters that the carrier sent to me");
    expect(textOf(request)).toContain("receive it by January 4, 2027");
  });

  test("what the State's form asks is answered where the papers answer it", () => {
    const request = drafted(ways["a State's review"]!).find(
      ({ kind }) => kind === "state-external-review-request",
    );
    expect(textOf(request)).toContain("The decision is about experimental or investigational treatment.");
    expect(textOf(request)).toContain("I have finished the insurer's appeals");
    expect(textOf(request)).not.toContain("☐ other:");
  });

  test("a decision from outside the plan is not answered to the plan any more", () => {
    const kinds = drafted({ ...ways["a judge"]!, policy: false }).map(({ kind }) => kind);
    for (const gone of ["claim-file-request", "policy-request", "peer-to-peer-sheet", "regulator-complaint"])
      expect(kinds.includes(gone) ? gone : null).toBeNull();
  });

  test("a decision that came after a hearing was asked for is the judge's", () => {
    const way: Way = {
      plan: "medicare-original",
      rights: ["council"],
      events: { "alj-filed": "2026-06-10" },
    };
    expect(drafted(way)[0]!.kind).toBe("appeals-council-review");
    const later: Way = { ...way, rights: ["redetermination"], events: { "alj-filed": "2026-11-10" } };
    expect(drafted(later)[0]!.kind).toBe("redetermination");
  });

  test("an urgent case asks the body itself, with the physician's line; the plan is not asked", () => {
    const letters = drafted(ways["a judge on a drug"]!);
    expect(textOf(letters[0])).toContain("I ask that the hearing be expedited");
    expect(textOf(letters[0])).toContain("☐ In my judgment the time for a standard decision");
    expect(letters.map(({ kind }) => kind)).not.toContain("expedited-request");
  });

  test("where nothing answers the reason closely the record's sentences on its own words stand on page one", () => {
    const [letter] = drafted({ plan: "tricare", grounds: ["site-of-care"], policy: false }, (input) => {
      const words = "The information does not show insulin treatment or problematic hypoglycemia.";
      printing(words)(input);
      input.denial!.grounds[0]!.from = [findQuote(input.documents[0]!, words)!];
      input.documents[2]!.pages[0]!.text +=
        "\nHypoglycemia with loss of consciousness on 03/05/2026, treated by paramedics.";
    });
    const page = letter!.passages.filter(({ section }) => section === "Summary").map(({ text }) => text);
    expect(page.join("\n")).toContain("Hypoglycemia with loss of consciousness");
    expect(page.join("\n")).not.toContain("I ask you to show on what this statement rests");
  });

  test("where the notice names no service the request still asks for something", () => {
    const [letter] = drafted(ways["the council"]!, (input) => {
      input.denial!.services = [];
    });
    expect(textOf(letter)).toContain("order that the care that was refused be covered");
  });
});

describe("who treats", () => {
  const line = (words: string) => {
    const [letter] = drafted(ways.TRICARE!, (input) => {
      input.denial!.provider = null;
      input.documents[2]!.pages[0]!.text += `\n${words}`;
    });
    return letter!.passages.filter(({ role }) => role === "signature").at(-1)!.text;
  };

  test("is taken from the records where they name one clinician", () => {
    expect(line("Provider: Abigail Thorne, MD")).toMatch(/^Abigail Thorne, MD _/);
    expect(line("Provider: Abigail Thorne, MD\nSurgeon: Ezra Vance, DO")).toMatch(/^Treating physician _/);
    expect(line("Provider: told the patient what to do")).toMatch(/^Treating physician _/);
  });
});
