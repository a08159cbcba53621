import { all, any, type Draft, group, leafOf } from "./draft.ts";
import { type Passage, slice } from "./passage.ts";
import { readProse } from "./prose.ts";
import { cutAt, itemsOf } from "./prose-lists.ts";
import { namesDisease } from "./section-roles.ts";
import { coverageVerb, isPointer, isStructural } from "./sentence-frames.ts";
import { sentencesOf } from "./sentences.ts";

const demands =
  /\b(?:must|shall|required|requires|needs? to|may not|should|is limited to|are limited to|only (?:if|when|after|for))\b/i;
/** A sentence about this patient in a section of criteria asks for what it states. */
const states =
  /^(?:the\s+|each\s+)?(?:patient|member|individual|beneficiary|prescriber)\s+(?:has|have|had|is|does|did)\b(?!\s+(?:reviewed|responsible|encouraged|notified|informed))/i;
/** Sentences that relax, explain or tell how, and ask for nothing. */
const explains =
  /\b(?:are exempt|is exempt|may (?:be(?! (?:considered |deemed )?(?:medically necessary|covered|approved|authori[sz]ed|eligible|appropriate|indicated|granted|continued|renewed|extended|supported))|occur|also|meet|include|jointly|require)|for example|this policy|these criteria|see (?:the|section|appendix)|refer to|is reviewed|is considered under|for more information|payment|claims? system|will expire|is determined by|criteria (?:shown|listed|set forth|outlined|described) (?:below|above)|^when coverage is available\b|dependent (?:up)?on (?:the )?(?:benefit|member|eligib)|subject to the (?:specific )?terms|\bapprovals? (?:is|are) (?:provided|granted|given)|\brequests? must include|at the discretion|reconsider|is defined as|means that|consistent with section|may be subject|authorization (?:is|will)|approv(?:al|ed) (?:is|will be|for) .{0,20}(?:months|year)|submit|chart notes, laboratory|for any item to be covered|in the table|must be one of those|replaces \w|(?:effective|original|revision|review|origin) date|date of origin|replaces [A-Z\d]|\bnumber [A-Z]{1,4}-\d|supersedes|last reviewed|has been removed|cross reference|(?:is|are) not required|no exclusions to the prescribed|^(?:some|certain|most|many) (?:patients|members|individuals|beneficiaries|people)\b)\b/i;
const refuses =
  /^(?:not covered|non-?covered(?: \w+)?|excluded|not medically necessary|investigational)(?=:\s+\S)|\b(?:does|do|will) not (?:cover|reimburse|pay for)\b|\b(?:(?:is|are|will) (?:considered |deemed )?(?:not|never)(?: be)?(?: considered)? (?:recommended(?= (?:for|in|when)\b)|included(?= (?:on|in|for)\b)|covered|medically necessary|approved|authorized|reasonable|eligible|reimbursed|a covered|(?:appropriate|indicated|supported)(?= (?:for|in|when|if)\b))|(?:is|are) (?:considered )?(?:investigational|experimental|unproven|excluded|non-?covered|denied)|coverage (?:will|is|may) not (?:be )?(?:provided|granted|available|approved|extended)|will be denied|not covered|(?:does|do) not meet (?:the )?(?:coverage |medical necessity )?criteria)\b/i;

/** "Note: …" and footnotes explain an item and ask for nothing. */
export const isNote = (text: string): boolean =>
  /^(?:notes?|nb|example|tip|reminder)\s*(?:\d+\s*)?[:–—]|^[*†‡§]+\s?[A-Z]/i.test(text.trim());

/** Whether a sentence says what is not covered. */
export const isRefusal = (text: string): boolean => refuses.test(text);
/** "CT chest (CPT 71250) if ALL of the following:" */
const serviceWhen =
  /^(?!(?:if|when|and|or)\b)[A-Z][^.:]{3,90}?\s(?:if|when)\s+(?:all|any|both|either|one|two|three|at least \w+)(?:\s+\(\d\))?(?:\s+or\s+more)?\s+of\s+the\s+following\b[^.]*$/i;
/** Whether a text makes coverage depend on what it or the list below it says. */
export const isCoverageStatement = (text: string): boolean =>
  coverageVerb.test(text) ||
  serviceWhen.test(text) ||
  /\b(?:to (?:be eligible|qualify) for|will be (?:approved|covered|authorized) (?:when|if)|must (?:meet|satisfy)|criteria (?:are|is|must be) met)\b/i.test(
    text,
  );

/** Items that define, leave a matter open, or say what suppliers do with their papers: nothing is asked of the patient. */
const beside =
  /\bcase.by.case\b|^(?:the |this )?[A-Z][\w ]{2,50}? defines\b|^(?:the )?(?:providers?|suppliers?|pharmac(?:y|ies)) must (?:maintain|keep|retain|submit|bill|verify|report)\b/i;

/** An item of a list: all its words are conditions, later sentences only where they ask for something. */
export function readItemWords(passage: Passage, context: string): Draft | null {
  const [first, ...rest] = sentencesOf(passage);
  if (!first || beside.test(first.text)) return null;
  const more = rest.filter(
    ({ text }) => (demands.test(text) || coverageVerb.test(text)) && !explains.test(text) && !isNote(text),
  );
  const read = (one: Passage) =>
    coverageVerb.test(one.text) ? readCovered(one, context) : readProse(one, context);
  return all([read(first), ...more.map(read)]);
}

/** A paragraph of a criteria section: only sentences that make coverage depend on something are conditions. */
export function readParagraph(
  passage: Passage,
  context: string,
): { criteria: Draft | null; exclusions: Draft | null } {
  const criteria: (Draft | null)[] = [];
  const exclusions: (Draft | null)[] = [];
  for (const sentence of sentencesOf(passage)) {
    if (isPointer(sentence.text) || isNote(sentence.text) || beside.test(sentence.text)) continue;
    if (refuses.test(sentence.text)) exclusions.push(readRefusal(sentence, context));
    else if (explains.test(sentence.text)) continue;
    else if (coverageVerb.test(sentence.text)) criteria.push(readCovered(sentence, context));
    else if (demands.test(sentence.text) || states.test(sentence.text) || /\(1\).+\(2\)/.test(sentence.text))
      criteria.push(readProse(sentence, context));
  }
  return { criteria: all(criteria), exclusions: any(exclusions) };
}

/** A section with nothing but short statements ("Maximum of 2 tablets per day") means them as its conditions. */
export function readBareStatement(passage: Passage): Draft | null {
  const stated = sentencesOf(passage).filter(
    ({ text }) =>
      !explains.test(text) &&
      !refuses.test(text) &&
      !/\s\|\s|\b(?:updated|effective|revised|reviewed|posted|published)\b.{0,12}\d/i.test(text) &&
      text.length < 330 &&
      /\d|\b(?:must|documents?|conducts?|shows?|meets?|has|have|is|are|\w+ologists?|specialists?|surgeons?)\b/i.test(
        text,
      ),
  );
  return stated.length > 0 && stated.length < 3 ? all(stated.map((one) => readProse(one, ""))) : null;
}

/** "X is covered for A when B": the words after the verb. */
function readCovered(sentence: Passage, context: string): Draft | null {
  const found = coverageVerb.exec(sentence.text)!;
  const rest = slice(sentence, found.index + found[0].length);
  const pointed = /^.*?\b(?:criteria|conditions|requirements)\b[^,.;]{0,50}\b(?:are|is) met,?\s+and\s+/i.exec(
    rest.text,
  );
  if (isPointer(rest.text)) return null;
  const listed =
    /^[^.,;]*\b(?:indications?|conditions?|diagnos[ie]s|uses?)\b[^.,;]{0,40}\b(?:listed|named|described|given|outlined)\b[^.,;]{0,30}?\s+(?:who|when|if|and)\s+/i.exec(
      rest.text,
    );
  if (listed) return readProse(slice(rest, listed[0].length), context);
  if (pointed) return readProse(slice(rest, pointed[0].length), context);
  if (
    isStructural(rest.text) ||
    /^evidence development\b/i.test(rest.text) ||
    (!/:\s*\S/.test(rest.text) &&
      /\b(?:criteria|conditions|indications|section)\b.{0,40}\b(?:met|below|above|following|table|listed|list)\b/i.test(
        rest.text,
      )) ||
    /^(?:the|those|these)\s+(?:following|conditions|indications|criteria)/i.test(rest.text)
  )
    return null;
  const when = /\s+(?:when|if|provided that)\s+/i.exec(rest.text);
  const named = when && slice(rest, 0, when.index);
  if (when && named && namesDisease(named.text) && named.text.split(" ").length <= 10)
    return all([leafOf(named, "indication"), readProse(slice(rest, when.index + when[0].length), context)]);
  return readProse(rest, context);
}

/** "The following are not covered: A; B; C" and "A, B and C are investigational": each is refused by itself. */
function refusedList(subject: Passage, after: Passage): Passage[] | null {
  if (
    /^\s*(?:[^.:;]{0,60}):\s+\S/.test(after.text) &&
    (subject.text === "" || /\b(?:following|these)\b/i.test(subject.text))
  )
    return itemsOf(slice(after, after.text.indexOf(":") + 1, after.text.length));
  const things = thingsListed(subject);
  return things?.every(({ text }) => /\S\s+\S|s$/.test(text.trim())) ? things : null;
}

/** "A, B, and C", where each is a thing; where a comma stands before the last, things may be described. */
function thingsListed(passage: Passage): Passage[] | null {
  const { text } = passage;
  const serial = /,[^,]*,\s(?:and|or)\s/.test(text);
  if (
    !/,[^,]*,?\s(?:and|or)\s/.test(text) ||
    /[:;(]|\b(?:such as|including|e\.g|patients?|members?|when|if|is|are|was|has|have|does)\b/i.test(text)
  )
    return null;
  if (!serial && /\b(?:with|who|that|which|in|of|by|from|without|not|for)\b/i.test(text)) return null;
  const things = cutAt(passage, serial ? /,\s+(?:(?:and|or)\s+)?/gi : /,?\s+(?:and|or)\s+|,\s+/gi).parts;
  return things.length > 2 &&
    things.every(
      (thing) =>
        thing.text.trim().split(/\s+/).length < 10 &&
        !/^(?:which|that|who|such|and|or|but|with|without|in|of|by|as)\b/i.test(thing.text.trim()),
    )
    ? things
    : null;
}

/** "X is not covered for A, for B, or when C." and "A is investigational." */
export function readRefusal(sentence: Passage, above: string): Draft | null {
  const context = above || "exclusions";
  const found = refuses.exec(sentence.text);
  // Words of which only a later sentence refuses are excluded as they stand.
  if (!found) return leafOf(sentence, context);
  const after = slice(sentence, found.index + found[0].length);
  const joined =
    /^(?:[\s,]|(?:or|and|\/) ?(?:investigational|unproven|experimental)|and not (?:covered|medically necessary)|as (?:being )?(?:not (?:medically|reasonable|covered)[^,.;]*?|non-?covered|investigational|experimental|unproven))*\b(for|when|if|in|with|after|as(?! (?:it|they|there|these|this|the|not|non|being|investigational|experimental)\b))\b/i.exec(
      after.text,
    );
  if (!joined) {
    const subject = slice(sentence, 0, found.index);
    const listed = refusedList(subject, after);
    if (listed) return any(listed.map((one) => readProse(one, context)));
    if (
      /^(?:this|these|those|it|they|such)\W*$|\bnot meeting (?:the|these|this|all|any)\b/i.test(subject.text)
    )
      return null;
    const but = /^[\s,]*(?:unless|except (?:when|if|where))\s+/i.exec(after.text);
    const saved = but && leafOf(subject, context);
    if (saved)
      return all([saved, group({ op: "none" }, [readProse(slice(after, but[0].length), context)], null)]);
    return leafOf(
      /^(?:all|any) other\b/i.test(subject.text) || subject.text.length < 8 ? sentence : subject,
      context,
    );
  }
  const whole = slice(after, joined[0].length);
  const present = /^\s*the presence of\s+/i.exec(whole.text);
  const rest = present ? slice(whole, present[0].length) : whole;
  if (
    /^\s*(?:all|any)(?: other)?\s+(?:indications?|uses?|conditions?|purposes?|diagnos[ie]s)\W*$/i.test(
      rest.text,
    ) &&
    found.index > 8
  )
    return leafOf(slice(sentence, 0, found.index), context);
  const diseases = thingsListed(rest);
  if (diseases) return any(diseases.map((one) => leafOf(one, context)));
  const cuts = [
    ...rest.text.matchAll(
      /(?:,\s*(?:(?:or|and)\s+)?|\s+(?:or|and)\s+)(?:for|when|if|in(?= (?:patients|members|the))|with|after)\s+/gi,
    ),
  ];
  const starts = [0, ...cuts.map((cut) => cut.index + cut[0].length)];
  return any(
    starts
      .map((start, index) => slice(rest, start, cuts[index]?.index ?? rest.text.length))
      .filter(({ text }) => !/\bcriteria\b[^.]{0,40}\bnot (?:been )?met\b/i.test(text))
      .flatMap((one) => thingsListed(one) ?? [one])
      .map((one) => readProse(one, context)),
  );
}
