import { newCase } from "../pages/home.ts";
import type { App } from "../workbench.ts";
import { show } from "./shell.ts";

/** The form that opens a case (`../start` opens it); what is inside one is behind `openCase`. */
export function caseRoutes(app: App): void {
  app.get("/cases", (c) => c.redirect("/"));

  app.get("/cases/new", (c) => {
    if (!c.get("account")) return c.redirect("/sign-in");
    const say = c.get("say");
    return show(c, say("new.title"), newCase(say));
  });
}
