import type { MiddlewareHandler } from "hono";
import type { Env } from "./workbench.ts";

/** Own files only, no script in the page, no frame around it, forms only to ourselves. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** Headers of every answer. Pages about a person are kept in no cache. */
export function headers(secure: boolean): MiddlewareHandler<Env> {
  return async (c, next) => {
    await next();
    c.header("Content-Security-Policy", policy);
    c.header("X-Content-Type-Options", "nosniff");
    if (!c.res.headers.has("Referrer-Policy")) c.header("Referrer-Policy", "same-origin");
    c.header("Cross-Origin-Opener-Policy", "same-origin");
    c.header("Cross-Origin-Resource-Policy", "same-origin");
    c.header("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()");
    if (secure) c.header("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
    if (!c.res.headers.has("Cache-Control")) c.header("Cache-Control", "no-store");
  };
}

/**
 * Refuses what another site could send in the person's name: a host name that is not ours (a name that somebody points
 * at this machine), and changes that do not come from our own pages.
 */
export function ownSiteOnly(hosts: string[]): MiddlewareHandler<Env> {
  return async (c, next) => {
    const url = new URL(c.req.url);
    const host = (c.req.header("host") ?? url.host).toLowerCase();
    if (!hosts.includes(host.replace(/:\d+$/, ""))) return c.text("This address is not served here.", 421);
    if (!["GET", "HEAD"].includes(c.req.method) && !fromOurPages(c.req.header(), host)) {
      return c.text("This request did not come from a page of Redress. Reload the page and try again.", 403);
    }
    return next();
  };
}

/** Every browser in use sends one of these with a form or a fetch; what sends neither is not a browser's form. */
function fromOurPages(sent: Record<string, string>, host: string): boolean {
  const site = sent["sec-fetch-site"];
  if (site !== undefined) return site === "same-origin";
  const { origin } = sent;
  if (origin === undefined || origin === "null") return false;
  return URL.canParse(origin) && new URL(origin).host === host;
}
