import type { Language } from "../types.ts";
import { english } from "./en.ts";
import { spanish } from "./es.ts";

/** Every sentence of ours in a guide that does not come from knowledge/guides. */
export type SectionWords = typeof english;

export const sectionWords: Record<Language, SectionWords> = { en: english, es: spanish };
