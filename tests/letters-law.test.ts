import { describe, expect, test } from "vitest";
import { loadLaw, loadLetters } from "#knowledge";

const law = await loadLaw();
const letters = await loadLetters();

/** Every id of the law files: rules, what goes with them, duties and what a notice must say. */
const known = [
  ...law.rules.flatMap((rule) => [rule.id, ...rule.also.map(({ id }) => id), rule.cite.id]),
  ...law.duties.flatMap(({ id, cite }) => [id, cite.id]),
  ...law.elements.flatMap(({ id, cite }) => [id, cite.id]),
].map((id) => id.toLowerCase());

/** `inner` is `outer` or a paragraph inside it. */
const within = (inner: string, outer: string) =>
  inner === outer || (inner.startsWith(outer) && /^[-.#]/.test(inner.slice(outer.length)));
const isHeld = (id: string) => known.some((other) => within(other, id) || within(id, other));

/** Paragraphs that letters cite and from which the law files neither count a day nor take a duty. */
const onlyInLetters = [
  "45-cfr-147.136#b-2-ii-e",
  "29-cfr-2520.104b-30#b",
  "45-cfr-149.410#a",
  "42-cfr-422.590#forward",
  "42-usc-1395w-104#h-2",
  "42-cfr-423.600#b",
  "42-cfr-423.600#e",
  "42-cfr-405.944#b",
  "42-cfr-457.1140",
  "42-cfr-457.1140#d-2",
  "42-cfr-431.200#a",
  "42-cfr-431.242#a",
  "42-cfr-431.242#b",
  "42-cfr-431.240#b",
  "42-cfr-431.244#a",
  "42-cfr-431.224#a",
  "5-cfr-890.105#e-2",
  "42-cfr-422.582#c",
  "42-cfr-423.582#c",
  "42-cfr-405.942#b",
  "42-cfr-405.964#b",
  "42-cfr-405.1014#a-1",
  "42-cfr-405.1000#d",
  "42-cfr-405.1038#a",
  "42-cfr-423.2014#a-1",
  "42-cfr-423.2004#b",
  "42-cfr-405.1112#b",
  "42-cfr-423.2112#b",
  "42-cfr-405.910#c",
  "29-cfr-2560.503-1#b-4",
  "45-cfr-164.524#b-2",
];

describe("the law that letters print", () => {
  test("every citation is one of the law files, so that a rule retired there is not cited here", () => {
    const loose = letters.law.map(({ id }) => id).filter((id) => !isHeld(id));
    expect(loose).toEqual(onlyInLetters);
  });
});
