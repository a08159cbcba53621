/**
 * @module guide — payer × treatment × reason → Guide, composed from the same knowledge.
 */
export { escapeHtml, type FrameWords, renderGuide } from "./render-html.ts";
export type * from "./types.ts";
