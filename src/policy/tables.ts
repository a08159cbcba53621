import type { Unit } from "./composition.ts";
import type { Table } from "./outline.ts";
import type { SectionRole } from "./section-roles.ts";
import type { Gathered } from "./tree.ts";

/** Tables that hold criteria; all others are read as beside the matter. */
export function readTable(_table: Table, _gathered: Gathered, _role: SectionRole | null): Unit[] {
  return [];
}
