/**
 * @module io — the outside, by subject. Implements function types that pure modules declare.
 */
export { readFiles } from "./papers-in/read-files.ts";
export { manifestOf, type OutputFile, type RenderedCase, renderCase } from "./papers-out/render-case.ts";
export { renderLetterDocx } from "./papers-out/render-docx.ts";
export { type LetterPdfOptions, renderLetterPdf } from "./papers-out/render-letter.ts";
export { type ChannelLimit, type PacketPart, splitPacket } from "./papers-out/split-packet.ts";
export { pagePicture } from "./pictures/page-picture.ts";
export { openStore, type StoreOptions } from "./store/open-store.ts";
