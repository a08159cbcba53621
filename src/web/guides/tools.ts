import { type PlanKind, parseDate, planKinds, type StateCode, stateCodes } from "#base";
import { escapeHtml } from "#guide";
import { loadCodes, loadGuideWords, loadLaw } from "#knowledge";
import { calendarFor, type Right, rightsFor, type Situation } from "#law";
import type { App, Ctx, WorkbenchOptions } from "../workbench.ts";
import { decoderResult } from "./decoder.ts";
import { droppedIn } from "./dropped-file.ts";
import { framed, placeOf } from "./frame.ts";
import { requestLetters } from "./request-letters.ts";

/**
 * Free tools without an account. They work without script; what is typed is answered and dropped: nothing is stored, the
 * forms that carry words of a letter are posted so that they stand in no address.
 */
export function toolRoutes(
  app: App,
  options: Pick<WorkbenchOptions, "today" | "secure" | "readFiles">,
): void {
  const frame = (c: Ctx, title: string, main: string) =>
    c.html(
      framed(placeOf(c, options), {
        title,
        description: `${title}: a free tool, without an account.`,
        path: c.req.path,
        main: `<div class="guide">${main}</div>`,
      }),
    );

  app.get("/tools/deadline", async (c) => {
    const asked = situationFrom(c.req.query(), options.today());
    const answer = asked ? rightsFor(asked, await loadLaw()) : null;
    const main = `${await deadlineForm(c.req.query())}${
      answer
        ? deadlineAnswer(
            answer.rights,
            answer.issues.map(({ text }) => text),
            c.req.url,
          )
        : ""
    }`;
    return frame(c, "Work out my dates", main);
  });

  app.get("/tools/deadline.ics", async (c) => {
    const asked = situationFrom(c.req.query(), options.today());
    if (!asked) return c.notFound();
    const { rights } = rightsFor(asked, await loadLaw());
    c.header("Content-Type", "text/calendar; charset=utf-8");
    c.header("Content-Disposition", 'attachment; filename="deadlines.ics"');
    c.header("Cache-Control", "no-store");
    return c.body(calendarFor(rights, { madeAt: `${options.today()}T00:00:00Z` }));
  });

  app.get("/tools/decoder", (c) => frame(c, "Decode a denial", decoderForm("")));
  app.post("/tools/decoder", async (c) => {
    const { typed, papers, problem } = await droppedIn(c, options.readFiles);
    const told = problem ? `<p class="note note-due">${escapeHtml(problem)}</p>` : "";
    const empty = typed.trim() === "" && papers.length === 0;
    const result = empty ? told : `${told}${await decoderResult(typed, papers)}`;
    c.header("Cache-Control", "no-store");
    return frame(c, "Decode a denial", `${decoderForm(typed)}${result}`);
  });

  app.get("/tools/glossary", async (c) => frame(c, "Words that plans use", await glossary()));
  requestLetters(app, frame);
}

function decoderForm(typed: string): string {
  return `<h1>Decode a denial</h1>
<p>Paste the letter, drop its file, or type a code such as <b>CARC 50</b>, <b>N115</b> or <b>NCPDP 75</b>. It is read here, answered, and not kept.</p>
<form method="post" action="/tools/decoder" enctype="multipart/form-data"><label for="words">The letter’s words, or a code</label>
<textarea id="words" name="words" rows="8">${escapeHtml(typed)}</textarea>
<p class="drop"><label for="paper">Or drop the letter here: a PDF, a scan or a photograph</label><br><input type="file" id="paper" name="paper" accept=".pdf,.png,.jpg,.jpeg,.tif,.tiff,.heic,.txt,.docx,.html"></p>
<p><button>Decode</button></p></form>`;
}

async function deadlineForm(given: Record<string, string>): Promise<string> {
  const { plans } = await loadGuideWords();
  const labels = new Map<string, string>(plans.map(({ kind, label }) => [kind, label]));
  const option = (value: string, words: string, chosen: string | undefined) =>
    `<option value="${value}"${value === chosen ? " selected" : ""}>${escapeHtml(words)}</option>`;
  const kinds = planKinds
    .map((kind) => option(kind, labels.get(kind) ?? kind.replaceAll("-", " "), given.plan))
    .join("");
  const states = stateCodes.map((code) => option(code, code, given.state)).join("");
  const date = (name: string, words: string, why: string) =>
    `<p><label for="${name}">${words}</label><br><small>${why}</small><br><input type="date" id="${name}" name="${name}" value="${escapeHtml(parseDate(given[name] ?? "") ?? "")}"></p>`;
  return `<h1>Work out my dates</h1>
<p>Nothing you choose here is kept. Leave what you do not know.</p>
<form action="/tools/deadline">
<p><label for="plan">What kind of plan?</label><br><small>The letter, the card or the benefits booklet says it. <a href="/guides/plan">How to tell</a></small><br><select id="plan" name="plan"><option value="">I don’t know</option>${kinds}</select></p>
<p><label for="state">State</label><br><select id="state" name="state"><option value="">I don’t know</option>${states}</select></p>
${date("dated", "Date on the denial letter", "Some clocks start here.")}
${date("received", "Day it reached you", "Most clocks of job and individual plans start here. If you do not know, we give a safe day.")}
<fieldset><legend>The care</legend>
<label><input type="radio" name="timing" value="pre-service"${given.timing !== "post-service" ? " checked" : ""}> is still to come</label>
<label><input type="radio" name="timing" value="post-service"${given.timing === "post-service" ? " checked" : ""}> was already given</label></fieldset>
<p><button>Show my dates</button></p></form>`;
}

/** A plan that is not known is several plans: the safe day is then the earliest of theirs. */
const usualPlans: PlanKind[] = [
  "erisa-insured",
  "erisa-self-funded",
  "individual",
  "medicare-advantage",
  "medicaid-managed-care",
];

function situationFrom(given: Record<string, string>, today: string): Situation | null {
  const dated = parseDate(given.dated ?? "");
  const received = parseDate(given.received ?? "");
  if (!dated && !received) return null;
  const plan = planKinds.find((kind) => kind === given.plan);
  return {
    plan: plan ?? usualPlans,
    ...(stateCodes.includes(given.state as StateCode) ? { state: given.state! } : {}),
    timing: given.timing === "post-service" ? "post-service" : "pre-service",
    events: {
      ...(dated ? { "notice-dated": dated } : {}),
      ...(received ? { "notice-received": received } : {}),
    },
    asOf: today,
  };
}

function deadlineAnswer(rights: readonly Right[], issues: string[], url: string): string {
  const dated = rights.filter(
    ({ file, status }) => file && (file.lastDay || file.safeDay) && status !== "not-available",
  );
  const ics = `/tools/deadline.ics${new URL(url).search}`;
  const rows = dated.map(
    ({ kind, plan, file, decidedBy, status }) =>
      `<tr><th scope="row">${escapeHtml(kind.replaceAll("-", " "))}<br><small>${escapeHtml(plan.replaceAll("-", " "))}, ${escapeHtml(decidedBy)}</small></th><td data-label="Safe day">${file!.safeDay ?? "–"}</td><td data-label="Last legal day">${file!.lastDay ?? "not known"}</td><td data-label="How it is counted">${file!.steps.map((step) => `${escapeHtml(step.text)}${step.date ? ` <b>${step.date}</b>` : ""}${step.cite ? ` <small>${escapeHtml(step.cite.label)}</small>` : ""}`).join("<br>")}</td><td data-label="Status">${escapeHtml(status)}</td></tr>`,
  );
  const asks = [...new Set(rights.flatMap(({ ask }) => ask))]
    .slice(0, 6)
    .map((text) => `<li>${escapeHtml(text)}</li>`);
  return `<section><h2 id="dates">Your dates</h2>
${issues
  .slice(0, 4)
  .map((text) => `<p class="note note-due">${escapeHtml(text)}</p>`)
  .join("")}
<div class="table" role="region" aria-label="Your dates" tabindex="0"><table><thead><tr><th scope="col">Right</th><th scope="col">Safe day</th><th scope="col">Last legal day</th><th scope="col">How it is counted</th><th scope="col">Status</th></tr></thead><tbody>${rows.join("")}</tbody></table></div>
${asks.length > 0 ? `<h3>What would make this surer</h3><ul>${asks.join("")}</ul>` : ""}
<p><a class="button" href="${escapeHtml(ics)}">Calendar file</a> <a href="/start">Start my appeal</a></p></section>`;
}

async function glossary(): Promise<string> {
  const { carc } = await loadCodes();
  const words = Object.entries(glossaryWords).map(
    ([term, meaning]) => `<dt>${escapeHtml(term)}</dt><dd>${escapeHtml(meaning)}</dd>`,
  );
  return `<h1>Words that plans use</h1><dl>${words.join("")}</dl><p>Codes on a bill: <a href="/tools/decoder">decode one of ${carc.length} reason codes</a>.</p>`;
}

const glossaryWords: Record<string, string> = {
  "Adverse benefit determination":
    "A decision not to pay, to pay less, or to stop. The letter that says so starts your time to appeal.",
  "Claim file":
    "Everything the plan had and used to decide: papers, notes, rules, names of experts. You may have it free of charge.",
  "Concurrent care": "Care that is going on while the plan decides whether to go on paying.",
  "Expedited (urgent) appeal":
    "A fast appeal for care that cannot wait. A doctor’s word that waiting could seriously harm you decides in most plans.",
  "External review":
    "A look at the plan’s last answer by independent reviewers whose decision binds the plan.",
  "Final internal adverse benefit determination": "The plan’s last no. It opens the way to external review.",
  Formulary: "The plan’s list of drugs.",
  "Independent review organization (IRO)": "The body that does an external review.",
  "Internal appeal": "Asking the plan itself to decide again, by people who did not decide the first time.",
  "Medical necessity":
    "What the plan’s contract says care must be to be paid for. The contract’s own words count.",
  "Prior authorization": "Asking the plan before the care whether it will pay.",
  "Self-funded":
    "Your employer pays the bills, and the insurance company only runs the plan. State insurance law does not bind it.",
  "Step therapy": "A rule that other treatment must be tried first.",
};
