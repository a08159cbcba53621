import type { CaseFile } from "#case";
import type { Say } from "../texts.ts";
import { issueList } from "./issues.ts";
import { html, icon, type Markup } from "./markup.ts";

/** The words that are blackened in the packet, and what could not be. */
export function blackening(id: string, file: CaseFile, say: Say): Markup {
  const words = file.answers.redact ?? [];
  const issues = file.issues.filter(
    ({ code }) => code.startsWith("blacken-") || code === "redaction-impossible",
  );
  return html`<details class="no-print"${words.length > 0 ? html` open` : ""}><summary>${icon("paper")} ${say("packet.blacken")}</summary>
${issueList(issues, say, say("issues.label"))}
<form method="post" action="/cases/${id}/blacken" class="stack"><p class="hint">${say("packet.blacken.hint")}</p>
<label for="blacken">${say("packet.blacken.words")}</label><textarea id="blacken" name="words" rows="4">${words.join("\n")}</textarea>
<button>${say("packet.blacken.go")}</button></form></details>`;
}
