import { type Chart, dayOf, evidenceOf, passage } from "./chart.ts";
import { durationsIn } from "./durations.ts";
import { met, newestFirst, notMet, unknown, type Verdict } from "./evaluate/verdict.ts";
import { isPlainStatement } from "./polarity.ts";
import { newestOf, type Sentence, spanOfSentence } from "./sentences.ts";

const bound =
  "(?:at least|≥|>=|minimum of|of at least|greater than or equal to|(more than|greater than|over|>))";
const asksPain = new RegExp(
  `^\\W*(?:[a-z]+\\s+){0,4}?(?:pain|VAS|NRS|visual analog(?:ue)? scale|numeric(?:al)? (?:pain )?rating scale)\\b[^.;\\d]{0,60}?(?:${bound}\\s*(\\d{1,2})|(\\d{1,2})\\s*(?:or (?:greater|higher|more)|\\+))(?:\\s*(?:\\/|out of)\\s*10)?(?:\\s*(?:on|using|by|\\().{0,70})?\\W*$`,
  "i",
);
const saysPain =
  /\b(?:pain|VAS|NRS|severity|intensity)\b(?:\s+(?:score|level|intensity|severity|rating|scale|is|was|rated|averages?|at|of|currently|today))*[\s:=(,-]*(?:(?:average|avg|rated|currently|today|now|usually|a|about|at|as|around|from)\s*)*(\d{1,2})(?:\s*(?:-|–|to)\s*(\d{1,2}))?\s*(?:\/|out of)\s*10\b/i;
const notNow =
  /\b(?:before|prior|previously|worst|at (?:its )?(?:best|worst)|goal|was|initially|baseline|used to|down from)\b/i;

/** "Pain of at least 6 on a 0-10 scale": what the newest note rates it, the average rather than the worst. `null`: not asked or not rated. */
function ofPain(text: string, chart: Chart): Verdict | null {
  const found = asksPain.exec(text);
  if (
    !found ||
    /\b(?:no|not|reduc\w+|improve\w*|decreas\w+|relief|or)\b(?! (?:greater|higher|more|equal))/i.test(text)
  )
    return null;
  const least = Number(found[2] ?? found[3]);
  const enough = (n: number) => (found[1] ? n > least : n >= least);
  const rated = linesOf(chart).flatMap((sentence) => {
    const place = saysPain.exec(sentence.text);
    if (
      !place ||
      notNow.test(sentence.text.slice(Math.max(0, place.index - 25), place.index + place[0].length))
    )
      return [];
    return [{ sentence, low: Number(place[1]), high: Number(place[2] ?? place[1]) }];
  });
  const newest = newestOf(rated).slice(0, 4);
  if (newest.length === 0) return null;
  const evidence = show(newest, "the pain as rated");
  if (newest.every(({ low }) => enough(low))) return met(evidence);
  return newest.every(({ high }) => !enough(high)) ? notMet(evidence) : unknown(evidence);
}

const asksOff = new RegExp(
  `${bound}\\s*(\\d{1,2}(?:\\.\\d)?)\\s*hours?\\b[^.;]{0,30}\\boff\\b|\\boff\\b['"”]?[- ]*(?:time|periods?|episodes?)\\b[^.;\\d]{0,40}${bound}\\s*(\\d{1,2}(?:\\.\\d)?)\\s*hours?`,
  "i",
);
const offFrame =
  /\b(?:motor|fluctuations?|with|documented|documentation|the|member|patient|has|have|is|experienc\w+|of|per|a|an?|day|daily|each|in|an|average|time|periods?|episodes?|off|waking|diary|by|parkinson\w*|disease|inadequately|controlled|despite|on|s)\b|[^a-z]+/gi;
const saysOff =
  /\b(\d{1,2}(?:\.\d+)?)(?:\s*(?:-|–|to)\s*(\d{1,2}(?:\.\d+)?))?\s*(?:h|hrs?|hours?)(?:\s*(?:per|a|\/|each)\s*day)?\s*(?:of\s+|in\s+(?:the\s+)?|are\s+|is\s+)?(?:daily\s+)?['"“]?off\b|\boff['"”]?[- ]*(?:time|periods?|state|hours)?\b[\s:=]*(?:is\s+|of\s+|averages?\s+|about\s+|totals?\s+|approximately\s+|~\s*)*(\d{1,2}(?:\.\d+)?)(?:\s*(?:-|–|to)\s*(\d{1,2}(?:\.\d+)?))?\s*(?:h|hrs?|hours?)\b/i;

/** "At least 3 hours of off time per day": the hours a note or diary gives. `null`: not asked or not told. */
function ofOffTime(text: string, chart: Chart): Verdict | null {
  const found = asksOff.exec(text);
  if (!found || text.replace(found[0], " ").replace(offFrame, "").length > 3) return null;
  const least = Number(found[2] ?? found[4]);
  const told = linesOf(chart).flatMap((sentence) => {
    const place = saysOff.exec(sentence.text);
    if (!place || /\b(?:goal|reduced? (?:to|from)|prior to|before|previously)\b/i.test(sentence.text))
      return [];
    const low = Number(place[1] ?? place[3]);
    return [{ sentence, low, high: Number(place[2] ?? place[4] ?? low) }];
  });
  const newest = newestOf(told).slice(0, 4);
  if (newest.length === 0) return null;
  const evidence = show(newest, "hours off a day");
  if (newest.every(({ low }) => low >= least && (low > least || !(found[1] ?? found[3]))))
    return met(evidence);
  return newest.every(({ high }) => high < least) ? notMet(evidence) : unknown(evidence);
}

const asksRelief =
  /\b(?:prior|previous|earlier|last|diagnostic|initial|first|trial|preceding)\b[^.;]{0,60}?\b(?:injections?|blocks?|procedures?|treatments?|ablations?|sessions?|stimulation)\b[^.;]{0,60}?\b(?:at least|≥|>=|greater than|more than|minimum(?: of)?)\s*(\d{2})\s*%\s*(?:\w+\s+){0,3}?(?:relief|improvement|reduction|decrease)\b([^.;]*)$/i;
const saysRelief =
  /\b(\d{2,3})(?:\s*(?:-|–|to)\s*(\d{2,3}))?\s*%\s*(?:\w+\s+){0,3}?(?:relief|improvement|reduction|better|decrease)\b([^;]*)/i;
const intervention =
  /\b(?:injections?|blocks?|ESIs?|TFESIs?|RFA|ablations?|MBBs?|epidural|neurotomy|stimulat\w+|trial)\b/i;

/** "The prior injection gave at least 50% relief for at least 3 months": the relief and its length as a note tells them. */
function ofRelief(text: string, chart: Chart): Verdict | null {
  const found = asksRelief.exec(text);
  if (!found || /\b(?:no|not|unless|two|both|three)\b|\b2\b/i.test(text)) return null;
  const least = Number(found[1]);
  const lasting = durationsIn(found[2]!)[0]?.days ?? 0;
  const lines = linesOf(chart);
  const told = lines.flatMap((sentence, at) => {
    const place = saysRelief.exec(sentence.text);
    const before = lines[at - 1]?.document === sentence.document ? lines[at - 1]!.text : "";
    if (!place || !intervention.test(`${before} ${sentence.text}`)) return [];
    const length = durationsIn(place[3]!)[0]?.days ?? null;
    return [{ sentence, share: Number(place[1]), days: length }];
  });
  if (told.length === 0) return null;
  const evidence = show(told, "the relief and how long it lasted");
  const good = told.filter(
    ({ share, days }) => share >= least && (lasting === 0 || (days ?? -1) >= lasting * 0.97),
  );
  if (good.length === told.length) return met(evidence);
  const bad = told.every(({ share, days }) => share < least || (days !== null && days < lasting * 0.9));
  return bad ? notMet(evidence) : unknown(evidence);
}

const asksPressure =
  /^\W*(?:[a-z]+\s+){0,4}?blood pressure\b[^.;\d]{0,40}?\b(?:below|less than|under|no (?:higher|greater|more) than|at or below|does not exceed|controlled (?:at|to)|<|≤)\s*(\d{2,3})\s*\/\s*(\d{2,3})(?:\s*mm\s?Hg)?(?:\s+(?:before|prior to|at|on)\b.{0,40})?\W*$/i;

/** "Blood pressure is below 140/90": both numbers of the newest day. `null`: not asked or not measured. */
function ofPressure(text: string, chart: Chart): Verdict | null {
  const found = asksPressure.exec(text);
  if (!found) return null;
  const newest = (concept: string) =>
    newestFirst(
      (chart.byConcept.get(concept) ?? []).filter(
        (fact) =>
          fact.assertion === "present" &&
          fact.value?.high !== undefined &&
          (dayOf(fact) ?? "9") <= chart.asOf,
      ),
    )[0];
  const [upper, lower] = [newest("sbp"), newest("dbp")];
  if (!upper || !lower || dayOf(upper) !== dayOf(lower)) return null;
  const evidence = [evidenceOf(upper, "the newest blood pressure")];
  return upper.value!.high! < Number(found[1]) && lower.value!.high! < Number(found[2])
    ? met(evidence)
    : notMet(evidence);
}

/**
 * Amounts that notes write in ways of their own: ratings of pain, hours off, relief after a procedure, blood pressure. `null`:
 * none of these.
 */
export const judgeAmounts = (text: string, chart: Chart): Verdict | null =>
  ofPain(text, chart) ?? ofOffTime(text, chart) ?? ofRelief(text, chart) ?? ofPressure(text, chart);

const linesOf = (chart: Chart): Sentence[] =>
  chart.index.sentences
    .map(({ sentence }) => sentence)
    .filter(
      ({ text, section, on }) =>
        text.length < 500 &&
        (on ?? "") <= chart.asOf &&
        isPlainStatement(text.replace(/\btrial\b/gi, ""), section, false),
    );

const show = (list: readonly { sentence: Sentence }[], why: string) =>
  list.slice(0, 3).map(({ sentence }) => passage([spanOfSentence(sentence)], why));
