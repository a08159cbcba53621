/** What a state adds, in plain words; what we could not verify is a question to ask, never a number. */
import type { StateLaw } from "#knowledge";
import type { Citer } from "./sources.ts";
import type { Text } from "./types.ts";

export function reviewText(state: StateLaw, cite: Citer): Text {
  const { process, window, confidence, agency } = state.externalReview;
  const who = agency ? ` Ask: ${agency}.` : "";
  if (confidence === "D" || window === null)
    return [
      `We could not verify the time for outside review here. Use your letter, or ask the state.${who}`,
      ...(who ? [cite.state(state, "externalReview", "whom to ask")] : []),
    ];
  const from = window.from === "receipt" ? "after you got the final denial" : "from the date of the decision";
  const how = process === "federal" ? "The federal process applies." : "The state has a process of its own.";
  return [
    `${how} You have ${window.n} ${window.unit} ${from}.${who}`,
    cite.state(state, "externalReview", "outside review"),
  ];
}

export function stepText(state: StateLaw, cite: Citer): Text {
  const law = state.stepTherapy;
  if (!law)
    return ["We know of no step-therapy law here. That is not proof that there is none; ask the state."];
  if (law.confidence === "D")
    return ["There may be a law on step therapy here that we could not verify. Ask the state."];
  const grounds =
    law.grounds.length > 0 ? ` A doctor can ask for an exception when: ${law.grounds.join("; ")}.` : "";
  const clock = (one: typeof law.standard) => (one ? `${one.n} ${one.unit.replace("-", " ")}` : null);
  const times = [
    clock(law.standard) && `Standard answer: ${clock(law.standard)}.`,
    clock(law.urgent) && `Urgent: ${clock(law.urgent)}.`,
  ]
    .filter(Boolean)
    .join(" ");
  return [
    `There is a law on step therapy for prescription drugs.${grounds} ${law.confidence === "C" ? "We know its times from others’ accounts only; use your letter." : times}`.trimEnd(),
    cite.state(state, "stepTherapy", "step therapy"),
  ];
}
