import type { Issue } from "#base";
import type { Say } from "../texts.ts";
import { each, html, icon, type Markup, when } from "./markup.ts";

const rank = { error: 0, warning: 1, information: 2 } as const;

/** What is wrong and what to do, worst first; each once. The texts come from the readers, in English. */
export function issueList(issues: readonly Issue[], say: Say, label: string): Markup {
  const once = [...new Map(issues.map((issue) => [`${issue.code} ${issue.text}`, issue])).values()];
  const sorted = once.sort((a, b) => rank[a.severity] - rank[b.severity]);
  return when(
    sorted.length > 0,
    () =>
      html`<section class="issues" aria-label="${label}"><ul>${each(
        sorted,
        (
          issue,
        ) => html`<li class="issue issue-${issue.severity}">${icon(issue.severity === "error" ? "not-met" : issue.severity)}
<p><span class="severity">${say.word("severity", issue.severity)}</span> <span lang="en">${issue.text}</span>${when(issue.cite, () => html` <cite lang="en">${issue.cite!.label}</cite>`)}</p></li>`,
      )}</ul></section>`,
  );
}
