import {
  allKeys,
  composeGuide,
  type Guide,
  type GuideKey,
  type Language,
  type Library,
  openLibrary,
  openSearch,
  type Place,
  pathOf,
  renderGuidePage,
  type SearchIndex,
  spanishKeys,
  standingOf,
} from "#guide";
import {
  loadGuideSettles,
  loadGuideWords,
  loadLaw,
  loadMatching,
  loadPayers,
  loadPolicies,
  loadReasons,
  loadTreatments,
} from "#knowledge";

type Shelved = { key: GuideKey; language: Language };

/** The library opened for serving: pages by address, search, and the addresses for search engines. */
export type GuideShelf = {
  library: Library;
  libraries: Readonly<Record<Language, Library>>;
  search: SearchIndex;
  /** Every guide by its address, in both languages. */
  keys: ReadonlyMap<string, Shelved>;
  guide: (path: string) => Guide | null;
  /** The page as HTML, or `null`; composed anew. */
  page: (path: string, place: Place) => string | null;
  listed: () => string[];
};

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
  const shared = { payers, treatments, reasons, policies, law };
  const [spanishWords, spanishSettles] = await Promise.all([loadGuideWords("es"), loadGuideSettles()]);
  const libraries: Record<Language, Library> = {
    en: openLibrary({ ...shared, words, settles: matching.settles }),
    es: openLibrary({ ...shared, words: spanishWords, settles: spanishSettles }, "es"),
  };
  const keys = new Map<string, Shelved>();
  for (const key of allKeys(libraries.en)) keys.set(pathOf(key, libraries.en), { key, language: "en" });
  for (const key of spanishKeys(libraries.es)) keys.set(pathOf(key, libraries.es), { key, language: "es" });
  const guide = (path: string) => {
    const found = keys.get(path);
    return found ? composeGuide(found.key, libraries[found.language]) : null;
  };
  return {
    library: libraries.en,
    libraries,
    search: openSearch(libraries.en),
    keys,
    guide,
    page: (path, place) => {
      const made = guide(path);
      return made ? renderGuidePage(made, place) : null;
    },
    listed: () =>
      [...keys]
        .filter(([, { key, language }]) => standingOf(key, libraries[language]).state === "listed")
        .map(([path]) => path),
  };
}
