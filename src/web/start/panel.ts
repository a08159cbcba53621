import type { GuideChoice } from "#case";
import { type GuideKey, namesOf, pathOf } from "#guide";
import { openShelf } from "../guides/shelf.ts";
import { html, icon, type Markup } from "../pages/markup.ts";
import type { Say } from "../texts.ts";

/** What was carried along from a guide, and the way back to it: it lists the papers to gather. Empty without a guide. */
export async function chosenPanel(chosen: GuideChoice | null, say: Say): Promise<Markup> {
  if (!chosen) return html``;
  const { library, libraries, keys } = await openShelf();
  const { payer, treatment } = namesOf({ kind: "payer-treatment-reason", ...chosen }, library);
  const reason = chosen.reason ? say.word("ground", chosen.reason) : "";
  const subject = [treatment, reason, payer].filter(Boolean).join(" · ");
  const path = pathOf(keyOf(chosen), libraries[say.language]);
  return html`<p class="issue">${icon("information")} <span>${say("start.chosen")} <strong>${subject}</strong>. ${say("start.chosen.text")}${keys.has(path) ? html` <a href="${path}">${say("start.guide")}</a>` : ""}</span></p>`;
}

/** The guide that says most about what was chosen. */
function keyOf({ payer, treatment, reason }: GuideChoice): GuideKey {
  if (payer && treatment && reason) return { kind: "payer-treatment-reason", payer, treatment, reason };
  if (treatment && reason) return { kind: "treatment-reason", treatment, reason };
  if (treatment) return { kind: "treatment", treatment };
  if (reason) return { kind: "reason", reason };
  return { kind: "payer", ...(payer ? { payer } : {}) };
}
