import type { Issue } from "#base";
import { type CaseFile, type Delivery, nextDate, type ParcelState, type Receipt } from "#case";
import { issueList, issueWords } from "../pages/issues.ts";
import { each, html, icon, type Markup, when } from "../pages/markup.ts";
import { addressOf } from "../places.ts";
import { type Say, spokenDate, spokenSize, type TextKey } from "../texts.ts";
import type { OpenCase } from "../workbench.ts";
import { type Bundle, bundleFiles, isHeld, type Way } from "./parcels.ts";

export type SendView = {
  current: OpenCase;
  ways: Way[];
  going: boolean;
  today: string;
  /** The ways whose outcome can be asked for. */
  asks: Delivery["outcomes"] & object;
  problem: string | null;
};

/** The ways that the notice names, and the proof of what went out. */
export function sendPage(view: SendView, say: Say): Markup {
  const { current, ways, going, today, asks, problem } = view;
  const { log, state, file } = current;
  const { parcels, levels } = state.afterwards;
  const arrived = parcels.length > 0 && parcels.every(({ receipt }) => receipt !== null);
  return html`<h1>${say("sending.title")}</h1>
<p class="lead">${say("sending.lead")}</p>
${when(problem, () => html`<p class="issue issue-error" role="alert">${icon("not-met")} <span>${problem}</span></p>`)}
${when(file?.denial, () => html`<p class="print-only">${whose(file!)}</p>`)}
${when(file, () => warnings(file!, today, say))}
${when(going, () => html`<p class="issue" role="status">${icon("information")} <span>${say("sending.going")}</span></p>`)}
${receipts(log.id, parcels, { going, asks }, say)}
${each(levels, (level) => html`<h2>${say("sending.earlier", { date: spokenDate(level.at, say.language) })}</h2>${receipts(log.id, level.parcels, { going: false, asks: {} }, say)}`)}
${when(arrived, () => html`<p class="no-print"><a class="button primary" href="/cases/${log.id}/after">${say("sending.then")}</a></p>`)}
${
  ways.length > 0
    ? html`<section aria-labelledby="ways" class="no-print"><h2 id="ways">${say(arrived ? "sending.ways.again" : "sending.ways")}</h2><ul class="ways">${each(ways, (way) => wayCard(current, way, say))}</ul></section>`
    : html`<p class="empty">${say("sending.no-ways")}</p>`
}
<p class="case-foot"><a href="/cases/${log.id}/after">${say("after.title")}</a> · <a href="/cases/${log.id}/physician">${say("physician.own.title")}</a> · <a href="/cases/${log.id}/packet">${say("step.packet")}</a></p>`;
}

/** Name and number of the case, on a receipt that is printed. */
const whose = ({ denial }: CaseFile): string =>
  [denial?.memberName?.value, denial?.references[0]?.value].filter(Boolean).join(" · ");

/** What a person should know before anything goes: a day that has passed, a letter that rests on little. */
function warnings(file: CaseFile, today: string, say: Say): Markup {
  const late = nextDate(file.rights, today)?.passed === true;
  const met = file.findings?.findings.some((finding) => finding.status === "met") ?? false;
  const line = (key: TextKey) =>
    html`<p class="issue issue-warning">${icon("warning")} <span>${say(key)}</span></p>`;
  return html`${when(late, () => line("sending.late"))}${when(file.policy && !met, () => line("sending.nothing-met"))}`;
}

function wayCard({ log, state }: OpenCase, way: Way, say: Say): Markup {
  const span = way.from[0];
  const place = span ? addressOf(log.id, state, span) : null;
  return html`<li><a class="card" href="/cases/${log.id}/send?to=${String(way.index)}"><span class="card-title">${say.word("channel", way.channel)}</span><span class="card-line">${way.to}</span>${when(way.expedited, () => html`<span class="card-line">${say("sending.expedited")}</span>`)}<span class="card-line">${say(way.byHand ? "sending.by-hand" : "sending.from-here")}</span></a>
${when(place, () => html`<a class="hint way-place" href="${place}">${say("sending.where", { name: span!.document, page: span!.page })}</a>`)}</li>`;
}

const proof = ({ status, channel }: Receipt): TextKey =>
  status === "accepted" && channel === "fax-http"
    ? "sending.status.accepted-fax"
    : `sending.status.${status}`;

type Now = Pick<SendView, "going" | "asks">;

/** Number, time, pages and hash of everything that went, and in words what did not. */
function receipts(id: string, parcels: readonly ParcelState[], now: Now, say: Say): Markup {
  return when(
    parcels.length > 0,
    () =>
      html`<section aria-label="${say("sending.receipts")}"><h2>${say("sending.receipts")}</h2>${each(parcels, (parcel) => receipt(id, parcel, now, say))}</section>`,
  );
}

/** A mail server that took a message may send it back later: only the person sees that. A fax service can be asked. */
function whatBecame(
  id: string,
  { key, channel, receipt: got }: ParcelState,
  { going, asks }: Now,
  say: Say,
): Markup {
  if (got?.status !== "accepted") return html``;
  const address = `/cases/${id}/sent/${key}`;
  if (channel in asks)
    return when(
      !going,
      () =>
        html`<form method="post" action="${address}/ask" class="no-print"><button class="small plain">${say("sending.ask")}</button></form>`,
    );
  return html`<details class="no-print"><summary>${say("sending.came-back")}</summary><form method="post" action="${address}/came-back" enctype="multipart/form-data" class="stack"><p class="hint">${say("sending.bounce-hint")}</p><label for="back-${key}">${say("sending.bounce-file")}</label><input type="file" id="back-${key}" name="message" accept=".eml,message/rfc822"><button class="small">${say("sending.came-back")}</button></form></details>`;
}

function receipt(id: string, parcel: ParcelState, now: Now, say: Say): Markup {
  const { going } = now;
  const { receipt: got, part, problem } = parcel;
  const title = `${say.word("channel", parcel.channel)}, ${parcel.to}${part.of > 1 ? ` – ${say("sending.part", { n: part.number, of: part.of })}` : ""}`;
  if (problem)
    return html`<div class="issue issue-error">${icon("not-met")}<div><p><strong>${title}.</strong> ${say("sending.failed")}</p>${issueWords(problem, say)}</div></div>`;
  if (!got)
    return html`<div class="issue ${going ? "" : "issue-warning"}">${icon(going ? "information" : "warning")}<p><strong>${title}.</strong> ${say(going ? "sending.going" : "sending.unknown")}</p></div>`;
  const at = got.status === "by-hand" ? got.at.slice(0, 10) : got.at.replace("T", " ").slice(0, 16);
  return html`<div class="standing"><h3>${title}</h3><dl class="facts-list">
<dt>${say("sending.status")}</dt><dd>${say(proof(got))}</dd>
<dt>${say("sending.number")}</dt><dd>${got.number ?? say("sending.no-number")}</dd>
<dt>${say("sending.at")}</dt><dd><time datetime="${got.at}">${spokenDate(got.at, say.language)}${got.status === "by-hand" ? "" : `, ${at.slice(11)} UTC`}</time></dd>
<dt>${say("sending.pages")}</dt><dd>${got.pages}</dd>
<dt>${say("sending.hash")}</dt><dd>${each(got.sha256, (hash) => html`<code>${hash}</code><br>`)}</dd></dl>${when(
    parcel.papers,
    () =>
      html`<p class="row no-print">${each(parcel.papers!, ({ name, pages }) => html`<a class="button" href="/cases/${id}/sent/${parcel.key}/${name}">${icon("down")} ${say("sending.get", { name, n: pages })}</a> `)}</p>`,
  )}${whatBecame(id, parcel, now, say)}</div>`;
}

export type Preview = {
  id: string;
  way: Way;
  bundle: Bundle | null;
  issues: Issue[];
  problem: string | null;
  stale: boolean;
  voice: boolean;
  today: string;
  /** The place in the notice that names this way. */
  place: Markup;
  /** The price, while the letters are still to be paid. */
  toPay: Markup | null;
};

/** What goes out by this way, page for page and byte for byte, and the consent to send it. */
export function previewPage(view: Preview, say: Say): Markup {
  const { id, way, bundle, issues, problem, stale, voice } = view;
  const warn = (text: string) =>
    html`<p class="issue issue-warning">${icon("warning")} <span>${text}</span></p>`;
  return html`<h1>${say("sending.preview", { way: say.word("channel", way.channel) })}</h1>
<dl class="facts-list"><dt>${say("sending.to")}</dt><dd>${way.recipient}, ${way.to}</dd>
${when(bundle, () => html`<dt>${say("sending.pages")}</dt><dd>${hasCover(way) ? say("sending.pages.count", { n: bundle!.packet.pages }) : bundle!.packet.pages}</dd><dt>${say("sending.hash")}</dt><dd><code>${bundle!.packet.sha256}</code></dd>`)}</dl>
<details><summary>${icon("paper")} ${say("sending.place")}</summary>${view.place}</details>
${when(problem, () => html`<p class="issue issue-error" role="alert">${icon("not-met")} <span>${problem}</span></p>`)}
${when(way.expedited, () => warn(say("sending.expedited.only")))}${when(stale, () => warn(say("packet.stale")))}${when(voice, () => warn(say("sending.voice")))}
${issueList(issues, say, say("issues.label"))}
${when(
  bundle,
  () => html`${contents(bundle!, way, say)}
${
  view.toPay ??
  html`${when(!isHeld(bundle!), () => html`<p class="row"><a class="button" href="/cases/${id}/send/bundle.zip?to=${String(way.index)}">${icon("down")} ${say("sending.bundle")}</a></p>`)}
${when(!way.byHand && !stale && !isHeld(bundle!), () => sendForm(view, say))}`
}
${byHandForm(view, say)}`,
)}
<p class="case-foot"><a href="/cases/${id}/send">${say("sending.other-way")}</a></p>`;
}

/** A portal and an e-mail say by themselves whom they are for. */
const hasCover = ({ channel }: Way): boolean => channel !== "portal" && channel !== "email";

function contents(bundle: Bundle, way: Way, say: Say): Markup {
  const steps = way.channel === "mail" ? "mail" : way.channel === "portal" ? "portal" : null;
  if (steps)
    return html`<h2>${say("sending.steps")}</h2><ol>${each([1, 2, 3, 4] as const, (n) => html`<li>${say(`sending.${steps}.${n}`, { to: way.to, pages: bundle.packet.pages })}</li>`)}</ol>
<h2>${say("sending.files")}</h2><ul>${each(bundleFiles(bundle, way), (paper) => html`<li>${say("sending.paper", { name: paper.name, n: paper.pages, size: spokenSize(paper.bytes.length) })}</li>`)}</ul>`;
  return html`<h2>${say("sending.goes-out")}</h2><ul>${each(
    bundle.parcels,
    (parcel) =>
      html`<li>${when(parcel.part.of > 1, () => html`<strong>${say("sending.part", { n: parcel.part.number, of: parcel.part.of })}:</strong> `)}${parcel.papers
        .map((paper) =>
          say("sending.paper", { name: paper.name, n: paper.pages, size: spokenSize(paper.bytes.length) }),
        )
        .join("; ")}</li>`,
  )}</ul>`;
}

function consent(name: string, way: Way, say: Say): Markup {
  return html`<label class="choice" for="${name}"><input type="checkbox" id="${name}" name="consent" value="yes" required> <span>${say("sending.consent", { to: way.to })}</span></label>`;
}

function sendForm({ id, way, bundle }: Preview, say: Say): Markup {
  return html`<form method="post" action="/cases/${id}/send" class="stack"><h2>${say("sending.now")}</h2>
<input type="hidden" name="to" value="${String(way.index)}"><input type="hidden" name="seen" value="${bundle!.packet.sha256}">
${consent("consent", way, say)}<button class="primary">${say("sending.go")}</button></form>`;
}

function byHandForm({ id, way, today, bundle }: Preview, say: Say): Markup {
  if (isHeld(bundle!))
    return html`<h2>${say("sending.myself")}</h2><p>${say("sending.held")} <a href="/cases/${id}/physician">${say("physician.own.title")}</a></p>`;
  const inner = html`<form method="post" action="/cases/${id}/send/by-hand" class="stack">
<input type="hidden" name="to" value="${String(way.index)}">
<label for="on">${say("sending.on")}</label><input type="date" id="on" name="on" required max="${today}">
<label for="number">${say("sending.tracking")}</label><input id="number" name="number" maxlength="60" autocomplete="off">
${consent("consent-hand", way, say)}<button class="${way.byHand ? "primary" : ""}">${say("sending.keep")}</button></form>`;
  return way.byHand
    ? html`<h2>${say("sending.myself")}</h2>${inner}`
    : html`<details><summary>${say("sending.myself")}</summary>${inner}</details>`;
}
