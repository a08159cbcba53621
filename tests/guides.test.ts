import { beforeAll, describe, expect, test } from "vitest";
import {
  type Block,
  composeGuide,
  type Guide,
  type Language,
  type Library,
  openLibrary,
  type Text,
} from "#guide";
import { type GuideShelf, openShelf } from "../src/web/guides/shelf.ts";

/** The walk over all pages takes half a minute; every nth page is walked unless REDRESS_ALL is set. */
const step = process.env.REDRESS_ALL ? 1 : 37;
const place = { origin: "https://redress.example", styles: [], today: "2026-11-22" };

let shelf: GuideShelf;
let numberedNames: string[] = [];
let walked: { path: string; guide: Guide; html: string }[];
let everyPath: Set<string>;
let libraries: Readonly<Record<Language, Library>>;

beforeAll(async () => {
  shelf = await openShelf();
  everyPath = new Set(shelf.keys.keys());
  libraries = shelf.libraries;
  numberedNames = [...shelf.library.treatments.values()]
    .map(({ name }) => name)
    .filter((name) => /\d/.test(name));
  const listed = new Set(shelf.listed());
  walked = [...everyPath]
    .filter((path, at) => at % step === 0 || (listed.has(path) && at % 5 === 0))
    .map((path) => ({ path, guide: shelf.guide(path)!, html: shelf.page(path, place)! }));
}, 180_000);

/** Pages that break a promise, shortened: what is wrong, where. */
const breaking = (check: (page: (typeof walked)[number]) => string[]) =>
  walked.flatMap((page) => check(page).map((problem) => `${page.path}: ${problem}`)).slice(0, 8);

const said = (text: Text) =>
  text
    .map((piece) =>
      typeof piece === "string"
        ? piece
        : "strong" in piece
          ? piece.strong
          : "english" in piece
            ? piece.english
            : "href" in piece
              ? piece.words
              : "",
    )
    .join("");
const cited = (texts: Text[]) => texts.flat().some((piece) => typeof piece === "object" && "source" in piece);

/** Units that must carry their source: a paragraph, a list item, a row of a table. */
function unitsOf(block: Block): Text[][] {
  switch (block.kind) {
    case "paragraph":
    case "note":
      return [[block.text]];
    case "list":
      return block.items.map((item) => [item]);
    case "table":
      return block.rows;
    case "details":
      return block.blocks.flatMap(unitsOf);
  }
}

/** Numbers that are names or fixed words, not facts: help line, the example letter, names of care, companies and laws. */
function withoutNames(text: string, { key }: Guide): string {
  const own = key.treatment ? shelf.library.treatments.get(key.treatment)!.name : "";
  let rest = text;
  for (const name of own === "" ? numberedNames : [own, ...numberedNames]) rest = rest.replaceAll(name, "");
  return rest
    .replace(/\b911\b|\b(?:type|tipo) [12]\b/g, "")
    .replace(/June \d, 2026|\d de junio de 2026/g, "")
    .replace(/[A-Za-z]+[-/]?\d+[A-Za-z]*|\d+-[A-Z]{2,}/g, "");
}

describe("every guide", { timeout: 300_000 }, () => {
  test("has no link that leads nowhere", () => {
    const known =
      /^\/(?:$|start|report|law$|tools\/(?:deadline|decoder|claim-file-request|policy-request|glossary)|guides$)/;
    expect(
      breaking(({ html }) =>
        [...html.matchAll(/href="(\/[^"#?]*)/g)]
          .map(([, href]) => href!)
          .filter((href) => !everyPath.has(href) && !known.test(href)),
      ),
    ).toEqual([]);
  });

  test("has a source in the sentence or row of each number", () => {
    expect(
      breaking(({ guide }) =>
        guide.sections
          .flatMap(({ blocks }) => blocks.flatMap(unitsOf))
          .filter((unit) => !cited(unit) && /\d/.test(withoutNames(unit.map(said).join(" "), guide)))
          .map((unit) => unit.map(said).join(" | ").slice(0, 120)),
      ),
    ).toEqual([]);
  });

  test("has a row for each marker and a marker for each row", () => {
    expect(
      breaking(({ guide, html }) => {
        const marked = new Set([...html.matchAll(/href="#s(\d+)"/g)].map(([, number]) => Number(number)));
        const rows = new Set(guide.sources.map(({ number }) => number));
        return [
          ...[...marked].filter((number) => !rows.has(number)).map((number) => `no row ${number}`),
          ...[...rows].filter((number) => !marked.has(number)).map((number) => `row ${number} is not used`),
        ];
      }),
    ).toEqual([]);
  });

  test("promises nothing and sells nothing", () => {
    const banned =
      /usually flip|most insurers|guarantee|overturn|success rate|\bwins?\b|likely to be approved|\$\d/i;
    expect(breaking(({ html }) => banned.exec(html.replace(/<[^>]+>/g, " "))?.slice(0, 1) ?? [])).toEqual([]);
  });

  test("has a title of at most 60 and a description of at most 160 characters, whole words", () => {
    expect(
      breaking(({ guide: { title, description } }) => [
        ...(title.length > 60 || title.endsWith("…") ? [title] : []),
        ...(description.length > 160 || description.length < 40 ? [description] : []),
      ]),
    ).toEqual([]);
  });

  test("shows no name that is an id", () => {
    expect(
      breaking(({ guide }) =>
        [guide.title, guide.heading].filter((text) =>
          /_|\b[a-z]+(?:-[a-z]+){3,}\b|undefined|null/.test(text),
        ),
      ),
    ).toEqual([]);
  });

  test("weighs less than 60 kB and runs no script", () => {
    expect(
      breaking(({ html }) => [
        ...(Buffer.byteLength(html) > 60_000 ? [`${Buffer.byteLength(html)} bytes`] : []),
        ...(/<script(?! type="application\/ld\+json")/.test(html) ? ["a script"] : []),
      ]),
    ).toEqual([]);
  });

  test("is the same bytes when made again", () => {
    for (const { path, html } of walked.slice(0, 300)) expect(shelf.page(path, place)).toBe(html);
  });

  test("is the same guide when nothing is shared with other pages", () => {
    for (const { guide } of walked.filter((_, at) => at % 7 === 0)) {
      const alone = composeGuide(guide.key, { ...libraries[guide.language] });
      expect(alone).toEqual(guide);
    }
  });

  test("cites rules that are in force, and sends what it is not listed for to a listed page", () => {
    const { rules } = shelf.library.knowledge.law;
    const ended = new Set(rules.filter(({ inForce }) => inForce.to !== null).map(({ id }) => id));
    expect(
      breaking(({ guide }) => [
        ...guide.sources.flatMap(({ records }) => records.filter((id) => ended.has(id))),
        ...(everyPath.has(guide.canonical) ? [] : [`canonical ${guide.canonical}`]),
      ]),
    ).toEqual([]);
  });

  test("carries data that search engines can read, without odds, ratings or sale", () => {
    expect(
      breaking(({ html, guide }) => {
        const data = JSON.parse(/ld\+json">(.*?)<\/script>/s.exec(html)![1]!) as Record<string, unknown>;
        return [
          ...(data["@context"] === "https://schema.org" && data.url && data.name ? [] : ["shape"]),
          ...(data.inLanguage === guide.language ? [] : ["language"]),
          ...(/Offer|Rating|Review"|Product/.test(JSON.stringify(data["@type"])) ? ["sale"] : []),
        ];
      }),
    ).toEqual([]);
  });

  test("in Spanish has a twin in English, and both name each other", () => {
    const spanish = walked.filter(({ guide }) => guide.language === "es");
    expect(spanish.length).toBeGreaterThan(10);
    for (const { guide, html } of spanish) {
      expect(everyPath.has(guide.twin!)).toBe(true);
      expect(shelf.guide(guide.twin!)!.twin).toBe(guide.path);
      expect(html).toContain('<html lang="es">');
    }
  });
});

/** Years of school needed (Flesch-Kincaid), over the sentences of a text. */
function schoolYears(sentences: string[]): number {
  const words = sentences.join(" ").match(/[A-Za-z’']+/g) ?? [];
  const syllables = (word: string) =>
    Math.max(
      1,
      word
        .toLowerCase()
        .replace(/e$/, "")
        .match(/[aeiouy]+/g)?.length ?? 1,
    );
  const total = words.reduce((sum, word) => sum + syllables(word), 0);
  return 0.39 * (words.length / sentences.length) + 11.8 * (total / words.length) - 15.59;
}

test("our own sentences read at grade 8 or below", () => {
  const own = [...shelf.library.reasons.values()].flatMap((one) => [
    one.means,
    one.first,
    ...one.gaps,
    ...one.mistakes,
  ]);
  const page = walked.find(({ guide }) => guide.key.kind === "payer-treatment-reason")!.guide;
  const shown = page.sections
    .flatMap(({ blocks }) =>
      blocks.flatMap((block) => (block.kind === "paragraph" ? [said(block.text)] : [])),
    )
    .filter((text) => /[.!?]$/.test(text));
  const sentences = [...own, ...shown]
    .flatMap((text) => text.split(/(?<=[.!?])\s+/))
    .filter((one) => one.includes(" "));
  expect(schoolYears(sentences)).toBeLessThanOrEqual(8);
});

describe("single guides", () => {
  const text = (path: string) =>
    shelf
      .page(path, place)!
      .replace(/<[^>]+>/g, " ")
      .replace(/\s+/g, " ");

  test("MitraClip for step therapy says whose rule each number is, and gives each plan its own last day", () => {
    const page = text("/guides/blue-cross-blue-shield/teer-secondary-mr/step-therapy");
    for (const fact of [
      "MP-561",
      "LVEF 20-50%",
      "December 3, 2026",
      "December 1, 2026",
      "August 5, 2026",
      "July 31, 2026",
    ])
      expect(page).toContain(fact);
    expect(page).toContain("Use the state where the plan was issued");
    expect(page).toContain("Do not count on them".toLowerCase().slice(3));
  });

  test("Tecartus over a quantity looks at the units before the days", () => {
    const { sections } = shelf.guide("/guides/blue-cross-blue-shield/tecartus/quantity-limit")!;
    const ids = sections.map(({ id }) => id);
    expect(ids.indexOf("fix")).toBeLessThan(ids.indexOf("days"));
  });

  test("ocrelizumab as not medically necessary first asks which kind of multiple sclerosis it is", () => {
    const { sections } = shelf.guide("/guides/blue-cross-blue-shield/ocrelizumab/medical-necessity")!;
    expect(sections[0]!.id).toBe("short");
    expect(JSON.stringify(sections[0])).toMatch(/relapsing kind.*primary progressive/);
  });

  test("a coverage exception is no treatment: there is no such guide, only how to ask", () => {
    expect([...everyPath].filter((path) => path.includes("coverage-exception"))).toEqual([
      "/guides/how-to/coverage-exception",
    ]);
  });

  test("a drug without approval says so first", () => {
    const page = shelf.guide("/guides/treatment/17-ohpc/medical-necessity")!;
    expect(page.sections[0]!.blocks[0]).toMatchObject({ kind: "note", tone: "due" });
  });

  test("a guide that cites a rule no longer in force is not made", () => {
    const { law } = libraries.en.knowledge;
    const rules = law.rules.map((rule) =>
      rule.id === "29-cfr-2560.503-1#h-2-iii"
        ? { ...rule, inForce: { ...rule.inForce, to: "2026-01-01" } }
        : rule,
    );
    const after = openLibrary({ ...libraries.en.knowledge, law: { ...law, rules } });
    const key = { kind: "treatment-reason", treatment: "dupilumab", reason: "step-therapy" } as const;
    expect(() => composeGuide(key, after)).toThrow(/no longer in force/);
    expect(composeGuide(key, libraries.en)).not.toBeNull();
  });

  test("a source that is due says so; criteria nobody looked at for twice their time leave, and the page is not listed", () => {
    const address = "/guides/medica/pcsk9/step-therapy";
    const on = (today: string) => shelf.page(address, { ...place, today })!;
    expect(on("2026-11-22")).not.toContain("due for checking");
    expect(on("2027-03-01")).toContain("<strong>due for checking</strong>");
    expect(on("2027-03-01")).toContain("LDL-C at least 55");
    expect(on("2027-06-01")).not.toContain("LDL-C at least 55");
    expect(on("2027-06-01")).toContain('content="noindex, follow"');
    expect(on("2026-11-22")).not.toContain("noindex");
  });

  test("a page that is past its day of checking says so", () => {
    const late = shelf.page("/guides/reason/billing-code", { ...place, today: "2029-01-01" })!;
    expect(late).toContain("due for checking");
    expect(shelf.page("/guides/reason/billing-code", place)).not.toContain("due for checking");
  });
});
