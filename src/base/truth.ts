/**
 * Three-valued truth after Kleene. Absence of evidence is `unknown`, never `false`; an answer is only
 * as sure as the inputs that decide it.
 */
export type Truth = true | false | "unknown";

/** True when all are true; false as soon as one is false; otherwise unknown. Empty: true. */
export function allOf(values: readonly Truth[]): Truth {
  if (values.includes(false)) return false;
  return values.includes("unknown") ? "unknown" : true;
}

/** True as soon as one is true; false when all are false; otherwise unknown. Empty: false. */
export function anyOf(values: readonly Truth[]): Truth {
  if (values.includes(true)) return true;
  return values.includes("unknown") ? "unknown" : false;
}

/** True when at least `n` are true; false when `n` can no longer be reached; otherwise unknown. */
export function atLeast(n: number, values: readonly Truth[]): Truth {
  const sure = values.filter((value) => value === true).length;
  if (sure >= n) return true;
  const possible = values.filter((value) => value !== false).length;
  return possible >= n ? "unknown" : false;
}

/** The negation; unknown stays unknown. */
export function not(value: Truth): Truth {
  return value === "unknown" ? "unknown" : !value;
}
