import { escapeHtml, type Hit, pathOf, payerName } from "#guide";
import type { GuideShelf } from "./shelf.ts";

/** Search and the ways in: by reason, payer, treatment, plan and state. Works without script. */
export function searchPage(query: string, hits: Hit[], shelf: GuideShelf): string {
  const { library } = shelf;
  const link = (href: string, words: string) =>
    `<li><a href="${escapeHtml(href)}">${escapeHtml(words)}</a></li>`;
  const list = (items: string[]) => `<ul class="columns">${items.join("")}</ul>`;
  const found =
    hits.length > 0
      ? `<h2>Guides for “${escapeHtml(query)}”</h2><ol class="hits">${hits.map(({ path, words }) => link(path, words)).join("")}</ol>`
      : query
        ? `<p class="note">We know nothing by these words. Try the drug’s or the treatment’s name alone, or choose below.</p>`
        : "";
  const plans = library.knowledge.words.plans.map(({ kind, label }) =>
    link(pathOf({ kind: "plan", plan: kind }, library), label),
  );
  const reasons = [...library.reasons.values()].map((one) =>
    link(pathOf({ kind: "reason", reason: one.id }, library), `Denied ${one.phrase}`),
  );
  const treatments = [...library.treatments.values()].filter(({ kind }) => kind !== "process").map((one) =>
    link(pathOf({ kind: "treatment", treatment: one.id }, library), one.name),
  );
  const payers = [...shelf.keys.values()]
    .filter(({ key }) => key.kind === "payer")
    .map(({ key }) => link(pathOf(key, library), payerName(library.payers.get(key.payer!)!, library)));
  const states = library.knowledge.law.states.map(({ code, name }) =>
    link(`/guides/state/${code.toLowerCase()}`, name),
  );
  return `<h1>Guides to denials</h1>
<form action="/guides" role="search"><label for="q">What was denied, by whom, and why?</label>
<p class="search"><input id="q" name="q" type="search" value="${escapeHtml(query)}" autocomplete="off" placeholder="blue cross denied mitraclip step therapy"> <button>Search</button></p></form>
${found}
<h2>By reason</h2>${list(reasons)}
<h2>By kind of plan</h2>${list(plans)}
<details><summary>By treatment (${treatments.length})</summary>${list(treatments)}</details>
<details><summary>By payer (${payers.length})</summary>${list(payers)}</details>
<details><summary>By state (${states.length})</summary>${list(states)}</details>
<h2>Free tools</h2>
<ul><li><a href="/tools/deadline">Work out my dates</a></li><li><a href="/tools/decoder">Decode a denial letter or code</a></li><li><a href="/tools/claim-file-request">Ask for my claim file</a></li><li><a href="/tools/policy-request">Ask for the policy</a></li><li><a href="/tools/glossary">Words that plans use</a></li></ul>`;
}
