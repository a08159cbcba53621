import type { CaseKnowledge } from "#case";
import {
  loadClinical,
  loadCodes,
  loadDenialPhrases,
  loadLaw,
  loadLetters,
  loadMatching,
  loadPaperSorts,
  loadPayers,
  loadPlanWords,
  loadPolicies,
  loadPolicyWords,
  loadTreatments,
} from "#knowledge";

/** Everything the pipeline knows beside the papers, loaded together. */
export async function loadCaseKnowledge(): Promise<CaseKnowledge> {
  const [sorts, payers, treatments, codes, phrases, plan, law, words, policies, clinical, matching, letters] =
    await Promise.all([
      loadPaperSorts(),
      loadPayers(),
      loadTreatments(),
      loadCodes(),
      loadDenialPhrases(),
      loadPlanWords(),
      loadLaw(),
      loadPolicyWords(),
      loadPolicies(),
      loadClinical(),
      loadMatching(),
      loadLetters(),
    ]);
  return {
    intake: { sorts },
    denial: { payers, treatments, codes, phrases },
    plan,
    law,
    policy: { words, clinical, treatments, payers: payers.flatMap(({ names }) => names) },
    policies,
    clinical,
    matching,
    letters,
    drugsOf: new Map(
      treatments
        .filter(({ kind }) => kind === "drug")
        .map(({ id, drugs }) => [id, (drugs ?? []).map(({ generic }) => generic)]),
    ),
  };
}
