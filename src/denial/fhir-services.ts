import type { CodeSystem } from "#base";
import type { Place } from "./json-place.ts";
import { TreatmentFinder } from "./match-treatment.ts";
import type { DenialKnowledge } from "./read-denial.ts";
import type { Denial, DeniedService } from "./types.ts";

const systems: [RegExp, CodeSystem][] = [
  [/cdt|ada\.org/i, "cdt"],
  [/cpt|ama-assn/i, "cpt"],
  [/hcpcs/i, "hcpcs"],
  [/ndc/i, "ndc"],
  [/revenue|nubc/i, "rev"],
  [/icd-10-pcs/i, "icd-10-pcs"],
];

/** Lines of the answer, else of the claim that was asked. */
export function servicesOf(
  answer: Place,
  claim: Place | undefined,
  { treatments }: DenialKnowledge,
): DeniedService[] {
  const finder = new TreatmentFinder(treatments);
  const own = [...answer.list("item"), ...answer.list("addItem")];
  const items = own.some((item) => item.at("productOrService").exists) ? own : (claim?.list("item") ?? []);
  return items.flatMap((item) => {
    const codings = [...item.at("productOrService").list("coding"), ...item.at("revenue").list("coding")];
    const codes = codings.flatMap((coding) => {
      const system = systems.find(([pattern]) => pattern.test(coding.text("system") ?? ""))?.[1];
      const code = coding.words("code");
      return system && code ? [{ ...code, system }] : [];
    });
    const description =
      item.words("productOrService", "text") ??
      codings.map((coding) => coding.words("display")).find(Boolean) ??
      codes[0];
    if (!description) return [];
    const submitted = item.list("adjudication").find((one) =>
      one
        .at("category")
        .list("coding")
        .some((coding) => coding.text("code") === "submitted"),
    );
    const amount = submitted?.at("amount", "value") ?? item.at("net", "value");
    const from = (item.text("servicedDate") ?? item.text("servicedPeriod", "start"))?.slice(0, 10);
    const to = item.text("servicedPeriod", "end")?.slice(0, 10);
    const found = codes.map(({ value, system, from: spans }) => ({
      value,
      system,
      start: spans[0]!.start,
      end: spans[0]!.end,
    }));
    return [
      {
        description: { value: description.value, from: description.from, by: description.by },
        codes,
        treatmentId: finder.find(description.value, found, "")?.id ?? null,
        ...(from ? { from } : {}),
        ...(to ? { to } : {}),
        ...(amount?.text() ? { amount: amount.reading(Number(amount.text())) } : {}),
      },
    ];
  });
}

export function diagnosesOf(places: readonly Place[]): Denial["diagnoses"] {
  const seen = new Set<string>();
  return places
    .flatMap((place) =>
      place.list("diagnosis").flatMap((one) => one.at("diagnosisCodeableConcept").list("coding")),
    )
    .filter((coding) => /icd-10/i.test(coding.text("system") ?? ""))
    .flatMap((coding) => {
      const code = coding.words("code");
      if (!code || seen.has(code.value)) return [];
      seen.add(code.value);
      return [{ ...code, system: "icd-10-cm" as const }];
    });
}
