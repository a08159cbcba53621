import type { DraftPart } from "#case";
import { isFreePart, isToPay } from "../charging/gate.ts";
import { lettersNow } from "../letters-now.ts";
import { forget } from "../open-case.ts";
import { notYet } from "../pages/denial.ts";
import { deletePage, historyPage, packetPage } from "../pages/packet.ts";
import { signatureNote, signatureNow } from "../physician/standing.ts";
import { waits } from "../work/workshop.ts";
import type { App, Ctx, Workbench } from "../workbench.ts";
import { zipOf } from "../zip.ts";
import { busy } from "./review.ts";
import { showCase } from "./shell.ts";

/** What leaves the workbench, what happened, and the end of a case. */
export function downloadRoutes(app: App, bench: Workbench): void {
  app.get("/cases/:id/packet", (c) => {
    const { log, state, file } = c.get("current");
    const say = c.get("say");
    const title = say("packet.title");
    if (!file || !state.draft) {
      return showCase(
        c,
        "packet",
        title,
        notYet(say, log.id, bench.workshop.statusOf(log.id) !== null, title),
      );
    }
    const pricing = isToPay(bench, c.get("current")) ? bench.charges!.pricing : null;
    const stale = waits(state);
    const signature = signatureNote(log.id, state, file, say);
    const held = isHeld(c);
    const view = {
      id: log.id,
      file,
      parts: state.draft.parts,
      stale,
      pricing,
      signature,
      held,
      letters: lettersNow(file, state),
      busy: busy(c, bench),
    };
    const body = packetPage(view, say);
    return showCase(c, "packet", title, body);
  });

  app.get("/cases/:id/parts/:part", async (c) => {
    const { log, state } = c.get("current");
    const part = state.draft?.parts.find((one) => one.name === c.req.param("part"));
    if (!part) return c.notFound();
    if (part.name === "packet.pdf" && isHeld(c)) return c.redirect(`/cases/${log.id}/packet`, 303);
    const locked = isToPay(bench, c.get("current")) && !isFreePart(part.name, c.get("current").file);
    return locked ? toPay(c) : hand(c, part);
  });

  app.get("/cases/:id/deadlines.ics", async (c) => {
    const { state } = c.get("current");
    const part = state.draft?.parts.find((one) => one.name === "deadlines.ics");
    return part ? hand(c, part) : c.notFound();
  });

  app.get("/cases/:id/parts.zip", async (c) => {
    const { log, state } = c.get("current");
    if (!state.draft || state.draft.parts.length === 0) return c.notFound();
    if (isToPay(bench, c.get("current"))) return toPay(c);
    if (isHeld(c)) return c.redirect(`/cases/${log.id}/packet`, 303);
    const entries = [];
    for (const part of state.draft.parts) entries.push({ name: part.name, bytes: await log.get(part.blob) });
    await log.append([{ kind: "downloaded", part: "appeal.zip", sha256: "" }]);
    return file(c, zipOf(entries), "application/zip", "appeal.zip");
  });

  app.get("/cases/:id/history", async (c) => {
    const { log } = c.get("current");
    const say = c.get("say");
    return showCase(c, null, say("history.title"), historyPage(log.id, await log.events(), say));
  });

  app.get("/cases/:id/delete", (c) => {
    const { log, state } = c.get("current");
    const say = c.get("say");
    return showCase(c, null, say("delete.title"), deletePage(log.id, state.title, say));
  });

  app.post("/cases/:id/delete", async (c) => {
    const { log } = c.get("current");
    await log.destroy();
    forget(log.id);
    return c.redirect("/", 303);
  });
}

/** True while the packet at hand still holds a letter whose signature is void: a new one is on its way. */
function isHeld(c: Ctx): boolean {
  const { state, file } = c.get("current");
  return waits(state) && signatureNow(state, file) === "void";
}

/** Leads to the price: nothing was handed out. */
export function toPay(c: Ctx) {
  return c.redirect(`/cases/${c.get("current").log.id}/pay`, 303);
}

/** Hands out one part and writes down that it went, with the hash of what went. */
async function hand(c: Ctx, part: DraftPart) {
  const { log } = c.get("current");
  const bytes = await log.get(part.blob);
  await log.append([{ kind: "downloaded", part: part.name, sha256: part.sha256 }]);
  return file(c, new Uint8Array(bytes), part.mediaType, part.name);
}

function file(c: Ctx, bytes: Uint8Array<ArrayBuffer>, type: string, name: string) {
  c.header("Content-Type", type);
  c.header("Content-Disposition", `attachment; filename="${name.replace(/[^\w.-]/g, "_")}"`);
  return c.body(bytes);
}
