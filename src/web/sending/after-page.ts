import { type CaseState, opensNextLevel, outcomeIds, type Reminder, type Thing } from "#case";
import { each, html, icon, type Markup, when } from "../pages/markup.ts";
import { type Say, spokenDate } from "../texts.ts";
import { spokenReminder } from "./standing.ts";
import { askedWords, thingList } from "./standing-panel.ts";

export type AfterView = {
  id: string;
  state: CaseState;
  standing: Markup;
  things: Thing[];
  reminders: Reminder[];
  /** Something stands in the person's calendar that is over or has moved. */
  calendarStale: boolean;
  canMail: boolean;
  problem: string | null;
  today: string;
};

/** What happens once the appeal is out: the clock, the calls, the reminders, the answer. */
export function afterPage(view: AfterView, say: Say): Markup {
  const { id, state, standing, problem } = view;
  const nothingSent = state.afterwards.parcels.every(({ receipt }) => receipt === null);
  const over = nothingSent && view.things.some(({ id }) => id.startsWith("end-"));
  return html`<h1>${say("after.title")}</h1>
${when(problem, () => html`<p class="issue issue-error" role="alert">${icon("not-met")} <span>${problem}</span></p>`)}
${standing}
${when(nothingSent && !over, () => html`<p class="empty">${say("after.nothing-sent")} <a href="/cases/${id}/send">${say("sending.title")}</a></p>`)}
${when(state.afterwards.outcome, () => answer(view, say))}
${calls(view, say)}
${when(!nothingSent && !state.afterwards.outcome, () => asked(view, say))}
${when(!over, () => reminders(view, say))}
${when(!over && !state.afterwards.outcome, () => answer(view, say))}
<p class="case-foot"><a href="/cases/${id}/send">${say("sending.receipts")}</a> · <a href="/cases/${id}/history">${say("history.title")}</a></p>`;
}

function calls({ id, state, today }: AfterView, say: Say): Markup {
  return html`<section aria-labelledby="calls"><h2 id="calls">${say("after.calls")}</h2><p>${say("after.calls.lead")}</p>
<ul>${each(
    state.afterwards.calls,
    (call) =>
      html`<li><strong>${spokenDate(call.at, say.language)}, ${call.with}</strong>${call.reference ? html` (${say("after.call.reference")}: ${call.reference})` : ""}: ${call.said}</li>`,
  )}</ul>
<details><summary>${say("after.call.add")}</summary><form method="post" action="/cases/${id}/calls" class="stack">
<label for="call-on">${say("after.call.on")}</label><input type="date" id="call-on" name="on" required max="${today}">
<label for="call-with">${say("after.call.with")}</label><input id="call-with" name="with" maxlength="120" required autocomplete="off">
<label for="call-reference">${say("after.call.reference")}</label><input id="call-reference" name="reference" maxlength="60" autocomplete="off">
<label for="call-said">${say("after.call.said")}</label><textarea id="call-said" name="said" rows="3" maxlength="1000" required></textarea>
<button class="small primary">${say("after.call.save")}</button></form></details></section>`;
}

function asked({ id, state, today }: AfterView, say: Say): Markup {
  const list = state.afterwards.asked;
  const open = list.some(({ answered }) => answered === undefined);
  return html`<section aria-labelledby="asked"><h2 id="asked">${say("after.asked.title")}</h2><p>${say("after.asked.lead")}</p>
${when(list.length > 0, () => html`<ul>${each(list, (one) => html`<li>${spokenDate(one.on, say.language)}: ${askedWords(one, say)} ${one.answered ? say("after.asked.answered", { date: spokenDate(one.answered, say.language) }) : ""}</li>`)}</ul><p class="hint">${say("after.asked.clock")}</p>`)}
${when(open, () => html`<form method="post" action="/cases/${id}/asked/sent"><button class="small primary">${say("after.asked.sent")}</button></form>`)}
<details><summary>${say("after.asked.add")}</summary><form method="post" action="/cases/${id}/asked" class="stack">
<label for="asked-on">${say("after.asked.on")}</label><input type="date" id="asked-on" name="on" required max="${today}">
<label for="asked-what">${say("after.asked.what")}</label><input id="asked-what" name="what" maxlength="300" required autocomplete="off">
<label for="asked-by">${say("after.asked.until")}</label><input type="date" id="asked-by" name="by">
<button class="small primary">${say("after.asked.save")}</button></form></details></section>`;
}

function reminders({ id, state, reminders: list, canMail, calendarStale }: AfterView, say: Say): Markup {
  const to = state.afterwards.remindersTo;
  const take = html`<p><a class="button" href="/cases/${id}/reminders.ics">${icon("down")} ${say("after.calendar")}</a></p>`;
  return html`<section aria-labelledby="reminders"><h2 id="reminders">${say("after.reminders")}</h2>
${list.length > 0 ? html`<ul>${each(list, (one) => html`<li>${spokenDate(one.on, say.language)}: ${spokenReminder(one, say)}</li>`)}</ul>` : html`<p>${say("after.no-reminders")}</p>`}
${when(calendarStale, () => html`<p>${say("after.calendar.over")}</p>`)}${when(list.length > 0 || calendarStale, () => take)}
${when(
  canMail,
  () => html`<form method="post" action="/cases/${id}/reminders" class="stack"><label for="email">${say("after.email")}</label><p class="hint" id="email-hint">${say("after.email.hint")}</p>
<input type="email" id="email" name="email" autocomplete="email" aria-describedby="email-hint" value="${to ?? ""}"><p class="row"><button class="small primary" name="do" value="want">${say("after.email.want")}</button> ${when(to, () => html`<button class="small plain" name="do" value="stop">${say("after.email.stop")}</button>`)}</p></form>`,
)}</section>`;
}

function answer({ id, state, today, things }: AfterView, say: Say): Markup {
  const { outcome } = state.afterwards;
  const again = outcome !== null && opensNextLevel(outcome.outcome);
  const ended = things.some((thing) => thing.id.startsWith("end-"));
  return html`<section aria-labelledby="answer"><h2 id="answer">${say("after.outcome")}</h2>
${when(outcome, () => html`<p><strong>${say(`outcome.${outcome!.outcome}`)}</strong>, ${spokenDate(outcome!.on, say.language)}. ${outcome!.note}</p>`)}
${when(outcome && things.length > 0, () => html`<h3>${say("next.title")}</h3>${thingList(things, say)}`)}
${when(again, () => html`<form method="post" action="/cases/${id}/next-level" class="stack"><p>${say(ended ? "after.next.end" : "after.next.text")}</p><button class="primary">${say(ended ? "after.next.add" : "after.next")}</button></form>`)}
<details><summary>${say(outcome ? "after.outcome.change" : "after.outcome.add")}</summary><form method="post" action="/cases/${id}/outcome" class="stack">
<fieldset><legend>${say("after.outcome.which")}</legend><div class="choices">${each(outcomeIds, (one) => html`<label class="choice" for="outcome-${one}"><input type="radio" id="outcome-${one}" name="outcome" value="${one}" required> ${say(`outcome.${one}`)}</label>`)}</div></fieldset>
<label for="outcome-on">${say("after.outcome.day")}</label><input type="date" id="outcome-on" name="on" required max="${today}">
<label for="outcome-note">${say("after.outcome.note")}</label><input id="outcome-note" name="note" maxlength="500" autocomplete="off">
<button class="small primary">${say("after.outcome.save")}</button></form></details></section>`;
}
