import { createHash } from "node:crypto";
import { searchGuides } from "#guide";
import type { App, Ctx, WorkbenchOptions } from "../workbench.ts";
import { coveragePage } from "./coverage.ts";
import { feedRoutes } from "./feeds.ts";
import { framed, placeOf } from "./frame.ts";
import { reportRoutes } from "./report.ts";
import { facetsFrom, searchPage } from "./search-page.ts";
import { type GuideShelf, openShelf } from "./shelf.ts";

/** Public pages: guides, their search, what search engines ask for. No account, no cookie, no script needed. */
export function guideRoutes(app: App, options: Pick<WorkbenchOptions, "today" | "secure">): void {
  app.get("/guides", async (c) => {
    const query = c.req.query("q")?.slice(0, 200) ?? "";
    const shelf = await openShelf();
    const hits = query ? searchGuides(query, shelf.search, shelf.library, 20) : [];
    const facets = facetsFrom((name) => c.req.query(name), shelf);
    return publicPage(
      c,
      framed(placeOf(c, options), {
        title: "Guides to denials",
        description: searchDescription,
        path: "/guides",
        main: searchPage(query, hits, facets, shelf),
        listed: query === "" && !facets.chosen,
      }),
    );
  });

  app.get("/guides/search.json", async (c) => {
    const shelf = await openShelf();
    const hits = searchGuides(c.req.query("q")?.slice(0, 200) ?? "", shelf.search, shelf.library, 8);
    return c.json({ hits: hits.map(({ path, words }) => ({ path, words })) });
  });

  app.get("/coverage", async (c) => {
    const main = coveragePage(await openShelf(), options.today());
    const title = "What the guides cover";
    const description = "What we cover, how completely, how sure we are, and when it was last looked at.";
    return publicPage(c, framed(placeOf(c, options), { title, description, path: "/coverage", main }));
  });

  feedRoutes(app, options);
  reportRoutes(app, options);

  for (const place of ["/guides/*", "/es/guides/*"]) {
    app.get(place, async (c, next) => {
      const shelf = await openShelf();
      const html = shelf.page(c.req.path, placeOf(c, options));
      if (html !== null) return publicPage(c, html);
      const nearest = nearestGuide(c.req.path, shelf);
      return nearest === null ? next() : c.redirect(nearest, 301);
    });
  }
}

const searchDescription =
  "Guides to health-plan denials by payer, treatment and reason: what must be shown, what proves it, and how long you have.";

/** An address that is no page (an old name, a combination that makes no sense) leads to the nearest true one. */
function nearestGuide(path: string, shelf: GuideShelf): string | null {
  if (path.endsWith(".json") || path.endsWith(".xml")) return null;
  const english = path.replace(/^\/es\//, "/").replace(/\/$/, "");
  if (shelf.keys.has(english)) return english;
  const parts = english.split("/").slice(2);
  if (parts.includes("coverage-exception")) return "/guides/how-to/coverage-exception";
  const words = parts.map((part) => part.replaceAll("-", " ")).join(" ");
  const [best] = searchGuides(words, shelf.search, shelf.library, 1);
  return best && best.score >= 1 ? best.path : null;
}

/** The same for everyone, so it may be kept by anybody; the tag tells whether it changed. */
export function publicPage(c: Ctx, html: string) {
  const tag = `"${createHash("sha256").update(html).digest("base64url").slice(0, 22)}"`;
  c.header("ETag", tag);
  c.header("Cache-Control", "public, max-age=600");
  if (c.req.header("if-none-match") === tag) return c.body(null, 304);
  return c.html(html);
}
