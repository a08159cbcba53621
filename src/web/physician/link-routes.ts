import type { Issue } from "#base";
import {
  checkReview,
  fold,
  letterHolds,
  mostWrongCodes,
  type PhysicianReview,
  questionsIn,
  settledLetter,
} from "#case";
import { voidedPdf } from "#io";
import { lettersNow } from "../letters-now.ts";
import { caseFileOf } from "../open-case.ts";
import { paperOf } from "../places.ts";
import { show } from "../routes/shell.ts";
import type { App, Ctx, Workbench } from "../workbench.ts";
import {
  codeIsRemembered,
  findLink,
  keyedStatements,
  keyOf,
  type OpenReview,
  openReview,
  rememberCode,
  reviewSoFar,
} from "./open-link.ts";
import { closedPage, codePage, reviewPage, signedPage, signPage } from "./pages.ts";
import { shownLetter, sign, titleIn } from "./signing.ts";

const DPI = 110;
/** Codes that may be tried on one link in a quarter of an hour, right or wrong. */
const TRIES = 10;
const WINDOW = 15 * 60_000;

/** What a physician sees behind a private link: no account, one case, the letter and the pages it rests on. */
export function physicianRoutes(app: App, bench: Workbench): void {
  const tries = new Map<string, number[]>();

  app.use("/physician/*", async (c, next) => {
    c.header("Referrer-Policy", "no-referrer");
    c.header("X-Robots-Tag", "noindex");
    return next();
  });

  app.post("/physician/:token/code", async (c) => {
    const token = c.req.param("token");
    const say = c.get("say");
    const found = await findLink(bench, token);
    if (Array.isArray(found)) return closed(c, found);
    const { id } = found.link;
    const now = bench.clock();
    const recent = (tries.get(id) ?? []).filter((at) => now - at < WINDOW);
    if (tries.size > 10_000) tries.clear();
    tries.set(id, [...recent, now]);
    const { code } = await c.req.parseBody();
    const given = typeof code === "string" ? code.replace(/\D/g, "") : "";
    if (recent.length >= TRIES) return asked(c, token, 429, say("physician.code.slow"));
    if (given.length !== 6) return asked(c, token, 400, say("physician.code.six"));
    if (!(await bench.store.links.tryCode(id, given))) {
      const again = await findLink(bench, token);
      if (Array.isArray(again)) return closed(c, again);
      const left = mostWrongCodes - again.link.wrongCodes;
      return asked(c, token, 401, say("physician.code.wrong", { n: left }));
    }
    await rememberCode(c, bench, token, id);
    const log = await bench.store.cases.open(found.owner, found.caseId);
    await log?.append([{ kind: "link-opened", link: id }]);
    return c.redirect(`/physician/${token}`, 303);
  });

  app.get("/physician/:token", (c) =>
    within(c, bench, (open) => showReview(c, open, c.req.query("check") === "1")),
  );

  app.post("/physician/:token", (c) =>
    within(c, bench, async (open) => {
      const body = await c.req.parseBody();
      const review = reviewOf(open, body);
      // One tap for what is still open; each line stays to be corrected or struck until the signature.
      if (body.do === "rest") confirmRest(open, review);
      await open.log.append([{ kind: "statements-marked", link: open.link.id, review }]);
      const at = `/physician/${open.token}`;
      if (body.do === "save") return c.redirect(`${at}?saved=1`, 303);
      if (checkReview(open.letter, review).length > 0) return c.redirect(`${at}?check=1`, 303);
      return c.redirect(`${at}/letter`, 303);
    }),
  );

  app.get("/physician/:token/letter", (c) => within(c, bench, (open) => preview(c, open, [])));

  app.get("/physician/:token/letter.pdf", (c) =>
    within(c, bench, async (open) => {
      const shown = open.state.afterwards.shown[open.link.id];
      if (!shown) return c.notFound();
      return pdf(c, await open.log.get(shown.blob), "letter-to-sign.pdf");
    }),
  );

  app.get("/physician/:token/letter/:page/picture", (c) =>
    within(c, bench, async (open) => {
      const shown = open.state.afterwards.shown[open.link.id];
      if (!shown) return c.notFound();
      const paper = { name: "letter.pdf", bytes: await open.log.get(shown.blob) };
      return picture(c, await bench.pagePicture(paper, "letter.pdf", Number(c.req.param("page")), DPI));
    }),
  );

  app.get("/physician/:token/papers/:paper/:index/:page/picture", (c) =>
    within(c, bench, async (open) => {
      const found = evidencePlace(open, c.req.param());
      if (!found) return c.notFound();
      const { paper, document, page } = found;
      await noteOpened(open, document, page);
      const bytes = await open.log.get(paper.blob);
      return picture(c, await bench.pagePicture({ name: paper.name, bytes }, document, page, DPI));
    }),
  );

  app.post("/physician/:token/sign", (c) =>
    within(c, bench, async (open) => {
      const issues = await sign(open, bench, await c.req.parseBody());
      if (issues.length > 0) {
        c.status(issues.some((issue) => issue.code === "letter-changed") ? 409 : 400);
        return preview(c, open, issues);
      }
      bench.workshop.request(open.log);
      return c.redirect(`/physician/${open.token}/signed`, 303);
    }),
  );

  app.get("/physician/:token/signed", async (c) => {
    const token = c.req.param("token");
    const signed = await signedBy(c, bench);
    if (!signed) return shut(c, bench, token, await issuesOf(bench, token));
    return show(c, c.get("say")("physician.title"), signedPage(token, signed.holds, c.get("say")));
  });

  app.get("/physician/:token/signed.pdf", async (c) => {
    const token = c.req.param("token");
    const signed = await signedBy(c, bench);
    if (!signed) return shut(c, bench, token, await issuesOf(bench, token));
    const bytes = await signed.log.get(signed.blob);
    if (signed.holds) return pdf(c, bytes, "physician-letter-signed.pdf");
    return pdf(c, await voidedPdf(bytes), "physician-letter-signed-earlier-version.pdf");
  });

  const asked = (c: Ctx, token: string, status: 400 | 401 | 429, problem: string) => {
    c.status(status);
    return show(c, c.get("say")("physician.title"), codePage(token, c.get("say"), problem));
  };
}

/** Answers only to who knows the code; asks for it first. A link that does not open says why. */
async function within(c: Ctx, bench: Workbench, answer: (open: OpenReview) => Response | Promise<Response>) {
  const token = c.req.param("token") ?? "";
  const found = await findLink(bench, token);
  if (Array.isArray(found)) return shut(c, bench, token, found);
  const say = c.get("say");
  if (!(await codeIsRemembered(c, bench, found.link.id))) {
    if (c.req.method !== "GET") return c.redirect(`/physician/${token}`, 303);
    return show(c, say("physician.title"), codePage(token, say, null));
  }
  const open = await openReview(bench, token, found);
  return Array.isArray(open) ? closed(c, open, 503) : answer(open);
}

/** A link that does not open. After a signature: whether it still stands, and for who signed on this device, the copy. */
async function shut(c: Ctx, bench: Workbench, token: string, issues: readonly Issue[]) {
  if (!issues.some(({ code }) => code === "link-used")) return closed(c, issues);
  if (c.req.method === "GET" && !c.req.path.endsWith("/signed") && (await signedBy(c, bench)))
    return c.redirect(`/physician/${token}/signed`, 303);
  const signed = await signedWith(bench, token);
  return closed(c, signed ? issues : [interrupted], 410, signed?.holds === false);
}

/** The link was used up and the program stopped before the signature was written down. */
const interrupted: Issue = {
  severity: "error",
  code: "signing-interrupted",
  text: "Signing was interrupted, and nothing is signed. Ask the person who sent the link for a new one: what you marked is kept.",
};

function closed(c: Ctx, issues: readonly Issue[], status: 404 | 410 | 503 = 410, isVoid = false) {
  const unknown = issues.some((issue) => issue.code === "link-unknown");
  c.status(unknown ? 404 : status);
  return show(c, c.get("say")("physician.closed"), closedPage(issues, isVoid, c.get("say")));
}

async function issuesOf(bench: Workbench, token: string): Promise<Issue[]> {
  const found = await findLink(bench, token);
  return Array.isArray(found) ? found : [];
}

function showReview(c: Ctx, open: OpenReview, tried: boolean) {
  const say = c.get("say");
  const review = reviewSoFar(open);
  return show(
    c,
    say("physician.title"),
    reviewPage(open, review, { tried, saved: c.req.query("saved") === "1" }, say),
  );
}

async function preview(c: Ctx, open: OpenReview, issues: Issue[]) {
  const say = c.get("say");
  const review = open.state.afterwards.reviews[open.link.id];
  if (!review || checkReview(open.letter, review).length > 0)
    return c.redirect(`/physician/${open.token}?check=1`, 303);
  const shown = await shownLetter(open, review);
  const settled = settledLetter(open.letter, review, titleIn(open.file));
  return show(c, say("physician.sign.title"), signPage(open, review, shown, settled, issues, say));
}

/** What the form says. A box that was not sent is a box that was not ticked. */
function reviewOf(open: OpenReview, body: Record<string, unknown>): PhysicianReview {
  const said = (name: string, most: number) => {
    const value = body[name];
    return typeof value === "string" ? value.replaceAll("\r\n", "\n").trim().slice(0, most) : "";
  };
  const marks = keyedStatements(open.letter).flatMap(({ key, text }): PhysicianReview["marks"] => {
    const mark = said(`mark-${key}`, 20);
    const words = said(`words-${key}`, 2000);
    if (mark === "corrected") return [{ text, mark, words }];
    return mark === "confirmed" || mark === "struck" ? [{ text, mark, ...(words ? { words } : {}) }] : [];
  });
  const answers = questionsIn(open.letter).map(({ text }) => ({
    question: text,
    words: said(`answer-${keyOf(text)}`, 3000),
  }));
  const signer = { name: said("signer", 120), npi: said("npi", 20).replace(/\s/g, "") };
  return { marks, answers, certified: body.certified === "yes", signer };
}

function confirmRest(open: OpenReview, review: PhysicianReview): void {
  const marked = new Set(review.marks.map(({ text }) => text));
  for (const { text } of keyedStatements(open.letter))
    if (!marked.has(text)) review.marks.push({ text, mark: "confirmed" });
}

/** Notes once that this page was looked at: the record of the signature tells what was seen. */
async function noteOpened({ log, link }: OpenReview, document: string, page: number): Promise<void> {
  const known = (await log.events()).some(
    (event) =>
      event.kind === "evidence-opened" &&
      event.link === link.id &&
      event.document === document &&
      event.page === page,
  );
  if (!known) await log.append([{ kind: "evidence-opened", link: link.id, document, page }]);
}

/** A page that may be looked at: only one that a statement rests on. */
function evidencePlace(open: OpenReview, given: Record<string, string>) {
  const page = Number(given.page);
  for (const span of keyedStatements(open.letter).flatMap(({ from }) => from)) {
    const place = paperOf(open.state, span.document);
    if (!place || place.paper !== given.paper || String(place.index) !== given.index || span.page !== page)
      continue;
    const paper = open.state.papers.find(({ id }) => id === place.paper);
    if (paper) return { paper, document: span.document, page };
  }
  return null;
}

/** The signed letter, for the device that signed it, while its cookie lasts. */
async function signedBy(c: Ctx, bench: Workbench) {
  const signed = await signedWith(bench, c.req.param("token") ?? "");
  return signed && (await codeIsRemembered(c, bench, signed.link)) ? signed : null;
}

/** What was signed with this link, and whether the letter still says it. */
async function signedWith(bench: Workbench, token: string) {
  const found = await bench.store.links.find(token);
  const log = found?.link.signedAt ? await bench.store.cases.open(found.owner, found.caseId) : null;
  if (!found || !log) return null;
  const events = await log.events();
  const event = events.findLast((one) => one.kind === "letter-signed" && one.signed.link === found.link.id);
  if (event?.kind !== "letter-signed") return null;
  const state = fold(events);
  const file = state.draft ? await caseFileOf(log, state.draft) : null;
  // A later signature, or one that was set aside, takes the place of this one.
  const isLast = state.afterwards.signed?.link === found.link.id;
  const holds = isLast && file !== null && letterHolds(event.signed, lettersNow(file, state));
  return { link: found.link.id, log, blob: event.signed.blob, holds };
}

function pdf(c: Ctx, bytes: Uint8Array, name: string) {
  c.header("Content-Type", "application/pdf");
  c.header("Content-Disposition", `inline; filename="${name}"`);
  return c.body(new Uint8Array(bytes));
}

function picture(c: Ctx, bytes: Uint8Array | null) {
  if (!bytes) return c.notFound();
  c.header("Content-Type", "image/png");
  return c.body(new Uint8Array(bytes));
}
