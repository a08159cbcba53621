import type { Subject } from "./compose.ts";
import type { Language, Source } from "./types.ts";

/** schema.org data of a guide about a denial; nothing that invites odds, ratings or sale. */
export function structured(
  { treatment }: Subject,
  title: string,
  path: string,
  language: Language,
  sources: readonly Source[],
  checked: string,
): Record<string, unknown> {
  const { codes = {}, kind, name, names } = treatment!;
  const numbers = [
    ...(codes.cpt ?? []).map((code) => ["CPT", code]),
    ...(codes.hcpcs ?? []).map((code) => ["HCPCS", code]),
  ].slice(0, 6);
  const type = kind === "drug" ? "Drug" : kind === "device" ? "MedicalDevice" : "MedicalProcedure";
  return {
    "@context": "https://schema.org",
    "@type": "MedicalWebPage",
    url: path,
    inLanguage: language,
    name: title,
    lastReviewed: checked,
    dateModified: checked,
    audience: { "@type": "Patient" },
    about: {
      "@type": type,
      name,
      ...(names.length > 0 ? { alternateName: names } : {}),
      ...(numbers.length > 0
        ? {
            code: numbers.map(([codingSystem, codeValue]) => ({
              "@type": "MedicalCode",
              codingSystem,
              codeValue,
            })),
          }
        : {}),
    },
    citation: sources.flatMap(({ label, url }) =>
      url ? [{ "@type": "CreativeWork", name: label, url }] : [],
    ),
  };
}
