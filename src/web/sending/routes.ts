import { parseDate } from "#base";
import { type Draft, refusalText } from "#case";
import { headOf, readBounce } from "#io";
import { isToPay } from "../charging/gate.ts";
import { payNotice } from "../charging/pages.ts";
import { notYet } from "../pages/denial.ts";
import { html } from "../pages/markup.ts";
import { paperPage } from "../pages/paper-page.ts";
import { pageOf } from "../places.ts";
import { toPay } from "../routes/downloads.ts";
import { showCase } from "../routes/shell.ts";
import type { TextKey } from "../texts.ts";
import { waits } from "../work/workshop.ts";
import type { App, Ctx, Workbench } from "../workbench.ts";
import { zipOf } from "../zip.ts";
import { mailSlip, portalChecklist } from "./cover-sheet.ts";
import { openDispatch } from "./dispatch.ts";
import { type Preview, previewPage, sendPage } from "./pages.ts";
import {
  type Bundle,
  bundleFiles,
  bundleFor,
  isHeld,
  isVoiceLine,
  sha256,
  type Way,
  waysOf,
} from "./parcels.ts";
import { keepPapers, stepOfPacket } from "./sent-papers.ts";

/** Choosing the way, looking at what goes out, sending it, and writing down what one sent oneself. */
export function sendingRoutes(app: App, bench: Workbench): { idle: () => Promise<void> } {
  const dispatch = openDispatch(bench);

  app.get("/cases/:id/send", async (c) => {
    const { log, file } = c.get("current");
    const say = c.get("say");
    const way = chosen(c, bench, c.req.query("to"));
    if (!file?.denial) {
      const busy = bench.workshop.statusOf(log.id) !== null;
      return showCase(c, "packet", say("sending.title"), notYet(say, log.id, busy, say("sending.title")));
    }
    return way ? preview(c, bench, way, null) : overview(c, null);
  });

  const overview = (c: Ctx, problem: string | null) => {
    const { log, file } = c.get("current");
    const say = c.get("say");
    const ways = file ? waysOf(file, bench) : [];
    const going = dispatch.isGoing(log.id);
    const asks = bench.delivery?.outcomes ?? {};
    const body = sendPage(
      { current: c.get("current"), ways, going, today: bench.today(), asks, problem },
      say,
    );
    if (problem) c.status(400);
    return showCase(c, "packet", say("sending.title"), body, going ? { refresh: 3 } : {});
  };

  app.post("/cases/:id/send", async (c) => {
    const { log, state } = c.get("current");
    const say = c.get("say");
    const { to, consent, seen } = await c.req.parseBody();
    const way = chosen(c, bench, to);
    if (isToPay(bench, c.get("current"))) return toPay(c);
    const bundle = way ? await made(c, bench, way) : null;
    if (!way || !bundle || Array.isArray(bundle) || way.byHand) return c.notFound();
    if (consent !== "yes") return preview(c, bench, way, say("sending.consent.missing"));
    if (seen !== bundle.packet.sha256 || waits(state)) return preview(c, bench, way, say("sending.changed"));
    if (bundle.issues.some(({ severity }) => severity === "error")) return preview(c, bench, way, null);
    if (!dispatch.isGoing(log.id)) {
      const words = say("sending.consent", { to: way.to });
      await log.append([{ kind: "consent-given", channel: way.channel, to: way.to, words }]);
      dispatch.begin(log, bundle.parcels, await stepOfPacket(c.get("current").file!));
    }
    return c.redirect(`/cases/${log.id}/send`, 303);
  });

  app.post("/cases/:id/send/by-hand", async (c) => {
    const { log } = c.get("current");
    const say = c.get("say");
    const { to, on, number, consent } = await c.req.parseBody();
    const way = chosen(c, bench, to);
    const bundle = way ? await made(c, bench, way) : null;
    if (!way || !bundle || Array.isArray(bundle)) return c.notFound();
    const day = typeof on === "string" ? parseDate(on) : null;
    if (isHeld(bundle)) return preview(c, bench, way, say("sending.held"), 409);
    if (!day || day > bench.today()) return preview(c, bench, way, say("sending.day-wrong"));
    if (consent !== "yes") return preview(c, bench, way, say("sending.consent.missing"));
    const tracking = typeof number === "string" ? number.trim().slice(0, 60) : "";
    // What one printed from elsewhere is noted; the finished packet itself is not handed out by a receipt.
    const unpaid = isToPay(bench, c.get("current"));
    const papers = unpaid ? {} : { papers: await keepPapers(log, [bundle.cover, bundle.packet]) };
    const step = await stepOfPacket(c.get("current").file!);
    await log.append([
      { ...byHand(log.id, way, bundle, day, tracking), ...papers, ...(step ? { step } : {}) },
    ]);
    return c.redirect(`/cases/${log.id}/send`, 303);
  });

  app.get("/cases/:id/send/bundle.zip", async (c) => {
    const { log } = c.get("current");
    const way = chosen(c, bench, c.req.query("to"));
    if (isToPay(bench, c.get("current"))) return toPay(c);
    const bundle = way ? await made(c, bench, way) : null;
    if (!way || !bundle || Array.isArray(bundle)) return c.notFound();
    if (isHeld(bundle)) return c.redirect(`/cases/${log.id}/send?to=${String(way.index)}`, 303);
    const files = bundleFiles(bundle, way);
    const head = await headOf(c.get("current").file!);
    const entries = [
      ...files.map(({ name, bytes }) => ({ name, bytes })),
      ...(way.channel === "mail"
        ? [{ name: "certified-mail.txt", bytes: Buffer.from(mailSlip(way, bundle)) }]
        : []),
      ...(way.channel === "portal"
        ? [{ name: "portal-checklist.txt", bytes: Buffer.from(portalChecklist(way, head, files)) }]
        : []),
    ];
    await log.append([{ kind: "downloaded", part: "bundle.zip", sha256: bundle.packet.sha256 }]);
    c.header("Content-Type", "application/zip");
    c.header("Content-Disposition", 'attachment; filename="appeal-bundle.zip"');
    return c.body(new Uint8Array(zipOf(entries)));
  });

  app.post("/cases/:id/sent/:key/came-back", async (c) => {
    const { log, state } = c.get("current");
    const key = c.req.param("key");
    const parcel = state.afterwards.parcels.find((one) => one.key === key);
    if (parcel?.receipt?.status !== "accepted") return c.notFound();
    const { message } = await c.req.parseBody();
    const returned = message instanceof File && message.size > 0 ? message : null;
    const found = returned ? await bounceOf(returned, key) : { code: "mail-bounced" };
    if ("problem" in found) return overview(c, c.get("say")(found.problem));
    const { code } = found;
    await log.append([{ kind: "sending-failed", key, code, text: refusalText(code) }]);
    return c.redirect(`/cases/${log.id}/send`, 303);
  });

  app.post("/cases/:id/sent/:key/ask", (c) => {
    const { log, state } = c.get("current");
    const key = c.req.param("key");
    const receipt = state.afterwards.parcels.find((one) => one.key === key)?.receipt;
    if (receipt?.status !== "accepted" || !bench.delivery?.outcomes?.[receipt.channel]) return c.notFound();
    dispatch.ask(log, key);
    return c.redirect(`/cases/${log.id}/send`, 303);
  });

  app.get("/cases/:id/sent/:key/:name", async (c) => {
    const { log, state } = c.get("current");
    const { parcels, levels } = state.afterwards;
    const all = [...levels.flatMap((level) => level.parcels), ...parcels];
    const papers = all.find(({ key }) => key === c.req.param("key"))?.papers;
    const paper = papers?.find(({ name }) => name === c.req.param("name"));
    if (!paper) return c.notFound();
    if (isToPay(bench, c.get("current"))) return toPay(c);
    const bytes = await log.get(paper.blob);
    await log.append([{ kind: "downloaded", part: paper.name, sha256: paper.sha256 }]);
    c.header("Content-Type", "application/pdf");
    c.header("Content-Disposition", `attachment; filename="sent-${paper.name.replace(/[^\w.-]/g, "_")}"`);
    return c.body(new Uint8Array(bytes));
  });

  return { idle: dispatch.idle };
}

/** What a returned message says of this parcel; a `problem` where it says nothing of it, or only that it is late. */
async function bounceOf(message: File, key: string): Promise<{ code: string } | { problem: TextKey }> {
  const bounce = await readBounce(new Uint8Array(await message.arrayBuffer()));
  if (bounce?.key !== key) return { problem: "sending.bounce-other" };
  return bounce.action === "failed" ? { code: bounce.code } : { problem: "sending.bounce-late" };
}

function chosen(c: Ctx, bench: Workbench, to: unknown): Way | null {
  const { file } = c.get("current");
  if (!file || typeof to !== "string" || !/^\d$/.test(to)) return null;
  return waysOf(file, bench)[Number(to)] ?? null;
}

async function made(c: Ctx, bench: Workbench, way: Way) {
  const { log, state, file } = c.get("current");
  if (!file || !state.draft) return null;
  return bundleFor(log, state as typeof state & { draft: Draft }, file, way, state.asOf ?? bench.today());
}

async function preview(c: Ctx, bench: Workbench, way: Way, problem: string | null, status: 400 | 409 = 400) {
  const { log, state, file } = c.get("current");
  const say = c.get("say");
  const bundle = await made(c, bench, way);
  const issues = Array.isArray(bundle) ? bundle : (bundle?.issues ?? []);
  const span = way.from[0];
  const place = span && file ? pageOf(log.id, state, file, span, way.from) : null;
  const view: Preview = {
    id: log.id,
    way,
    bundle: Array.isArray(bundle) ? null : bundle,
    issues,
    problem,
    stale: waits(state),
    voice: file !== null && isVoiceLine(way, file),
    today: bench.today(),
    place: place ? paperPage(place, say) : html``,
    toPay: isToPay(bench, c.get("current")) ? payNotice(log.id, bench.charges!.pricing, say) : null,
  };
  if (problem) c.status(status);
  return showCase(c, "packet", say("sending.title"), previewPage(view, say));
}

/** A receipt that a person wrote down: what they sent, when, and the number they were given. */
function byHand(caseId: string, way: Way, bundle: Bundle, day: string, number: string) {
  const { channel, to } = way;
  const { packet } = bundle;
  const key = sha256(Buffer.from(["by-hand", caseId, channel, to, packet.sha256, day].join("\n"))).slice(
    0,
    40,
  );
  return {
    kind: "sent" as const,
    part: { number: 1, of: 1 },
    receipt: {
      key,
      channel,
      to,
      status: "by-hand" as const,
      number: number || null,
      at: `${day}T12:00:00.000Z`,
      pages: packet.pages,
      sha256: [packet.sha256],
      attempts: 1,
    },
  };
}
