import { correctedValue, type EventBody, nextDate, rightsLeft, stepsTaken } from "#case";
import { criteriaRows } from "../criteria-rows.ts";
import { issuesAt } from "../issue-places.ts";
import { noticeFacts } from "../notice-facts.ts";
import { deadlinePage, questionCard } from "../pages/deadline.ts";
import { denialPage, notYet } from "../pages/denial.ts";
import { evidencePage } from "../pages/evidence.ts";
import { issueList } from "../pages/issues.ts";
import { html } from "../pages/markup.ts";
import { overviewPage } from "../pages/overview.ts";
import { progress } from "../pages/papers.ts";
import { pageOf } from "../places.ts";
import { questionsOf } from "../questions.ts";
import { precedentPanel } from "../sending/precedents.ts";
import { noteOverdue } from "../sending/standing.ts";
import { standingPanel } from "../sending/standing-panel.ts";
import type { App, Ctx, Workbench } from "../workbench.ts";
import { ownPath } from "./public.ts";
import { showCase } from "./shell.ts";

/** What a person looks at and decides: the notice, the day, the evidence. */
export function reviewRoutes(app: App, bench: Workbench): void {
  app.get("/cases/:id", async (c) => {
    const { log, state, file } = c.get("current");
    const say = c.get("say");
    if (!file) return c.redirect(`/cases/${log.id}/papers`);
    if (await noteOverdue(log, state, file, bench.today())) bench.workshop.request(log);
    const status = bench.workshop.statusOf(log.id);
    const next = nextDate(rightsLeft(file.rights, stepsTaken(state.afterwards)), file.asOf);
    const view = { id: log.id, state, file, next, questions: questionsOf(file, state, say), status };
    const standing = await standingPanel({ state, file, id: log.id, today: bench.today(), say });
    return showCase(
      c,
      "overview",
      say("overview.title"),
      overviewPage({ ...view, standing }, say),
      status ? { refresh: 3 } : {},
    );
  });
  denialRoutes(app, bench);
  deadlineRoutes(app, bench);
  evidenceRoutes(app, bench);
}

function denialRoutes(app: App, bench: Workbench): void {
  app.get("/cases/:id/denial", (c) => {
    const { log, state, file } = c.get("current");
    const say = c.get("say");
    if (!file?.denial) return waiting(c, bench, "denial", say("denial.title"));
    const groups = noticeFacts(file.denial, say);
    const all = groups.flatMap((group) => group.facts).filter((fact) => fact.from.length > 0);
    const chosen = all.find((fact) => fact.field === c.req.query("fact")) ?? all[0] ?? null;
    const beside = chosen ? pageOf(log.id, state, file, chosen.from[0]!, chosen.from) : null;
    const asked = chosen !== null && chosen.field === c.req.query("fact");
    const body = denialPage({ id: log.id, state, groups, chosen, asked, beside }, say);
    return showCase(c, "denial", say("denial.title"), body, { wide: true });
  });

  app.post("/cases/:id/denial", async (c) => {
    const { log, file } = c.get("current");
    const { field, value, do: what } = await c.req.parseBody();
    if (typeof field !== "string" || !file?.denial) return c.notFound();
    const known = noticeFacts(file.denial, c.get("say")).flatMap((group) => group.facts);
    const fact = known.find((one) => one.field === field);
    if (!fact) return c.notFound();
    if (what === "confirm") await log.append([{ kind: "reading-confirmed", field }]);
    else if (typeof value === "string" && correctedValue(field, value) !== null) {
      await change(bench, c, [
        { kind: "reading-corrected", field, value: value.trim(), was: fact.raw || null },
      ]);
    }
    return c.redirect(`/cases/${log.id}/denial?fact=${encodeURIComponent(field)}#fact-${field}`, 303);
  });
}

function deadlineRoutes(app: App, bench: Workbench): void {
  app.get("/cases/:id/deadline", (c) => {
    const { log, state, file } = c.get("current");
    const say = c.get("say");
    if (!file?.denial) return waiting(c, bench, "deadline", say("deadline.title"));
    // What was sent at this level keeps its day and its reckoning here; steps of levels before are behind us.
    const rights = rightsLeft(file.rights, stepsTaken(state.afterwards).slice(0, -1));
    const next = nextDate(rights, file.asOf);
    const calendar = state.draft?.parts.some((part) => part.name === "deadlines.ics") ?? false;
    const { noticeDate, rightsStated } = file.denial;
    const read = [noticeDate, rightsStated.appealWithin, rightsStated.appealBy].flatMap(
      (one) => one?.from ?? [],
    );
    const beside = read[0] ? pageOf(log.id, state, file, read[0], read) : null;
    const questions = questionsOf(file, state, say);
    const view = { id: log.id, file: { ...file, rights }, next, questions, calendar, beside };
    return showCase(c, "deadline", say("deadline.title"), html`${busy(c, bench)}${deadlinePage(view, say)}`, {
      wide: true,
    });
  });

  app.get("/cases/:id/questions/:question", (c) => {
    const { log, state, file } = c.get("current");
    const say = c.get("say");
    const question = file && questionsOf(file, state, say).find((one) => one.id === c.req.param("question"));
    if (!question) return c.notFound();
    const back = c.req.query("back") === "deadline" ? "deadline" : "";
    return showCase(
      c,
      null,
      question.text,
      html`<h1 class="sr">${question.text}</h1>${questionCard(log.id, question, say, back)}`,
    );
  });

  app.post("/cases/:id/questions/:question", async (c) => {
    const { log, state, file } = c.get("current");
    const question =
      file && questionsOf(file, state, c.get("say")).find((one) => one.id === c.req.param("question"));
    if (!question) return c.notFound();
    const { answer, do: what, back } = await c.req.parseBody();
    const given = what === "unknown" || typeof answer !== "string" ? null : answer.trim().slice(0, 200);
    const allowed =
      given === null ||
      (question.options === null
        ? question.input !== "date" || correctedValue("noticeDate", given) !== null
        : question.options.some((option) => option.value === given));
    if (allowed) await change(bench, c, [{ kind: "answer-given", question: question.id, answer: given }]);
    return c.redirect(ownPath(back === "deadline" ? `/cases/${log.id}/deadline` : `/cases/${log.id}`), 303);
  });
}

function evidenceRoutes(app: App, bench: Workbench): void {
  app.get("/cases/:id/evidence", async (c) => {
    const { log, state, file } = c.get("current");
    const say = c.get("say");
    const checklist = file?.findings ? null : (file?.checklist ?? null);
    const { policy, findings } = checklist ?? { policy: file?.policy ?? null, findings: file?.findings };
    const rows = policy ? criteriaRows(policy, findings?.findings ?? [], say) : [];
    if (!file || rows.length === 0) return waiting(c, bench, "evidence", say("evidence.title"));
    const asked = rows.find((row) => row.criterion.id === c.req.query("criterion")) ?? null;
    const chosen = asked ?? rows.find((row) => row.joins === null && row.status !== "met") ?? rows[0]!;
    const spans = chosen.finding
      ? [...chosen.finding.for, ...chosen.finding.against, ...chosen.finding.candidates].flatMap(
          (one) => one.from,
        )
      : [];
    const wanted = c.req.query("at");
    const source = file.documents[Number(c.req.query("in"))]?.document;
    const span =
      spans.find((one) => one.document === source && `${one.page}.${one.start}-${one.end}` === wanted) ??
      spans[0] ??
      chosen.criterion.from[0];
    const beside = span ? pageOf(log.id, state, file, span) : null;
    const view = { id: log.id, state, file, checklist, rows, chosen, asked: asked !== null, beside };
    const body = evidencePage(view, say);
    return showCase(
      c,
      "evidence",
      say("evidence.title"),
      html`${busy(c, bench)}${body}${await precedentPanel(bench, file, say)}`,
      {
        wide: true,
      },
    );
  });

  app.post("/cases/:id/evidence", async (c) => {
    const { log, file } = c.get("current");
    const { criterion, status, why } = await c.req.parseBody();
    const statuses = ["met", "not-met", "unknown"] as const;
    const chosen = statuses.find((one) => one === status);
    if (!file?.policy || typeof criterion !== "string" || !chosen || typeof why !== "string")
      return c.notFound();
    const rows = criteriaRows(file.policy, [], c.get("say"));
    if (!rows.some((row) => row.criterion.id === criterion)) return c.notFound();
    const words = why.trim().slice(0, 500);
    await change(bench, c, [{ kind: "finding-judged", criterion, status: chosen, why: words }]);
    return c.redirect(`/cases/${log.id}/evidence?criterion=${encodeURIComponent(criterion)}`, 303);
  });
}

/** Writes down what a person decided and has the letters drafted again. */
export async function change(bench: Workbench, c: Ctx, bodies: EventBody[]): Promise<void> {
  const { log } = c.get("current");
  await log.append(bodies);
  bench.workshop.request(log);
}

/** Says that the page will change in a moment, because work is under way. */
export function busy(c: Ctx, bench: Workbench) {
  const { log } = c.get("current");
  return progress(log.id, bench.workshop.statusOf(log.id), c.get("say"));
}

export function waiting(
  c: Ctx,
  bench: Workbench,
  step: "denial" | "deadline" | "evidence" | "letter",
  title: string,
) {
  const { log, file } = c.get("current");
  const status = bench.workshop.statusOf(log.id);
  const say = c.get("say");
  const issues = status === null && file ? issuesAt("papers", file.issues) : [];
  const body = html`${notYet(say, log.id, status !== null, title)}${progress(log.id, status, say)}${issueList(issues, say, say("issues.label"))}`;
  return showCase(c, step, title, body, status ? { refresh: 3 } : {});
}
