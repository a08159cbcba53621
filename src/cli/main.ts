/**
 * @module cli — the command line. Standard output carries only the result; progress and messages go to standard error.
 */
import { type Command, UsageError } from "./command.ts";

/** Commands by their words; a command's file is imported only when it is called, so that each starts fast. */
const commands: Record<string, () => Promise<{ command: Command }>> = {
  // commands are added here, one line each
  "read denial": () => import("./read-denial.ts"),
  "read text": () => import("./read-text.ts"),
  "read policy": () => import("./read-policy.ts"),
  "read record": () => import("./read-record.ts"),
  match: () => import("./match.ts"),
  rights: () => import("./rights.ts"),
  "law coverage": () => import("./law-coverage.ts"),
  appeal: () => import("./appeal.ts"),
  precedents: () => import("./precedents.ts"),
  guides: () => import("./guides.ts"),
  refund: () => import("./refund.ts"),
  serve: () => import("./serve.ts"),
};

async function main(argv: string[]): Promise<number> {
  const words = argv.slice(0, 2).join(" ");
  const name = words in commands ? words : (argv[0] ?? "");
  const load = commands[name];
  if (!load) {
    process.stderr.write(usage(name));
    return name === "help" || name === "--help" ? 0 : 2;
  }
  const { command } = await load();
  return command.run(argv.slice(name.split(" ").length));
}

function usage(name: string): string {
  const unknown = name && !name.includes("help") ? `redress: there is no command "${name}".\n` : "";
  return `${unknown}usage: redress COMMAND …\n${Object.keys(commands)
    .map((word) => `  redress ${word}\n`)
    .join("")}`;
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (cause: unknown) => {
    if (cause instanceof UsageError) {
      process.stderr.write(`redress: ${cause.message}\n`);
      process.exitCode = 2;
      return;
    }
    // The stack holds places in our code, never words of a paper; messages of our own errors carry no health facts.
    process.stderr.write(
      `redress: a defect of ours: ${cause instanceof Error ? (cause.stack ?? cause.message) : "unknown"}\n`,
    );
    process.exitCode = 70;
  },
);
