import { escapeHtml, type FrameWords, isEmptied, renderGuide } from "./render-html.ts";
import type { Guide } from "./types.ts";

/** Where a page is served: its origin (for canonical addresses) and its style sheets. */
export type Place = {
  origin: string;
  styles: string[];
  today: string;
  /** The picture of links shared elsewhere, 1200 by 630. */
  card?: string;
};

/** Words around every guide, in its language. */
export const frameWords: Record<Guide["language"], FrameWords & { nav: [string, string][]; footer: string }> =
  {
    en: {
      checked: (day) => `Checked ${day}.`,
      checkAgain: (day) => `Next check due ${day}.`,
      notReviewed:
        "No doctor or lawyer has reviewed this page yet. It is general information, not advice on your case.",
      due: "This page is due for checking. Compare its numbers with your letter and the sources below.",
      gone: (day) =>
        `We last looked at this text on ${day}. That is too long ago to show its lines. Ask for the present one.`,
      dueSource: "due for checking",
      contents: "On this page",
      related: "Related guides",
      sources: "Sources",
      source: (number) => `Source ${number}`,
      sourceHead: ["#", "Source", "Used for", "Text dated", "Checked", "How sure"],
      start: "Start my appeal",
      report: "Report an error on this page",
      reportFact: "Wrong?",
      read: {
        whole: "Text read",
        part: "Read in part; a newer one may exist",
        summary: "Others’ summary only",
        "not-read": "Our own knowledge, not re-read",
      },
      nav: [
        ["/guides", "Guides"],
        ["/tools/deadline", "My dates"],
        ["/tools/decoder", "Decode a denial"],
        ["/law", "The law"],
      ],
      footer: "Redress helps you make your own appeal. It is not a lawyer and not a doctor.",
    },
    es: {
      checked: (day) => `Revisado el ${day}.`,
      checkAgain: (day) => `Próxima revisión: ${day}.`,
      notReviewed:
        "Ningún médico ni abogado ha revisado aún esta página. Es información general, no un consejo sobre su caso.",
      due: "Esta página debe revisarse. Compare sus números con su carta y con las fuentes.",
      gone: (day) =>
        `Vimos este texto por última vez el ${day}. Es demasiado tiempo para mostrar sus líneas. Pida el actual.`,
      dueSource: "falta revisarlo",
      contents: "En esta página",
      related: "Guías relacionadas",
      sources: "Fuentes",
      source: (number) => `Fuente ${number}`,
      sourceHead: ["N.º", "Fuente", "Para qué", "Fecha del texto", "Revisado", "Qué tan seguro"],
      start: "Empezar mi apelación",
      report: "Avisar de un error en esta página",
      reportFact: "¿Error?",
      read: {
        whole: "Texto leído",
        part: "Leído en parte; puede haber uno más nuevo",
        summary: "Solo un resumen de otros",
        "not-read": "Conocimiento propio, sin releer",
      },
      nav: [
        ["/guides", "Guías"],
        ["/tools/deadline", "Mis fechas"],
        ["/tools/decoder", "Entender una negación"],
        ["/law", "La ley"],
      ],
      footer: "Redress le ayuda a hacer su propia apelación. No es abogado ni médico.",
    },
  };

/** A guide as a whole page: no script, its own styles, canonical address, social card, structured data. */
export function renderGuidePage(guide: Guide, place: Place): string {
  const words = frameWords[guide.language];
  const start = `/start?${new URLSearchParams(Object.entries({ payer: guide.key.payer, treatment: guide.key.treatment, reason: guide.key.reason }).filter((entry): entry is [string, string] => typeof entry[1] === "string"))}`;
  const body = `${renderGuide(guide, words, place.today)}
<p class="start"><a class="button" href="${escapeHtml(start)}">${escapeHtml(words.start)}</a></p>`;
  return renderFrame(
    {
      language: guide.language,
      title: guide.title,
      description: guide.description,
      canonical: guide.canonical,
      listed: guide.listed && !isEmptied(guide, place.today),
      nav: words.nav,
      footer: words.footer,
      twin: guide.twin,
      data: { ...guide.data, ...trailOf(guide, place.origin) },
      main: body,
    },
    place,
  );
}

/** Where the page stands among the others, as its own trail of links shows it. */
function trailOf({ crumbs, path, heading }: Guide, origin: string): Record<string, unknown> {
  const items = [...crumbs, { href: path, words: heading }].map(({ href, words }, at) => ({
    "@type": "ListItem",
    position: at + 1,
    name: words,
    item: `${origin}${href}`,
  }));
  return { breadcrumb: { "@type": "BreadcrumbList", itemListElement: items } };
}

export type FrameInput = {
  language: "en" | "es";
  title: string;
  description: string;
  canonical: string;
  listed: boolean;
  nav: [string, string][];
  footer: string;
  /** Address of the same page in the other language. */
  twin?: string | null;
  data?: Record<string, unknown>;
  main: string;
};

/** The frame of a public page: head, navigation, one main landmark, footer. */
export function renderFrame(page: FrameInput, { origin, styles, card }: Place): string {
  const canonical = `${origin}${page.canonical}`;
  const title = escapeHtml(page.title);
  const description = escapeHtml(page.description);
  const nav = page.nav.map(([href, name]) => `<a href="${href}">${escapeHtml(name)}</a>`).join("\n");
  const other = page.language === "en" ? "es" : "en";
  const twin = page.twin
    ? [
        [page.language, canonical],
        [other, `${origin}${page.twin}`],
        ["x-default", page.language === "en" ? canonical : `${origin}${page.twin}`],
      ]
        .map(
          ([language, href]) => `<link rel="alternate" hreflang="${language}" href="${escapeHtml(href!)}">\n`,
        )
        .join("")
    : "";
  const switchTo = page.twin
    ? `<a href="${escapeHtml(page.twin)}" lang="${other}" hreflang="${other}">${other === "es" ? "Español" : "English"}</a>`
    : "";
  // Inside a script element only "<" could end it; JSON may write it as an escape.
  const data = page.data
    ? `<script type="application/ld+json">${JSON.stringify({ ...page.data, url: canonical }).replaceAll("<", "\\u003c")}</script>\n`
    : "";
  const picture = card
    ? `<meta property="og:image" content="${escapeHtml(`${origin}${card}`)}">\n<meta name="twitter:card" content="summary_large_image">`
    : '<meta name="twitter:card" content="summary">';
  return `<!doctype html>
<html lang="${page.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<meta name="description" content="${description}">
<link rel="canonical" href="${escapeHtml(canonical)}">
${page.listed ? "" : '<meta name="robots" content="noindex, follow">\n'}${twin}<meta property="og:type" content="article">
<meta property="og:title" content="${title}">
<meta property="og:description" content="${description}">
<meta property="og:url" content="${escapeHtml(canonical)}">
${picture}
<meta name="color-scheme" content="light dark">
${styles.map((href) => `<link rel="stylesheet" href="${escapeHtml(href)}">`).join("\n")}
${data}</head>
<body>
<a class="skip" href="#main">${page.language === "es" ? "Ir al contenido" : "Skip to content"}</a>
<header class="top">
<a class="brand" href="/">Redress</a>
<nav aria-label="${page.language === "es" ? "Principal" : "Main"}">
${nav}
${switchTo}
</nav>
</header>
<main id="main" class="narrow" tabindex="-1">
${page.main}
</main>
<footer class="bottom"><p>${escapeHtml(page.footer)}</p></footer>
</body>
</html>
`;
}
