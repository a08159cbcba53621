/** A command of the program: `run` answers the exit code (0 done, 1 papers not enough, 2 usage, 70 our defect). */
export type Command = { help: string; run: (argv: string[]) => Promise<number> };

/** Wrong usage: the message says what to type instead. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** Prints the result, and nothing else, to standard output. Waits until the reader has taken it. */
export function printJson(value: unknown): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(`${JSON.stringify(value, null, 1)}\n`, (cause) =>
      cause ? reject(cause) : resolve(),
    );
  });
}

/** Options `--name value`, flags `--name`, and the rest in order. */
export function parseArguments(
  argv: string[],
  options: { values?: string[]; flags?: string[] },
): {
  rest: string[];
  values: Record<string, string>;
  flags: Set<string>;
} {
  const rest: string[] = [];
  const values: Record<string, string> = {};
  const flags = new Set<string>();
  for (let index = 0; index < argv.length; index++) {
    const word = argv[index]!;
    const name = word.startsWith("--") ? word.slice(2) : null;
    if (name === null) rest.push(word);
    else if (options.flags?.includes(name)) flags.add(name);
    else if (options.values?.includes(name)) {
      const value = argv[++index];
      if (value === undefined) throw new UsageError(`--${name} wants a value`);
      values[name] = value;
    } else throw new UsageError(`there is no option --${name}`);
  }
  return { rest, values, flags };
}
