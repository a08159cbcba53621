import { physicianDraft } from "#case";
import { voidedPdf } from "#io";
import { isToPay } from "../charging/gate.ts";
import { lettersNow } from "../letters-now.ts";
import { toPay } from "../routes/downloads.ts";
import { showCase } from "../routes/shell.ts";
import type { App, Workbench } from "../workbench.ts";
import { instant } from "./open-link.ts";
import { ownerPage } from "./owner-page.ts";
import { signatureNow } from "./standing.ts";

const DAYS = [1, 3, 7, 14];

/** What the owner of a case does about the physician's letter: make a link, withdraw it, look at the signature. */
export function ownerRoutes(app: App, bench: Workbench): void {
  app.get("/cases/:id/physician", (c) => {
    const say = c.get("say");
    const view = { bench, current: c.get("current"), now: instant(bench).toISOString(), made: null };
    return showCase(c, "packet", say("physician.own.title"), ownerPage(view, say));
  });

  app.post("/cases/:id/physician", async (c) => {
    const { log, state, file } = c.get("current");
    const say = c.get("say");
    const { name, days } = await c.req.parseBody();
    const who = typeof name === "string" ? name.trim().slice(0, 80) : "";
    const lasts = DAYS.includes(Number(days)) ? Number(days) : 7;
    if (!file || !physicianDraft(lettersNow(file, state)) || who === "") {
      c.status(400);
      const view = { bench, current: c.get("current"), now: instant(bench).toISOString(), made: null };
      return showCase(
        c,
        "packet",
        say("physician.own.title"),
        ownerPage(view, say, say("physician.own.name-missing")),
      );
    }
    const expiresAt = new Date(instant(bench).getTime() + lasts * 86_400_000).toISOString();
    const { id, token, code } = await bench.store.links.make(log.id, expiresAt);
    await log.append([{ kind: "link-made", link: id, name: who, expiresAt }]);
    // Behind a proxy the request itself comes without TLS; what is sent to others never does.
    const origin = new URL(c.req.url).origin.replace(/^http:/, bench.secure ? "https:" : "http:");
    const address = `${origin}/physician/${token}`;
    const view = {
      bench,
      current: c.get("current"),
      now: instant(bench).toISOString(),
      made: { name: who, address, code, expiresAt },
    };
    c.header("Referrer-Policy", "no-referrer");
    return showCase(c, "packet", say("physician.own.title"), ownerPage(view, say));
  });

  app.post("/cases/:id/physician/:link/revoke", async (c) => {
    const { log } = c.get("current");
    const link = c.req.param("link");
    if (!(await bench.store.links.revoke(log.id, link))) return c.notFound();
    await log.append([{ kind: "link-revoked", link }]);
    return c.redirect(`/cases/${log.id}/physician`, 303);
  });

  app.post("/cases/:id/physician/set-aside", async (c) => {
    const { log, state, file } = c.get("current");
    if (signatureNow(state, file) !== "void") return c.notFound();
    await log.append([{ kind: "signature-set-aside", link: state.afterwards.signed!.link }]);
    bench.workshop.request(log);
    return c.redirect(`/cases/${log.id}/physician`, 303);
  });

  app.get("/cases/:id/physician/signed.pdf", async (c) => {
    const { log, state, file } = c.get("current");
    const { signed } = state.afterwards;
    if (!signed) return c.notFound();
    if (isToPay(bench, c.get("current"))) return toPay(c);
    const holds = signatureNow(state, file) === "holds";
    c.header("Content-Type", "application/pdf");
    const name = holds ? "physician-letter-signed.pdf" : "physician-letter-signed-earlier-version.pdf";
    c.header("Content-Disposition", `attachment; filename="${name}"`);
    const bytes = await log.get(signed.blob);
    return c.body(new Uint8Array(holds ? bytes : await voidedPdf(bytes)));
  });
}
