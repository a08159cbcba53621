import type { XmlElement } from "@rgrove/parse-xml";
import { kid, kids } from "./xml.ts";

/** Sections by LOINC code; a code not here reads its entries by their own kind. */
export const sectionKinds: Record<string, string> = {
  "11450-4": "problems",
  "11348-0": "past",
  "46241-6": "problems",
  "29308-4": "problems",
  "11535-2": "problems",
  "10219-4": "problems",
  "10218-6": "problems",
  "75310-3": "problems",
  "48765-2": "allergies",
  "10160-0": "medications",
  "10183-2": "medications",
  "29549-3": "medications",
  "42346-7": "medications",
  "11369-6": "immunizations",
  "30954-2": "results",
  "8716-3": "vitals",
  "29762-2": "social",
  "10157-6": "family",
  "47519-4": "procedures",
  "46240-8": "encounters",
  "18776-5": "plan",
  "46264-8": "equipment",
  "47420-5": "functional",
  "10190-7": "functional",
  "61146-7": "plan",
  "62387-6": "procedures",
  "42348-3": "skip",
  "48768-6": "skip",
  "88122-7": "skip",
};

const problemTemplates = [
  "2.16.840.1.113883.10.20.22.4.4",
  "2.16.840.1.113883.10.20.1.28",
  "1.3.6.1.4.1.19376.1.5.3.1.4.5",
];
/** A problem, by its template. */
export const isProblem = (element: XmlElement) =>
  kids(element, "templateId").some(({ attributes }) => problemTemplates.includes(attributes["root"] ?? ""));
/** Status, severity, age and the like of another statement. */
export const isStatus = (element: XmlElement) =>
  ["33999-4", "SEV", "445518008", "11323-3", "48767-8"].includes(
    kid(element, "code")?.attributes["code"] ?? "",
  );
