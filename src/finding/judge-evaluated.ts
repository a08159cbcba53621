import { daysBetween } from "#base";
import { type Chart, passage } from "./chart.ts";
import { met, unknown, type Verdict } from "./evaluate/verdict.ts";
import { fieldOf } from "./evaluate/who.ts";
import { isPlainStatement } from "./polarity.ts";
import { type Sentence, spanOfSentence } from "./sentences.ts";
import { windowIn } from "./windows.ts";

/** Professions by the words of criteria, and the letters after a name by which they sign. */
const professions: { asked: RegExp; signs: RegExp }[] = [
  {
    asked: /\b(?:dietiti?cian|dietitian|nutritionist)\b/i,
    signs: /\b(?:RDN?|LDN?|CDN|CNS)\b|\b(?:dietiti?an|dietician|nutritionist)\b/i,
  },
  {
    asked:
      /\b(?:psychologist|mental health (?:professional|provider|clinician)|behavioral health (?:professional|provider))\b/i,
    signs:
      /\b(?:Psy\.?D|LCSW|LICSW|LMFT|LPC|LMHC)\b|\bPh\.?D\b(?=.*psycholog|[^A-Za-z]*$)|\b(?:psycholog\w+|psychiatr\w+)\b/i,
  },
  {
    asked: /\bphysical(?: or occupational)? therapists?\b|\bPT\b/,
    signs: /\b(?:DPT|MPT|MSPT|PT)\b|\bphysical therapist\b/i,
  },
  {
    asked: /\boccupational therapists?\b|\bOT\b/,
    signs: /\b(?:OTR(?:\/L)?|OTD|MOT)\b|\boccupational therapist\b/i,
  },
  { asked: /\bspeech(?:[- ]language)? (?:patholog\w+|therapists?)\b/i, signs: /\bCCC[-/ ]?SLP\b|\bSLP\b/ },
  { asked: /\baudiologists?\b/i, signs: /\b(?:Au\.?D|CCC-A)\b|\baudiologist\b/i },
  { asked: /\bgenetic counselors?\b/i, signs: /\b(?:CGC|LGC|LCGC)\b|\bgenetic counselor\b/i },
  { asked: /\bgeneticists?\b/i, signs: /\b(?:FACMGG?|geneticist)\b|\b(?:medical|clinical) genetics\b/i },
  {
    asked: /\b(?:certified diabetes (?:care and education specialist|educator)|diabetes educator)\b/i,
    signs: /\b(?:CDCES|CDE|BC-ADM)\b/,
  },
  { asked: /\b(?:wound care (?:nurse|specialist)|wound,? ostomy)\b/i, signs: /\b(?:CWOCN|CWON|CWCN|WCC)\b/ },
];
const specialist =
  /\b(?:(?:pa?ediatric|developmental|child(?: and adolescent)?) )?(?:\w+ologist|psychiatrist|physiatrist|(?:\w+ )?surgeon|obstetrician|pediatrician)s?\b/gi;
const asks =
  /\b(?:evaluat\w+|examin\w+|assess\w+|seen|consult\w*|counsel\w+|written|ordered|clearance|screened)\b[^.;]{0,60}?\bby\s+(?:either\s+)?(?:an?\s+|the\s+)?(.{4,90}?)(?=\s+(?:who|that|with|within|and|prior|before|for|to|in|during)\b|[,;.(]|$)/i;
const letters = /\b[A-Z][\p{L}'.-]+(?:\s+[A-Z][\p{L}'.-]*){0,3},?\s/u;
const frame =
  /\b(?:the|an?|member|patient|individual|beneficiary|has|have|had|been|was|is|are|must|be|evaluat\w+|examin\w+|examination|assess\w+|seen|consultation|consult\w*|written|order|ordered|performed|completed|documented|documentation|of|by|or|either|in|registered|licensed|certified|board|qualified|specialty|specialist|appropriate|formal|comprehensive|independent|treating|clinical|face|person|initial|pre-?operative|preoperative|screened|with|prior|before|surgery|requested|request|service|procedure|genetic|counseling|counsel\w*|pre-?test|provided|given|received|or)\b|[^a-z]+/gi;

/**
 * "Evaluated by a registered dietitian", "an evaluation by a physical or occupational therapist who …": a paper that one of
 * that profession signs; what follows "who" or "and" is judged by itself. `null`: of no such kind, or nobody signs.
 */
export function judgeEvaluated(text: string, chart: Chart, judge: (text: string) => Verdict): Verdict | null {
  const found = asks.exec(text);
  if (
    !found ||
    text.split(/\s+/).length > 34 ||
    /\b(?:not|unless|except)\b/i.test(text.slice(0, found.index))
  )
    return null;
  if (/\b(?:every|at least|times|once|twice)\b|\d/i.test(found[1]!)) return null;
  if (
    /\w(?:ologist|surgeon|iatrist|therapist|dietitian)s?\s+and\s+(?:an?\s+)?(?:\w+ )?\w*(?:ologist|surgeon|iatrist|therapist|dietitian)/i.test(
      found[1]!,
    )
  )
    return null;
  const ways = professionsIn(found[1]!);
  if (ways.length === 0) return null;
  const window = windowIn(text);
  const signed = chart.index.sentences
    .map(({ sentence }) => sentence)
    .filter(
      (sentence) =>
        signsAs(sentence, ways) &&
        (!window || (sentence.on !== null && daysBetween(sentence.on, chart.requestedOn) <= window.days)),
    );
  if (signed.length === 0) return null;
  const after = text.slice(found.index + found[0].length);
  const more = /\b(?:who|and)\s+(.{6,})$/i.exec(window ? after.replace(window.words, " ") : after)?.[1] ?? "";
  const rest =
    `${text.slice(0, found.index)} ${window ? after.replace(window.words, " ").replace(/\bwithin\b.*?(?:months?|days?|years?|weeks?)?/i, " ") : after}`
      .replace(more, " ")
      .replace(/\b(?:who|and|within|the|past)\b/gi, " ")
      .replace(frame, "");
  const evidence = signed
    .slice(0, 2)
    .map((one) => passage([spanOfSentence(one)], "signed by the profession asked for"));
  if (rest.length > 4) return unknown(evidence);
  if (more === "") return met(evidence);
  const others = more
    .split(/\s+and\s+(?:has\s+)?/i)
    .map((part) => judgeDone(part, signed, chart) ?? judge(part));
  return others.every(({ status }) => status === "met")
    ? met([...evidence, ...others.flatMap((one) => one.for.slice(0, 1))])
    : unknown(evidence);
}

const asksClearance =
  /\b(?:psych\w+|behavioral(?: health)?|mental health|cardiac|medical|dental)\b[^.;]{0,30}\b(?:evaluation|assessment|screening|clearance|consultation)\b[^.;]{0,60}\b(?:no (?:\w+ )?contraindicat\w*|clear(?:s|ed|ance)|(?:suitable|appropriate|acceptable|good) candidate|supports?)\b/i;
const clears =
  /\bno (?:\w+ ){0,2}contraindications?\b|\bcleared (?:for|to)\b|\b(?:is )?an? (?:suitable|appropriate|acceptable|good|reasonable) candidate\b|\bno (?:\w+ )?barriers? to\b/i;
const bars =
  /\bnot (?:cleared|an? (?:\w+ )?candidate)|\bcontraindicated\b|\bdefer\w*|\bpoor candidate\b|(?<!no (?:\w+ )?(?:\w+ )?)\bcontraindication was\b/i;

/** "A psychological evaluation that found no contraindication": a paper of that evaluation that says so. `null`: not asked or not said. */
export function judgeClearance(text: string, chart: Chart): Verdict | null {
  const found = asksClearance.exec(text);
  if (!found || text.split(/\s+/).length > 26 || /\b(?:unless|if)\b/i.test(text)) return null;
  const stem = found[0].slice(0, 5).toLowerCase();
  const field = /psych|behav|menta/.test(stem) ? /psych|behavio|mental/i : new RegExp(stem, "i");
  const window = windowIn(text);
  const lines = chart.index.sentences.map(({ sentence }) => sentence);
  const papers = new Set(
    lines
      .filter(
        ({ text: words, index }) =>
          index < 5 &&
          words.length < 80 &&
          field.test(words) &&
          /\b(?:evaluation|assessment|consult\w*|clearance)\b/i.test(words) &&
          !/\b(?:scheduled|will|refer\w*|pending|recommend\w*|needs?|ordered|is|was)\b/i.test(words),
      )
      .map(({ document }) => document),
  );
  const inside = lines.filter(
    ({ document, on, text: words }) =>
      (papers.has(document) || field.test(words)) &&
      (on ?? "") <= chart.asOf &&
      (!window || (on !== null && daysBetween(on, chart.requestedOn) <= window.days)),
  );
  if (inside.some(({ text: words }) => bars.test(words))) return null;
  const said = inside.filter(
    ({ text: words, section }) => clears.test(words) && isPlainStatement(words, section, false),
  );
  return said.length > 0 && papers.size > 0
    ? met(said.slice(0, 2).map((one) => passage([spanOfSentence(one)], "the evaluation clears the patient")))
    : null;
}

const asksDiagnosed =
  /^(.{6,90}?),?\s+(?:that (?:is|was|has been)\s+)?(?:made|confirmed|established|diagnosed|given|verified|documented)\s+by\s+(?:either\s+)?(?:an?\s+|the\s+)?(.{4,120}?)\W*$/i;

/** "A diagnosis of autism made by a licensed psychologist or psychiatrist": the diagnosis, in a paper that one of them signs. */
export function judgeDiagnosedBy(
  text: string,
  chart: Chart,
  judge: (text: string) => Verdict,
): Verdict | null {
  const found = asksDiagnosed.exec(text);
  if (!found || /\b(?:not|no|unless)\b|\d/i.test(text)) return null;
  const ways = professionsIn(found[2]!);
  if (ways.length === 0 || found[2]!.split(/\s+/).length > 16) return null;
  const said = judge(found[1]!);
  if (said.status !== "met") return null;
  const documents = new Set(said.for.flatMap(({ from }) => from.map(({ document }) => document)));
  const signed = chart.index.sentences
    .map(({ sentence }) => sentence)
    .filter((sentence) => documents.has(sentence.document) && signsAs(sentence, ways));
  const evidence = [
    ...said.for.slice(0, 2),
    ...signed.slice(0, 1).map((one) => passage([spanOfSentence(one)], "signed by the profession asked for")),
  ];
  return signed.length > 0 ? met(evidence) : unknown(evidence);
}

/** The professions of "a physical or occupational therapist", "a neurologist or geneticist". */
function professionsIn(words: string): RegExp[] {
  const named = professions.filter(({ asked }) => asked.test(words)).map(({ signs }) => signs);
  const fields = (words.match(specialist) ?? []).flatMap((role) =>
    /psychologist|geneticist|audiologist/i.test(role) ? [] : (fieldOf(role) ?? []),
  );
  return [...named, ...fields];
}

const signature =
  /\b(?:M\.?D|D\.?O|NP|PA-C|APRN|Ph\.?D|Psy\.?D|RDN?|LDN|DPT|PT|OTR(?:\/L)?|CGC|SLP|Au\.?D|CDCES|RN|CWOCN|LCSW|FACMGG?)\b/;

/** A line with a name and the letters of the profession; no referral, no list of those to be informed. */
const signsAs = ({ text }: Sentence, ways: readonly RegExp[]): boolean =>
  text.length < 130 &&
  letters.test(text) &&
  signature.test(text) &&
  ways.some((way) => way.test(text)) &&
  !/\b(?:refer\w*|cc|attn|requested by|ordering|appointment|schedul\w+|will see|recommend\w*)\b/i.test(text);

const did =
  /^(?:has\s+|have\s+)?(examined|evaluated|seen|interviewed|assessed|reviewed)\s+(?:the\s+)?(member|patient|individual|record|records|chart|medical records?)\W*$/i;

/** "Has examined the member", "reviewed the record": who signs says so. */
function judgeDone(part: string, signed: readonly Sentence[], chart: Chart): Verdict | null {
  const found = did.exec(part.trim());
  if (!found) return null;
  const stem = found[1]!.slice(0, 6).toLowerCase();
  const what = /member|patient|individual/i.test(found[2]!)
    ? /\b(?:patient|member|pt|him|her|\d+[FM])\b/i
    : /\b(?:record|chart|notes?)/i;
  const said = chart.index.sentences.filter(
    ({ sentence }) =>
      signed.some(({ document }) => document === sentence.document) &&
      new RegExp(`\\b${stem}\\w*`, "i").test(sentence.text) &&
      what.test(sentence.text) &&
      isPlainStatement(sentence.text, sentence.section, false),
  );
  return said.length > 0
    ? met(said.slice(0, 1).map(({ sentence }) => passage([spanOfSentence(sentence)], "says so")))
    : null;
}
