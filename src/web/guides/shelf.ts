import {
  allKeys,
  composeGuide,
  type GuideKey,
  type Library,
  openLibrary,
  openSearch,
  type Place,
  pathOf,
  renderGuidePage,
  type SearchIndex,
  standingOf,
} from "#guide";
import {
  loadGuideWords,
  loadLaw,
  loadMatching,
  loadPayers,
  loadPolicies,
  loadReasons,
  loadTreatments,
} from "#knowledge";

/** The library opened for serving: pages by address, search, and the addresses for search engines. */
export type GuideShelf = {
  library: Library;
  search: SearchIndex;
  keys: ReadonlyMap<string, GuideKey>;
  /** The page as HTML, or `null`; composed once and kept while there is room. */
  page: (path: string, place: Place) => string | null;
  listed: () => string[];
};

/** Pages kept ready. A page is some 35 kB, so this is a few hundred megabytes at the most. */
const room = 5_000;

let opened: Promise<GuideShelf> | null = null;

/** Opens the library at the first question and keeps it. */
export function openShelf(): Promise<GuideShelf> {
  opened ??= open();
  return opened;
}

async function open(): Promise<GuideShelf> {
  const [payers, treatments, reasons, words, policies, matching, law] = await Promise.all([
    loadPayers(),
    loadTreatments(),
    loadReasons(),
    loadGuideWords(),
    loadPolicies(),
    loadMatching(),
    loadLaw(),
  ]);
  const library = openLibrary({ payers, treatments, reasons, words, policies, matching, law });
  const keys = new Map<string, GuideKey>();
  for (const key of allKeys(library)) keys.set(pathOf(key, library), key);
  const kept = new Map<string, string>();
  return {
    library,
    search: openSearch(library),
    keys,
    page: (path, place) => {
      const known = `${place.today} ${place.origin} ${path}`;
      const ready = kept.get(known);
      if (ready !== undefined) return ready;
      const key = keys.get(path);
      const guide = key ? composeGuide(key, library) : null;
      if (!guide) return null;
      const html = renderGuidePage(guide, place);
      if (kept.size >= room) kept.delete(kept.keys().next().value!);
      kept.set(known, html);
      return html;
    },
    listed: () =>
      [...keys].filter(([, key]) => standingOf(key, library).state === "listed").map(([path]) => path),
  };
}
