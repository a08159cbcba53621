import { findNodeAtLocation, getNodeValue, type Node, parseTree } from "jsonc-parser";
import { type Coding, daysOf, type Entry, systemName } from "./entries.ts";
import type { Fact } from "./types.ts";

/** A resource as plain values, with the tree it came from for places. */
// biome-ignore lint/suspicious/noExplicitAny: FHIR of any version; every access below tolerates absence.
export type Json = any;
export type Resource = { json: Json; node: Node };

export function rootsOf(text: string): Node[] {
  const root = parseTree(text, [], { allowTrailingComma: true, disallowComments: true });
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  if (
    !root ||
    (lines.length > 1 && lines.every((line) => line.trim().startsWith("{") && line.trim().endsWith("}")))
  )
    return linesOf(text);
  return [root];
}

/** Newline-delimited JSON: each line is read alone, with its offsets moved to the file's. */
function linesOf(text: string): Node[] {
  const found: Node[] = [];
  let at = 0;
  for (const line of text.split("\n")) {
    const node = line.trim() === "" ? undefined : parseTree(line);
    if (node) found.push(moved(node, at));
    at += line.length + 1;
  }
  return found;
}

function moved(node: Node, by: number): Node {
  const children = (node.children ?? []).map((child) => moved(child, by));
  const copy: Node = { ...node, offset: node.offset + by, children };
  for (const child of children) Object.assign(child, { parent: copy });
  return copy;
}

export function resourcesBelow(node: Node): Resource[] {
  const found: Resource[] = [];
  const walk = (one: Node): void => {
    if (one.type === "object") {
      const type = findNodeAtLocation(one, ["resourceType"])?.value;
      if (typeof type === "string" && type !== "Bundle") found.push({ json: getNodeValue(one), node: one });
    }
    if (one.type === "object" || one.type === "array" || one.type === "property")
      for (const child of one.children ?? []) walk(child);
  };
  walk(node);
  return found;
}

export const list = (value: Json): Json[] =>
  value === undefined || value === null ? [] : Array.isArray(value) ? value : [value];
export const first = (value: Json): Json => list(value)[0];

export function codingsOf(concept: Json): Coding[] {
  return list(concept).flatMap((one: Json) =>
    list(one?.coding).map((coding: Json) => ({
      system: systemName(String(coding.system ?? "")),
      code: String(coding.code ?? ""),
      display: String(coding.display ?? ""),
    })),
  );
}

export const wordsOf = (concept: Json): string =>
  first(concept)?.text ??
  list(first(concept)?.coding).find((one: Json) => one.display)?.display ??
  first(concept)?.coding?.[0]?.code ??
  "";
export const codeOf = (concept: Json): string =>
  (typeof concept === "string"
    ? concept
    : (first(concept)?.coding?.[0]?.code ?? first(concept)?.text ?? "")
  ).toLowerCase();

/** A dateTime or Period as a range. */
export function span(value: Json): Fact["when"] {
  if (typeof value === "string") {
    const days = daysOf(value);
    return { earliest: days?.earliest ?? null, latest: days?.latest ?? null };
  }
  return {
    earliest: daysOf(value?.start)?.earliest ?? null,
    latest: daysOf(value?.end ?? value?.start)?.latest ?? null,
  };
}

/** Where the words of a codeable concept stand in the file. */
function placeOf(node: Node, key: (string | number)[], text: string): { start: number; end: number } | null {
  const at = findNodeAtLocation(node, key);
  let found: Node | null = null;
  const walk = (one: Node): void => {
    if (found) return;
    if (
      one.type === "string" &&
      one.value === text &&
      one.parent?.type === "property" &&
      ["text", "display", "code", "reference", "valueString", "title", "description"].includes(
        String(one.parent.children?.[0]?.value),
      ) &&
      one !== one.parent.children?.[0]
    )
      found = one;
    for (const child of one.children ?? []) walk(child);
  };
  if (at) walk(at);
  if (!found && at?.type === "string") found = at;
  const place = found as Node | null;
  return place && place.length > 2 ? { start: place.offset + 1, end: place.offset + place.length - 1 } : null;
}

export function entry(
  resource: Resource,
  kind: Entry["kind"],
  key: (string | number)[],
  concept: Json,
  rest: Partial<Entry>,
): Entry[] {
  const text = wordsOf(concept);
  const place = text === "" ? null : placeOf(resource.node, key, text);
  if (!place) return [];
  return [
    {
      kind,
      codings: codingsOf(concept),
      text,
      ...place,
      assertion: "present",
      when: { earliest: null, latest: null },
      ...rest,
    },
  ];
}
