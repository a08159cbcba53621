import { confidences, parseDate } from "#base";
import { escapeHtml } from "#guide";
import { coverageOf } from "#law";
import type { GuideShelf } from "./shelf.ts";

/** What the library covers, how completely, how sure and looked at when; counted from the knowledge, never typed. */
export function coveragePage(shelf: GuideShelf, today: string): string {
  const { library } = shelf;
  const { law, policies, payers, treatments } = { ...library, law: library.knowledge.law };
  const rows = coverageOf(law, parseDate(today));
  const looked = rows
    .map(({ verifiedOn }) => verifiedOn)
    .filter(Boolean)
    .sort();
  const listed = new Set(shelf.listed());
  const all = policies.policies;
  const read = (how: string) => all.filter(({ completeness }) => completeness === how).length;
  const spanish = [...shelf.keys.values()].filter(({ language }) => language === "es").length;
  const levels = (of: readonly { confidence: string }[]) =>
    confidences
      .map((level) => `${level}: ${of.filter(({ confidence }) => confidence === level).length}`)
      .join(", ");
  const known = [...treatments.values()].filter(({ kind }) => kind !== "process");
  const people = [...payers.values()].filter(({ kind }) => kind === "plan" || kind === "federal");
  const table: [string, string, string, string][] = [
    [
      "Guides",
      `${shelf.keys.size} pages, ${listed.size} of them listed for search engines, ${spanish} in Spanish`,
      "Listed only where a page says something of its own",
      "",
    ],
    [
      "Rules of law",
      `${rows.length} rows; ${rows.filter(({ stale }) => stale).length} due for a new look`,
      levels(rows),
      `${looked[0] ?? "–"} to ${looked.at(-1) ?? "–"}`,
    ],
    [
      "Policies, labels, Medicare rules",
      `${all.length}: ${read("whole")} read whole, ${read("excerpt") + read("excerpt-and-recall")} in part, ${read("recall")} not read`,
      levels(all),
      "2026-11-21",
    ],
    [
      "Treatments",
      `${known.length}, ${known.filter(({ depth }) => depth === "full").length} in depth`,
      levels(known),
      "2026-11-21",
    ],
    [
      "Payers",
      `${people.length}, ${people.filter(({ id }) => all.some(({ payerId }) => payerId === id)).length} with a policy we read`,
      levels(people),
      "2026-11-21",
    ],
  ];
  const head = [
    "What",
    "How much",
    "How sure (A text read, B in part, C secondary, D not read)",
    "Looked at",
  ];
  const body = table.map(
    ([what, ...cells]) =>
      `<tr><th scope="row">${escapeHtml(what)}</th>${cells.map((cell, at) => `<td data-label="${escapeHtml(head[at + 1]!)}">${escapeHtml(cell)}</td>`).join("")}</tr>`,
  );
  return `<article class="guide"><h1>What the guides cover</h1>
<p>Counted from what we keep, on ${escapeHtml(today)}. No doctor or lawyer has reviewed the rows yet. A policy that we have not read is named as unread on its guide.</p>
<div class="table" role="region" aria-label="Coverage" tabindex="0"><table><caption>Coverage by area</caption><thead><tr>${head.map((cell) => `<th scope="col">${escapeHtml(cell)}</th>`).join("")}</tr></thead><tbody>${body.join("\n")}</tbody></table></div>
${policyTable(shelf)}
<p><a href="/law">Every rule of law, one by one</a> · <a href="/report">Report an error</a></p></article>`;
}

function policyTable({ library }: GuideShelf): string {
  const rows = library.policies.policies.map(
    ({ title, payer, effective, completeness, confidence, currency }) =>
      `<tr><th scope="row">${escapeHtml(payer ? `${payer}: ${title}` : title)}</th>${[
        ["Text dated", effective ?? "no date"],
        ["Read", completeness.replaceAll("-", " ")],
        ["Standing", currency.replaceAll("-", " ")],
        ["How sure", confidence],
      ]
        .map(([label, cell]) => `<td data-label="${label}">${escapeHtml(cell!)}</td>`)
        .join("")}</tr>`,
  );
  return `<details><summary>Every text, one by one (${rows.length})</summary><div class="table" role="region" aria-label="Texts" tabindex="0"><table><caption>Policies, labels and Medicare rules</caption><thead><tr><th scope="col">Text</th><th scope="col">Text dated</th><th scope="col">Read</th><th scope="col">Standing</th><th scope="col">How sure</th></tr></thead><tbody>${rows.join("\n")}</tbody></table></div></details>`;
}
