/** Boxes of which none is ticked, questions, answers left to choose, lines left to fill. */
const unfilled =
  /\?["')\]]?\s*$|\b(?:yes\s*\/\s*no|y\s*\/\s*n)\b|_{3,}|\bY\s{1,4}N\b|\bcircle (?:one|all)\b|:\s*(?:n\/a|unknown|not (?:met|assessed|documented|addressed|known))\W*$/i;
const box = /\[\s*\]|☐|□|\(\s\)/;
const ticked = /\[\s*[xX✓✔]\s*\]|☒|☑|✓|✔/;
/** What a plan, a policy or a denial says, or asks to be told. */
const quoted =
  /\b(?:coverage criteria|medical polic(?:y|ies)|medical necessity criteria|polic(?:y|ies) (?:requires?|states?|says?|allows?|does)|criteria (?:require|for (?:coverage|approval)|include)|per (?:the )?(?:plan|policy|insurer|payer)|(?:the plan|insurer|payer|insurance|medicare)(?:['’]s)? (?:requires?|states?|says?|asks?|denied|does|letter)|denial (?:letter|reason|rationale|reads|states)|denied because|documentation (?:must|should|needs to)|please (?:document|provide|submit|send)|(?:is|are) (?:an? )?(?:indication|requirement|required|candidates?) (?:for|by|to)|guidelines? (?:recommend|state|suggest)\w*|is common|are common)\b|^\W*(?:policy|criteria|denial|requirements?)\s*:|^\W*must\b/i;
/** What is told to anybody, or of a product. */
const taught =
  /\b(?:handout|brochure|leaflet|pamphlet|patient education|call (?:us |the office |your doctor )?if|return if|seek care if|is approved for|are approved for|tumou?rs respond|indicates? (?:severe|moderate|mild)|foundation|read about|risk factors? for|contraindications to \w+ include|side effects of)\b|^\W*education\s*:|^\W*advised (?:not )?to\b/i;
/** What is not known, taken back or only given as an example. */
const unsure =
  /\b(?:no documentation (?:of|that)|not documented|records? (?:do|does) not (?:show|support|document)|not supported|incorrect(?:ly)?|erroneous(?:ly)?|misdiagnosed|wrong (?:patient|chart)|disregard|no longer the case|differential (?:diagnosis )?includes?|unsigned|disput\w+|not true|doubt(?:s|ed|ful)? that|(?:assess|evaluate|determine|check|see|ask\w*|clarify|discuss\w*|confirm|establish) (?:if|whether)|request(?:s|ed)?\b.{0,30}\bdenied|(?:another|other|previous) patient|mistaken(?:ly)?|(?:not (?:known|clear|sure|certain)|unclear|unknown|uncertain|unsure)\s+(?:if|whether))\b|^\W*(?:template|rule out|pending\s*:|ask|risk that|for (?:example|instance)|differential|ddx|needs? (?:an? )?(?:negative|MRI|CT|test))\b|^\W*family\s*:\s*no\b|\bno\b[^.;,]{0,50}\b(?:records?(?: (?:available|on file))?|coverage|(?:results?|reports?|data|information) (?:yet|available|on file))\W*$/i;
const fellows =
  "(?:husband|wife|spouse|partner|boyfriend|girlfriend|room-?mate|neighbou?r|friend|co-?worker|(?<=her |his )(?:son|daughter))";
/** Somebody who is no blood relative, or a child, as the one of whom it is said; not where they help, tell or are taught. */
const ofFellows = new RegExp(
  `^\\W*(?:(?:her|his|the|their|patient's)\\s+)?${fellows}(?:['’]s\\b|\\b(?!,?\\s+(?:who |also )?(?:reports?|states?|says?|notes?|confirms?|describes?|denies|helps?|assists?|provides?|performs?|administers?|operates?|handles?|gives?|is (?:able|available|willing|trained|present|here|at)|was (?:trained|taught|present|instructed)|will|can|has been (?:trained|taught)|brought|accompan\\w+|agrees?|and|or|at)\\b))|\\b(?:in|of|for) (?:her|his) ${fellows}\\b`,
  "i",
);

/**
 * True for a sentence that states nothing of the patient, whatever it names: a form not filled in, a question, the words of a plan
 * or a leaflet, what is not known or taken back, what is said of somebody who shares no blood with the patient.
 */
export function isUnstated(text: string): boolean {
  const lines = text.split(/\n/);
  return (
    unfilled.test(text) ||
    (box.test(text) && !ticked.test(text)) ||
    lines.some((line) => quoted.test(line) || taught.test(line) || ofFellows.test(line)) ||
    unsure.test(text)
  );
}
