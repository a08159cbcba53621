import type { ContextRow } from "#knowledge";
import { type Cue, type Lexicon, longestAt } from "./lexicon.ts";
import type { Mention } from "./mentions.ts";
import type { Token } from "./tokens.ts";
import type { Assertion } from "./types.ts";

/** What the words around a mention make of it; `null` where they say nothing. */
export type Context = {
  assertion: Assertion | null;
  family: string | null;
  /** What the words say of a thing that cannot be planned, a diagnosis: "will evaluate for X" leaves X possible. */
  unplanned: Assertion | null;
  /** Said behind the mention only: "MRI was negative" denies a finding, not the MRI. */
  behind: boolean;
};

type PlacedCue = { row: ContextRow; first: number; after: number };
export type Cues = { placed: PlacedCue[]; stops: [number, number][] };

/** A cue never takes words of a name behind it: "no [prior CAR-T]" is not "no prior". */
const limitAt = (index: number, mentions: readonly Mention[]) =>
  mentions.find(({ first }) => first > index)?.first;

/** The context words of a sentence. A longer cue hides the cues inside it. */
export function cuesIn(tokens: readonly Token[], lexicon: Lexicon, mentions: readonly Mention[]): Cues {
  const cues: Cues = { placed: [], stops: [] };
  for (let index = 0; index < tokens.length; ) {
    const match: { here: Cue[]; words: number } | null = longestAt(
      lexicon.cues,
      tokens,
      index,
      limitAt(index, mentions) ?? tokens.length,
    );
    if (!match) {
      if (endsClause(tokens, index)) cues.stops.push([index, index + 1]);
      index++;
      continue;
    }
    const after = index + match.words;
    if (isOvertaken(tokens, index, after, lexicon, mentions)) {
      index++;
      continue;
    }
    for (const cue of match.here) {
      if ("stop" in cue) cues.stops.push([index, after]);
      else if (cue.row.means !== "asserted" && !isSpell(tokens, index))
        cues.placed.push({ row: cue.row, first: index, after });
    }
    index = after;
  }
  return cues;
}

/** "Is [not well controlled]" is no "[is not]": of two cues that overlap the one that begins later and reaches further holds. */
function isOvertaken(
  tokens: readonly Token[],
  index: number,
  after: number,
  lexicon: Lexicon,
  mentions: readonly Mention[],
): boolean {
  if (after - index !== 2 || tokens[index + 1]!.word !== "not") return false;
  const next = longestAt(lexicon.cues, tokens, index + 1, limitAt(index + 1, mentions) ?? tokens.length);
  return next !== null && index + 1 + next.words > after;
}

/** "A three-week history of X": how long X has lasted, not that it is over. */
const isSpell = (tokens: readonly Token[], index: number): boolean =>
  tokens[index]!.word === "history" &&
  /^(?:hours?|days?|weeks?|months?|years?)$/.test(tokens[index - 1]?.word ?? "");

/** "Likely secondary to X" leaves X likely. */
const causes = new Set(["secondary", "due", "because"]);
const subjects = new Set("he she they i we patient there it this that these her his their my our".split(" "));
const verbs = new Set(
  "has have had is are was were does did do will shows showed reveals revealed remains continues states".split(
    " ",
  ),
);

/** "No pain, continue aspirin": an order begins a clause of its own. */
const orders = new Set(
  "start stop continue begin add increase decrease given started recommend resume restart switch will would plan follow refer return recheck hold".split(
    " ",
  ),
);

/** ", he", ", there is", "and has": a new clause, where what was said before no longer reaches. */
function endsClause(tokens: readonly Token[], index: number): boolean {
  const word = tokens[index]!.word;
  if (word === ";") return true;
  if (word !== "," && word !== "and") return false;
  const next = tokens[index + 1]?.word ?? "";
  if (next === "and" || next === "the")
    return subjects.has(tokens[index + 2]?.word ?? "") || verbs.has(tokens[index + 2]?.word ?? "");
  return subjects.has(next) || verbs.has(next) || (word === "," && orders.has(next));
}

const strength: Assertion[] = ["family", "absent", "hypothetical", "planned", "possible", "historical"];

/** The context of one mention. */
export function contextOf(
  mention: Mention,
  cues: Cues,
  tokens: readonly Token[],
  mentions: readonly Mention[],
): Context {
  const ahead = before(mention, cues, tokens).filter(
    ({ row }) => row.means !== "planned" || !isDone(mention, tokens),
  );
  const following = after(mention, cues, tokens, mentions);
  const reaching = [...ahead, ...following];
  const behind = ahead.length === 0 && !following.some((cue) => saysUndone(cue, tokens));
  const family = reaching.find(({ row }) => row.means === "family");
  const assertions = reaching.map(({ row }) => row.means as Assertion);
  const negated = assertions.includes("absent");
  const words = family
    ? tokens
        .slice(family.first, family.after)
        .map(({ word }) => word)
        .join(" ")
    : null;
  if (family && negated) return { assertion: "absent", unplanned: "absent", family: words, behind };
  const said = strength.filter((assertion) => assertions.includes(assertion));
  const unplanned = said.find((assertion) => assertion !== "planned") ?? null;
  return { assertion: said[0] ?? null, unplanned, family: words, behind };
}

/** "Was not done" denies the thing itself; "was negative" only what it would have found. */
const saysUndone = ({ first, after: end }: PlacedCue, tokens: readonly Token[]) =>
  tokens
    .slice(first, end)
    .some(({ word }) =>
      /^(?:done|performed|needed|indicated|required|deferred|obtained|given|denied|declined|refused|tried|started|taken)$/.test(
        word,
      ),
    );

/** "Repeat ultrasound was done": no plan any more. */
const isDone = (mention: Mention, tokens: readonly Token[]) =>
  /\b(?:done|performed|showed|show|reveal|revealed|demonstrated|obtained|came|found)\b/.test(
    tokens
      .slice(mention.after, mention.after + 4)
      .map(({ word }) => word)
      .join(" "),
  );

/** Cues before the mention whose reach it lies in, nearest first; a comma between two cues ends the farther one. */
function before(mention: Mention, cues: Cues, tokens: readonly Token[]): PlacedCue[] {
  const found: PlacedCue[] = [];
  const candidates = cues.placed
    .filter(({ row, after }) => row.where !== "after" && after <= mention.first)
    .sort((a, b) => b.after - a.after);
  for (const cue of candidates) {
    const nearest = found.at(-1);
    if (nearest && nearest.first === cue.first) continue;
    if (nearest && hasComma(tokens, cue.after, nearest.first) && cue.row.reach !== "long") break;
    if (reaches(cue, mention, cues, tokens)) found.push(cue);
  }
  return found;
}

function reaches({ row, after }: PlacedCue, mention: Mention, cues: Cues, tokens: readonly Token[]): boolean {
  const gap = mention.first - after;
  if (row.reach === "next") return gap <= 3 && !hasComma(tokens, after, mention.first);
  if (isPossessed(mention, tokens, after, row.means)) return false;
  const list = row.means === "hypothetical" && isWarning(tokens, after);
  if (gap > (row.reach === "long" || list ? 70 : 30)) return false;
  const family = row.means === "family";
  for (const [first, end] of cues.stops) {
    if (first < after || end > mention.first) continue;
    if (row.means === "possible" && causes.has(tokens[first]!.word)) continue;
    if (!family || tokens[first]!.word === "but" || tokens[first]!.word === ";") return false;
  }
  if (family) return true;
  const listFrom = list ? tokens.findIndex(({ word }, index) => index >= after && word === ":") : -1;
  for (
    let index = listFrom >= 0 && listFrom - after <= 10 ? listFrom + 1 : after;
    index < mention.first;
    index++
  )
    if (tokens[index]!.word === ":") return false;
  if (row.means === "absent" && isProcedure(mention) && hasComma(tokens, after, mention.first)) return false;
  if (row.means === "possible" && hasComma(tokens, after, mention.first))
    return inList(tokens, after, mention.first);
  return true;
}

/** "No beta blockers for her hypertension", "the cause of his pancreatitis is not known": what is hers, she has. */
function isPossessed(
  { first, meanings }: Mention,
  tokens: readonly Token[],
  after: number,
  means: ContextRow["means"],
): boolean {
  if (!/^(?:absent|hypothetical|possible)$/.test(means)) return false;
  if (
    !meanings.some(
      ({ diagnosis, concept }) => diagnosis || /^(?:diagnosis|exclusion)$/.test(concept?.kind ?? ""),
    )
  )
    return false;
  const own = [1, 2, 3].find((back) => /^(?:his|her|their)$/.test(tokens[first - back]?.word ?? ""));
  if (own === undefined || first - own - 1 < after) return false;
  const [lead, link] = [tokens[first - own - 2]?.word ?? "", tokens[first - own - 1]?.word ?? ""];
  if (/^(?:regarding|about|despite)$/.test(link)) return true;
  if (link === "for") return !/^(?:negative|monitor\w*|watch|screen\w*)$/.test(lead);
  return link === "of" && /^(?:etiolog|cause|treatment|management|control|severit|course)/.test(lead);
}

/** "Call the physician if any of the following are noted: …": what is listed is what to watch for. */
const isWarning = (tokens: readonly Token[], after: number) =>
  tokens
    .slice(Math.max(0, after - 10), after)
    .some(({ word }) => /^(?:call|alert|notify|return|contact|seek|report|watch)$/.test(word));

/** "No symptoms, MRI negative": the "no" does not reach a test behind the comma. */
const isProcedure = ({ meanings }: Mention) =>
  meanings.every(({ procedure, drugs }) => procedure !== undefined || drugs !== undefined);

/** "Differential includes A, B or C": commas that part short entries do not end the reach. */
function inList(tokens: readonly Token[], from: number, to: number): boolean {
  const lead = tokens
    .slice(Math.max(0, from - 4), Math.min(from + 8, to))
    .map(({ word }) => word)
    .join(" ");
  return (
    /differential|includ|exclude|rule out|r \/ o|versu|vs/.test(lead) ||
    tokens.slice(to, to + 12).some(({ word }) => word === "or" || word === "versu" || word === "vs")
  );
}

function after(
  mention: Mention,
  cues: Cues,
  tokens: readonly Token[],
  mentions: readonly Mention[],
): PlacedCue[] {
  return cues.placed.filter(({ row, first, after: end }) => {
    if (row.where === "before" || first < mention.after || isComparison(tokens, first, end)) return false;
    const long = end - first > 1;
    const from = lastOfList(mention, mentions, tokens, first);
    const gap = first - from;
    if (gap > (row.reach === "next" ? 0 : long ? 7 : 2)) return false;
    if (cues.stops.some(([stop]) => stop >= from && stop < first)) return false;
    if (!long && row.means === "absent")
      return onlySigns(tokens, from, first) && !namesNext(end, mentions, tokens);
    return !hasComma(tokens, from, first) || row.means === "historical";
  });
}

/** "One lesion vs 05/30/2025" compares two pictures; "X vs Y" doubts. */
const isComparison = (tokens: readonly Token[], first: number, end: number) =>
  /^(?:vs|versu)$/.test(tokens[first]!.word) &&
  /^(?:\d|prior$|previou|last$|the$)/.test(tokens[end]?.word ?? "");

/** "A, B and C were ruled out": the cue after the list is measured from the list's last name. */
function lastOfList(
  mention: Mention,
  mentions: readonly Mention[],
  tokens: readonly Token[],
  before: number,
): number {
  let last = mention.after;
  for (const other of mentions) {
    if (other.first < last || other.first >= before) continue;
    const between = tokens.slice(last, other.first).map(({ word }) => word);
    if (between.length > 3 || !between.every((word) => /^(?:,|and|or|\/|nor|any)$/.test(word))) break;
    last = other.after;
  }
  return last;
}

/** A one-word "no" or "negative" after a name belongs to it only with nothing but a sign between ("Diabetes: no"). */
const onlySigns = (tokens: readonly Token[], from: number, to: number) =>
  tokens.slice(from, to).every(({ word }) => /^(?:[:=-]|test|screen|is|was|were|are)$/.test(word));

/** "Asthma: no wheezing": the "no" belongs to what follows it. */
function namesNext(end: number, mentions: readonly Mention[], tokens: readonly Token[]): boolean {
  if (tokens[end]?.word === ",") return false;
  return (
    mentions.some(({ first }) => first >= end && first - end <= 2) || /^[a-z]/.test(tokens[end]?.word ?? "")
  );
}

function hasComma(tokens: readonly Token[], from: number, to: number): boolean {
  for (let index = from; index < to; index++) if (tokens[index]!.word === ",") return true;
  return false;
}
