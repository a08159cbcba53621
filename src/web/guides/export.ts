import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type Place, searchGuides } from "#guide";
import { asset, assetFiles } from "../assets.ts";
import { coveragePage } from "./coverage.ts";
import { atomFeed, robots, sitemapIndex, sitemapPart, summaryForMachines, xmlFile } from "./feeds.ts";
import { framed } from "./frame.ts";
import { facetsFrom, searchPage } from "./search-page.ts";
import { type GuideShelf, openShelf } from "./shelf.ts";

/** `share` of `of`: which part of the pages this call writes, so that several threads can share the work. */
export type ExportOptions = { folder: string; origin: string; today: string; share: number; of: number };
export type Exported = { pages: number; bytes: number };

/** Pages that only a running workbench can answer; a static copy links to them at `origin`. */
const living = /href="\/(?=tools\/|start|report|law|"|#)/g;

/**
 * Writes the library as static files: `/guides/a/b` is `guides/a/b.html`, as static hosts resolve it. The first share
 * writes what is there once: styles, search page, coverage, sitemaps, feed.
 */
export async function exportGuides(options: ExportOptions): Promise<Exported> {
  const { folder, origin, today, share, of } = options;
  const shelf = await openShelf();
  const place: Place = {
    origin,
    styles: [asset("redress.css"), asset("guide.css")],
    card: asset("card.png"),
    today,
  };
  const made = new Set<string>();
  const done: Exported = { pages: 0, bytes: 0 };
  const write = (name: string, content: string | Uint8Array) => {
    const file = path.join(folder, name);
    const parent = path.dirname(file);
    if (!made.has(parent)) mkdirSync(parent, { recursive: true });
    made.add(parent);
    writeFileSync(file, content);
    done.bytes += content.length;
  };
  const writePage = (address: string, html: string) => {
    write(`${address}.html`, origin === "" ? html : html.replace(living, `href="${origin}/`));
    done.pages += 1;
  };
  // A folder is written by one thread: two would wait for each other at its lock.
  let turn = 0;
  let parent = "";
  for (const address of shelf.keys.keys()) {
    const own = path.posix.dirname(address);
    if (own !== parent) turn++;
    parent = own;
    if (turn % of === share) writePage(address, shelf.page(address, place)!);
  }
  if (share === 0) writeOnce(shelf, place, write, writePage);
  return done;
}

function writeOnce(
  shelf: GuideShelf,
  place: Place,
  write: (name: string, content: string | Uint8Array) => void,
  writePage: (address: string, html: string) => void,
): void {
  const { origin, today } = place;
  for (const { address, bytes } of assetFiles()) write(address, bytes);
  const search = searchPage(
    "",
    searchGuides("", shelf.search, shelf.library, 0),
    facetsFrom(() => undefined, shelf),
    shelf,
  );
  const pages = [
    {
      title: "Guides to denials",
      description: "Guides to health-plan denials.",
      path: "/guides",
      main: search,
    },
    {
      title: "What the guides cover",
      description: "What we cover, how completely, how sure we are, and when it was last looked at.",
      path: "/coverage",
      main: coveragePage(shelf, today),
    },
  ];
  for (const page of pages) writePage(page.path, framed(place, page));
  write("sitemap.xml", xmlFile(sitemapIndex(shelf, origin)));
  for (let part = 1; ; part++) {
    const text = sitemapPart(shelf, part, origin);
    if (text === null) break;
    write(`sitemaps/${part}.xml`, xmlFile(text));
  }
  write("guides/feed.xml", xmlFile(atomFeed(shelf, origin)));
  write("robots.txt", robots(origin));
  write("llms.txt", summaryForMachines(shelf, origin));
}
