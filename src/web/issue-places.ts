import type { Issue } from "#base";

type Place = "papers" | "deadline" | "evidence" | "letter";

/** Where an issue is acted on, by the beginning of its code; what is not named here belongs to the letter. */
const places: [Place, RegExp][] = [
  [
    "papers",
    /^(archive|file|files|ocr|page|pages|other-patient|foreign-page|records-missing|not-a-denial|guide)/,
  ],
  [
    "papers",
    /^(denial-missing|policy-missing|several-denials|denials-several|policies-several|criteria-missing)/,
  ],
  [
    "deadline",
    /^(plan|printed|impossible|law|levels|window|missing-event|urgent|events|event|notice|unknown)/,
  ],
  ["evidence", /^(policy|denial-contradicts|criteria)/],
];

/** Issues for one page. The missing day of receipt is not among them: the deadline page asks for it. */
export function issuesAt(place: Place, issues: readonly Issue[]): Issue[] {
  return issues.filter((issue) => issue.code !== "receipt-unknown" && placeOf(issue.code) === place);
}

function placeOf(code: string): Place {
  return places.find(([, pattern]) => pattern.test(code))?.[0] ?? "letter";
}
