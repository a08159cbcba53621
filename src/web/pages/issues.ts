import type { Issue } from "#base";
import spanishIssues from "../texts/issues-es.json" with { type: "json" };
import type { Say } from "../texts.ts";
import { each, html, icon, type Markup, when } from "./markup.ts";

const rank = { error: 0, warning: 1, information: 2 } as const;

/** As many as a person takes in at a glance; the rest folds away behind their number. */
const AT_ONCE = 3;

/** What is wrong and what to do, worst first; each once. */
export function issueList(issues: readonly Issue[], say: Say, label: string): Markup {
  const once = [...new Map(issues.map((issue) => [`${issue.code} ${issue.text}`, issue])).values()];
  const sorted = once.sort((a, b) => rank[a.severity] - rank[b.severity]);
  const [first, rest] = [sorted.slice(0, AT_ONCE), sorted.slice(AT_ONCE)];
  return when(
    sorted.length > 0,
    () => html`<section class="issues no-print" aria-label="${label}"><ul>${each(first, (issue) => issueLine(issue, say))}</ul>
${when(rest.length > 0, () => html`<details><summary>${say("issues.more", { n: rest.length })}</summary><ul>${each(rest, (issue) => issueLine(issue, say))}</ul></details>`)}</section>`,
  );
}

const spanish: Record<string, string> = spanishIssues;

/**
 * What a problem says. In Spanish the kind of problem is said in general words, and the English text with its names and
 * numbers stands behind it; what we have no Spanish for stays English.
 */
export function issueWords(issue: Pick<Issue, "code" | "text" | "at">, say: Say): Markup {
  const english = issue.text.replace(/^Passage \S+ /, "This passage ");
  const translated = say.language === "es" ? spanish[issue.code] : undefined;
  if (!translated) return html`<p><span lang="en">${english}</span></p>`;
  const { at } = issue;
  const place = at ? ` (${say("issues.place", { document: at.document, page: at.page })})` : "";
  return html`<p>${translated}${place}</p><details class="original"><summary>${say("issues.original")}</summary><p lang="en">${english}</p></details>`;
}

function issueLine(issue: Issue, say: Say): Markup {
  const picture = issue.severity === "error" ? "not-met" : issue.severity;
  return html`<li class="issue issue-${issue.severity}">${icon(picture)}
<div><p class="severity">${say.word("severity", issue.severity)}</p>${issueWords(issue, say)}${when(issue.cite, () => html`<p><cite lang="en">${issue.cite!.label}</cite></p>`)}</div></li>`;
}
