import type { SourceDocument } from "#source";

/** A treatment and the names it goes by. */
export type TreatmentNames = {
  id: string;
  name: string;
  names: string[];
  drugs?: { generic: string; brands?: string[] }[];
};

/** Treatments that the policy's title names; where it names none, those whose drugs its first page names most. */
export function treatmentsIn(
  title: string,
  document: SourceDocument,
  treatments: readonly TreatmentNames[],
): string[] {
  const inTitle = named(title, treatments);
  if (inTitle.length > 0) return inTitle.slice(0, 4);
  const first = (document.pages[0]?.text ?? "").slice(0, 1500);
  return named(first, treatments).slice(0, 2);
}

function named(text: string, treatments: readonly TreatmentNames[]): string[] {
  const words = ` ${text.toLowerCase().replace(/[^a-z0-9/+]+/g, " ")} `;
  return treatments
    .map(({ id, name, names, drugs }) => {
      const all = [
        name,
        ...names,
        ...(drugs ?? []).flatMap(({ generic, brands }) => [generic, ...(brands ?? [])]),
      ];
      const found = all
        .map((one) =>
          one
            .toLowerCase()
            .replace(/[^a-z0-9/+]+/g, " ")
            .trim(),
        )
        .filter((one) => one.length > 3 && words.includes(` ${one} `));
      return { id, weight: found.reduce((sum, one) => sum + one.length, 0) };
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .map(({ id }) => id);
}
