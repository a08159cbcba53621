/**
 * @module guide — payer × treatment × reason → Guide, composed from the same knowledge.
 */
import type { Library } from "./compose.ts";
import { composeDenialGuide } from "./compose.ts";
import { composeBroadGuide } from "./compose-broad.ts";
import type { Guide, GuideKey } from "./types.ts";

export { type GuideKnowledge, type Library, openLibrary } from "./compose.ts";
export { allKeys, pathOf, spanishKeys, standingOf } from "./guide-keys.ts";
export { namesOf, payerName, treatmentName } from "./names.ts";
export { escapeHtml, type FrameWords, renderGuide } from "./render-html.ts";
export { frameWords, type Place, renderFrame, renderGuidePage } from "./render-page.ts";
export { type Hit, openSearch, type SearchIndex, searchGuides } from "./search.ts";
export type * from "./types.ts";

/** The guide of a key, or `null` where there is no such page. */
export function composeGuide(key: GuideKey, library: Library): Guide | null {
  if (key.kind === "payer-treatment-reason" || key.kind === "treatment-reason")
    return composeDenialGuide(key, library);
  return composeBroadGuide(key, library);
}
