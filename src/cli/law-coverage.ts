import { confidences, parseDate } from "#base";
import { loadLaw } from "#knowledge";
import { type Coverage, coverageOf } from "#law";
import { type Command, parseArguments, printJson, UsageError } from "./command.ts";

/** `redress law coverage [--as-of DATE] [--json]`: what the law files cover, how sure, looked at when. */
export const command: Command = {
  help: "redress law coverage [--as-of YYYY-MM-DD] [--json]",
  async run(argv) {
    const { values, flags } = parseArguments(argv, { values: ["as-of"], flags: ["json"] });
    const asOf = values["as-of"] === undefined ? null : parseDate(values["as-of"]);
    if (values["as-of"] !== undefined && asOf === null)
      throw new UsageError("--as-of wants a date YYYY-MM-DD");
    const rows = coverageOf(await loadLaw(), asOf);
    if (flags.has("json")) await printJson({ rows });
    else process.stdout.write(tableOf(rows, asOf !== null));
    return 0;
  },
};

function tableOf(rows: Coverage[], dated: boolean): string {
  const lines = rows.map(({ label, right, plans, state, confidence, verifiedOn, stale }) =>
    [confidence, verifiedOn, stale ? "look again" : "", right, state ?? shortly(plans), label]
      .map((cell, at) => cell.padEnd(widths[at]!))
      .join(" ")
      .trimEnd(),
  );
  const counts = confidences.map(
    (level) => `${level} ${rows.filter(({ confidence }) => confidence === level).length}`,
  );
  const old = rows.filter(({ stale }) => stale).length;
  const summary = [
    `${rows.length} rows; confidence ${counts.join(", ")}.`,
    ...(dated ? [`Looked at more than a year before: ${old}.`] : []),
  ];
  return `${lines.join("\n")}\n\n${summary.join(" ")}\n`;
}

const widths = [2, 11, 11, 34, 34, 0];
const shortly = (plans: string[]) =>
  plans.length > 2 ? `${plans[0]} and ${plans.length - 1} more` : plans.join(", ");
