import { condition, exclusion } from "./condition.ts";
import { duration, event, response, study } from "./event.ts";
import { measure, scale } from "./measure.ts";
import { continuation, contraindication, currentTherapy, noConcurrent, priorTherapy } from "./therapy.ts";
import type { Evaluate } from "./verdict.ts";
import { age, attested, prescriber } from "./who.ts";

/** Evaluator by predicate kind. A kind that is not here is judged by the words of the record alone. */
export const evaluators: Readonly<Record<string, Evaluate>> = {
  measure,
  scale,
  levelOfCareDimension: scale,
  lab: study,
  imaging: study,
  test: study,
  screening: study,
  assessment: study,
  procedure: event,
  dx: condition,
  finding: condition,
  status: condition,
  genetic: condition,
  family: condition,
  persistence: condition,
  history: exclusion,
  exclusion,
  event,
  duration,
  response,
  age,
  prescriber,
  facility: attested,
  attest: attested,
  priorTherapy,
  preferredProduct: priorTherapy,
  conservativeCare: duration,
  currentTherapy,
  concurrent: currentTherapy,
  continuation,
  contraindication,
  noConcurrent,
};
