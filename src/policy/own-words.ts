import { all, any, type Draft, whenThen } from "./draft.ts";
import { leadIn } from "./lead.ts";
import { type Passage, slice } from "./passage.ts";
import { readProse } from "./prose.ts";
import { namesDisease } from "./section-roles.ts";
import { coverageVerb, isStructural } from "./sentence-frames.ts";
import { sentencesOf } from "./sentences.ts";
import { namesStage } from "./stages.ts";

/** What stands before an announcement is a condition of its own where it is joined by "and", "with", "who meets". */
export function withOwnWords(
  lead: Passage,
  from: number,
  inner: Draft | null,
  context: string,
  item = true,
): Draft | null {
  const whole = slice(lead, 0, from);
  const head = item ? whole : (sentencesOf(whole).at(-1) ?? whole);
  const guard = guardOf(head);
  if (guard) return whenThen(readProse(guard, context), inner, lead);
  const or =
    /^(.{12,}?),?\s+or\s+(?:(?:has|have|meets?|shows?|demonstrates?|is|provides?|proves?)\s+)?(?:\w+\s+){0,3}$/i.exec(
      head.text,
    );
  if (or && !isStructural(or[1]!) && !leadIn(or[1]!))
    return any([readProse(slice(head, 0, or[1]!.length), context), inner]);
  const own =
    item || /\band(?:\s+\w+){0,4}$/i.test(head.text) || shownBy.test(head.text) || including.test(head.text)
      ? ownWords(head)
      : [];
  return own.length === 0 ? inner : all([...own.map((one) => readProse(one, context)), inner]);
}

/** "If X, …" and "For patients with X, …" before the announcement. */
function guardOf(head: Passage): Passage | null {
  const found =
    /^(?:and\s+)?(?:if|when|where|for)\s+(?:the\s+)?(.{6,}?)(?:,|:|\s*$)\s*(?:then\b)?\s*(?<rest>.*)$/is.exec(
      head.text,
    );
  if (!found || !isStructural(found.groups!["rest"] ?? "")) return null;
  const at = head.text.indexOf(found[1]!);
  return isStructural(found[1]!) ||
    namesStage(found[1]!) ||
    /^(?:\w+\s+){0,2}(?:coverage|approval|authorization|eligib\w+)/i.test(found[1]!)
    ? null
    : slice(head, at, at + found[1]!.length);
}

const joiner =
  /(?:^|[\s,;.])(?:and\s+documentation\s+of|and\s+documentation\s+that|and\s+has|and\s+have|and\s+satisf\w+|and\s+meets?|and\s+is|and|plus|with|who(?:\s+(?:also\s+)?(?:meets?|has|have|satisf\w+|is))?|that\s+meets?|in\s+addition\s+to|when|AND|together\s+with)\s*(?:the\s+(?:member|patient|individual|beneficiary)\s+)?(?:(?:has|have|is|are|meets?|must|had|shows?)\s+)*$/;
const evidence =
  /\b(?:documented|evidenced|shown|confirmed|demonstrated|defined|supported|verified|indicated|established|measured)\s+(?:by|as|through)\b|\bas\s+evidenced\b|\bdocumentation\s+of\b|\bincluding\b/i;

/**
 * "Failure of X, shown by …": what is shown is asked for, and the list says how it is to be shown. "Function is
 * adequate, as shown by …" asks for no more than its list.
 */
const shownBy =
  /^(.{12,}?),?\s+(?:as\s+)?(?:(?:shown|evidenced|demonstrated|documented|indicated)\s+by|defined\s+(?:by|as))\s*$/i;

/** "A trial of conservative therapy, which must include …": the trial is asked for, and what it consists of. */
const including =
  /^(.{12,}?),?\s+(?:(?:which|that)\s+(?:must|should|has\s+to|shall)\s+(?:include|consist\s+of)|consisting\s+of)\s*$/i;

const summarises = /\b(?:adequate|sufficient|acceptable|appropriate|evidence of)\b|\b(?:is|are)$/i;

/** "Functional assessment." before an announcement: the name of a part, no condition. */
const namesPart = (text: string): boolean =>
  /^[A-Z][\w/ -]{3,50}\.$/.test(text.trim()) &&
  text.trim().split(/\s+/).length < 6 &&
  !namesDisease(text) &&
  !/\b(?:is|are|was|were|has|have|had|must|no|not|at|of|with|than|failed|or)\b|\d/i.test(text);

/** "Initial Therapy." before an announcement names the stage of treatment, no condition. */
const stage = /^(?:initial|continu\w+|renewal|re-?authorization|maintenance|subsequent)\b.{0,30}\.$/i;

/** The conditions that a list's announcement carries itself, sentence by sentence. */
export function ownWords(head: Passage): Passage[] {
  const sentences = sentencesOf(head);
  const last = sentences.at(-1);
  if (!last) return [];
  const before = sentences
    .slice(0, -1)
    .filter(
      ({ text }, index) =>
        !isStructural(text) &&
        !stage.test(text) &&
        !(index === 0 && namesPart(text)) &&
        (index === 0 || /\b(?:must|shall|required|should|may not)\b/i.test(text)),
    );
  if (/[.]$/.test(last.text)) return [...before, last].filter(({ text }) => !isStructural(text));
  const covered = coverageVerb.exec(last.text);
  const rest = covered ? slice(last, covered.index + covered[0].length) : last;
  const join = joiner.exec(rest.text);
  const diagnosis =
    /^(?:(?:the\s+)?(?:member|patient|individual|beneficiary)\s+(?:has\s+)?(?:a\s+)?)?(?:documented\s+|confirmed\s+)?diagnosis\s+of\s+\w+[\w\s-]{6,}/i.exec(
      rest.text,
    );
  const takesIn = including.exec(rest.text);
  if (takesIn && !isStructural(takesIn[1]!) && !coverageVerb.test(takesIn[1]!))
    return [...before, slice(rest, 0, takesIn[1]!.length)];
  const shown = shownBy.exec(rest.text);
  if (shown && !isStructural(shown[1]!) && !coverageVerb.test(shown[1]!) && !summarises.test(shown[1]!))
    return [...before, slice(rest, 0, shown[1]!.length)];
  if (evidence.test(rest.text) && diagnosis && !isStructural(diagnosis[0])) {
    const cut = rest.text.search(
      /,?\s*(?:and\s+)?(?:as\s+)?(?:documented|evidenced|shown|confirmed|demonstrated|defined|supported|with)\b/i,
    );
    return [...before, slice(rest, 0, cut > 0 ? cut : rest.text.length)];
  }
  const documented = /\s+with\s+documentation\s+of\s*$/i.exec(rest.text);
  if (documented && namesDisease(rest.text)) return [...before, slice(rest, 0, documented.index)];
  if (!join || documented) return before;
  const whole = slice(rest, 0, join.index);
  const group =
    /^(?:group|category|option|pathway)\s+\S+\s+(?:criteria\s+)?(?:includes?|requires?|means)\s+/i.exec(
      whole.text,
    );
  const own = group ? slice(whole, group[0].length) : whole;
  return isStructural(own.text) ? before : [...before, own];
}
