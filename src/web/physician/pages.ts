import type { Issue, Span } from "#base";
import {
  attestationIn,
  certificationIn,
  checkReview,
  type PhysicianReview,
  questionsIn,
  quotedSpans,
} from "#case";
import type { Letter } from "#letter";
import { asset } from "../assets.ts";
import { issueList } from "../pages/issues.ts";
import { each, html, icon, type Markup, when } from "../pages/markup.ts";
import { paperPage } from "../pages/paper-page.ts";
import { pageOf } from "../places.ts";
import type { Say } from "../texts.ts";
import { keyedStatements, keyOf, type OpenReview } from "./open-link.ts";

/** A link that does not open: why, and the next step. */
export function closedPage(issues: readonly Issue[], isVoid: boolean, say: Say): Markup {
  return html`<h1>${say("physician.closed")}</h1>${when(isVoid, () => voidNote(say))}${issueList(issues, say, say("issues.label"))}<p>${say("physician.closed.text")}</p>`;
}

export function codePage(token: string, say: Say, problem: string | null): Markup {
  return html`<h1>${say("physician.title")}</h1>
<p class="lead">${say("physician.code.lead")}</p>
<form method="post" action="/physician/${token}/code" class="stack">
<label for="code">${say("physician.code")}</label>
<p class="hint" id="code-hint">${say("physician.code.hint")}</p>
${when(problem, () => html`<p class="issue issue-error" id="code-problem">${icon("not-met")} <span>${problem}</span></p>`)}
<input id="code" name="code" inputmode="numeric" autocomplete="one-time-code" pattern="[0-9 ]{6,7}" maxlength="7" required aria-describedby="code-hint${problem ? " code-problem" : ""}">
<button class="primary">${say("physician.code.go")}</button>
</form>`;
}

/** The letter is another one than the one that was signed: said in words, to who signed it too. */
const voidNote = (say: Say): Markup =>
  html`<p class="issue issue-warning">${icon("warning")} <span>${say("physician.void")}</span></p>`;

/** Each statement with its page one tap away, what to do with it, the questions, and who signs. */
export function reviewPage(
  open: OpenReview,
  review: PhysicianReview,
  { tried, saved }: { tried: boolean; saved: boolean },
  say: Say,
): Markup {
  const { token, letter, file } = open;
  const statements = keyedStatements(letter);
  const issues = tried ? checkReview(letter, review) : [];
  const certification = certificationIn(letter);
  const openOnes = statements.filter(({ text }) => !review.marks.some((mark) => mark.text === text)).length;
  const npiWrong = issues.some(({ code }) => code === "npi-invalid");
  const nameWrong = issues.some(({ code }) => code === "signer-name-incomplete");
  return html`<h1>${say("physician.title")}</h1>
<p class="lead">${say("physician.lead", { patient: file.denial?.memberName?.value ?? say("physician.your-patient"), plan: file.denial?.payer?.value.replace(/\.$/, "") ?? say("physician.the-plan") })}</p>
<p>${say("physician.how", { n: statements.length })}</p>
${when(saved, () => html`<p class="issue" role="status">${icon("met")} <span>${say("physician.saved")}</span></p>`)}
${issueList(issues, say, say("issues.label"))}
<form method="post" action="/physician/${token}" class="review">
<ol class="statements">${each(statements, (one, index) => statement(open, one, index, statements.length, review, tried, say))}</ol>
<h2>${say("physician.questions")}</h2><p>${say("physician.questions.lead")}</p>
${each(questionsIn(letter), (question) => {
  const key = `answer-${keyOf(question.text)}`;
  const given = review.answers.find((one) => one.question === question.text)?.words ?? "";
  return html`<div class="stack"><label for="${key}" lang="en">${question.text}</label><textarea id="${key}" name="${key}" rows="3" maxlength="3000">${given}</textarea></div>`;
})}
${when(
  certification,
  () => html`<h2>${say("physician.urgent")}</h2><p>${say("physician.urgent.lead")}</p>
<label class="choice" for="certified"><input type="checkbox" id="certified" name="certified" value="yes"${review.certified ? " checked" : ""}> <span lang="en">${certification}</span></label>`,
)}
<h2>${say("physician.signer")}</h2>
<div class="stack"><label for="signer">${say("physician.name")}</label><p class="hint" id="signer-hint">${say("physician.name.hint")}</p>
<input id="signer" name="signer" maxlength="120" autocomplete="name" aria-describedby="signer-hint"${nameWrong ? html` aria-invalid="true"` : ""} value="${review.signer.name}">
<label for="npi">${say("physician.npi")}</label><p class="hint" id="npi-hint">${say("physician.npi.hint")}</p>
<input id="npi" name="npi" inputmode="numeric" maxlength="10" autocomplete="off" aria-describedby="npi-hint${npiWrong ? " npi-problem" : ""}"${npiWrong ? html` aria-invalid="true"` : ""} value="${review.signer.npi}">
${when(npiWrong, () => html`<p class="issue issue-error" id="npi-problem">${icon("not-met")} <span>${say("physician.npi.wrong")}</span></p>`)}</div>
${when(openOnes > 0, () => html`<p class="hint" id="rest-hint">${say("physician.rest.hint")}</p>`)}
<p class="row next"><button class="primary" name="do" value="show">${say("physician.show")}</button>${when(openOnes > 0, () => html` <button name="do" value="rest" aria-describedby="rest-hint">${say("physician.rest")}</button>`)} <button name="do" value="save">${say("physician.save")}</button></p>
</form>
<script src="${asset("physician.js")}" defer></script>`;
}

function statement(
  open: OpenReview,
  one: ReturnType<typeof keyedStatements>[number],
  index: number,
  of: number,
  review: PhysicianReview,
  tried: boolean,
  say: Say,
): Markup {
  const { key, text, place, from, by } = one;
  const given = review.marks.find((mark) => mark.text === text);
  const choice = (mark: "confirmed" | "corrected" | "struck") =>
    html`<label class="choice" for="${mark}-${key}"><input type="radio" id="${mark}-${key}" name="mark-${key}" value="${mark}"${given?.mark === mark ? " checked" : ""}> ${say(`physician.${mark}`)}</label>`;
  return html`<li><fieldset class="statement" id="statement-${key}"><legend>${say("physician.statement", { n: index + 1, of })}</legend>
<p class="statement-words" lang="en">${text}</p>
${when(by, () => html`<p class="hint">${icon("information")} ${say("physician.by-person")}</p>`)}${when(tried && !given, () => html`<p class="issue issue-error">${icon("not-met")} <span>${say("physician.open")}</span></p>`)}
${evidence(open, quotedSpans({ text, from }), place, say)}
<div class="choices three">${choice("confirmed")}${choice("corrected")}${choice("struck")}</div>
<div class="stack correction"><label for="words-${key}">${say("physician.words")}</label><textarea id="words-${key}" name="words-${key}" rows="2" maxlength="2000">${given?.words ?? ""}</textarea></div>
</fieldset></li>`;
}

/** The page a statement rests on, folded behind its name; the picture loads when it is opened. */
function evidence(open: OpenReview, from: readonly Span[], place: string, say: Say): Markup {
  const pages = Map.groupBy(from, (span) => `${span.document} ${span.page}`);
  const shown = [...pages.values()].slice(0, 3).flatMap((spans) => {
    const view = pageOf(open.log.id, open.state, open.file, spans[0]!, spans);
    return view ? [{ ...view, picturesAt: `/physician/${open.token}/papers` }] : [];
  });
  if (shown.length === 0) return html`<p class="hint" lang="en">${place}</p>`;
  return html`${each(
    shown,
    (view) =>
      html`<details class="evidence-page"><summary>${icon("paper")} ${say("physician.see", { name: view.source.document, page: view.page })}</summary>${paperPage(view, say)}</details>`,
  )}`;
}

export type Shown = { pages: number; sha256: string };

/** The finished letter as the bytes that will be signed, and the place to sign. */
export function signPage(
  open: OpenReview,
  review: PhysicianReview,
  shown: Shown,
  settled: Letter,
  issues: Issue[],
  say: Say,
): Markup {
  const { token } = open;
  const at = `/physician/${token}`;
  return html`<h1>${say("physician.sign.title")}</h1>
<p class="lead">${say("physician.sign.lead")}</p>
${issueList(issues, say, say("issues.label"))}
<div class="letter-pages">${each(
    Array.from({ length: shown.pages }, (_, index) => index + 1),
    (page) =>
      html`<div><img src="${at}/letter/${String(page)}/picture" alt="${say("physician.page", { page, of: shown.pages })}" width="935" height="1210" decoding="async"></div>`,
  )}</div>
<p><a href="${at}/letter.pdf">${icon("down")} ${say("physician.pdf")}</a> · <a href="${at}">${say("physician.back")}</a></p>
<details open><summary>${say("physician.as-text")}</summary><div lang="en">${each(settled.passages, (passage) => html`<p>${passage.cells?.join(". ") ?? passage.text}</p>`)}</div></details>
<p class="hint hash">${say("physician.hash")} <code>${shown.sha256}</code></p>
<form method="post" action="${at}/sign" class="stack" id="sign">
<input type="hidden" name="seen" value="${shown.sha256}">
<label class="choice" for="attest"><input type="checkbox" id="attest" name="attest" value="yes" required> <span lang="en">${attestationIn(open.letter)}</span></label>
<label for="typed">${say("physician.typed", { name: review.signer.name })}</label>
<input id="typed" name="typed" maxlength="120" autocomplete="off" required>
<div data-draw hidden><p id="draw-label"><strong>${say("physician.draw")}</strong></p><canvas width="600" height="180" role="img" aria-labelledby="draw-label"></canvas><input type="hidden" name="drawn"><button type="button" class="small plain" data-clear>${say("physician.clear")}</button></div>
<button class="primary">${say("physician.sign")}</button>
</form>
<script src="${asset("physician.js")}" defer></script>`;
}

export function signedPage(token: string, holds: boolean, say: Say): Markup {
  return html`<h1>${say("physician.done")}</h1>${holds ? html`<p class="lead">${say("physician.done.text")}</p>` : voidNote(say)}
<p><a class="button primary" href="/physician/${token}/signed.pdf">${icon("down")} ${say("physician.done.copy")}</a></p>`;
}
