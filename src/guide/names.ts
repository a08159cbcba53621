import type { GuideReason, Payer, Treatment } from "#knowledge";
import type { Library } from "./compose.ts";
import type { GuideKey } from "./types.ts";

/** How pages name their subject; nothing here is a slug. */
export type Names = {
  payer: string | null;
  /** The payer in titles, where its usual name is long. */
  brief: string | null;
  treatment: string;
  phrase: string;
};

/** A payer by the name readers know. */
export function payerName({ id, names }: Payer, { words }: Library): string {
  return words.names.payers[id] ?? names[0]!;
}

/** How a ground completes "denied …" for a kind of care. */
export function phraseFor(reason: GuideReason, treatment: Treatment | null | undefined): string {
  return (treatment && reason.phraseFor?.[treatment.kind]) ?? reason.phrase;
}

/** As it stands at the beginning of a line. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A short name for titles: the one we chose, or the brand where there is only one, or the name itself. */
export function treatmentName({ id, name, drugs }: Treatment, { words, language }: Library): string {
  const chosen = (language === "es" ? words.names.spanish[id] : undefined) ?? words.names.treatments[id];
  if (chosen) return chosen;
  const brands = drugs?.length === 1 ? (drugs[0]!.brands ?? []) : [];
  return brands.length === 1 && name.length > 24 ? brands[0]! : name;
}

export function namesOf(key: GuideKey, library: Library): Names {
  const payer = key.payer ? library.payers.get(key.payer) : undefined;
  const reason = key.reason ? library.reasons.get(key.reason) : undefined;
  const treatment = key.treatment ? library.treatments.get(key.treatment) : undefined;
  return {
    payer: payer ? payerName(payer, library) : null,
    brief: payer ? (library.words.names.shortPayers[payer.id] ?? payerName(payer, library)) : null,
    treatment: treatment ? treatmentName(treatment, library) : "",
    phrase: reason ? phraseFor(reason, treatment) : "",
  };
}

/** The full name at the head of a page; in Spanish the short one, because the rows are in English. */
export function fullName(treatment: Treatment, library: Library): string {
  return library.language === "es" ? capital(treatmentName(treatment, library)) : treatment.name;
}
