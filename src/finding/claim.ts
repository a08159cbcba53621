import { durationsIn } from "./durations.ts";
import { fieldOf } from "./evaluate/who.ts";
import { type Lexicon, type Term, termsOf } from "./lexicon.ts";
import { isDenied } from "./polarity.ts";
import { isFaint, stem } from "./words.ts";

/** One thing a clause names: any of its ways of saying it will do. */
export type Asked = { anyOf: Term[][]; words: string; faint: boolean; denied: boolean };

/** A number with its direction that the passage must satisfy. */
export type Limit =
  | { kind: "lasts"; minDays: number }
  | { kind: "within"; maxDays: number }
  | { kind: "value"; cmp: ">=" | ">" | "<=" | "<"; value: number; unit: string };

/**
 * One statement that the record must make. `done` asks that a test was made: a result proves it. `measured` holds a
 * threshold that words cannot decide.
 */
export type Clause = {
  text: string;
  asked: Asked[];
  limits: Limit[];
  isPlan: boolean;
  done: boolean;
  measured: boolean;
  /** Who must have said it: their field must show in the document. */
  roles: RegExp[];
};

/** What a criterion says: any of the alternatives, of which every clause must hold. */
export type Claim = { alternatives: Clause[][] };

const subject = /^(.*?)\b(?:has|have|had|is|are|was|were|must|will|should)\b/i;

/** Reads a criterion's words. Whatever is not understood stays in as something that is asked for. */
export function claimOf(text: string, lexicon: Lexicon): Claim {
  const plain = text
    .replace(/^\s*(?:\(?[0-9]{1,2}[.)]|\(?[a-z][.)]|[-•])\s+/i, "")
    .replace(/\((?:e\.g\.|i\.e\.|eg|ie|such as|for example)[^)]*\)/gi, " ")
    .replace(/\(([A-Z][A-Za-z-]{1,9})\)/g, " ")
    .replace(/[.;,\s]+$/, "");
  const listed = listedKinds(plain);
  if (listed)
    return {
      alternatives: listed.map((part) => clausesOf(part).map((clause) => readClause(clause, lexicon))),
    };
  const parts = plain.split(/;\s*or\s+|,?\s+or\s+(?=(?:is|are|has|have|was|were|the|there|documented)\b)/i);
  const lead = subject.exec(parts[0]!)?.[1] ?? "";
  return {
    alternatives: parts.map((part, at) => {
      const whole =
        at > 0 && /^(?:is|are|has|have|was|were|documented)\b/i.test(part) ? `${lead}${part}` : part;
      return clausesOf(whole).map((clause) => readClause(clause, lexicon));
    }),
  };
}

/** "A form of X (this, that or those) or Y": each of the kinds in brackets, and Y, suffices. */
function listedKinds(text: string): string[] | null {
  const found = /^(.*?)\(([^()]*(?:,|\bor\b)[^()]*)\)(.*)$/.exec(text);
  if (!found || !/\b(?:form|type|kind|subtype|diagnosis)s?\b/i.test(found[1]!)) return null;
  const kinds = found[2]!
    .split(/,\s*(?:or\s+)?|\s+or\s+/)
    .filter((kind) => kind.trim().split(/\s+/).length >= 2);
  const after = found[3]!
    .replace(/^\s*,?\s*or\s+/i, "")
    .replace(/,?\s*diagnosed by .*$/i, "")
    .trim();
  return [...kinds, ...(/^\s*,?\s*or\s+/i.test(found[3]!) && after ? [after] : [])];
}

const verb =
  /\b(?:is|are|was|were|has|have|had|will|carries|carry|shows?|documents?|been|does|do|must|exists?)\b/i;

function clausesOf(text: string): string[] {
  const out: string[] = [];
  for (const part of text.split(/;\s*(?:and\s+)?|\s+and\s+(?=(?:that|no|there)\b)/i)) {
    const halves = part.split(/,?\s+and\s+/i);
    const splits =
      halves.length === 2 && halves.every((half) => verb.test(half) && half.split(/\s+/).length >= 4);
    out.push(...(splits ? halves : [part]));
  }
  return out.map((part) => part.trim()).filter((part) => /[\p{L}\p{N}]{2}/u.test(part));
}

function readClause(text: string, lexicon: Lexicon): Clause {
  const done = doneVerb.test(text);
  const spoken = speaker.exec(text);
  const said = spoken ? text.slice(spoken[0].length) : text;
  const roles = spoken ? rolesOf(spoken[0]) : [];
  const { limits, rest } = limitsOf(said.replace(beforeStart, (words) => " ".repeat(words.length)));
  const terms = termsOf(rest, lexicon).filter((term) => term.content && !silent.has(term.key));
  return {
    text,
    asked: groupsOf(rest, terms),
    limits,
    isPlan: /\b(?:will|plan\w*|request\w*|dose|dosing|prescribed)\b/i.test(text),
    done,
    roles,
    measured: /\d\s*(?:%|percent|mm|cm|ms|kg)\b|\d\s*%/i.test(rest) || bounded.test(rest),
  };
}

/** A bound that is none of the limits read above: words cannot keep it. */
const bounded =
  /\b(?:at least|more than|greater than|no more than|not more than|less than|fewer than|minimum of)\s+(?:(?:[2-9]|\d{2,})\b|two|three|four|five|six|seven|eight|ten)|\b(?:\d+|two|three|four|five|six) or (?:more|fewer|less|greater)\b|[<>≤≥]\s*\d/i;

/** "A cardiac surgeon has determined that …": who says it, taken off what is said. */
const speaker =
  /^\s*(?:an?\s+|the\s+)?[^.;]{0,60}?\b(?:surgeon|\w+ologist|psychiatrist|physiatrist|team|physician|prescriber|provider|specialist|clinician)s?\b[^.;]{0,40}?\b(?:determine[sd]?|documents?|documented|states?|stated|judge[sd]?|concludes?|concluded|attests?|certif\w+|confirms?|confirmed|agrees?)\s+(?:in writing\s+)?that\s+/i;

function rolesOf(words: string): RegExp[] {
  const named =
    words.match(
      /\b(?:(?:cardiac|cardiothoracic|vascular|orthop\w+|spine|plastic) surgeon|\w+ologist|psychiatrist|heart team|multidisciplinary team)\b/gi,
    ) ?? [];
  return named.flatMap((role) => {
    if (/team/i.test(role)) return [/\b(?:heart team|multidisciplinary|team conference|conference)\b/i];
    const field = fieldOf(role);
    return field ? [field] : [];
  });
}

const doneVerb =
  /\b(?:assessed|tested|measured|evaluated|screened|checked|obtained|performed|reviewed|completed|undergone|done)\b/i;
/** The service that is asked for has not begun, so every result is from before it. */
const beforeStart =
  /\b(?:before|prior to)\s+(?:the\s+)?(?:first dose|start(?:ing)?|initiati(?:on|ng)|beginning|treatment)(?:\s+(?:of\s+)?(?:therapy|treatment))?/gi;

/** Words of denial and of form; they are read as polarity, not as things asked for. */
const silent = new Set(
  (
    "dose dosage dosing assessed assessment tested measured evaluated screened checked obtained performed reviewed " +
    "completed undergone done excluded absent absence denies negative ruled free lack none other another able unable " +
    "together concurrently concomitantly combination inability first second prior record documents documented determined been ordered meets met shown show proven " +
    "demonstrated evidence evidenced consistent least minimum must required requires necessary applies applicable chart note"
  )
    .split(" ")
    .map(stem),
);

const units = "%|percent|mm|cm|mg|mcg|kg|lbs?|ms|mmhg|points?|/10|ml|mg/dl|g/dl|mg/l|ng/ml|iu/ml";
const comparisons: [RegExp, ">=" | ">" | "<=" | "<"][] = [
  [/\b(?:at least|minimum(?: of)?|no less than|not less than)\b|≥|>=/i, ">="],
  [/\b(?:no more than|not more than|at most|up to|maximum(?: of)?|not exceed(?:ing)?)\b|≤|<=/i, "<="],
  [/\b(?:more than|greater than|over|exceed(?:s|ing)?|above)\b|>/i, ">"],
  [/\b(?:less than|under|below|fewer than)\b|</i, "<"],
];

/** Takes windows, lengths and thresholds out of a clause. */
function limitsOf(text: string): { limits: Limit[]; rest: string } {
  const limits: Limit[] = [];
  let rest = text;
  const blank = (start: number, length: number) => {
    rest = rest.slice(0, start) + " ".repeat(length) + rest.slice(start + length);
  };
  const window =
    /\b(?:within|in|during)\s+(?:the\s+)?(?:past|last|previous|prior|preceding)?\s*(\d+|\w+)[\s-]*(days?|weeks?|months?|years?)(?:\s+(?:before|prior to|of|preceding)\s+(?:the\s+)?(?:request|date of request|submission))?/gi;
  for (const match of text.matchAll(window)) {
    const days = durationsIn(`${match[1]} ${match[2]}`)[0]?.days;
    if (days === undefined) continue;
    limits.push({ kind: "within", maxDays: days });
    blank(match.index, match[0].length);
  }
  for (const { days, start, end } of durationsIn(rest)) {
    if (
      /\b(?:at least|minimum|≥|>=|more than|or more|or longer|over|for|x)\b|≥/i.test(
        rest.slice(Math.max(0, start - 20), end + 12),
      ) ||
      /^[\s-]*(?:trial|course|period|regimen)\b/i.test(rest.slice(end))
    ) {
      limits.push({ kind: "lasts", minDays: days });
      blank(start, end - start);
    }
  }
  const amount = new RegExp(
    `(${comparisons.map(([cue]) => cue.source).join("|")})\\s*(\\d+(?:\\.\\d+)?)\\s*(${units})`,
    "gi",
  );
  for (const match of rest.matchAll(amount)) {
    const cmp = comparisons.find(([cue]) => cue.test(match[1]!))?.[1];
    if (!cmp) continue;
    limits.push({ kind: "value", cmp, value: Number(match[2]), unit: match[3]!.toLowerCase() });
    blank(match.index, match[0].length);
  }
  return { limits, rest };
}

const stopsChunk =
  /[,;(:]|\b(?:and|of|for|with|in|to|by|on|at|that|which|is|are|was|were|has|have|been|be|from|the|an?)\b/i;

/** Terms joined by "or" are one thing asked for in several ways; all other terms are asked for each on its own. */
function groupsOf(text: string, terms: Term[]): Asked[] {
  const joined: boolean[] = terms.map((term, at) => {
    const next = terms[at + 1];
    return next !== undefined && /\bor\b|\/|\band\/or\b/i.test(text.slice(term.end, next.start));
  });
  const groups: Asked[] = [];
  for (let at = 0; at < terms.length; ) {
    let end = at;
    while (
      end < terms.length - 1 &&
      (joined[end] || (listed(text, terms, end) && orFollows(joined, text, terms, end)))
    )
      end++;
    const members = terms.slice(at, end + 1);
    groups.push(asked(text, end > at ? members.map((term) => [term]) : [[members[0]!]]));
    at = end + 1;
  }
  return groups;
}

const listed = (text: string, terms: Term[], at: number) =>
  /^\s*,\s*(?:an?\s+)?$/.test(text.slice(terms[at]!.end, terms[at + 1]!.start));

function orFollows(joined: boolean[], text: string, terms: Term[], from: number): boolean {
  for (let at = from; at < terms.length - 1; at++) {
    if (joined[at]) return true;
    if (!listed(text, terms, at) && stopsChunk.test(text.slice(terms[at]!.end, terms[at + 1]!.start)))
      return false;
  }
  return false;
}

function asked(text: string, anyOf: Term[][]): Asked {
  const first = anyOf[0]![0]!;
  return {
    anyOf,
    words: text.slice(first.start, anyOf.at(-1)!.at(-1)!.end),
    faint: anyOf.every((way) => way.every((term) => !term.named && isFaint(term.key))),
    denied: isDenied(text, first.start, first.end),
  };
}
