import { namesOf } from "#guide";
import { newCase } from "../pages/home.ts";
import { show } from "../routes/shell.ts";
import type { App } from "../workbench.ts";
import { openShelf } from "./shelf.ts";

/**
 * From a guide to a case in one tap: the name of the new case is filled in from the guide's payer, treatment and reason.
 * Only a form of ours makes a case; an address alone makes nothing.
 */
export function startRoutes(app: App): void {
  app.get("/start", async (c) => {
    if (!c.get("account")) return c.redirect("/sign-in");
    const { library } = await openShelf();
    const known = (name: string, of: ReadonlyMap<string, unknown>) => {
      const value = c.req.query(name) ?? "";
      return of.has(value) ? { [name]: value } : {};
    };
    const key = {
      kind: "payer-treatment-reason" as const,
      ...known("payer", library.payers),
      ...known("treatment", library.treatments),
      ...known("reason", library.reasons),
    };
    const { payer, treatment, phrase } = namesOf(key, library);
    const title = [treatment, phrase, payer].filter(Boolean).join(", ").slice(0, 80);
    return show(c, c.get("say")("new.title"), newCase(c.get("say"), title));
  });
}
