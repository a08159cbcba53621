import type { CaseEvent, CaseFile, DraftPart, Pricing } from "#case";
import type { Letter } from "#letter";
import { isFreePart } from "../charging/gate.ts";
import { payNotice } from "../charging/pages.ts";
import { type Say, spokenDate, spokenSize } from "../texts.ts";
import { blackening } from "./blackening.ts";
import { issueList } from "./issues.ts";
import { each, html, icon, type Markup, when } from "./markup.ts";

export type PacketView = {
  id: string;
  file: CaseFile;
  parts: readonly DraftPart[];
  stale: boolean;
  /** Set while the letters are still to be paid. */
  pricing: Pricing | null;
  /** Whether the physician's signature stands, said in a line; `held` keeps a packet back that still holds a void one. */
  signature: Markup;
  held: boolean;
  /** The letters with the latest changes. */
  letters: readonly Letter[];
  /** That the packet is being made anew just now. */
  busy: Markup;
};

/** Everything that can be taken home: the packet first, then each part, and all of it at once. */
export function packetPage(view: PacketView, say: Say): Markup {
  const { id, file, parts, stale, pricing, signature, held, letters, busy } = view;
  const [packet] = parts.filter((part) => part.name === "packet.pdf");
  const rest = parts.filter((part) => part !== packet && part.mediaType !== "application/json");
  const blocking = file.issues.filter((issue) => issue.severity === "error");
  return html`${busy}<h1>${say("packet.title")}</h1>
<p class="lead">${say("packet.lead")}</p>
${signature}
${when(stale, () => html`<p class="issue issue-warning">${icon("warning")} ${say("packet.stale")}</p>`)}
${issueList(blocking, say, say("issues.label"))}
${when(pricing, () => payNotice(id, pricing!, say))}
${packet ? html`${when(!pricing && !held, () => html`<p class="big-download"><a class="button primary" href="/cases/${id}/parts/${packet.name}">${icon("down")} ${say("packet.get")} <span class="size">${spokenSize(packet.bytes)}</span></a></p>`)}` : html`<p class="empty">${say("packet.none")}</p>`}
<p class="row no-print"><a class="button" href="/cases/${id}/physician">${say("physician.own.title")}</a> <a class="button" href="/cases/${id}/send">${say("sending.title")}</a></p>
${exhibits(file, say)}
${when(packet && !pricing, () => blackening(id, file, letters, say))}
${when(
  rest.length > 0,
  () => html`<section aria-labelledby="parts"><h2 id="parts">${say("packet.parts")}</h2>
<ul class="parts">${each(byLetter(rest), ([stem, list]) => partLine(view, titleOf(stem, file, say), list, say))}</ul>
${when(!pricing, () => html`<p><a class="button" href="/cases/${id}/parts.zip">${icon("down")} ${say("packet.zip")}</a></p>`)}</section>`,
)}
<section aria-labelledby="then"><h2 id="then">${say("packet.then")}</h2><ol class="then">${each([1, 2, 3, 4] as const, (n) => html`<li>${say(`packet.then.${n}`)}</li>`)}</ol></section>
<p class="case-foot no-print"><a href="/cases/${id}/history">${say("history.title")}</a> · <a href="/cases/${id}/delete">${say("delete.title")}</a></p>`;
}

/** The forms of one letter stand in one line. */
function byLetter(parts: readonly DraftPart[]): [string, DraftPart[]][] {
  return Object.entries(Object.groupBy(parts, (part) => part.name.replace(/\.\w+$/, ""))) as [
    string,
    DraftPart[],
  ][];
}

function titleOf(stem: string, file: CaseFile, say: Say): string {
  return file.letters.find((letter) => letter.file === stem)?.title ?? say.word("part", stem);
}

function partLine(
  { id, file, pricing }: PacketView,
  title: string,
  parts: readonly DraftPart[],
  say: Say,
): Markup {
  if (pricing && parts.some((part) => !isFreePart(part.name, file)))
    return html`<li><span class="part-title">${title}</span> <span class="hint">${say("pay.locked")}</span></li>`;
  return html`<li><span class="part-title">${title}</span> ${each(parts, (part) => html`<a href="/cases/${id}/parts/${encodeURIComponent(part.name)}"><span class="sr">${title}: </span>${say.word("format", part.name.split(".").at(-1)!)}</a> <span class="hint">${spokenSize(part.bytes)}</span>`)}</li>`;
}

function exhibits(file: CaseFile, say: Say): Markup {
  const list = file.packet?.exhibits ?? [];
  return when(
    list.length > 0,
    () => html`<section aria-labelledby="exhibits"><h2 id="exhibits">${say("packet.exhibits")}</h2>
<ol class="exhibits">${each(
      list,
      (exhibit) =>
        html`<li><span class="exhibit-label">${exhibit.label}</span><div lang="en"><strong>${exhibit.title}</strong>${exhibit.dates ? html` · ${exhibit.dates}` : ""}<br><span class="hint">${exhibit.usedFor} · ${say("papers.pages", { n: exhibit.pages.length })}</span></div></li>`,
    )}</ol></section>`,
  );
}

/** Everything that happened, newest first. */
export function historyPage(id: string, events: readonly CaseEvent[], say: Say): Markup {
  const names = new Map(
    events.flatMap((event) => (event.kind === "paper-added" ? [[event.paper, event.name] as const] : [])),
  );
  const zone = new Intl.DateTimeFormat(say.language === "es" ? "es-US" : "en-US", {
    dateStyle: "medium",
    timeStyle: "short",
  });
  return html`<h1>${say("history.title")}</h1><p class="lead">${say("history.lead")}</p>
<ol class="history" reversed>${each([...events].reverse(), (event) => html`<li><time datetime="${event.at}">${zone.format(new Date(event.at))}</time> <span>${spokenEvent(event, names, say)}</span></li>`)}</ol>
<p><a href="/cases/${id}">${say("history.back")}</a></p>`;
}

function spokenEvent(event: CaseEvent, names: ReadonlyMap<string, string>, say: Say): string {
  const plain = Object.entries(event).filter(([, value]) => ["string", "number"].includes(typeof value));
  return say(`event.${event.kind}`, { ...Object.fromEntries(plain), ...spokenWords(event, names, say) });
}

function spokenAnswer(question: string, answer: string, say: Say): string {
  if (question === "plan") return say.word("plan", answer);
  if (question === "urgent" || question === "levels")
    return say.word(question === "levels" ? "levels" : "answer", answer);
  return /^\d{4}-\d\d-\d\d$/.test(answer) ? spokenDate(answer, say.language) : answer;
}

/** Words of closed lists as people say them, and papers by their names. */
function spokenWords(event: CaseEvent, names: ReadonlyMap<string, string>, say: Say): Record<string, string> {
  switch (event.kind) {
    case "paper-read":
    case "paper-removed":
      return { name: names.get(event.paper) ?? "" };
    case "finding-judged":
      return { status: say.word("status", event.status) };
    case "answer-given":
      return {
        question: say.word("asked", event.question),
        answer:
          event.answer === null ? say("answer.unknown") : spokenAnswer(event.question, event.answer, say),
      };
    case "reading-corrected":
    case "reading-confirmed":
      return { field: say.word("fact", event.field.split(".").at(-1)!) };
    default:
      return {};
  }
}

export function deletePage(id: string, title: string, say: Say): Markup {
  return html`<h1>${say("delete.title")}</h1>
<p class="lead">${say("delete.lead", { title })}</p>
<form method="post" action="/cases/${id}/delete" class="row"><button class="danger">${say("delete.go")}</button>
<a class="button" href="/cases/${id}">${say("delete.keep")}</a></form>`;
}
