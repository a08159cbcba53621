import type { CaseFile } from "#case";
import { loadTreatments } from "#knowledge";
import { drugsIn, type NearestDecisions, nearestDecisions, type Precedent } from "#precedent";
import { each, html, type Markup, when } from "../pages/markup.ts";
import type { Say } from "../texts.ts";
import type { Workbench } from "../workbench.ts";

/**
 * What independent reviewers decided in like cases: counts with how many they are out of, or "too few to say". Never
 * odds. Nothing at all where no decisions were imported.
 */
export async function precedentPanel(bench: Workbench, file: CaseFile, say: Say): Promise<Markup> {
  const known = bench.precedents?.() ?? [];
  const service = file.denial?.services[0]?.description.value;
  if (known.length === 0 || !service) return html``;
  const named = drugsIn((await loadTreatments()).flatMap(({ drugs = [] }) => drugs));
  const found = nearest(known, file, named(service));
  return html`<section class="precedents" aria-labelledby="precedents"><h2 id="precedents">${say("precedents.title")}</h2>
${found.tooFew ? html`<p>${say("precedents.few", { n: found.decisions.length })}</p>` : counts(found, say)}
<p class="hint">${say("precedents.what", { n: known.length })}</p></section>`;
}

function nearest(known: readonly Precedent[], file: CaseFile, drugs: readonly string[]): NearestDecisions {
  const { services, diagnoses, grounds } = file.denial!;
  const ground = grounds[0]?.id;
  const conditions = diagnoses.map(({ value }) => value).filter((value) => !/^[A-Z]\d/.test(value));
  const treatmentId = services[0]?.treatmentId;
  // The treatment's own name finds more than the line with its dose: names of drugs are published without doses.
  const names = [treatmentId?.replaceAll("-", " "), services[0]?.description.value];
  const tries = names
    .filter((name) => name !== undefined)
    .map((treatment) =>
      nearestDecisions(known, {
        treatment,
        condition: conditions.join(" "),
        ...(ground ? { ground } : {}),
        drugs,
      }),
    );
  return tries.reduce((best, next) => (next.decisions.length > best.decisions.length ? next : best));
}

function counts({ decisions, counts: by, years }: NearestDecisions, say: Say): Markup {
  const of = decisions.length;
  const lines = (["overturned", "partly-overturned", "upheld"] as const).filter((outcome) => by[outcome] > 0);
  return html`<ul>${each(lines, (outcome) => html`<li>${say(`precedents.${outcome}`, { n: by[outcome], of })}</li>`)}</ul>
${when(years, () => html`<p>${say("precedents.years", { from: years!.from, to: years!.to })}</p>`)}
<details><summary>${say("precedents.list")}</summary><ul>${each(
    decisions.slice(0, 20),
    (one) =>
      html`<li lang="en">${one.source === "ca-dmhc" ? "California DMHC" : "New York DFS"} ${one.id}, ${one.year}: ${one.treatment}; ${one.condition}; ${say.word("precedent-outcome", one.outcome)}</li>`,
  )}</ul></details>`;
}
