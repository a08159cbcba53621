import { expect, test } from "vitest";
import { loadLetters } from "#knowledge";
import { crohnCase } from "../../tests/fixtures/crohn-case.ts";
import { setDesk } from "./draft-letters.ts";
import { providerAddress } from "./offices.ts";
import { memberAddress } from "./people.ts";

const knowledge = await loadLetters();

/** The desk of a case whose notice reads otherwise after the member's name. */
function deskWith(change: (page: { text: string }) => void, document = "denial.txt") {
  const input = crohnCase();
  change(input.documents.find((source) => source.document === document)!.pages[0]!);
  return setDesk(input, knowledge);
}
const afterName = (lines: string) =>
  memberAddress(
    deskWith((page) => {
      page.text = page.text.replace("14 Quarry Lane\nDayton, OH 45402", lines);
    }),
  )?.text ?? null;

test.each([
  ["14 Quarry Lane\nDayton, OH 45402", "14 Quarry Lane, Dayton, OH 45402"],
  ["Member number: HMP555\n14 Quarry Lane\nDayton, OH 45402", "14 Quarry Lane, Dayton, OH 45402"],
  ["P.O. Box 5512\nDayton, OH 45402-0012", "P.O. Box 5512, Dayton, OH 45402-0012"],
  ["Patient number: 1EG4\nPrairie Home Health Agency, 20 Main Street, Lincoln NE 68508, 402-555-0161", null],
])("below the member's name: %j", (lines, address) => {
  expect(afterName(lines)).toBe(address);
});

test("the provider's address is what stands right after its name, and nobody else's further on", () => {
  const with_ = (lines: string) =>
    providerAddress(
      deskWith((page) => {
        page.text = page.text.replace("Provider: Leon Abara, MD", `Provider: Leon Abara, MD${lines}`);
      }),
    )?.text ?? null;
  expect(with_("\n77 Clinic Way, Suite 4\nDayton, OH 45403")).toBe(
    "77 Clinic Way, Suite 4, Dayton, OH 45403",
  );
  expect(with_("\nMail the answer to the patient, 14 Quarry Lane, Dayton, OH 45402")).toBeNull();
});
