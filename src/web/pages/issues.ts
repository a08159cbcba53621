import type { Issue } from "#base";
import type { Say } from "../texts.ts";
import { each, html, icon, type Markup, when } from "./markup.ts";

const rank = { error: 0, warning: 1, information: 2 } as const;

/** As many as a person takes in at a glance; the rest folds away behind their number. */
const AT_ONCE = 3;

/** What is wrong and what to do, worst first; each once. The texts come from the readers, in English. */
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

/** What a problem says, in the reader's language as far as we have it. */
export function issueWords(issue: Issue, _say: Say): Markup {
  return html`<span lang="en">${issue.text.replace(/^Passage \S+ /, "This passage ")}</span>`;
}

function issueLine(issue: Issue, say: Say): Markup {
  const picture = issue.severity === "error" ? "not-met" : issue.severity;
  return html`<li class="issue issue-${issue.severity}">${icon(picture)}
<p><span class="severity">${say.word("severity", issue.severity)}</span> <span lang="en">${issue.text}</span>${when(issue.cite, () => html` <cite lang="en">${issue.cite!.label}</cite>`)}</p></li>`;
}
