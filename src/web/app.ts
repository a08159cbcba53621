import { randomBytes } from "node:crypto";
import { Hono } from "hono";
import { assetRoutes } from "./assets.ts";
import { orderRoutes, paymentMessages, payRoutes } from "./charging/routes.ts";
import { readyGuides } from "./guides/ready.ts";
import { guideRoutes } from "./guides/routes.ts";
import { toolRoutes } from "./guides/tools.ts";
import { openCase } from "./open-case.ts";
import { message } from "./pages/message.ts";
import { physicianRoutes } from "./physician/link-routes.ts";
import { ownerRoutes } from "./physician/owner-routes.ts";
import { defectLine, requestLog } from "./request-log.ts";
import { accountRoutes } from "./routes/accounts.ts";
import { caseRoutes } from "./routes/cases.ts";
import { downloadRoutes } from "./routes/downloads.ts";
import { letterRoutes } from "./routes/letter.ts";
import { paperRoutes } from "./routes/papers.ts";
import { passageRoutes } from "./routes/passages.ts";
import { publicRoutes } from "./routes/public.ts";
import { reviewRoutes } from "./routes/review.ts";
import { show } from "./routes/shell.ts";
import { headers, ownSiteOnly } from "./security.ts";
import { afterRoutes } from "./sending/after-routes.ts";
import { blackenRoutes } from "./sending/blacken-routes.ts";
import { sendingRoutes } from "./sending/routes.ts";
import { whoAsks } from "./sessions.ts";
import { startRoutes } from "./start/routes.ts";
import { speaker } from "./texts.ts";
import { openWorkshop } from "./work/workshop.ts";
import type { App, Ctx, Env, Workbench, WorkbenchOptions } from "./workbench.ts";

/** The workbench as one function from request to answer; `workshop` and `sending` do the long work behind it. */
export function createWorkbench(options: WorkbenchOptions): {
  app: App;
  workshop: Workbench["workshop"];
  sending: { idle: () => Promise<void> };
} {
  const bench: Workbench = { ...options, workshop: openWorkshop(options) };
  const app: App = new Hono<Env>({ strict: false });
  for (const path of ["/guides/*", "/es/guides/*"]) app.use(path, readyGuides(bench));
  app.use(requestLog(bench.log, bench.clock));
  app.use(headers(bench.secure));
  if (bench.charges) paymentMessages(app, bench.charges);
  app.use(ownSiteOnly(bench.hosts));
  assetRoutes(app);
  guideRoutes(app, bench);
  toolRoutes(app, bench);
  app.use(whoAsks(bench));
  publicRoutes(app, bench);
  accountRoutes(app, bench);
  startRoutes(app, bench);
  orderRoutes(app, bench);
  caseRoutes(app);
  physicianRoutes(app, bench);
  app.use("/cases/:id/*", openCase(bench));
  payRoutes(app, bench);
  paperRoutes(app, bench);
  reviewRoutes(app, bench);
  letterRoutes(app, bench);
  passageRoutes(app, bench);
  downloadRoutes(app, bench);
  ownerRoutes(app, bench);
  blackenRoutes(app, bench);
  const sending = sendingRoutes(app, bench);
  afterRoutes(app, bench);
  app.notFound(notFound);
  app.onError((cause, c) => {
    // Deleted in another window between the look at it and the change.
    if (cause.name === "CaseGoneError") return notFound(c);
    const reference = randomBytes(4).toString("hex");
    bench.log(defectLine(cause, reference));
    const say = c.get("say") ?? speaker("en");
    const text = say("error.500.text", { reference });
    c.status(500);
    return show(c, say("error.500"), message(say("error.500"), text, say));
  });
  return { app, workshop: bench.workshop, sending };
}

function notFound(c: Ctx) {
  const say = c.get("say") ?? speaker("en");
  c.status(404);
  return show(c, say("error.404"), message(say("error.404"), say("error.404.text"), say));
}
