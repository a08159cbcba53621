import { describe, expect, test } from "vitest";
import { proves } from "#base";
import { KnowledgeError, loadPolicies, loadPolicyWords } from "#knowledge";
import { bestPolicyFor, type Criterion, policyFromMarkdown, policyToMarkdown, readPolicy } from "#policy";
import { paper, shape } from "./fixtures/made-charts.ts";

const words = await loadPolicyWords();

const policyOf = (text: string) => paper("policy.txt", text);
const read = (text: string) => readPolicy(policyOf(text), { words });
const criteria = (text: string) => shape(read(text).criteria);
const exclusions = (text: string) => shape(read(text).exclusions);

const brace = (list: string) => `Knee Brace

Coverage criteria
A knee brace is medically necessary when ${list}`;

describe("what a list's announcement says", () => {
  test("'ALL of the following' joins by all, 'ANY ONE of the following' by any", () => {
    const items = "\n  1. Age 18 years or older\n  2. Knee pain on walking\n";
    expect(criteria(brace(`ALL of the following are met:${items}`))).toBe(
      "ALL(Age 18 years or older, Knee pain on walking)",
    );
    expect(criteria(brace(`ANY ONE of the following is met:${items}`))).toBe(
      "ANY(Age 18 years or older, Knee pain on walking)",
    );
  });

  test("'at least two of' counts, and connectives and punctuation are no part of the words", () => {
    expect(
      criteria(
        brace(
          "at least TWO of the following are met:\n  1. Pain at rest; or\n  2. Swelling; OR\n  3. Locking of the knee.\n",
        ),
      ),
    ).toBe("2OF(Pain at rest, Swelling, Locking of the knee)");
  });

  test("'must not have' and 'none of' deny what follows", () => {
    expect(
      criteria(
        brace(
          "all of the following are met:\n  1. Knee pain on walking\n  2. The member has none of the following:\n    a. Open wound at the knee\n    b. Deep vein thrombosis\n",
        ),
      ),
    ).toBe("ALL(Knee pain on walking, NOT(ANY(Open wound at the knee, Deep vein thrombosis)))");
  });

  test("an announcement that carries a condition keeps it, and one that does not leaves no leaf", () => {
    expect(
      criteria(
        brace(
          "all of the following are met:\n  1. Body mass index of 30 or more and one of the following:\n    a. Knee pain\n    b. Hip pain\n  2. Knee pain on walking\n",
        ),
      ),
    ).toBe("ALL(Body mass index of 30 or more, ANY(Knee pain, Hip pain), Knee pain on walking)");
    expect(
      criteria(
        brace(
          "all of the following are met:\n  1. Instability is shown by either of the following:\n    a. A stress film\n    b. An examination\n  2. Knee pain on walking\n",
        ),
      ),
    ).toBe("ALL(ANY(A stress film, An examination), Knee pain on walking)");
  });

  test("AND and OR at line ends decide where no announcement does", () => {
    expect(
      criteria("Knee Brace\n\nCriteria\n  1. Pain at rest OR\n  2. Swelling OR\n  3. Locking of the knee\n"),
    ).toBe("ANY(Pain at rest, Swelling, Locking of the knee)");
  });
});

describe("conditions inside a sentence", () => {
  test("'unless' with a clause is the other way; 'unless contraindicated' stays in the trial", () => {
    expect(
      criteria(
        brace(
          "all of the following are met:\n  1. Weight below 150 kg, unless the surgeon and the dietitian agree on the brace\n  2. Failure of ibuprofen for 30 days, unless contraindicated\n",
        ),
      ),
    ).toBe(
      "ALL(ANY(Weight below 150 kg, the surgeon and the dietitian agree on the brace), Failure of ibuprofen for 30 days, unless contraindicated)",
    );
  });

  test("'if' makes a condition of its own case, 'if appropriate' does not", () => {
    expect(
      criteria(
        brace(
          "all of the following are met:\n  1. If a custom brace is requested, the leg does not fit a standard size\n  2. Knee pain on walking\n",
        ),
      ),
    ).toBe(
      "ALL(WHEN(a custom brace is requested → the leg does not fit a standard size), Knee pain on walking)",
    );
  });

  test("numbers inside a sentence are a list, references to criteria are not", () => {
    expect(
      criteria(
        brace(
          "any of the following is true: (1) pain at rest; (2) swelling after walking; or (3) locking of the knee.\n",
        ),
      ),
    ).toContain("swelling after walking");
    expect(
      criteria(
        brace(
          "all of the following are met:\n  1. Knee pain on walking\n  2. A visit within 30 days confirms that criteria (1) and (2) are met\n",
        ),
      ),
    ).not.toContain("ANY");
  });
});

describe("sections", () => {
  const whole = `Knee Brace

Background
Braces must be fitted well. In one trial members had at least two falls.

Coverage criteria
A knee brace is medically necessary when all of the following are met:
  1. Age 18 years or older
  2. Knee pain on walking

Not covered
A knee brace is not covered for any of the following:
  - Sports without injury
  - A second brace for travel

References
1. Invented A. Journal of Braces. 2020;1:1-9.
`;

  test("background and references hold no criteria; what is not covered is apart", () => {
    expect(criteria(whole)).toBe("ALL(Age 18 years or older, Knee pain on walking)");
    expect(exclusions(whole)).toBe("ANY(Sports without injury, A second brace for travel)");
  });

  test("initial and continued treatment are two ways", () => {
    const text = `Brace

Initial approval criteria
  1. Age 18 years or older
  2. Knee pain on walking

Renewal criteria
  1. The member wears the brace every day
  2. Pain has improved
`;
    expect(criteria(text)).toBe(
      "ANY(ALL(Age 18 years or older, Knee pain on walking), ALL(The member wears the brace every day, Pain has improved))",
    );
  });

  test("a bulletin that tells of changes, and a payment policy, hold none and say so", () => {
    for (const title of [
      "Provider Bulletin: Medical Policy Updates",
      "Reimbursement Policy: Two Visits on One Day",
    ]) {
      const policy = read(
        `${title}\n\nRules\nAll of the following apply to claims:\n  1. The modifier is on the visit line\n  2. The NPI is on each line\n`,
      );
      expect(shape(policy.criteria)).toBe("ALL()");
      expect(policy.issues.map(({ code }) => code)).toEqual(["criteria-missing"]);
    }
    expect(criteria(whole)).not.toBe("ALL()");
  });

  test("every leaf proves its words on the page", () => {
    const source = policyOf(whole);
    const walk = (node: Criterion): Criterion[] =>
      "all" in node ? node.all.flatMap(walk) : "any" in node ? node.any.flatMap(walk) : [node];
    const leaves = walk(readPolicy(source, { words }).criteria);
    expect(leaves.length).toBe(2);
    for (const leaf of leaves)
      for (const span of leaf.from) expect(proves(span, source.pages[0]!.text)).toBe(true);
  });
});

describe("labels and titles inside sections", () => {
  const labelled = read(`Valve Repair

Policy
A. Primary regurgitation. See section C.
B. Secondary regurgitation. Repair meets coverage criteria when ALL of the following are met:
1. Symptomatic secondary regurgitation on echocardiography.
2. Left ventricular ejection fraction of 20% to 50%.
C. Primary regurgitation criteria. Severe primary regurgitation and prohibitive risk for open surgery.
D. Does not meet coverage criteria. All other uses are considered investigational.`);

  test("a title that only points asks nothing, and what refuses all else excludes", () => {
    const text = JSON.stringify(labelled.criteria);
    expect(text).not.toMatch(/See section|Does not meet/);
    expect(JSON.stringify(labelled.exclusions)).toMatch(/All other uses/);
  });
  test("the printed number stands on its criterion", () => {
    expect(JSON.stringify(labelled.criteria)).toMatch(/"label":"2"/);
  });
});

describe("the editor's form", () => {
  const text = brace(
    "all of the following are met:\n  1. Age 18 years or older\n  2. Either pain at rest or swelling after walking\n",
  );

  test("goes out and comes back the same, places and all", () => {
    const policy = read(text);
    const { value, issues } = policyFromMarkdown(
      policyToMarkdown(policy, { source: "policy.txt", version: "1" }),
    );
    expect(issues).toEqual([]);
    expect(value.criteria).toEqual(policy.criteria);
    expect(value.title).toEqual(policy.title);
  });

  test("a line that cannot be read is an issue with its number, and the rest is kept", () => {
    const { value, issues } = policyFromMarkdown(
      "---\n---\n# Criteria\n- ALL\n  - Age 18 or older `age cmp=>= value=18`\n  - NOT\n",
    );
    expect(shape(value.criteria)).toBe("ALL(Age 18 or older)");
    expect(issues.map(({ text: said }) => said)[0]).toContain("Line 6");
  });
});

describe("FHIR questionnaires", () => {
  const form = {
    resourceType: "Questionnaire",
    title: "Home oxygen",
    item: [
      { linkId: "1", type: "display", text: "Please fill in this form" },
      { linkId: "2", type: "boolean", text: "Is the patient in a chronic stable state?" },
      { linkId: "3", type: "boolean", text: "Is the patient mobile in the home?" },
      {
        linkId: "4",
        type: "boolean",
        text: "Is a portable device needed outdoors?",
        enableWhen: [{ question: "3", operator: "=", answerBoolean: false }],
      },
    ],
  };
  test("yes/no items are criteria; a question put only after No is the other way", () => {
    const json = JSON.stringify(form, null, 1);
    const policy = readPolicy(
      { ...policyOf(json), mediaType: "application/fhir+json", structured: "fhir" },
      { words },
    );
    expect(shape(policy.criteria)).toBe(
      "ALL(Is the patient in a chronic stable state, ANY(Is the patient mobile in the home, Is a portable device needed outdoors))",
    );
    expect(policy.issues.map(({ code }) => code)).toEqual(["questionnaire-asks"]);
  });
});

describe("known policies", () => {
  test("a tree of unknown currency is a checklist and names the paper to ask for", async () => {
    const known = await loadPolicies();
    const choice = bestPolicyFor({ treatmentId: "ocrelizumab", planKind: "erisa-self-funded" }, known);
    expect(choice.policy).not.toBeNull();
    expect(choice.use).toBe("checklist");
    expect(choice.says).toContain("not quoted as the plan's policy");
    expect(choice.ask.paper).toContain("cited in the denial");
  });

  test("a national determination ranks first for Medicare and does not concern an employer's plan", async () => {
    const known = await loadPolicies();
    expect(
      bestPolicyFor({ treatmentId: "teer-secondary-mr", planKind: "medicare-advantage" }, known).policy
        ?.scope,
    ).toBe("ncd");
    expect(
      bestPolicyFor({ treatmentId: "teer-secondary-mr", planKind: "erisa-insured" }, known).policy?.scope,
    ).not.toBe("ncd");
  });

  test("an unknown treatment is answered with none", async () => {
    expect(bestPolicyFor({ treatmentId: "no-such-treatment" }, await loadPolicies()).use).toBe("none");
  });

  test("a test outside the closed list is an error that names file and line", async () => {
    const { compilePolicies } = await import("../src/knowledge/policies-schema.ts");
    const head = "source: ours\nconfidence: B\n";
    const files = [
      { path: "knowledge/clinical/predicates.yaml", text: "predicates:\n  - kind: dx\n" },
      { path: "knowledge/policies/authority.yaml", text: `${head}rows: []\nask: []\n` },
      { path: "knowledge/policies/ncds.yaml", text: `${head}rows: []\n` },
      {
        path: "knowledge/policies/trees/x.yaml",
        text: "id: x\ntitle: Brace\ntreatments: [brace]\nscope: archetype\ncurrency: as-of-source\nsource: [ours]\ncompleteness: recall\nconfidence: D\ncriteria:\n  words: Knee pain\n  test:\n    kind: hunch\n",
      },
    ];
    expect(() => compilePolicies(files)).toThrow(KnowledgeError);
    expect(() => compilePolicies(files)).toThrow(/x\.yaml:12/);
  });
});
