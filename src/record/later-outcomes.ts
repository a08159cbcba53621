import { outcomeOf } from "./course-outcomes.ts";
import { intolerant, starts, stopped } from "./course-phrases.ts";
import type { Draft } from "./drafts.ts";
import type { Lexicon } from "./lexicon.ts";
import type { Sentence } from "./sentence.ts";

/** The drug, the patient or the complaint goes on as the subject; or the sentence begins with what came of it. */
const goesOnAbout =
  /^\s*(?:(?:but|however|unfortunately|overall|subsequently|then|eventually|later|initially|there was|there has been|with this,?),?\s+)*(?:(?:it|this|that|these|he|she|the (?:drug|medication|medicine|patient|response|effect|benefit|treatment|regimen)|(?:the )?(?:patient|pt)|(?:his|her|the) (?:symptoms?|pain|disease|headaches?|seizures?|response|itch\w*|rash|attacks?|mood|condition))\s+(?:did|does|has|had|have|was|were|is|are|wasn't|caused?|made|gave|helped|worked|failed|provided|produced|led|resulted|continued|persisted|worsened|recurred|improved|experienced|developed|reported|noted|could|lost|stopped|discontinued|remained|tolerated|responded|achieved|got|progressed|relapsed|flared)|no\b|not (?:tolerated|effective|helpful)|without\b|minimal\b|little\b|partial\b|poor\b|limited\b|good\b|excellent\b|inadequate\b|insufficient\b|ineffective\b|response\b|symptoms (?:persisted|continued|recurred|worsened|returned)|stopped\b|discontinued\b|failed\b|lost response|caused\b|could not tolerate|unable to tolerate|poorly tolerated|side effects?\b|developed\b)/i;
/** The drugs of the sentence before, all of them. */
const goesOnAboutAll = /^\s*(?:(?:but|however|unfortunately),?\s+)?(?:they|these|both|neither|none|all)\b/i;

/**
 * "Propranolol was tried for three months. No benefit.": what the next sentence says of the one drug of the sentence before.
 * Nothing is taken where that sentence named several drugs (unless the new one says "neither", "both"), told an outcome
 * itself, or the new one names another drug.
 */
export function withLaterOutcome(before: Draft[], told: string, sentence: Sentence, lexicon: Lexicon): void {
  if (sentence.mentions.some(({ meanings }) => meanings.some(({ drugs }) => drugs))) return;
  const courses = before.filter(({ type }) => type === "medication");
  if (courses.length === 0) return;
  if (tumorGrew.test(sentence.text)) afterTumorGrew(courses, sentence, lexicon);
  const all = goesOnAboutAll.test(sentence.text);
  if (!all && !goesOnAbout.test(sentence.text)) return;
  const places = new Set(courses.map(({ from }) => `${from[0]?.start} ${from[0]?.end}`));
  if (places.size > 1 && !all) return;
  const blamed = starts.test(told) || blames.test(sentence.text);
  for (const draft of courses) tell(draft, sentence, courses.length > 1 || all, blamed);
}

/** "He takes metformin. He developed pneumonia." blames no drug; "… was started. She developed hives." does. */
const blames =
  /\b(?:it|this|that|they|these|both|neither|tolera\w+|side effects?|reactions?|caused|stopped|discontinued|due to|because|secondary to|from the|on the|with the|medication|drug)\b/i;

const tumorGrew =
  /\b(?:disease progression|progressive disease|progression of (?:the |her |his )?(?:disease|cancer|tumor|lesions|metastas\w+)|(?:disease|cancer|tumor|lymphoma|myeloma|she|he|then|subsequently) (?:then |has |had |subsequently )*(?:progressed|relapsed|recurred))\b/i;
const antitumor =
  /oncology|cytotoxic|kinase inhibitor|PD-1|HER2|CDK4|PARP|antibody-drug|bispecific|CAR-T|myeloma|BTK|anti-?neoplastic|GnRH/i;

/** "Previous treatments included fulvestrant and exemestane. She was found to have progression.": drugs against tumors that are over did not hold it. */
function afterTumorGrew(courses: Draft[], sentence: Sentence, lexicon: Lexicon): void {
  for (const draft of courses) {
    if (draft.assertion !== "historical" || draft.course?.outcome) continue;
    if (!antitumor.test(lexicon.drugs.get(draft.concept)?.class ?? "")) continue;
    draft.course = { ...draft.course, outcome: "inadequate-response", status: "stopped" };
    draft.from = [...draft.from, ...sentence.spans(0, sentence.text.length)];
  }
}

function tell(draft: Draft, sentence: Sentence, several: boolean, blamed: boolean): void {
  if (draft.course?.outcome || (draft.assertion !== "present" && draft.assertion !== "historical")) return;
  const isStopped = draft.course?.status === "stopped" || stopped.test(sentence.text);
  const said = outcomeOf("", sentence.text, { stopped: isStopped, past: false, current: false });
  if (!said?.outcome || said.outcome === "unspecified" || said.outcome === "contraindicated") return;
  if (said.outcome === "intolerance" && (!blamed || (intolerant.exec(sentence.text)?.index ?? 0) > 70))
    return;
  if (several && said.outcome === "intolerance" && !/\btolerat/i.test(sentence.text)) return;
  const over = said.outcome !== "adequate-response";
  draft.course = { ...draft.course, ...said, ...(over ? { status: "stopped" as const } : {}) };
  if (draft.course.reason === "") delete draft.course.reason;
  if (over) draft.assertion = "historical";
  draft.from = [...draft.from, ...sentence.spans(0, sentence.text.length)];
}
