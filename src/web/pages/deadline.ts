import type { Citation } from "#base";
import type { CaseFile, NextDate } from "#case";
import type { Right } from "#law";
import { issuesAt } from "../issue-places.ts";
import type { Question } from "../questions.ts";
import { type RightGroup, rightGroups } from "../right-groups.ts";
import { type Say, spokenDate } from "../texts.ts";
import { dateHero } from "./case-card.ts";
import { issueList } from "./issues.ts";
import { each, html, icon, type Markup, when } from "./markup.ts";
import { type PaperPage, paperPage } from "./paper-page.ts";

export type DeadlineView = {
  id: string;
  file: CaseFile;
  next: NextDate | null;
  questions: Question[];
  calendar: boolean;
  /** The page of the notice whose words the day was counted from. */
  beside: PaperPage | null;
};

/** The date that matters, how it was counted, what would settle the rest, and every other right. */
export function deadlinePage(view: DeadlineView, say: Say): Markup {
  const { id, file, next, questions, calendar, beside } = view;
  const open = questions.find((question) => !question.answered && question.id !== "signer-name");
  const groups = rightGroups(file.rights.rights).filter((group) => group.kind !== next?.right.kind);
  return html`<div class="panes"><section class="pane-facts"><h1 class="quiet">${say("deadline.title")}</h1>
${dateHero(next, say, file.rights.rights)}
${when(calendar, () => html`<p><a class="button" href="/cases/${id}/deadlines.ics">${icon("down")} ${say("deadline.calendar")}</a></p>`)}
${when(open, () => questionCard(id, open!, say, "deadline"))}
${issueList(issuesAt("deadline", file.issues), say, say("issues.label"))}
${when(next, () => derivation(next!.right, say))}
${when(
  questions.some((question) => question.answered),
  () =>
    html`<section aria-labelledby="said"><h2 id="said">${say("deadline.said")}</h2><ul class="said">${each(
      questions.filter((question) => question.answered),
      (question) =>
        html`<li>${question.text} <strong>${spokenAnswer(question, say)}</strong> <a href="/cases/${id}/questions/${encodeURIComponent(question.id)}">${say("deadline.change")}<span class="sr"> ${question.text}</span></a></li>`,
    )}</ul></section>`,
)}
${when(groups.length > 0, () => html`<section aria-labelledby="others"><h2 id="others">${say("deadline.others")}</h2>${each(groups, (group) => otherRight(group, say))}</section>`)}
<p class="next"><a class="button primary" href="/cases/${id}/evidence">${say("deadline.next")}</a></p></section>
<section class="pane-page" aria-label="${say("denial.page")}" tabindex="0">${beside ? paperPage(beside, say) : ""}</section></div>`;
}

function derivation(right: Right, say: Say): Markup {
  return html`<section aria-labelledby="how-counted"><h2 id="how-counted">${say("deadline.how")}</h2>
${when(say.language !== "en", () => html`<p class="hint">${say("deadline.in-english")}</p>`)}
${steps(right.file?.steps ?? [], say)}
${citations(right.cite, say)}</section>`;
}

type Steps = NonNullable<Right["file"]>["steps"];

function steps(list: Steps, say: Say): Markup {
  return html`<ol class="derivation">${each(
    list,
    (step) =>
      html`<li><span class="step-date">${step.date ? html`<time datetime="${step.date}">${spokenDate(step.date, say.language)}</time>` : ""}</span>
<span class="step-text" lang="en">${step.text}${when(step.cite, () => html` <cite>${lawName(step.cite!)}</cite>`)}</span></li>`,
  )}</ol>`;
}

function citations(list: readonly Citation[], say: Say): Markup {
  const quoted = list.filter((cite) => cite.quote);
  return when(
    quoted.length > 0,
    () =>
      html`<details class="law"><summary>${say("deadline.words")}</summary>${each(
        quoted,
        (cite) =>
          html`<blockquote lang="en"><p>${cite.quote!}</p><footer><cite>${lawName(cite)}</cite>${when(cite.verifiedOn, () => html` · ${say("deadline.verified", { date: spokenDate(cite.verifiedOn!, say.language) })}`)}</footer></blockquote>`,
      )}</details>`,
  );
}

/** The law's name, as a link out only where we know its address; the link takes no referrer along. */
export function lawName(cite: Citation): Markup {
  return cite.url ? html`<a href="${cite.url}" rel="noreferrer">${cite.label}</a>` : html`${cite.label}`;
}

function otherRight(group: RightGroup, say: Say): Markup {
  const days = new Set(group.answers.map(({ right }) => spokenWhen(right, say)));
  const status = group.status === null ? say("right.depends") : say.word("right-status", group.status);
  return html`<details class="right"><summary><span class="right-name">${say.word("right", group.kind)}</span>
<span class="tag">${status}</span>
<span class="right-when">${days.size === 1 ? [...days][0]! : ""}</span></summary>
<div class="right-body">${each(group.answers, (answer) => rightAnswer(answer, group.answers.length > 1, say))}</div></details>`;
}

function spokenWhen(right: Right, say: Say): string {
  const day = right.file?.lastDay ?? right.file?.safeDay ?? right.decision?.lastDay;
  const hours = right.decision?.hours ?? right.file?.hours;
  return day ? spokenDate(day, say.language) : hours ? say("within.hours", { n: hours }) : "";
}

function rightAnswer({ right, plans }: RightGroup["answers"][number], several: boolean, say: Say): Markup {
  return html`${when(several, () => html`<h3>${plans.map((plan) => say.word("plan", plan)).join("; ")} – ${say.word("right-status", right.status)}</h3>`)}
<p>${say("right.decided-by", { who: right.decidedBy })}</p>
${when(right.file && right.file.steps.length > 0, () => html`<h4>${say("right.you")}</h4>${steps(right.file!.steps, say)}`)}
${when(right.decision && right.decision.steps.length > 0, () => html`<h4>${say("right.they")}</h4>${steps(right.decision!.steps, say)}`)}
${citations(right.cite, say)}
${when(right.cite.length > 0, () => html`<p class="cites" lang="en">${each(right.cite, (cite, index) => html`${index > 0 ? "; " : ""}${lawName(cite)}`)}</p>`)}`;
}

/** One question, why it is asked, and a way not to know. `back` is the page to return to. */
export function questionCard(id: string, question: Question, say: Say, back: string): Markup {
  const hint = `${question.id}-why`;
  return html`<section class="question" aria-labelledby="question-title">
<form method="post" action="/cases/${id}/questions/${encodeURIComponent(question.id)}">
<input type="hidden" name="back" value="${back}">
<fieldset aria-describedby="${hint}"><legend id="question-title">${question.text}</legend>
<p class="hint" id="${hint}">${say("ask.because")} ${question.why}</p>
${answerControl(question, say)}</fieldset>
<div class="row"><button class="primary" name="do" value="answer">${say("ask.save")}</button>
<button class="plain" name="do" value="unknown" formnovalidate>${say("ask.unknown")}</button></div>
</form></section>`;
}

function answerControl(question: Question, say: Say): Markup {
  const { options, input, answer } = question;
  if (options && options.length > 8) {
    return html`<label class="sr" for="answer">${question.text}</label><select id="answer" name="answer" required><option value="">${say("ask.choose")}</option>${each(
      options,
      (option) =>
        html`<option value="${option.value}"${option.value === answer ? " selected" : ""}>${option.text}</option>`,
    )}</select>`;
  }
  if (options) {
    return html`<div class="choices">${each(
      options,
      (option, index) =>
        html`<label class="choice" for="answer-${index}"><input type="radio" id="answer-${index}" name="answer" value="${option.value}" required${option.value === answer ? " checked" : ""}> ${option.text}</label>`,
    )}</div>`;
  }
  const type = input === "date" ? "date" : "text";
  return html`<label class="sr" for="answer">${question.text}</label><input id="answer" name="answer" type="${type}" value="${answer ?? ""}" required autocomplete="${input === "text" ? "name" : "off"}">`;
}

function spokenAnswer(question: Question, say: Say): string {
  if (question.answer === null) return say("answer.unknown");
  if (question.input === "date") return spokenDate(question.answer, say.language);
  return question.options?.find((option) => option.value === question.answer)?.text ?? question.answer;
}
