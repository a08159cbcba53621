import type { Account } from "#case";
import { asset } from "../assets.ts";
import { type Language, languages, type Say, type TextKey } from "../texts.ts";
import { each, html, type Markup, when } from "./markup.ts";

export type Shell = {
  say: Say;
  account: Account | null;
  /** Accounts exist, so there is a way in and a way out. */
  hosted: boolean;
  path: string;
};

/** The frame of every page: one heading level 1 inside `body`, one main landmark, no script needed. */
export function page(
  shell: Shell,
  title: string,
  body: Markup,
  options: { wide?: boolean; refresh?: number; script?: string } = {},
): Markup {
  const { say } = shell;
  return html`<!doctype html>
<html lang="${say.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} – Redress</title>
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="${asset("mark.svg")}" type="image/svg+xml">
<link rel="preload" href="${asset("fonts/atkinson-hyperlegible-next-latin-wght-normal.woff2")}" as="font" type="font/woff2" crossorigin>
${each(
  ["redress.css", "pages.css", "case.css", "later.css"],
  (name) => html`<link rel="stylesheet" href="${asset(name)}">
`,
)}
${when(options.refresh, () => html`<noscript><meta http-equiv="refresh" content="${String(options.refresh)}"></noscript>`)}
<script src="${asset("redress.js")}" defer></script>
</head>
<body>
<a class="skip" href="#main">${say("skip")}</a>
${header(shell)}
<main id="main" class="${options.wide ? "wide" : "narrow"}" tabindex="-1">
${body}
</main>
${footer(shell)}
</body>
</html>`;
}

function header({ say, account, hosted, path }: Shell): Markup {
  return html`<header class="top">
<a class="brand" href="/"><svg viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d="M4 20V4h9.2a5 5 0 0 1 1.4 9.8L20 20h-4.2l-4.9-5.7H7.4V20z"/></svg>Redress</a>
${when(!path.startsWith("/physician/"), () => ways(say, hosted && account !== null, path))}
</header>`;
}

/** The way around; a physician who was sent one letter has no cases here, and nowhere else to go. */
function ways(say: Say, canLeave: boolean, path: string): Markup {
  return html`<nav aria-label="${say("nav.label")}">
${link("/", say("nav.cases"), path)}
${link("/guides", say("nav.guides"), path)}
${link("/law", say("nav.law"), path)}
${when(canLeave, () => html`<form method="post" action="/sign-out"><button class="link">${say("nav.sign-out")}</button></form>`)}
</nav>`;
}

function link(to: string, text: string, path: string): Markup {
  const here = to === "/" ? path === "/" || path.startsWith("/cases") : path.startsWith(to);
  return html`<a href="${to}"${here ? html` aria-current="page"` : ""}>${text}</a>`;
}

function footer({ say, path }: Shell): Markup {
  const others = (Object.keys(languages) as Language[]).filter((language) => language !== say.language);
  return html`<footer class="bottom">
<p>${say("footer.advice")} <a href="/privacy">${say("footer.privacy")}</a></p>
${each(
  others,
  (language) => html`<form method="post" action="/language"><input type="hidden" name="back" value="${path}">
<button class="link" name="language" value="${language}" lang="${language}">${languages[language]}</button></form>`,
)}
</footer>`;
}

const steps = ["papers", "denial", "deadline", "evidence", "letter", "packet"] as const;
export type Step = (typeof steps)[number];

/** Where in the case we are. On a phone the list folds behind the name of the present step. */
export function caseFrame(
  shell: Shell,
  id: string,
  title: string,
  at: Step | "overview" | null,
  body: Markup,
): Markup {
  const { say } = shell;
  const number = (steps as readonly unknown[]).indexOf(at) + 1;
  const list = html`<ol>${each(
    steps,
    (step, index) =>
      html`<li><a href="/cases/${id}/${step}"${step === at ? html` aria-current="step"` : ""}><span class="number">${index + 1}</span> ${say(`step.${step}` as TextKey)}</a></li>`,
  )}</ol>`;
  return html`<div class="case-head">
${when(at !== "overview", () => html`<p class="case-name"><a href="/cases/${id}">${title}</a></p>`)}
<nav class="steps" aria-label="${say("steps.label")}">
<details class="only-phone"><summary>${number > 0 ? say("steps.at", { number, of: steps.length, name: say(`step.${at}` as TextKey) }) : say("steps.all")}</summary>${list}</details>
<div class="only-desk">${list}</div>
</nav>
</div>
${body}`;
}
