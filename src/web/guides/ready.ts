import type { MiddlewareHandler } from "hono";
import type { Env, WorkbenchOptions } from "../workbench.ts";

/** Pages kept ready. A page is some 25 kB, so this is some 100 MB at the most. */
const room = 4_000;

type Ready = { day: string; bytes: Uint8Array<ArrayBuffer>; headers: Record<string, string>; tag: string };

/**
 * A guide that was served today is served again as the same bytes with the same headers, before anything else of the
 * chain runs: guides are the same for everyone. Hosts that are not ours never get in, because what is kept is only what
 * the chain let through.
 */
export function readyGuides(
  options: Pick<WorkbenchOptions, "today" | "clock" | "log">,
): MiddlewareHandler<Env> {
  const kept = new Map<string, Ready>();
  return async (c, next) => {
    if (c.req.method !== "GET" && c.req.method !== "HEAD") return next();
    const began = options.clock();
    const { path } = c.req;
    const name = `${c.req.header("host") ?? ""} ${path}`;
    const day = options.today();
    const ready = kept.get(name);
    if (ready?.day === day) {
      const fresh = c.req.header("if-none-match") === ready.tag;
      const status = fresh ? 304 : 200;
      const ms = Math.round(options.clock() - began);
      options.log(JSON.stringify({ method: c.req.method, route: "/guides/*", status, ms }));
      return new Response(fresh ? null : ready.bytes, { status, headers: ready.headers });
    }
    await next();
    const tag = c.res.headers.get("etag");
    if (c.res.status !== 200 || !tag || c.req.method !== "GET" || path.endsWith("/guides")) return;
    const bytes = new Uint8Array(await c.res.clone().arrayBuffer());
    if (kept.size >= room) kept.delete(kept.keys().next().value!);
    kept.set(name, { day, bytes, tag, headers: Object.fromEntries(c.res.headers) });
  };
}
