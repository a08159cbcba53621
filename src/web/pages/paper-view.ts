import type { Say } from "../texts.ts";
import { html, type Markup, when } from "./markup.ts";
import { type PaperPage, paperPage } from "./paper-page.ts";

/** One page of a paper on a page of its own, with the way to its neighbours. */
export function paperView(view: PaperPage, say: Say): Markup {
  const { caseId, paper, index, source, page } = view;
  const at = (number: number) => `/cases/${caseId}/papers/${paper}/${index}/${number}`;
  return html`<h1 class="quiet">${source.document}</h1>
<nav class="pager" aria-label="${say("page.pager")}">
${when(page > 1, () => html`<a href="${at(page - 1)}">${say("page.before")}</a>`)}
<span>${say("page.of", { page, of: source.pages.length })}</span>
${when(page < source.pages.length, () => html`<a href="${at(page + 1)}">${say("page.after")}</a>`)}
</nav>
${paperPage(view, say)}`;
}
