import { escapeHtml, type GuideKey, type Hit, pathOf, payerName, standingOf, treatmentName } from "#guide";
import { asset } from "../assets.ts";
import type { GuideShelf } from "./shelf.ts";

/** What the reader narrowed the list to; an unknown value chooses nothing. */
export type Facets = { payer: string; reason: string; kind: string; chosen: boolean };

/** Guides shown for one choice of facets; the rest is found by search. */
const mostShown = 120;

export function facetsFrom(given: (name: string) => string | undefined, { library }: GuideShelf): Facets {
  const { payers, reasons, treatments } = library;
  const one = (name: string, known: Iterable<string>) => {
    const value = given(name) ?? "";
    return new Set(known).has(value) ? value : "";
  };
  const payer = one("payer", payers.keys());
  const reason = one("reason", reasons.keys());
  const kind = one(
    "kind",
    [...treatments.values()].map((row) => row.kind),
  );
  return { payer, reason, kind, chosen: payer !== "" || reason !== "" || kind !== "" };
}

/** Search and the ways in: by reason, payer, treatment, plan and state. Works without script. */
export function searchPage(query: string, hits: Hit[], facets: Facets, shelf: GuideShelf): string {
  const found =
    hits.length > 0
      ? `<h2>Guides for “${escapeHtml(query)}”</h2><ol class="hits">${hits.map(({ path, words }) => link(path, words)).join("")}</ol>`
      : query
        ? `<p class="note">We know nothing by these words. Try the drug’s or the treatment’s name alone, or choose below.</p>`
        : "";
  return `<article class="guide"><h1>Guides to denials</h1>
<form action="/guides" role="search" data-instant="/guides/search.json"><label for="q">What was denied, by whom, and why?</label>
<p class="search"><input id="q" name="q" type="search" value="${escapeHtml(query)}" autocomplete="off" aria-describedby="q-hint"> <button class="primary">Search</button></p>
<p class="hint" id="q-hint">For example: blue cross denied mitraclip step therapy. Brand names, other names and Spanish work too.</p>
<div data-hits aria-live="polite"></div></form>
${found}
${narrow(facets, shelf)}
${waysIn(shelf)}
<h2>Free tools</h2>
<ul><li><a href="/tools/deadline">Work out my dates</a></li><li><a href="/tools/decoder">Decode a denial letter or code</a></li><li><a href="/tools/claim-file-request">Ask for my claim file</a></li><li><a href="/tools/policy-request">Ask for the policy</a></li><li><a href="/tools/glossary">Words that plans use</a></li><li><a href="/coverage">What the guides cover</a></li></ul></article>
<script src="${asset("guide-search.js")}" defer></script>`;
}

function link(href: string, words: string): string {
  return `<li><a href="${escapeHtml(href)}">${escapeHtml(words)}</a></li>`;
}

/** Choosing payer, reason and kind of care, and the guides that fit. */
function narrow(facets: Facets, { library }: GuideShelf): string {
  const select = (name: keyof Facets, label: string, rows: [string, string][]) =>
    `<p><label for="f-${name}">${label}</label> <select id="f-${name}" name="${name}"><option value="">Any</option>${rows
      .map(
        ([value, words]) =>
          `<option value="${escapeHtml(value)}"${facets[name] === value ? " selected" : ""}>${escapeHtml(words)}</option>`,
      )
      .join("")}</select></p>`;
  const payers = [...library.payers.values()]
    .filter(({ kind }) => kind === "plan" || kind === "federal")
    .map((row): [string, string] => [row.id, payerName(row, library)])
    .sort((a, b) => a[1].localeCompare(b[1]));
  const reasons = [...library.reasons.values()].map((row): [string, string] => [row.id, row.phrase]);
  const kinds = [...new Set([...library.treatments.values()].map(({ kind }) => kind))]
    .filter((kind) => kind !== "process")
    .sort()
    .map((kind): [string, string] => [kind, kind.replaceAll("-", " ")]);
  return `<details${facets.chosen ? " open" : ""}><summary>Narrow down by payer, reason and kind of care</summary><form action="/guides">${select("payer", "Payer", payers)}${select("reason", "Denied", reasons)}${select("kind", "Kind of care", kinds)}<p><button>Show guides</button></p></form>${facets.chosen ? fitting(facets, library) : ""}</details>`;
}

function fitting(facets: Facets, library: GuideShelf["library"]): string {
  const keys = [...library.treatments.values()]
    .filter((row) => facets.kind === "" || row.kind === facets.kind)
    .flatMap((row) =>
      row.reasons
        .filter((reason) => facets.reason === "" || reason === facets.reason)
        .map(
          (reason): GuideKey =>
            facets.payer
              ? { kind: "payer-treatment-reason", payer: facets.payer, treatment: row.id, reason }
              : { kind: "treatment-reason", treatment: row.id, reason },
        ),
    )
    .filter((key) => standingOf(key, library).state !== "refused");
  const rows = keys.slice(0, mostShown).map((key) => {
    const treatment = library.treatments.get(key.treatment!)!;
    return link(
      pathOf(key, library),
      `${treatmentName(treatment, library)}, denied ${library.reasons.get(key.reason!)!.phrase}`,
    );
  });
  const count = keys.length > mostShown ? `The first ${mostShown} of ${keys.length}` : `${keys.length}`;
  return `<p>${count} guides.</p><ul class="columns">${rows.join("")}</ul>`;
}

function waysIn(shelf: GuideShelf): string {
  const { library } = shelf;
  const list = (items: string[]) => `<ul class="columns">${items.join("")}</ul>`;
  const kinds = library.words.plans.filter(({ soldBy }) => soldBy !== "medigap");
  const plans = kinds.map(({ kind, label }) => link(pathOf({ kind: "plan", plan: kind }, library), label));
  const reasons = [...library.reasons.values()].map((one) =>
    link(pathOf({ kind: "reason", reason: one.id }, library), `Denied ${one.phrase}`),
  );
  const treatments = [...library.treatments.values()]
    .filter(({ kind }) => kind !== "process")
    .map((one) => link(pathOf({ kind: "treatment", treatment: one.id }, library), one.name));
  const payers = [...shelf.keys.values()]
    .filter(({ key }) => key.kind === "payer")
    .map(({ key }) => link(pathOf(key, library), payerName(library.payers.get(key.payer!)!, library)));
  const states = library.knowledge.law.states.map(({ code, name }) =>
    link(`/guides/state/${code.toLowerCase()}`, name),
  );
  const howTos = library.words.howTos.map(({ id, title }) =>
    link(pathOf({ kind: "how-to", howTo: id }, library), title),
  );
  const spanish = [...library.reasons.values()].map(({ slug }) =>
    link(`/es/guides/reason/${slug}`, slug.replaceAll("-", " ")),
  );
  return `<h2>By reason</h2>${list(reasons)}
<h2>By kind of plan</h2>${list([link("/guides/plan", "Which kind of plan do I have?"), ...plans])}
<h2>How to</h2>${list(howTos)}
<details><summary>By treatment (${treatments.length})</summary>${list(treatments)}</details>
<details><summary>By payer (${payers.length})</summary>${list(payers)}</details>
<details><summary>By state (${states.length})</summary>${list([link("/guides/state", "All states"), ...states])}</details>
<details lang="es"><summary>Guías en español</summary>${list(spanish.map((item, at) => item.replace(/>[^<]+<\/a>/, `>${escapeHtml(spanishNames(shelf)[at]!)}</a>`)))}</details>`;
}

/** The Spanish names of the reasons, from the Spanish pages themselves. */
function spanishNames(shelf: GuideShelf): string[] {
  return [...shelf.library.reasons.values()].map(
    ({ slug }) => shelf.guide(`/es/guides/reason/${slug}`)?.heading ?? slug,
  );
}
