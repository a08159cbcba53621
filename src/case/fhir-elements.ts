/** The pieces of FHIR R4 that we write. Only what is used is named; absent elements are left out, never empty. */
export type Coding = { system?: string; code?: string; display?: string };
export type CodeableConcept = { coding?: Coding[]; text?: string };
export type Reference = { reference?: string; display?: string };
export type FhirResource = { resourceType: string; id?: string; [element: string]: unknown };
export type BundleEntry = { fullUrl: string; resource: FhirResource };

/** URI of each code system that facts use; a system without an official URI is left out of the coding. */
const systems: Record<string, string> = {
  "icd-10-cm": "http://hl7.org/fhir/sid/icd-10-cm",
  icd10cm: "http://hl7.org/fhir/sid/icd-10-cm",
  loinc: "http://loinc.org",
  rxnorm: "http://www.nlm.nih.gov/research/umls/rxnorm",
  snomed: "http://snomed.info/sct",
  "snomed-ct": "http://snomed.info/sct",
  hcpcs: "https://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets",
  ndc: "http://hl7.org/fhir/sid/ndc",
  cpt: "http://www.ama-assn.org/go/cpt",
};

export function concept(
  text: string,
  codes: readonly { system: string; code: string }[] = [],
): CodeableConcept {
  const coding = codes.flatMap(({ system, code }) => {
    const uri = system.includes("://") ? system : systems[system.toLowerCase()];
    return uri && code.trim() ? [{ system: uri, code: code.trim() }] : [];
  });
  return { ...(coding.length > 0 ? { coding } : {}), text: plain(text) };
}

/** FHIR strings hold no runs of white space that only a page's layout made, and are never empty. */
export const plain = (text: string): string => text.replace(/\s+/g, " ").trim() || "not stated";

/**
 * The same name gives the same UUID, so that a case exported twice is the same document. Version 8 (RFC 9562: content
 * of our own making); not for secrets.
 */
export function uuidOf(name: string): string {
  const parts = [2166136261, 84696351, 3735928559, 1013904223].map((seed) => hash(name, seed));
  const hex = parts.map((part) => part.toString(16).padStart(8, "0")).join("");
  const variant = ((Number.parseInt(hex[16]!, 16) & 3) | 8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** FNV-1a with a final mix, 32 bits. */
function hash(name: string, seed: number): number {
  let value = seed >>> 0;
  for (const char of name) value = Math.imul(value ^ char.codePointAt(0)!, 16777619) >>> 0;
  value = Math.imul(value ^ (value >>> 16), 2246822507) >>> 0;
  return (value ^ (value >>> 13)) >>> 0;
}

export const urn = (name: string): string => `urn:uuid:${uuidOf(name)}`;
