import { expect, test } from "vitest";
import { bundleFiles, type Way } from "./parcels.ts";

const paper = (name: string) => ({ name, bytes: new Uint8Array(), sha256: "", pages: 1 });
const bundle = {
  parcels: [],
  packet: paper("packet.pdf"),
  cover: paper("cover-sheet.pdf"),
  signed: [paper("physician-letter-signed.pdf")],
  issues: [],
};
const names = (channel: Way["channel"], given = bundle) =>
  bundleFiles(given, { channel } as Way).map(({ name }) => name);

test("a portal is given the signed letter by itself, so that its signature can be checked; the post a cover sheet", () => {
  expect(names("portal")).toEqual(["packet.pdf", "physician-letter-signed.pdf"]);
  expect(names("mail")).toEqual(["cover-sheet.pdf", "packet.pdf"]);
  expect(names("portal", { ...bundle, signed: [] })).toEqual(["packet.pdf"]);
});
