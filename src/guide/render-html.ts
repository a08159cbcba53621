import { dueOn, isLongLate } from "./shelf-life.ts";
import { plainDates } from "./short-words.ts";
import type { Block, Guide, Inline, Section, Source, Text } from "./types.ts";

const escapes: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text made safe for element content and quoted attributes. */
export function escapeHtml(text: string): string {
  return /[&<>"']/.test(text) ? text.replace(/[&<>"']/g, (sign) => escapes[sign]!) : text;
}

/** Words of the frame around a guide, in its language. */
export type FrameWords = {
  checked: (day: string) => string;
  checkAgain: (day: string) => string;
  notReviewed: string;
  due: string;
  /** Said in place of a table whose text nobody looked at for twice its time. */
  gone: (day: string) => string;
  /** Said beside a source that is due. */
  dueSource: string;
  contents: string;
  related: string;
  sources: string;
  source: (number: number) => string;
  sourceHead: string[];
  start: string;
  report: string;
  /** Beside each source: the link to report an error in what rests on it. */
  reportFact: string;
  read: Record<Source["read"], string>;
};

/**
 * The `<main>` content of a guide: headings in order, tables with captions and scoped headers, numbered sources that link
 * both ways. No script. `today` decides whether the page says that it is due for checking.
 */
export function renderGuide(guide: Guide, words: FrameWords, today: string): string {
  const crumbs = guide.crumbs
    .map(({ href, words: name }) => `<li><a href="${escapeHtml(href)}">${escapeHtml(name)}</a></li>`)
    .join("");
  const late = today > guide.checkAgainBy ? `<p class="note note-due">${escapeHtml(words.due)}</p>` : "";
  return `<nav class="crumbs" aria-label="Breadcrumb"><ol>${crumbs}</ol></nav>
<article class="guide">
<h1>${escapeHtml(guide.heading)}</h1>
<p class="checked">${escapeHtml(words.checked(plainDates(guide.checked, guide.language)))} ${escapeHtml(words.checkAgain(plainDates(guide.checkAgainBy, guide.language)))} ${escapeHtml(words.notReviewed)}</p>
${late}${contents(guide.sections, words)}
${sectionsOn(today, guide, words).join("\n")}
${renderRelated(guide, words)}
${renderSources(guide, words, today)}
</article>`;
}

function contents(sections: Section[], words: FrameWords): string {
  const items = sections
    .map(({ id, heading }) => `<li><a href="#${id}">${escapeHtml(heading)}</a></li>`)
    .join("");
  return `<details class="contents"><summary>${escapeHtml(words.contents)}</summary><ol>${items}</ol></details>`;
}

function sectionsOn(today: string, { sections, sources, language }: Guide, words: FrameWords): string[] {
  const late = new Map(
    sources.flatMap((one) =>
      isLongLate(one, today) ? [[one.number, plainDates(one.checked!, language)] as const] : [],
    ),
  );
  if (late.size === 0) return sections.map((section) => sectionOnce(section, words));
  return sections.map(({ id, heading, blocks }) => {
    const shown = blocks.map((block): Block => {
      const day = block.kind === "table" && block.marker !== undefined ? late.get(block.marker) : undefined;
      if (day === undefined) return block;
      const marker = { source: (block as { marker: number }).marker };
      return { kind: "note", tone: "due", text: [words.gone(day), marker] };
    });
    return renderSection({ id, heading, blocks: shown }, words);
  });
}

/** Whether all criteria of a page have left it, so that search engines have nothing to find there. */
export function isEmptied({ sections, sources }: Guide, today: string): boolean {
  const tables = sections.flatMap(({ blocks }) =>
    blocks.flatMap((block) => (block.kind === "table" && block.marker !== undefined ? [block.marker] : [])),
  );
  return (
    tables.length > 0 &&
    tables.every((number) => isLongLate(sources.find((one) => one.number === number)!, today))
  );
}

const rendered = new WeakMap<Section, string>();

/** A shared section belongs to one library, and so to one language. */
function sectionOnce(section: Section, words: FrameWords): string {
  if (!section.shared) return renderSection(section, words);
  const ready = rendered.get(section);
  if (ready !== undefined) return ready;
  const html = renderSection(section, words);
  rendered.set(section, html);
  return html;
}

function renderSection({ id, heading, blocks }: Section, words: FrameWords): string {
  return `<section><h2 id="${id}">${escapeHtml(heading)}</h2>\n${blocks.map((block) => renderBlock(block, words)).join("\n")}\n</section>`;
}

function renderBlock(block: Block, words: FrameWords): string {
  switch (block.kind) {
    case "paragraph":
      return `<p>${renderText(block.text, words)}</p>`;
    case "note":
      return `<p class="note note-${block.tone}">${renderText(block.text, words)}</p>`;
    case "list": {
      const tag = block.style === "numbers" ? "ol" : "ul";
      const items = block.items.map((item) => `<li>${renderText(item, words)}</li>`).join("");
      return `<${tag}${block.style === "boxes" ? ' class="boxes"' : ""}>${items}</${tag}>`;
    }
    case "details":
      return `<details><summary>${escapeHtml(block.summary)}</summary>${block.blocks.map((inner) => renderBlock(inner, words)).join("\n")}</details>`;
    case "table":
      return renderTable(block, words);
  }
}

/** On a phone each row becomes a card: every cell carries its column's name in `data-label`. */
function renderTable(
  { caption, head, rows, marker }: Extract<Block, { kind: "table" }>,
  words: FrameWords,
): string {
  const heads = head.map((cell) => `<th scope="col">${escapeHtml(cell)}</th>`).join("");
  const body =
    marker === undefined
      ? renderRows(rows, head, words)
      : sharedRows(rows, head, words).join(renderInline({ source: marker }, words));
  const name = escapeHtml(caption);
  return `<div class="table" role="region" aria-label="${name}" tabindex="0"><table><caption>${name}</caption><thead><tr>${heads}</tr></thead><tbody>${body}</tbody></table></div>`;
}

const shared = new WeakMap<Text[][], string[]>();

/** Rows that stand on many pages, rendered once and cut where the number of their source goes. */
function sharedRows(rows: Text[][], head: string[], words: FrameWords): string[] {
  const ready = shared.get(rows);
  if (ready) return ready;
  const parts = renderRows(rows, head, words).split(renderInline({ source: 0 }, words));
  shared.set(rows, parts);
  return parts;
}

function renderRows(rows: Text[][], head: string[], words: FrameWords): string {
  const body = rows.map((row) => {
    const cells = row.map((cell, column) => {
      const text = renderText(cell, words);
      return column === 0
        ? `<th scope="row">${text}</th>`
        : `<td data-label="${escapeHtml(head[column] ?? "")}">${text}</td>`;
    });
    return `<tr>${cells.join("")}</tr>`;
  });
  return body.join("\n");
}

export function renderText(text: Text, words: FrameWords): string {
  return text.map((piece) => renderInline(piece, words)).join("");
}

function renderInline(piece: Inline, words: FrameWords): string {
  if (typeof piece === "string") return escapeHtml(piece);
  if ("english" in piece) return `<span lang="en">${escapeHtml(piece.english)}</span>`;
  if ("strong" in piece) return `<strong>${escapeHtml(piece.strong)}</strong>`;
  if ("href" in piece) return `<a href="${escapeHtml(piece.href)}">${escapeHtml(piece.words)}</a>`;
  const number = piece.source;
  return ` <a class="source" href="#s${number}" aria-label="${escapeHtml(words.source(number))}">[${number}]</a>`;
}

function renderRelated({ related }: Guide, words: FrameWords): string {
  if (related.length === 0) return "";
  const items = related.map(
    ({ href, words: name, why }) =>
      `<li><a href="${escapeHtml(href)}">${escapeHtml(name)}</a> – ${escapeHtml(why)}</li>`,
  );
  return `<section><h2 id="related">${escapeHtml(words.related)}</h2><ul>${items.join("")}</ul></section>`;
}

function renderSources(guide: Guide, words: FrameWords, today: string): string {
  if (guide.sources.length === 0) return "";
  const heads = words.sourceHead.map((cell) => `<th scope="col">${escapeHtml(cell)}</th>`).join("");
  const rows = guide.sources.map((source) => sourceRow(source, guide.language, words, today));
  const report = `<p><a href="/report?guide=${encodeURIComponent(guide.path)}">${escapeHtml(words.report)}</a></p>`;
  return `<section><h2 id="sources">${escapeHtml(words.sources)}</h2><div class="table" role="region" aria-label="${escapeHtml(words.sources)}" tabindex="0"><table><thead><tr>${heads}</tr></thead><tbody>${rows.join("\n")}</tbody></table></div>${report}</section>`;
}

const sourceRows = new WeakMap<Source, string>();

function sourceRow(source: Source, language: Guide["language"], words: FrameWords, today: string): string {
  const due = dueOn(source);
  const late = due !== null && today > due;
  const ready = late ? undefined : sourceRows.get(source);
  if (ready !== undefined) return ready;
  const label = escapeHtml(source.label);
  const name = source.url ? `<a href="${escapeHtml(source.url)}" rel="noopener">${label}</a>` : label;
  const cells = [
    name,
    escapeHtml(source.usedFor),
    escapeHtml(source.textDated ? plainDates(source.textDated, language) : "–"),
    escapeHtml(source.checked ? plainDates(source.checked, language) : "–") +
      (late ? ` <strong>${escapeHtml(words.dueSource)}</strong>` : ""),
    `${escapeHtml(words.read[source.read])} <a href="/report?fact=${encodeURIComponent(source.records[0]!)}">${escapeHtml(words.reportFact)}</a>`,
  ];
  const rest = cells
    .map((cell, index) => `<td data-label="${escapeHtml(words.sourceHead[index + 1] ?? "")}">${cell}</td>`)
    .join("");
  const row = `<tr id="s${source.number}"><th scope="row">${source.number}</th>${rest}</tr>`;
  if (!late) sourceRows.set(source, row);
  return row;
}
