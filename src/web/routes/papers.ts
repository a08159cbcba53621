import { streamSSE } from "hono/streaming";
import type { Span } from "#base";
import { paperView } from "../pages/paper-view.ts";
import { papers, spokenStatus } from "../pages/papers.ts";
import { sourceOf } from "../places.ts";
import { chosenPanel } from "../start/panel.ts";
import { receive } from "../upload.ts";
import type { Status } from "../work/workshop.ts";
import type { App, Ctx, Workbench } from "../workbench.ts";
import { showCase } from "./shell.ts";

/** Pictures of pages are drawn at this many dots per inch: sharp enough to read on a phone that is zoomed in. */
const DPI = 110;

/** Handing in, looking at and taking out papers. */
export function paperRoutes(app: App, bench: Workbench): void {
  app.get("/cases/:id/papers", async (c) => {
    const { log, state, file } = c.get("current");
    const say = c.get("say");
    const status = bench.workshop.statusOf(log.id);
    const chosen = await chosenPanel(state.chosen, say);
    const body = papers({ id: log.id, state, file, status, chosen }, say);
    return showCase(c, "papers", say("papers.title"), body, status ? { refresh: 3 } : {});
  });

  app.post("/cases/:id/papers", async (c) => {
    const { log } = c.get("current");
    const received = await receive(log, c.req.raw);
    if (received.added.length > 0) bench.workshop.request(log);
    if (c.req.header("accept")?.includes("application/json")) return c.json(received);
    return c.redirect(`/cases/${log.id}/papers`, 303);
  });

  app.post("/cases/:id/papers/:paper/remove", async (c) => {
    const { log, state } = c.get("current");
    const paper = state.papers.find((one) => one.id === c.req.param("paper"));
    if (!paper) return c.notFound();
    await log.append([{ kind: "paper-removed", paper: paper.id }]);
    bench.workshop.request(log);
    return c.redirect(`/cases/${log.id}/papers`, 303);
  });

  app.get("/cases/:id/progress", (c) => follow(c, bench));

  app.get("/cases/:id/papers/:paper/:index/:page", (c) => {
    const found = place(c);
    const { log, file } = c.get("current");
    const source = found && file ? sourceOf(file, found.document) : null;
    if (!found || !source) return c.notFound();
    const say = c.get("say");
    const marks = marksOf(c, found.document, found.page);
    const view = {
      caseId: log.id,
      paper: found.paper.id,
      index: found.index,
      source,
      page: found.page,
      marks,
    };
    return showCase(c, "papers", say("page.title"), paperView(view, say), { wide: true });
  });

  app.get("/cases/:id/papers/:paper/:index/:page/picture", async (c) => {
    const found = place(c);
    if (!found) return c.notFound();
    const bytes = await c.get("current").log.get(found.paper.blob);
    const picture = await bench.pagePicture(
      { name: found.paper.name, bytes },
      found.document,
      found.page,
      DPI,
    );
    if (!picture) return c.notFound();
    c.header("Content-Type", "image/png");
    return c.body(new Uint8Array(picture));
  });
}

/** The paper, document and page that an address names, if the case has them. */
function place(c: Ctx) {
  const { state } = c.get("current");
  const { paper: id, index: at, page: number } = c.req.param() as Record<string, string>;
  const paper = state.papers.find((one) => one.id === id);
  const index = Number(at);
  const document = paper?.reading?.documents[index];
  const page = Number(number);
  return paper && document !== undefined && Number.isInteger(page) && page > 0
    ? { paper, index, document, page }
    : null;
}

function marksOf(c: Ctx, document: string, page: number): Span[] {
  return (c.req.queries("mark") ?? []).flatMap((mark) => {
    const found = /^(\d{1,9})-(\d{1,9})$/.exec(mark);
    return found ? [{ document, page, start: Number(found[1]), end: Number(found[2]), quote: "" }] : [];
  });
}

/** The work as it goes, as server-sent events; ends when nothing is under way. */
function follow(c: Ctx, bench: Workbench) {
  const { log } = c.get("current");
  const say = c.get("say");
  return streamSSE(c, async (stream) => {
    const line = (status: Status | null) =>
      JSON.stringify(
        status
          ? {
              text: spokenStatus(status, say),
              ...(status.stage === "reading" && status.total > 0
                ? { done: status.done, total: status.total }
                : {}),
            }
          : { end: true },
      );
    let stop = () => {};
    await new Promise<void>((resolve) => {
      let sent: Promise<unknown> = Promise.resolve();
      const send = (status: Status | null) => {
        // The last message must be out before the stream ends, or the page waits for it for ever.
        sent = sent.then(() => stream.writeSSE({ data: line(status) })).catch(() => resolve());
        if (status === null) sent.finally(resolve);
      };
      stop = bench.workshop.watch(log.id, send);
      stream.onAbort(resolve);
      send(bench.workshop.statusOf(log.id));
    });
    stop();
  });
}
