import type { UnreadPage } from "../layout/page-layout.ts";
import { confidenceOf, type ReadGray } from "./read-gray.ts";

/** A page of OCR words, with the mean of their confidence. */
export function fromOcr(read: ReadGray, facts: { page: number; width: number; height: number }): UnreadPage {
  const confidence = Math.round(confidenceOf(read.words)) / 100;
  return { words: read.words, rules: [], height: read.height, facts: { ...facts, ocr: true, confidence } };
}
