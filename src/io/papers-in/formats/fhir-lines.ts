/** FHIR as bulk exports write it, a resource on each line or in a bare list, as the Bundle that readers know. */

/** The text as one JSON resource: a Bundle where there are several. */
export function oneResource(text: string): string {
  const resources = resourcesOf(text);
  if (resources === null) return text;
  const entries = resources.map((resource) => `{"resource":${resource}}`);
  return `{"resourceType":"Bundle","type":"collection","entry":[\n${entries.join(",\n")}\n]}`;
}

/** The resources' own texts, or `null` when the file is one resource (or nothing known). */
function resourcesOf(text: string): string[] | null {
  if (text.trimStart().startsWith("[")) {
    const list = parsed(text);
    return Array.isArray(list) ? list.map((entry) => JSON.stringify(entry)) : null;
  }
  const lines = text.split("\n").map((line) => line.trim());
  const [first, second] = lines.filter((line) => line !== "");
  if (!first || !second?.startsWith("{") || parsed(first) === undefined) return null;
  // A line that was cut off must not take the others with it.
  return lines.filter((line) => line.startsWith("{") && parsed(line) !== undefined);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Exports nest a few dozen deep; readers that call themselves for each step fall over at thousands. */
const DEEPEST = 500;

/** True when brackets nest deeper than any export does. */
export function isTooDeep(text: string): boolean {
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (quoted) {
      if (code === 0x5c) at++;
      else if (code === 0x22) quoted = false;
    } else if (code === 0x22) quoted = true;
    else if (code === 0x7b || code === 0x5b) {
      if (++depth > DEEPEST) return true;
    } else if (code === 0x7d || code === 0x5d) depth--;
  }
  return false;
}
