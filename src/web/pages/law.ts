import { type Confidence, confidences, type PlanKind } from "#base";
import type { Coverage } from "#law";
import { type Say, spokenDate } from "../texts.ts";
import { each, html, type Markup, when } from "./markup.ts";

/** What the law files cover, how sure, looked at when: the promise that nothing else is claimed. */
export function lawPage(rows: readonly Coverage[], say: Say): Markup {
  const federal = rows.filter((row) => row.state === null);
  const plans = [...new Set(federal.flatMap((row) => row.plans))];
  const states = rows.filter((row) => row.state !== null);
  const stale = rows.filter((row) => row.stale).length;
  return html`<h1>${say("law.title")}</h1>
<p class="lead">${say("law.lead")}</p>
<ul class="sureness">${each(confidences, (level) => sureness(level, rows, say))}</ul>
${when(stale > 0, () => html`<p>${say("law.stale.count", { n: stale })}</p>`)}
<h2>${say("law.federal")}</h2>
${each(plans, (plan) => group(say.word("plan", plan), ofPlan(federal, plan), say))}
<h2>${say("law.states")}</h2>
${table(say("law.states"), states, say)}`;
}

function ofPlan(rows: readonly Coverage[], plan: PlanKind): Coverage[] {
  return rows.filter((row) => row.plans.includes(plan));
}

function sureness(level: Confidence, rows: readonly Coverage[], say: Say): Markup {
  const count = rows.filter((row) => row.confidence === level).length;
  return html`<li><strong>${count}</strong> ${say.word("confidence", level)}</li>`;
}

function group(title: string, rows: readonly Coverage[], say: Say): Markup {
  return html`<details class="right"><summary><span class="right-name">${title}</span> <span class="right-when">${say("law.count", { n: rows.length })}</span></summary>
${table(title, rows, say)}</details>`;
}

function table(title: string, rows: readonly Coverage[], say: Say): Markup {
  return html`<div class="law-rows" tabindex="0" role="group" aria-label="${title}"><table><thead><tr><th scope="col">${say("law.rule")}</th><th scope="col">${say("law.source")}</th><th scope="col">${say("law.sure")}</th><th scope="col">${say("law.looked")}</th></tr></thead>
<tbody>${each(rows, (row) => line(row, say))}</tbody></table></div>`;
}

function line(row: Coverage, say: Say): Markup {
  const looked = row.verifiedOn ? spokenDate(row.verifiedOn, say.language) : "–";
  return html`<tr><th scope="row" lang="en">${row.what}</th><td lang="en">${row.label}</td><td>${say.word("confidence", row.confidence)}</td><td>${looked}${when(row.stale, () => html` <span class="tag">${say("law.stale")}</span>`)}</td></tr>`;
}
