import type { Outline } from "./outline.ts";
import { namesIndication } from "./section-roles.ts";
import { isCoverageStatement } from "./words.ts";

/** "The following procedures are considered medically necessary:" lists things, each covered by itself. */
const listsServices =
  /\bfollowing (?:interventions?|procedures?|services?|items?|devices?|products?|tests?|studies|treatments?)\b[^.;]{0,40}\bmedically necessary\b[^.;]{0,30}(?::|$)/i;

/** "Indications for shoulder MRI": what stands below such a title are ways to be covered, and not demands. */
export const titlesIndications = (title: string): boolean =>
  /^(?:(?:clinical|general|elective|common|imaging|covered) )?indications?(?: for\b[^,/]*)?:?$/i.test(
    title.trim(),
  ) || /^(?:when|reasons?) [^,/]{0,40}\b(?:is|are) (?:indicated|appropriate)$/i.test(title.trim());

/** "… is covered for the following indications:" and lists of "Patients with …" name ways to be covered. */
export function listsIndications(lead: string, listed: readonly Outline[]): boolean {
  if (/\b(?:must|all of|each of|criteria|requirements)\b/i.test(lead)) return false;
  const announced =
    /\b(?:indications?|diagnos[ie]s|(?:following|any of these) (?:medical )?conditions?|for (?:the )?(?:treatment|management) of)\b[^.;]*(?::|$)/i.test(
      lead,
    ) && !/conditions? (?:are|is|must be) met/i.test(lead);
  if (listsServices.test(lead)) return true;
  const patients = listed.filter(
    ({ block }) =>
      isCoverageStatement(block.passage.text) ||
      /^(?:patients?|individuals?|beneficiar\w+|members?|persons?|adults|children) (?:with|who|undergoing|having)\b|^for (?:the )?(?:treatment|patients)|^(?:treatment|management) of\b/i.test(
        block.passage.text,
      ),
  ).length;
  const names = listed.filter(({ block }) =>
    namesIndication(block.passage.text.replace(/[.;,]+$/, "")),
  ).length;
  return (
    (announced && names * 2 >= listed.length) || (listed.length > 1 && patients * 5 >= listed.length * 3)
  );
}
