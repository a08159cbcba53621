import type { Criterion } from "#policy";
import { all } from "./logic.ts";
import type { Finding, FindingStatus, Route } from "./types.ts";

const worth: Record<FindingStatus, number> = {
  met: 1,
  "not-applicable": 1,
  conflicting: 0.45,
  unknown: 0.4,
  "not-met": 0,
};

/** Not more than this many ways are followed through nested choices. */
const limit = 64;

/**
 * Every way through the choices of the tree that the chart does not bar, strongest first. Strength is the product of
 * what each leaf is worth, so a way that is fully met has 1.
 */
export function routesThrough(root: Criterion, findings: ReadonlyMap<string, Finding>): Route[] {
  const ways = waysThrough(root).slice(0, limit);
  const routes = ways.map((leaves) => {
    const statuses = leaves.map((id) => findings.get(id)?.status ?? "unknown");
    return { leaves, status: all(statuses), strength: strengthOf(statuses) };
  });
  return routes.filter(({ status }) => status !== "not-met").sort((a, b) => b.strength - a.strength);
}

function strengthOf(statuses: readonly FindingStatus[]): number {
  return Number(statuses.reduce((product, status) => product * worth[status], 1).toFixed(4));
}

function waysThrough(node: Criterion): string[][] {
  if ("all" in node) return product(node.all.map(waysThrough));
  if ("any" in node) return node.any.flatMap(waysThrough).slice(0, limit);
  if ("of" in node)
    return combinations(node.of, node.atLeast)
      .flatMap((some) => product(some.map(waysThrough)))
      .slice(0, limit);
  if ("when" in node) return [[node.id]];
  return [[node.id]];
}

function product(parts: string[][][]): string[][] {
  return parts.reduce<string[][]>(
    (ways, part) => ways.flatMap((way) => part.map((next) => [...way, ...next])).slice(0, limit),
    [[]],
  );
}

function combinations<T>(items: readonly T[], n: number): T[][] {
  if (n <= 0) return [[]];
  if (n > items.length) return [];
  const [first, ...rest] = items as [T, ...T[]];
  return [...combinations(rest, n - 1).map((some) => [first, ...some]), ...combinations(rest, n)].slice(
    0,
    limit,
  );
}
