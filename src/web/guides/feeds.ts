import { escapeHtml } from "#guide";
import type { App, Ctx, WorkbenchOptions } from "../workbench.ts";
import { placeOf } from "./frame.ts";
import { type GuideShelf, openShelf } from "./shelf.ts";

/** Sitemaps may hold this many addresses (sitemaps.org protocol 0.9); smaller parts are fetched more often. */
const perSitemap = 10_000;

/** Guides in the feed of changed guides. */
const inFeed = 100;

/** What search engines and feed readers ask for. */
export function feedRoutes(app: App, options: Pick<WorkbenchOptions, "today" | "secure">): void {
  app.get("/sitemap.xml", async (c) =>
    xml(c, sitemapIndex(await openShelf(), placeOf(c, options).origin), "application/xml"),
  );
  app.get("/sitemaps/:part{[0-9]+\\.xml}", async (c) => {
    const part = Number.parseInt(c.req.param("part") ?? "", 10);
    const text = sitemapPart(await openShelf(), part, placeOf(c, options).origin);
    return text === null ? c.notFound() : xml(c, text, "application/xml");
  });
  app.get("/guides/feed.xml", async (c) =>
    xml(c, atomFeed(await openShelf(), placeOf(c, options).origin), "application/atom+xml"),
  );
  app.get("/robots.txt", (c) => c.text(robots(placeOf(c, options).origin)));
  app.get("/llms.txt", async (c) =>
    c.text(summaryForMachines(await openShelf(), placeOf(c, options).origin)),
  );
}

export function robots(origin: string): string {
  return `User-agent: *\nDisallow: /cases\nDisallow: /start\nDisallow: /report\nSitemap: ${origin}/sitemap.xml\n`;
}

export function sitemapIndex(shelf: GuideShelf, origin: string): string {
  const parts = Math.ceil(shelf.listed().length / perSitemap);
  const items = Array.from(
    { length: parts },
    (_, at) => `<sitemap><loc>${escapeHtml(`${origin}/sitemaps/${at + 1}.xml`)}</loc></sitemap>`,
  );
  return `<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${items.join("\n")}</sitemapindex>`;
}

/** One part of the sitemap, from 1; `null` where there is none. Twins in the other language are named. */
export function sitemapPart(shelf: GuideShelf, part: number, origin: string): string | null {
  const paths = shelf.listed().slice((part - 1) * perSitemap, part * perSitemap);
  if (part < 1 || paths.length === 0) return null;
  const at = (path: string) => escapeHtml(origin + path);
  const rows = paths.map((path) => {
    const english = path.replace(/^\/es/, "");
    const spanish = `/es${english}`;
    const twins = shelf.keys.has(spanish)
      ? `<xhtml:link rel="alternate" hreflang="en" href="${at(english)}"/><xhtml:link rel="alternate" hreflang="es" href="${at(spanish)}"/>`
      : "";
    return `<url><loc>${at(path)}</loc>${twins}</url>`;
  });
  return `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">${rows.join("\n")}</urlset>`;
}

/** The guides whose facts were last looked at, newest first. */
export function atomFeed(shelf: GuideShelf, origin: string): string {
  const guides = shelf
    .listed()
    .slice(0, inFeed * 4)
    .flatMap((path) => shelf.guide(path) ?? [])
    .sort((a, b) => b.checked.localeCompare(a.checked) || a.path.localeCompare(b.path))
    .slice(0, inFeed);
  const entries = guides.map(
    ({ path, title, description, checked, language }) =>
      `<entry xml:lang="${language}"><id>${escapeHtml(origin + path)}</id><title>${escapeHtml(title)}</title><link href="${escapeHtml(origin + path)}"/><updated>${checked}T00:00:00Z</updated><summary>${escapeHtml(description)}</summary></entry>`,
  );
  const updated = guides[0]?.checked ?? "2026-01-01";
  return `<feed xmlns="http://www.w3.org/2005/Atom"><id>${escapeHtml(`${origin}/guides/feed.xml`)}</id><title>Redress: guides checked lately</title><link rel="self" href="${escapeHtml(`${origin}/guides/feed.xml`)}"/><updated>${updated}T00:00:00Z</updated><author><name>Redress</name></author>\n${entries.join("\n")}\n</feed>`;
}

export function summaryForMachines({ library }: GuideShelf, origin: string): string {
  const reasons = [...library.reasons.values()].map(
    ({ slug, phrase }) => `- [Denied ${phrase}](${origin}/guides/reason/${slug})`,
  );
  const howTos = library.words.howTos.map(({ id, title }) => `- [${title}](${origin}/guides/how-to/${id})`);
  return `# Redress\n\n> Guides to denials by United States health plans. Every number has a source and a date of checking; unread policies are named as unread. Nothing here is advice on a case.\n\n## By reason\n${reasons.join("\n")}\n\n## How to\n${howTos.join("\n")}\n\n## All listed guides\n- ${origin}/sitemap.xml\n- ${origin}/coverage\n`;
}

function xml(c: Ctx, text: string, type: string) {
  c.header("Content-Type", `${type}; charset=utf-8`);
  c.header("Cache-Control", "public, max-age=3600");
  return c.body(xmlFile(text));
}

export function xmlFile(text: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${text}\n`;
}
