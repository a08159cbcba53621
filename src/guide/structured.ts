import type { Subject } from "./compose.ts";
import type { Block, GuideKey, Language, Section, Source, Text } from "./types.ts";

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

/** Types of the broader pages: questions and steps are named as such only where the page shows them as such. */
export function structuredBroad(
  kind: GuideKey["kind"],
  sections: readonly Section[],
): Record<string, unknown> {
  const asked = sections.filter(({ heading }) => /[?]$/.test(heading));
  if (kind === "reason" && asked.length > 1) {
    return {
      "@type": ["WebPage", "FAQPage"],
      mainEntity: asked.map(({ heading, blocks }) => ({
        "@type": "Question",
        name: heading,
        acceptedAnswer: { "@type": "Answer", text: blocks.map(textOf).filter(Boolean).join(" ") },
      })),
    };
  }
  const steps = sections.filter(({ blocks }) => blocks.some(isSteps));
  if (kind === "how-to" && steps.length > 0) {
    return {
      "@type": "WebPage",
      mainEntity: {
        "@type": "HowTo",
        name: steps[0]!.heading,
        step: steps.flatMap(({ heading, blocks }) =>
          blocks
            .filter(isSteps)
            .flatMap(({ items }) =>
              items.map((item) => ({ "@type": "HowToStep", name: heading, text: plain(item) })),
            ),
        ),
      },
    };
  }
  return { "@type": "WebPage" };
}

type List = Extract<Block, { kind: "list" }>;

function isSteps(block: Block): block is List {
  return block.kind === "list" && block.style === "numbers";
}

function textOf(block: Block): string {
  if (block.kind === "paragraph" || block.kind === "note") return plain(block.text);
  if (block.kind === "list") return block.items.map(plain).join(" ");
  if (block.kind === "table")
    return block.rows.map((row) => row.map(plain).filter(Boolean).join(": ")).join(" ");
  return "";
}

function plain(text: Text): string {
  return text
    .map((piece) =>
      typeof piece === "string"
        ? piece
        : "strong" in piece
          ? piece.strong
          : "english" in piece
            ? piece.english
            : "words" in piece
              ? piece.words
              : "",
    )
    .join("");
}
