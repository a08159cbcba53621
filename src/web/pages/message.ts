import type { Say } from "../texts.ts";
import { html, type Markup } from "./markup.ts";

/** A page that says one thing and leads home. */
export function message(title: string, text: string, say: Say): Markup {
  return html`<h1>${title}</h1><p class="lead">${text}</p><p><a class="button" href="/">${say("error.home")}</a></p>`;
}
