import type { Answers } from "./types.ts";

/** The answers of a person in the words of the `rights` input; what is "I don't know" is left out. */
export function answersOf(given: Record<string, string | null>): Answers {
  const answers: Answers = {};
  const events: Record<string, string> = {};
  for (const [question, answer] of Object.entries(given)) {
    if (answer === null || answer === "") continue;
    if (question === "plan") answers.plan = answer as Exclude<Answers["plan"], undefined>;
    else if (question === "state") answers.state = answer;
    else if (question === "urgent") answers.urgent = answer === "yes";
    else if (question === "timing") answers.timing = answer as Exclude<Answers["timing"], undefined>;
    else if (question === "levels") answers.levels = answer === "2" ? 2 : 1;
    else if (question === "redact") answers.redact = answer.split("\n");
    else if (question.startsWith("event:")) events[question.slice("event:".length)] = answer;
  }
  const name = given["signer-name"];
  const role = given["signer-role"];
  if (name) answers.signer = { name, role: role ?? "" };
  if (Object.keys(events).length > 0) answers.events = events;
  return answers;
}
