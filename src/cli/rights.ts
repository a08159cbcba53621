import { readFileSync } from "node:fs";
import { loadLaw } from "#knowledge";
import { type RightsAnswer, rightsFor, type Situation } from "#law";
import { type Command, parseArguments, printJson, UsageError } from "./command.ts";

/** `redress rights --json [--lines] < situation.json`: every right with its days, derived and cited. */
export const command: Command = {
  help: "redress rights --json < situation.json      (--lines: one situation per line)",
  async run(argv) {
    const { rest, flags } = parseArguments(argv, { flags: ["json", "lines"] });
    if (rest.length > 0) throw new UsageError("rights reads the situation from standard input");
    const text = readFileSync(0, "utf8");
    const law = await loadLaw();
    if (!flags.has("lines")) {
      await printJson(rightsFor(situationIn(text), law));
      return 0;
    }
    const answers = text
      .split("\n")
      .filter((line) => line.trim() !== "")
      .map((line) => JSON.stringify(answerOf(line, law)));
    await print(answers.map((answer) => `${answer}\n`).join(""));
    return 0;
  },
};

type Law = Awaited<ReturnType<typeof loadLaw>>;

/** A line that is not a situation answers with an issue, so that each line in has its line out. */
function answerOf(line: string, law: Law): RightsAnswer {
  try {
    return rightsFor(situationIn(line), law);
  } catch (cause) {
    if (!(cause instanceof UsageError)) throw cause;
    return { rights: [], issues: [{ severity: "error", code: "situation-unreadable", text: cause.message }] };
  }
}

function situationIn(text: string): Situation {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new UsageError("the situation is not JSON");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new UsageError("a situation is a JSON object");
  return value as Situation;
}

function print(text: string): Promise<void> {
  return new Promise((resolve, reject) =>
    process.stdout.write(text, (cause) => (cause ? reject(cause) : resolve())),
  );
}
