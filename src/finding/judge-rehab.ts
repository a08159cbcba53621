import { numberOf } from "#base";
import { type Chart, passage } from "./chart.ts";
import { met, notMet, unknown, type Verdict } from "./evaluate/verdict.ts";
import { isPlainStatement } from "./polarity.ts";
import { type Sentence, spanOfSentence } from "./sentences.ts";

/** Criteria of therapy and home health that notes answer in phrases of their own. `null`: none of them, or not answered. */
export function judgeRehab(text: string, chart: Chart): Verdict | null {
  if (text.split(/\s+/).length > 30) return null;
  return (
    ofPlateau(text, chart) ??
    ofGoals(text, chart) ??
    ofSkill(text, chart) ??
    ofSignedPlan(text, chart) ??
    ofVisits(text, chart)
  );
}

const plain = (chart: Chart, planned = false): Sentence[] =>
  chart.index.sentences
    .map(({ sentence }) => sentence)
    .filter(({ text, section, on }) => (on ?? "") <= chart.asOf && isPlainStatement(text, section, planned));
const show = (list: readonly Sentence[], why: string) =>
  list.slice(0, 2).map((one) => passage([spanOfSentence(one)], why));

const asksPlateau =
  /\b(?:not|no)\b[^.;]{0,50}\b(?:plateau\w*|maximum (?:\w+ ){0,2}(?:potential|improvement|benefit))\b|\bcontinu\w+ to (?:make (?:\w+ )?progress|improve|benefit)\b/i;
const progresses =
  /\b(?:has|have|had) not (?:yet )?(?:plateaued|reached (?:a |an? )?(?:plateau|maximum))|\bno plateau\b|\bnot (?:yet )?plateaued|\bcontinues? to (?:make (?:\w+ )?(?:progress|gains)|progress|improve)\b/i;
const stopped =
  /(?<!\bnot |\bnot yet )\b(?:plateaued|reached (?:a )?(?:plateau|maximum (?:\w+ ){0,2}(?:potential|improvement|benefit)))\b/i;

/** "Has not reached a plateau": the newest notes say that the patient goes on improving, and none that this has ended. */
function ofPlateau(text: string, chart: Chart): Verdict | null {
  if (!asksPlateau.test(text)) return null;
  const said = plain(chart);
  const pro = said.filter(({ text: words }) => progresses.test(words));
  const contra = said.filter(({ text: words }) => stopped.test(words) && !progresses.test(words));
  if (pro.length > 0)
    return contra.length === 0
      ? met(show(pro, "progress goes on"))
      : unknown(show([...pro, ...contra], "bears on progress"));
  return contra.length > 0 ? notMet(show(contra, "progress has ended")) : null;
}

/** "Measurable short-term and long-term goals": goals of both kinds, with a number or a time in them. */
function ofGoals(text: string, chart: Chart): Verdict | null {
  if (!/\bgoals?\b/i.test(text) || !/\b(?:measurable|objective|quantifiable|specific)\b/i.test(text))
    return null;
  if (/\bmet\b|\bachiev\w+|\bprogress\b/i.test(text)) return null;
  const ways = [
    ...(/\bshort[- ]term\b/i.test(text) ? [/\b(?:STGs?|short[- ]term goals?)\b/i] : []),
    ...(/\blong[- ]term\b/i.test(text) ? [/\b(?:LTGs?|long[- ]term goals?)\b/i] : []),
  ];
  const wanted = ways.length > 0 ? ways : [/\b(?:STGs?|LTGs?|goals?)\b/i];
  const lines = chart.index.sentences.map(({ sentence }) => sentence);
  const found = wanted.map((way) =>
    lines.filter(({ text: words }) => way.test(words) && /\d/.test(words.slice(words.search(way)))),
  );
  return found.every((list) => list.length > 0)
    ? met(
        show(
          found.flatMap((list) => list.slice(0, 1)),
          "goals with their measure",
        ),
      )
    : null;
}

const asksSkill =
  /\b(?:requires?|needs?|necessitates?)\b[^.;]{0,40}\bskill(?:s|ed)?\b[^.;]{0,50}\b(?:therapists?|clinicians?|professionals?|nurs\w+|personnel|care|services?)\b/i;
const saysSkill =
  /\b(?:requires?|needs?|necessitates?)\b[^.;]{0,30}\b(?:the )?skills? of\b|\brequires? skilled\b|\bskilled (?:\w+ ){0,3}(?:is|are|remains?) (?:medically )?(?:required|needed|necessary)\b|\bneeds? (?:intermittent )?skilled\b/i;

/** "Requires the skills of a licensed therapist": a note that says so. */
function ofSkill(text: string, chart: Chart): Verdict | null {
  if (!asksSkill.test(text) || /\bnot\b/i.test(text)) return null;
  const field = /therap/i.test(text) ? /therap/i : /nurs/i.test(text) ? /nurs|\bRN\b|\bLPN\b/i : /./;
  const said = plain(chart).filter(
    ({ text: words }) =>
      saysSkill.test(words) && field.test(words) && !/\b(?:no longer|not|does not)\b/i.test(words),
  );
  return said.length > 0 ? met(show(said, "says that the skill is needed")) : null;
}

const asksSigned =
  /\b(plan of care|treatment plan|care plan|certification|letter of medical necessity)\b[^.;]{0,60}\bsign(?:ed|ature)\b|\bsigned\b[^.;]{0,20}\b(plan of care|treatment plan|care plan|order)\b/i;
const signedLine =
  /\b(?:electronically )?signed(?: by)?\b\s*:?[^.;]{0,60}\b(?:M\.?D|D\.?O|NP|PA-C|APRN|DPM)\b|\b(?:plan of care|treatment plan|care plan)\b[^.;]{0,40}\bsigned\b[^.;]{0,40}\bby (?:Dr|[A-Z])/i;

/** "A plan of care that the physician has signed": a paper of that name with a signature, or a note that tells of it. */
function ofSignedPlan(text: string, chart: Chart): Verdict | null {
  const found = asksSigned.exec(text);
  if (!found || /\b(?:within|not|unless)\b/i.test(text)) return null;
  const name = new RegExp((found[1] ?? found[2])!.replace(/\s+/g, "\\s+"), "i");
  const lines = chart.index.sentences.map(({ sentence }) => sentence);
  const titled = new Set(
    lines.filter(({ text: words, index }) => index < 4 && name.test(words)).map(({ document }) => document),
  );
  const said = lines.filter(
    ({ text: words, document }) =>
      signedLine.test(words) &&
      (titled.has(document) || name.test(words)) &&
      (!/\bdated\b/i.test(text) || /\d{1,2}\/\d{1,2}/.test(words)) &&
      !/\b(?:not|unsigned|pending|awaiting)\b/i.test(words),
  );
  return said.length > 0 ? met(show(said, "signed")) : null;
}

const word = "(\\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty)";
const asksVisits = new RegExp(
  `\\b(?:visits?|sessions?|treatments?|hours)\\b[^.;\\d]{0,40}\\b(?:not exceed|no more than|maximum of|limited to|up to)\\s+${word}(?:\\s+(?:visits|sessions|times|hours))?(?:\\s*(?:per|a|each|/)\\s*(week|month))?\\W*$|\\b(?:no more than|not more than|up to|maximum of)\\s+${word}\\s+(?:visits?|sessions?|hours)(?:\\s*(?:per|a|each|/)\\s*(week|month))?\\W*$`,
  "i",
);

/** "Visits do not exceed three per week", "no more than 12 visits": what the plan asks for. */
function ofVisits(text: string, chart: Chart): Verdict | null {
  const found = asksVisits.exec(text);
  if (!found) return null;
  const most = numberOf((found[1] ?? found[3])!.toLowerCase()) ?? Number(found[1] ?? found[3]);
  const unit = (found[2] ?? found[4] ?? "").toLowerCase();
  const told = plain(chart, true).flatMap((sentence) => {
    const n = /\bhours\b/i.test(text)
      ? hoursIn(sentence.text, unit)
      : unit === ""
        ? totalIn(sentence.text)
        : unit === "week"
          ? perWeekIn(sentence.text)
          : null;
    return n === null ? [] : [{ sentence, n }];
  });
  if (told.length === 0 || !Number.isFinite(most)) return null;
  const evidence = show(
    told.map(({ sentence }) => sentence),
    "the visits planned",
  );
  if (told.every(({ n }) => n <= most)) return met(evidence);
  return told.every(({ n }) => n > most) ? notMet(evidence) : unknown(evidence);
}

/** Visits a week: "3x/wk", "twice weekly", "2 times per week", and home health's "3w9". */
function perWeekIn(text: string): number | null {
  const found =
    /\b(\d{1,2})\s*(?:x|times|visits?|sessions?)\s*(?:\/|per|a|each)?\s*(?:wk|week)(?:ly)?\b|\b(\d)w\d{1,2}\b|\b(once|twice|three times)\s+(?:a |per )?week(?:ly)?\b/i.exec(
      text,
    );
  if (!found) return null;
  const said = found[3]?.toLowerCase();
  return said ? (said === "once" ? 1 : said === "twice" ? 2 : 3) : Number(found[1] ?? found[2]);
}

/** "Recommended: 25 hours per week direct": the most hours a plan gives for that time. */
function hoursIn(text: string, unit: string): number | null {
  if (unit === "" || !/\b(?:recommend\w*|request\w*|direct|treatment|therapy|services?|plan)\b/i.test(text))
    return null;
  const found = [
    ...text.matchAll(
      new RegExp(
        `\\b(\\d{1,3})\\s*(?:hours|hrs?)\\s*(?:per|a|each|/|every)?\\s*(?:${unit}|${unit.slice(0, 2)}k?)(?:ly)?\\b`,
        "gi",
      ),
    ),
  ];
  return found.length > 0 ? Math.max(...found.map(([, n]) => Number(n))) : null;
}

/** Visits in all, as a plan or a request gives them: "(10 visits)", "requesting 12 visits". */
function totalIn(text: string): number | null {
  if (!/\b(?:plan|continue|request\w*|authoriz\w+|recommend\w*|additional|frequency)\b/i.test(text))
    return null;
  const found = /\b(\d{1,3})\s+(?:additional\s+|more\s+)?(?:visits|sessions|treatments)\b/i.exec(text);
  return found && !/\b(?:completed|attended|to date|so far)\b/i.test(text) ? Number(found[1]) : null;
}
