import type { MiddlewareHandler } from "hono";
import { routePath } from "hono/route";
import type { Env } from "./workbench.ts";

/**
 * One line for each request: method, the pattern of the route (never the address itself), status and time. Nothing a
 * person typed, uploaded or was told can get in, because nothing else is written.
 */
export function requestLog(log: (line: string) => void, clock: () => number): MiddlewareHandler<Env> {
  return async (c, next) => {
    const began = clock();
    await next();
    const route = routePath(c);
    const ms = Math.round(clock() - began);
    log(JSON.stringify({ method: c.req.method, route, status: c.res.status, ms }));
  };
}

/** Where a defect happened, in our code only: the message of an error may hold what a person wrote. */
export function defectLine(cause: unknown, reference: string): string {
  const error = cause instanceof Error ? cause : new Error("not an error");
  const places = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  return JSON.stringify({ defect: error.name, reference, at: places.slice(0, 8).map((line) => line.trim()) });
}
