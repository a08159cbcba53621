import { createHash } from "node:crypto";
import { escapeHtml, frameWords, type Place, renderFrame, searchGuides } from "#guide";
import { asset } from "../assets.ts";
import type { App, Ctx, WorkbenchOptions } from "../workbench.ts";
import { searchPage } from "./search-page.ts";
import { type GuideShelf, openShelf } from "./shelf.ts";

/** Sitemaps may hold this many addresses (sitemaps.org protocol 0.9). */
const perSitemap = 50_000;

/** Public pages: guides, their search, what search engines ask for. No account, no cookie, no script needed. */
export function guideRoutes(app: App, options: Pick<WorkbenchOptions, "today" | "secure">): void {
  const placeOf = (c: Ctx): Place => ({
    origin: `${options.secure ? "https" : "http"}://${c.req.header("host") ?? "localhost"}`,
    styles: [asset("redress.css"), asset("guide.css")],
    today: options.today(),
  });

  app.get("/guides", async (c) => {
    const query = c.req.query("q")?.slice(0, 200) ?? "";
    const shelf = await openShelf();
    const hits = query ? searchGuides(query, shelf.search, shelf.library, 20) : [];
    return publicPage(
      c,
      page(c, placeOf(c), "Guides to denials", searchPage(query, hits, shelf), query === ""),
    );
  });

  app.get("/guides/search.json", async (c) => {
    const shelf = await openShelf();
    const hits = searchGuides(c.req.query("q")?.slice(0, 200) ?? "", shelf.search, shelf.library, 8);
    return c.json({ hits: hits.map(({ path, words }) => ({ path, words })) });
  });

  app.get("/guides/*", async (c, next) => {
    const shelf = await openShelf();
    const html = shelf.page(c.req.path, placeOf(c));
    return html === null ? next() : publicPage(c, html);
  });

  app.get("/sitemap.xml", async (c) => {
    const { origin } = placeOf(c);
    const parts = Math.ceil((await openShelf()).listed().length / perSitemap);
    const items = Array.from(
      { length: parts },
      (_, n) => `<sitemap><loc>${escapeHtml(`${origin}/sitemaps/${n + 1}.xml`)}</loc></sitemap>`,
    );
    return xml(
      c,
      `<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${items.join("\n")}</sitemapindex>`,
    );
  });

  app.get("/sitemaps/:part{[0-9]+\\.xml}", async (c) => {
    const { origin } = placeOf(c);
    const part = Number.parseInt(c.req.param("part") ?? "", 10);
    const paths = (await openShelf()).listed().slice((part - 1) * perSitemap, part * perSitemap);
    if (paths.length === 0) return c.notFound();
    return xml(
      c,
      `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${paths.map((path) => `<url><loc>${escapeHtml(origin + path)}</loc></url>`).join("\n")}</urlset>`,
    );
  });

  app.get("/robots.txt", (c) =>
    c.text(`User-agent: *\nDisallow: /cases\nDisallow: /start\nSitemap: ${placeOf(c).origin}/sitemap.xml\n`),
  );

  app.get("/llms.txt", async (c) => {
    const shelf = await openShelf();
    return c.text(summaryForMachines(shelf, placeOf(c).origin));
  });
}

function page(c: Ctx, place: Place, title: string, main: string, listed: boolean): string {
  const words = frameWords.en;
  const description =
    "Guides to health-plan denials by payer, treatment and reason: what must be shown, what proves it, and how long you have.";
  return renderFrame(
    {
      language: "en",
      title,
      description,
      canonical: c.req.path,
      listed,
      nav: words.nav,
      footer: words.footer,
      main,
    },
    place,
  );
}

/** The same for everyone, so it may be kept by anybody; the tag tells whether it changed. */
export function publicPage(c: Ctx, html: string) {
  const tag = `"${createHash("sha256").update(html).digest("base64url").slice(0, 22)}"`;
  c.header("ETag", tag);
  c.header("Cache-Control", "public, max-age=600");
  if (c.req.header("if-none-match") === tag) return c.body(null, 304);
  return c.html(html);
}

function xml(c: Ctx, text: string) {
  c.header("Content-Type", "application/xml; charset=utf-8");
  c.header("Cache-Control", "public, max-age=3600");
  return c.body(`<?xml version="1.0" encoding="UTF-8"?>\n${text}\n`);
}

function summaryForMachines({ library }: GuideShelf, origin: string): string {
  const reasons = [...library.reasons.values()].map(
    ({ slug, phrase }) => `- [Denied ${phrase}](${origin}/guides/reason/${slug})`,
  );
  return `# Redress\n\n> Guides to denials by United States health plans. Every number has a source and a date of checking; unread policies are named as unread. Nothing here is advice on a case.\n\n## By reason\n${reasons.join("\n")}\n\n## All listed guides\n- ${origin}/sitemap.xml\n`;
}
