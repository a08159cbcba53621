import { newCase } from "../pages/home.ts";
import type { App, Workbench } from "../workbench.ts";
import { show } from "./shell.ts";

/** Opening a case; what is inside one is behind `openCase`. */
export function caseRoutes(app: App, bench: Workbench): void {
  app.get("/cases", (c) => c.redirect("/"));

  app.get("/cases/new", (c) => {
    if (!c.get("account")) return c.redirect("/sign-in");
    const say = c.get("say");
    return show(c, say("new.title"), newCase(say));
  });

  app.post("/cases", async (c) => {
    const account = c.get("account");
    if (!account) return c.redirect("/sign-in", 303);
    const { title } = await c.req.parseBody();
    const given = typeof title === "string" ? title.trim().slice(0, 80) : "";
    const log = await bench.store.cases.create(account.id, { title: given || c.get("say")("new.untitled") });
    return c.redirect(`/cases/${log.id}/papers`, 303);
  });
}
