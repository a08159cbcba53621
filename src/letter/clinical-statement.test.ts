import { expect, test } from "vitest";
import { isClinicalStatement } from "./clinical-statement.ts";

test.each([
  "Visit 03/14/2024 Nkechi Adeleke, MD, Dermatology",
  "DOB 02/11/1991",
  "Date of birth: February 11, 1991   MRN 00551203",
  "Attending: Ines Fortuna, MD",
  "Electronically signed by Howard T. Stein, MD on 10/12/2026 at 4:05 PM",
  "Patient: Dana",
  "Phone (614) 555-0177 Fax (614) 555-0178",
])("no physician is asked to confirm “%s”", (line) => {
  expect(isClinicalStatement(line)).toBe(false);
});

test.each([
  "EASI 21.4",
  "BSA 22%",
  "Assessment: inadequate response to adalimumab.",
  "78-year-old man admitted 11/10/2026 with acute left middle cerebral artery ischemic stroke.",
  "He needs multiple disciplines (PT, OT, speech).",
  "Seen by Nkechi Adeleke, MD on 03/14/2024: abscess count unchanged.",
  "Chest pressure radiating to the left arm for 40 minutes.",
])("“%s” is for a physician to confirm", (line) => {
  expect(isClinicalStatement(line)).toBe(true);
});
