import type { GroundId, Reading } from "#base";
import type { DenialCode } from "#knowledge";
import type { Place } from "./json-place.ts";
import { phrasesOf } from "./phrases.ts";
import type { DenialKnowledge } from "./read-denial.ts";
import type { Ground } from "./types.ts";

/** A public code found in structured data. */
export type NamedCode = { code: string; row: DenialCode; denial: boolean; reading: Reading<string> };

/** Grounds from codes, and from the words that travel with them (disposition, notes, error texts). */
export function fhirGrounds(
  answer: Place,
  codes: readonly NamedCode[],
  { phrases }: DenialKnowledge,
): Ground[] {
  const spoken = [
    answer.at("disposition"),
    ...answer.list("processNote").map((note) => note.at("text")),
    ...answer.list("error").map((error) => error.at("code", "text")),
    ...reviewReasons(answer),
  ].filter((place) => place.text());
  const rows = phrasesOf(phrases.grounds.filter(({ strength }) => strength === "strong"));
  const said = spoken.flatMap((place) =>
    rows.flatMap((phrase) => {
      const text = place.text()!;
      return phrase.says.test(text) && !phrase.unless?.test(text)
        ? [{ id: phrase.row.id as GroundId, from: place.span() }]
        : [];
    }),
  );
  return groundsOf(said, codes);
}

/** The reason that travels with a review action: its own words, or those of its code. */
function reviewReasons(answer: Place): Place[] {
  const inside = (place: Place): Place[] =>
    place.list("extension").flatMap((one) => {
      if (!/reason/i.test(one.text("url") ?? "")) return inside(one);
      const concept = one.at("valueCodeableConcept");
      return [concept.at("text"), ...concept.list("coding").map((coding) => coding.at("display"))];
    });
  return [...answer.list("item"), ...answer.list("addItem")]
    .flatMap((item) => item.list("adjudication"))
    .concat(answer.list("adjudication"))
    .flatMap(inside);
}

/** Puts codes to the grounds they speak of; a broad code joins a ground that is already there. */
export function groundsOf(
  said: readonly { id: GroundId; from: Reading<string>["from"][number] }[],
  codes: readonly NamedCode[],
): Ground[] {
  const grounds = new Map<GroundId, Ground>();
  const of = (id: GroundId): Ground => {
    const ground = grounds.get(id) ?? { id, from: [], codes: [] };
    grounds.set(id, ground);
    return ground;
  };
  for (const { id, from } of said) of(id).from.push(from);
  const inOrder = [...codes].sort((a, b) => Number(a.row.broad ?? false) - Number(b.row.broad ?? false));
  for (const { code, row, reading, denial } of inOrder) {
    if (!denial && !code.startsWith("RARC") && !code.startsWith("NCPDP")) continue;
    const known = [...row.grounds, ...(row.also ?? [])].find((id) => grounds.has(id));
    const id = known ?? (row.broad ? [...grounds.keys()][0] : undefined) ?? row.grounds[0];
    if (!id) continue;
    const ground = of(id);
    if (!ground.codes.includes(code)) ground.codes.push(code);
    ground.from.push(...reading.from);
  }
  return [...grounds.values()];
}
