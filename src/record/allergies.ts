import type { Draft } from "./drafts.ts";
import { authorOf, type Sentence } from "./sentence.ts";

/** Allergies of a sentence; `exclusive` when it holds nothing else; `covers` tells which of its words they took. */
export type Allergies = {
  drafts: Draft[];
  exclusive: boolean;
  covers: (start: number, end: number) => boolean;
};

const none =
  /\b(?:NKDA|NKA|NKMA|NKFA|no known (?:drug |medication |medicine |food |environmental )*(?:allergies|allergy|drug reactions|allergic)|no (?:drug |medication |medicine |food |known )*allerg(?:ies|y|ic reactions?)(?: (?:are |is |were )?(?:present|known|reported|noted|found))?|not allergic to (?:any|anything)|denies (?:any )?(?:(?:known |drug |medication |food )*allerg\w+)|without (?:known )?(?:drug )?allergies|remembers no allergic reactions?|no allergic reactions?|allerg(?:ies|y)\s*(?:to medications?)?\s*[:\-–]?\s*(?:none|nil|no\b|negative|denies)|no known (?:drug|medication|medicine|food)\b)\b/i;
const introduces =
  /\b(?:(?:is|was|are|were|being|be)? ?(?:highly |severely )?allergic to|(?:drug |medication |food )?allerg(?:y|ies|ic reactions?) (?:to|include|includes|including|are|is)|(?:drug |medication )?allergies\s*[:\-–]|allerg(?:y|ies)(?:\/intolerances)?\s*:|hypersensitivity to|intolerances?\s*(?:to|:)|allergies of)\s*/i;
const reactions =
  /(?:rash|hives|urticaria|anaphyla\w*|angioedema|swelling|nausea|vomiting|itching|pruritus|cough|GI|upset|stomach|intoleran\w*|diarrhea|shortness|breathing|confusion|hallucinat\w*|reaction|unknown|dizz\w*|headache|wheez\w*|bronchospasm|throat|seizure|myalgia|cramps?|bleed\w*|neutropenia|sweat\w*|flush\w*|palpitations|causes?|caused|caus\w*|gives?|which|gets?|she|he|with|from|bradycardia|hypotension|fever|edema|elevated|muscle)/i;

/** The line of a form that follows "Allergies: none" and names people, days and numbers, not substances. */
const otherLine =
  /^\s*(?:provider|physician|doctor|clinician|attending|author|nurse|prescriber|pharmacy|pharmacist|signed|signature|electronically|dictated|date|time|visit|patient|name|dob|mrn|address|phone|tel|fax|page|insurance|weight|height|vitals?)\b[^:\n]{0,24}:/i;

/** Substances the patient does not bear, from an allergy section or a sentence that says so. */
export function allergiesIn(sentence: Sentence): Allergies {
  const { text, section } = sentence;
  const inSection = section === "allergies";
  const said = introduces.exec(text);
  const covered: [number, number][] = [];
  const covers = (start: number, end: number) => covered.some(([from, to]) => start < to && from < end);
  const elsewhere = inSection && !said && otherLine.test(text);
  if (elsewhere || (!inSection && !said && !none.test(text))) return { drafts: [], exclusive: false, covers };
  const denial =
    none.exec(text) ?? (inSection ? /^\s*(?:none|nil|no|negative|denies|unknown)\b/i.exec(text) : null);
  if (
    denial &&
    !/\b(?:except|but (?!(?:she|he|they|it|the patient)\b)|other than)/i.test(text.slice(denial.index)) &&
    !said?.[0].match(/allergic to/i)
  ) {
    if (/^\s*unknown/i.test(denial[0])) return { drafts: [], exclusive: inSection, covers };
    covered.push([denial.index, denial.index + denial[0].length]);
    return {
      drafts: [draftOf(sentence, denial.index, denial.index + denial[0].length, null, "absent")],
      exclusive: inSection,
      covers,
    };
  }
  if (
    /\b(?:if|possible|family|mother|father|seasonal|environmental)\b/i.test(
      text.slice(Math.max(0, (said?.index ?? 0) - 20), said?.index ?? 0),
    )
  )
    return { drafts: [], exclusive: false, covers };
  const lead = text.slice(Math.max(0, (said?.index ?? 0) - 60), said?.index ?? 0);
  if (said && !inSection && /\b(?:did not|does not|not|never|unclear|without)\b[^.;]*$/i.test(lead))
    return { drafts: [], exclusive: false, covers };
  const from = said ? said.index + said[0].length : 0;
  const body = said && !inSection ? /^[^.;]*/.exec(text.slice(from))![0] : text.slice(from);
  if (/\b(?:denies|denied|no|not|without)\s+(?:\w+\s+){0,2}$/i.test(text.slice(0, said?.index ?? 0))) {
    covered.push([said!.index, text.length]);
    return {
      drafts: [draftOf(sentence, said!.index, said!.index + said![0].trimEnd().length, null, "absent")],
      exclusive: inSection,
      covers,
    };
  }
  const drafts = substancesOf(body).map(({ start, end, reaction }) => {
    covered.push([from + start, from + end + (reaction?.length ?? 0) + 6]);
    return draftOf(sentence, from + start, from + end, reaction, "present");
  });
  return { drafts, exclusive: inSection, covers };
}

type Substance = { start: number; end: number; reaction: string | null };

/** "CODEINE, SULFA (rash), AND ZOCOR": substances with the reaction behind each. */
function substancesOf(body: string): Substance[] {
  const found: Substance[] = [];
  let offset = 0;
  for (const part of body.split(
    /([,;.\n•]|\band\b(?! (?:has|had|gets|got|she|he|it))|\bAND\b)(?![^(]*\))/i,
  )) {
    const start = offset + /^[\s\d.)-]*/.exec(part)![0].length;
    offset += part.length;
    const words = part.slice(start - (offset - part.length));
    const split =
      /\s*(?:[-–:(]\s*|\b(?:which|that|causes?|caused|causing|gives?|with|resulting|results|makes?|due to|for|reaction|because|leads?|produces?|has caused|induced)\b\s*)/i.exec(
        words,
      );
    const name = (split ? words.slice(0, split.index) : words)
      .replace(
        /^(?:both|also|to|the|all|any|she is|he is|is|including|includes|include|allergic|has|an?|patient|drug allergy|known|possibly|and|or)\s+/gi,
        "",
      )
      .trim();
    const shift = words.indexOf(name);
    if (
      name.length < 3 ||
      /^(?:and|or)$/i.test(name) ||
      name.split(/\s+/).length > 5 ||
      !/[a-z]{3}/i.test(name)
    )
      continue;
    if (
      reactions.test(name) &&
      found.length > 0 &&
      /^(?:rash|hives|nausea|vomiting|itching|cough|swelling|unknown|anaphyla\w*|dizz\w*|causes?|she|he|gets?|from|GI upset|angioedema|diarrhea)/i.test(
        name,
      )
    ) {
      found.at(-1)!.reaction ??= name;
      continue;
    }
    if (
      /^(?:unknown|none|other|allerg\w*|medications?|reactions?|however|patient|seasonal|environmental|the|she|he|also|no\b|see|reviewed|per|as|severity|noted|listed|type|substance|criticality)/i.test(
        name,
      )
    )
      continue;
    const reaction = split
      ? words
          .slice(split.index + split[0].length)
          .replace(/[)\s.]+$/, "")
          .trim()
      : "";
    found.push({
      start: start + shift,
      end: start + shift + name.length,
      reaction: reaction.length > 2 ? reaction : null,
    });
  }
  return found;
}

function draftOf(
  sentence: Sentence,
  start: number,
  end: number,
  reaction: string | null,
  assertion: "present" | "absent",
): Draft {
  const written = sentence.text.slice(start, end);
  const drug = sentence.mentions
    .find(
      (mention) =>
        mention.start >= start && mention.end <= end && mention.meanings.some(({ drugs }) => drugs),
    )
    ?.meanings.find(({ drugs }) => drugs)?.drugs;
  const substance =
    assertion === "absent"
      ? "no known allergies"
      : (drug?.map(({ generic }) => generic).join("/") ?? written.toLowerCase());
  return {
    type: "allergy",
    concept: "allergy",
    codes: (drug ?? []).flatMap(({ rxnorm }) =>
      rxnorm.slice(0, 1).map((code) => ({ system: "rxnorm", code })),
    ),
    text: written,
    assertion,
    substance,
    ...(reaction ? { course: { outcome: "intolerance" as const, reason: reaction } } : {}),
    when: { earliest: null, latest: null },
    ...authorOf(sentence),
    from: sentence.spans(start, end),
  };
}
