import type { Library } from "./compose.ts";
import type { Citer, Citing } from "./sources.ts";
import type { Section } from "./types.ts";

/** A section made once, with what it cites and the numbers its sources have in it. */
type Kept = { section: Section | null; citings: Citing[] };

const shelves = new WeakMap<Library, Map<string, Kept[]>>();

/**
 * A section that many pages share. `name` says everything that it depends on besides the library; two pages whose earlier
 * sections cite other sources get one copy each, because the numbers differ. The test walks pages made with and without.
 */
export function sharedSection(
  name: string,
  library: Library,
  cite: Citer,
  make: () => Section | null,
): Section | null {
  const shelf = shelves.get(library) ?? new Map<string, Kept[]>();
  shelves.set(library, shelf);
  const copies = shelf.get(name) ?? [];
  for (const { section, citings } of copies) if (cite.repeat(citings)) return section;
  const before = cite.noted().length;
  const made = make();
  const section = made && { ...made, shared: true as const };
  const told = new Map(
    cite
      .noted()
      .slice(before)
      .map((one) => [`${one.key}|${one.record}|${one.use}`, one]),
  );
  copies.push({ section, citings: [...told.values()] });
  shelf.set(name, copies);
  return section;
}
