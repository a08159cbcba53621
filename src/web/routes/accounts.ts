import { signIn } from "../pages/accounts.ts";
import { endSession, startSession } from "../sessions.ts";
import type { App, Ctx, Workbench } from "../workbench.ts";
import { ownPath } from "./public.ts";
import { show } from "./shell.ts";

const TRIES = 8;
const WINDOW = 15 * 60_000;

/** Sign up, sign in, sign out; only where the workbench is served to several people. */
export function accountRoutes(app: App, bench: Workbench): void {
  if (bench.mode === "local") return;
  const { accounts } = bench.store;
  const tries = new Map<string, { count: number; since: number }>();

  const form = (c: Ctx, status: 200 | 400 | 401 | 429, problem: string | null, back: unknown) => {
    c.status(status);
    return show(c, c.get("say")("sign.title"), signIn(c.get("say"), problem, ownPath(back)));
  };

  app.get("/sign-in", (c) => form(c, 200, null, c.req.query("back")));

  app.post("/sign-in", async (c) => {
    const say = c.get("say");
    const { name, password, do: what, back } = await c.req.parseBody();
    if (typeof name !== "string" || typeof password !== "string" || !/^\S+@\S+$/.test(name.trim())) {
      return form(c, 400, say("sign.name-wrong"), back);
    }
    if (tooMany(tries, name.trim().toLowerCase(), bench.clock())) return form(c, 429, say("sign.wait"), back);
    if (what === "register" && password.length < 12) return form(c, 400, say("sign.short"), back);
    const account =
      what === "register" ? await accounts.register(name, password) : await accounts.signIn(name, password);
    if (!account) return form(c, 401, say(what === "register" ? "sign.taken" : "sign.wrong"), back);
    await startSession(c, bench, account.id);
    return c.redirect(ownPath(back), 303);
  });

  app.post("/sign-out", async (c) => {
    await endSession(c, bench);
    return c.redirect("/sign-in", 303);
  });
}

/** Guessing a password slows to a crawl; the count is per name, so that one network cannot lock others out. */
function tooMany(tries: Map<string, { count: number; since: number }>, name: string, now: number): boolean {
  if (tries.size > 10_000) tries.clear();
  const known = tries.get(name);
  if (!known || now - known.since > WINDOW) {
    tries.set(name, { count: 1, since: now });
    return false;
  }
  known.count += 1;
  return known.count > TRIES;
}
