import type { Span } from "#base";
import { boxesOf, type SourceDocument } from "#source";
import type { Say } from "../texts.ts";
import { each, html, type Markup } from "./markup.ts";

/** How much of a long text without pages is shown around the marked words. */
const AROUND = 1500;

/** `paper` and `index` are the paper's id and the document's place in it (an archive holds several). */
export type PaperPage = {
  caseId: string;
  paper: string;
  index: number;
  source: SourceDocument;
  page: number;
  marks: readonly Span[];
  /** Where pictures come from for somebody who has no case of their own; they load when they are looked at. */
  picturesAt?: string;
};

/** One page of a paper with the words marked: its picture where it has one, else its text. */
export function paperPage(view: PaperPage, say: Say): Markup {
  const { caseId, paper, index, source, page, marks, picturesAt } = view;
  const pictures = picturesAt ?? `/cases/${caseId}/papers`;
  const found = source.pages.find((entry) => entry.page === page);
  if (!found) return html`<p>${say("page.missing")}</p>`;
  const here = marks.filter((mark) => mark.document === source.document && mark.page === page);
  const caption = say("page.caption", { name: source.document, page, of: source.pages.length });
  const drawn = found.width && found.height;
  return html`<figure class="paper-page">
<figcaption>${caption}</figcaption>
${
  drawn
    ? html`<div class="sheet" tabindex="0" role="group" aria-label="${caption}"><div class="print">
<img src="${pictures}/${paper}/${index}/${page}/picture" width="${Math.round(found.width! * 1.6)}" height="${Math.round(found.height! * 1.6)}" alt="" decoding="async"${picturesAt ? html` loading="lazy"` : ""}>
<svg viewBox="0 0 ${found.width} ${found.height}" aria-hidden="true" preserveAspectRatio="none">${each(
        here.flatMap((mark) => boxesOf(source, mark)),
        (box) =>
          html`<rect class="mark" x="${box.x - 1}" y="${box.y - 1}" width="${box.width + 2}" height="${box.height + 2}" rx="1.5"/>`,
      )}</svg></div></div>`
    : textWithMarks(found.text, here, caption)
}
</figure>`;
}

function textWithMarks(text: string, marks: Span[], label: string): Markup {
  const sorted = [...marks].sort((a, b) => a.start - b.start);
  const from = Math.max(0, (sorted[0]?.start ?? 0) - AROUND);
  const to = Math.min(text.length, (sorted.at(-1)?.end ?? 0) + AROUND * 2);
  const pieces: Markup[] = [];
  let at = from;
  for (const mark of sorted) {
    if (mark.start < at) continue;
    pieces.push(html`${text.slice(at, mark.start)}<mark>${text.slice(mark.start, mark.end)}</mark>`);
    at = mark.end;
  }
  pieces.push(html`${text.slice(at, to)}`);
  return html`<div class="sheet sheet-text" tabindex="0" role="group" aria-label="${label}">${from > 0 ? "… " : ""}${pieces}${to < text.length ? " …" : ""}</div>`;
}
