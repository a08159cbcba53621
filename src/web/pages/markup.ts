import { html, raw } from "hono/html";
import type { FindingStatus } from "#finding";
import type { Say } from "../texts.ts";

/** A piece of a page. `html` escapes every value that is put into it; only our own constants pass through `raw`. */
export type Markup = ReturnType<typeof html>;
export { html };

const shapes: Record<string, string> = {
  met: '<circle cx="10" cy="10" r="9"/><path d="M5.5 10.3l3 3 6-6.4" class="cut"/>',
  unknown:
    '<circle cx="10" cy="10" r="9"/><path d="M7.4 7.6a2.7 2.7 0 1 1 3.6 2.6c-.7.3-1 .8-1 1.6M10 14.4v.2" class="cut"/>',
  "not-met": '<circle cx="10" cy="10" r="9"/><path d="M6.5 6.5l7 7m0-7l-7 7" class="cut"/>',
  conflicting: '<path d="M10 1l9 16H1z"/><path d="M10 7v5M10 14.4v.2" class="cut"/>',
  "not-applicable": '<circle cx="10" cy="10" r="9"/><path d="M5.5 10h9" class="cut"/>',
  warning: '<path d="M10 1l9 16H1z"/><path d="M10 7v5M10 14.4v.2" class="cut"/>',
  information: '<circle cx="10" cy="10" r="9"/><path d="M10 9v5.5M10 5.8v.2" class="cut"/>',
  paper: '<path d="M4 1h8l4 4v14H4z" class="line"/><path d="M12 1v4h4M7 10h6M7 13.5h6" class="line"/>',
  down: '<path d="M10 2v11M5 9l5 5 5-5M3 18h14" class="line"/>',
};

/** A small picture beside a word; it never stands alone, so it is hidden from readers of the screen. */
export function icon(name: string): Markup {
  const shape = shapes[name] ?? shapes.information;
  return html`<svg class="icon icon-${name}" viewBox="0 0 20 20" aria-hidden="true" focusable="false">${raw(shape!)}</svg>`;
}

/** Status as picture, word and colour together. */
export function statusMark(status: FindingStatus, say: Say): Markup {
  return html`<span class="status status-${status}">${icon(status)} ${say.word("status", status)}</span>`;
}

/** A reason to refuse is good news where it does not apply: its words and colour are turned round. */
export function exclusionMark(status: FindingStatus, say: Say): Markup {
  const turned = status === "met" ? "not-met" : status === "not-met" ? "met" : status;
  return html`<span class="status status-${turned}">${icon(turned)} ${say.word("exclusion", status)}</span>`;
}

/** Several pieces in a row. */
export function each<T>(items: readonly T[], draw: (item: T, index: number) => Markup): Markup {
  return html`${items.map(draw)}`;
}

/** A piece only where there is something to say. */
export function when(condition: unknown, draw: () => Markup): Markup {
  return condition ? draw() : html``;
}
