import { describe, expect, test } from "vitest";
import type { PlanKind } from "#base";
import type { Right } from "#law";
import { right } from "../../tests/fixtures/made-rights.ts";
import { answerEvents, type Thing, whatNext, whenOverdue } from "./index.ts";

const until = (day: string | null) => ({ lastDay: day, safeDay: day, steps: [] });
const ids = (things: Thing[]) =>
  things.map(({ id, right: of, day }) => [id, of?.kind, day].filter(Boolean).join(" "));
const ended = (
  outcome: Parameters<typeof whatNext>[0]["outcome"],
  rights: Right[],
  used: string[],
  more = {},
) => ids(whatNext({ outcome, used, outside: false, plans: ["erisa-insured"], rights, late: false, ...more }));

describe("after a denial", () => {
  const commercial = [
    right("internal-appeal", { file: until("2027-01-01") }),
    right("external-review", { file: until("2027-03-01") }),
    right("court"),
  ];
  test("the next step is the lowest above those taken, with its day", () => {
    expect(ended("denied-again", commercial, ["internal-appeal"])).toEqual([
      "level external-review 2027-03-01",
    ]);
    const two = [...commercial, right("internal-appeal-2")];
    expect(ended("denied-again", two, ["internal-appeal"])).toEqual(["level-open internal-appeal-2"]);
  });
  test("an answer that came late is said first; in time it is not", () => {
    expect(ended("denied-again", commercial, ["internal-appeal"], { late: true })[0]).toBe("late");
    expect(ended("approved", commercial, ["internal-appeal"], { late: true })).not.toContain("late");
  });
  test("after the last review what is left is said, and no review is offered", () => {
    const all = ended(
      "denied-again",
      [
        ...commercial.slice(0, 1),
        right("external-review", { status: "not-available" }),
        right("court"),
        right("regulator-complaint"),
      ],
      ["internal-appeal", "external-review"],
    );
    expect(all).toEqual([
      "end-papers",
      "end-court court",
      "end-again",
      "end-bill",
      "end-complaint regulator-complaint",
    ]);
  });
  test("Medicare Advantage sends an upheld case on itself; Part D's independent review is asked for", () => {
    expect(ended("denied-again", [right("reconsideration"), right("ire")], ["reconsideration"])).toEqual([
      "sent-on ire",
    ]);
    const drug = [right("redetermination"), right("ire", { file: until("2027-02-25") })];
    expect(ended("denied-again", drug, ["redetermination"])).toEqual(["level ire 2027-02-25"]);
    expect(
      ended(
        "denied-again",
        [right("ire"), right("alj", { file: until("2027-04-11") })],
        ["reconsideration", "ire"],
      ),
    ).toEqual(["level alj 2027-04-11"]);
  });
  test("of Original Medicare the reconsideration is the second step and the judge the third", () => {
    const rights = [
      right("redetermination"),
      right("reconsideration", { file: until("2027-05-15") }),
      right("alj"),
    ];
    expect(ended("denied-again", rights, ["redetermination"])).toEqual(["level reconsideration 2027-05-15"]);
    expect(ended("denied-again", rights, ["redetermination", "reconsideration"])).toEqual(["level-open alj"]);
  });
  test("the VA's clinical appeal has a second level, and no third", () => {
    const rights = [right("va-clinical-appeal", { status: "unknown" })];
    expect(ended("denied-again", rights, ["va-clinical-appeal"])).toEqual(["level-up va-clinical-appeal"]);
    expect(ended("denied-again", rights, ["va-clinical-appeal", "va-clinical-appeal"])[0]).toBe("end-papers");
  });
  test("a day that is counted from the date on the letter is not given before the letter is there", () => {
    const rights = [right("opm-review", { file: until("2027-04-03") })];
    expect(ended("denied-again", rights, ["reconsideration"], { undated: true })).toEqual([
      "level-open opm-review",
    ]);
  });
  test("of TRICARE's two second steps whoever took one goes to the hearing", () => {
    const rights = [
      right("tricare-formal-review"),
      right("tricare-second-reconsideration"),
      right("tricare-hearing"),
    ];
    expect(ended("denied-again", rights, ["tricare-reconsideration", "tricare-formal-review"])).toEqual([
      "level-open tricare-hearing",
    ]);
  });
});

describe("after another end", () => {
  test("an approval is got in writing, and carried out by the law's day where there is one", () => {
    const carried = right("effectuation", { decision: until("2026-12-30") });
    expect(ended("approved", [carried], ["internal-appeal"])[1]).toBe("approved-by effectuation 2026-12-30");
    expect(ended("approved", [], ["external-review"], { outside: true })[1]).toBe("approved-binding");
    const medicare: PlanKind[] = ["medicare-advantage"];
    expect(ended("approved", [], ["ire"], { outside: true, plans: medicare })[1]).toBe("approved-soon");
  });
  test("a part that was refused goes on, and what was approved is taken", () => {
    expect(ended("partly-approved", [right("external-review")], ["internal-appeal"])).toEqual([
      "partly-take",
      "partly-rest",
      "level-open external-review",
    ]);
  });
  test("a dismissal is answered; Medicare Advantage's is reviewed outside", () => {
    expect(ended("dismissed", [], ["internal-appeal"])).toEqual(["dismissed-why", "dismissed-back"]);
    expect(ended("dismissed", [right("ire-dismissal-review")], ["reconsideration"])[2]).toBe(
      "dismissed-review ire-dismissal-review",
    );
  });
  test("what was withdrawn can be begun again until its day has passed", () => {
    expect(
      ended("withdrawn", [right("internal-appeal", { file: until("2027-03-27") })], ["internal-appeal"]),
    ).toEqual(["withdrawn-again internal-appeal 2027-03-27"]);
    expect(
      ended("withdrawn", [right("internal-appeal", { status: "expired" })], ["internal-appeal"]),
    ).toEqual(["withdrawn-passed"]);
  });
});

describe("no answer by the last day", () => {
  const id = (rights: Right[], used: string[]) => ids([whenOverdue(rights, used)])[0];
  test("gives what the law gives, and no more", () => {
    expect(id([right("deemed-exhaustion"), right("external-review")], ["internal-appeal"])).toBe(
      "overdue-exhausted external-review",
    );
    expect(id([right("ire-forwarding")], ["reconsideration"])).toBe("overdue-forwarded ire-forwarding");
    expect(id([right("opm-review", { file: until("2027-03-24") })], ["reconsideration"])).toBe(
      "overdue-level opm-review 2027-03-24",
    );
    expect(id([right("redetermination")], ["redetermination"])).toBe("overdue-ask");
  });
});

describe("an answer as events of the law", () => {
  test("has its own name; a day that was told already stays", () => {
    expect(answerEvents("denied-again", "final-decision-received", "2026-11-18", {})).toEqual({
      "final-decision-received": "2026-11-18",
    });
    expect(
      answerEvents("denied-again", "final-decision-received", "2026-11-18", {
        "final-decision-received": "2026-11-17",
      }),
    ).toEqual({});
    expect(answerEvents("approved", null, "2026-11-18", {})).toEqual({ "reversal-received": "2026-11-18" });
    expect(answerEvents("dismissed", "reconsideration-received", "2026-11-18", {})).toEqual({
      "dismissal-dated": "2026-11-18",
    });
    expect(answerEvents("withdrawn", "reconsideration-received", "2026-11-18", {})).toEqual({});
  });
});
