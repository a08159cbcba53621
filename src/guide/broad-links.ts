import type { Library } from "./compose.ts";
import { pathOf, standingOf } from "./guide-keys.ts";
import type { Block, GuideKey, Section, Text } from "./types.ts";

/** What a broader guide is made of; of the titles the first that is short enough stands. */
export type Made = { titles: string[]; heading: string; description: string; sections: Section[] };

/** A list of links to those guides that exist. */
export function links(keys: GuideKey[], name: (key: GuideKey) => string, library: Library): Block {
  const items = keys
    .filter((key) => standingOf(key, library).state !== "refused")
    .map((key): Text => [{ href: pathOf(key, library), words: name(key) }]);
  return { kind: "list", style: "bullets", items };
}
