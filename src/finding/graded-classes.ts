import type { Fact } from "#record";
import type { Chart } from "./chart.ts";
import { gradeOf, standing } from "./evaluate/measure.ts";
import { holds } from "./evaluate/verdict.ts";
import { isPlainStatement } from "./polarity.ts";
import { type Sentence, spanOfSentence } from "./sentences.ts";
import { readingsOf } from "./support.ts";

const childPugh = /\bChild(?:[- ](?:Turcotte[- ])?)?Pugh\b/i;
const childSaid =
  /\bChild(?:[- ](?:Turcotte[- ])?)?Pugh\b[^.;]{0,25}?\b(?:class |score |grade |of |is |: ?)*([ABC])(?:\s*\(?(\d{1,2})\)?)?(?![a-z])/i;
const lowest: Record<string, number> = { A: 5, B: 7, C: 10 };
const highest: Record<string, number> = { A: 6, B: 9, C: 15 };

/** "Child-Pugh class A or B (score of 7 or less)": by points; a letter alone stands for all its points. */
function childPughIn(text: string, chart: Chart): Graded | null {
  const name = childPugh.exec(text);
  if (!name) return null;
  const after = text.slice(name.index);
  const letters = [...after.matchAll(/\b([ABC])(?=\d|\b)(?!\w{2})/g)].map(([, letter]) => letter!);
  const most = Number(
    /(?:score of |≤\s*|<=\s*|up to )(\d{1,2})/i.exec(after)?.[1] ??
      /\b[AB](\d)\b/.exec(after)?.[1] ??
      Number.NaN,
  );
  if (letters.length === 0 && !Number.isFinite(most)) return null;
  const limit = Number.isFinite(most) ? most : Math.max(...letters.map((letter) => highest[letter]!));
  const least = letters.length > 0 ? Math.min(...letters.map((letter) => lowest[letter]!)) : 5;
  const facts = readingsOf(chart).readings.flatMap(({ sentence }, at) => {
    const found = childSaid.exec(sentence.text);
    if (!found || !isPlainStatement(sentence.text, sentence.section, false)) return [];
    const letter = found[1]!.toUpperCase();
    const points = found[2] ? Number(found[2]) : null;
    return [observation(sentence, "child_pugh", at, points ?? lowest[letter]!, points ?? highest[letter]!)];
  });
  return {
    start: name.index,
    end: text.length,
    facts,
    stand: ({ value }) => {
      const [low, high] = [value!.low!, value!.high!];
      if (low >= least && high <= limit) return "passes";
      return low > limit || high < least ? "fails" : "straddles";
    },
  };
}

const instruments: { name: RegExp; concept: string; said: RegExp }[] = [
  {
    name: /\b(?:NYHA|New York Heart Association)(?: functional)?(?: class(?:ification)?)?/i,
    concept: "nyha",
    said: /\bNYHA(?: functional)?(?: class)?[\s:]*\(?((?:IV|III|II|I|[1-4])(?:[ab])?(?:\s*(?:-|–|to|\/)\s*(?:IV|III|II|I|[1-4]))?)\b/i,
  },
  {
    name: /\bECOG(?: performance status| PS)?/i,
    concept: "ecog",
    said: /\bECOG(?: performance status| PS)?[\s:]*(?:of |is )?([0-4](?:\s*(?:-|–|to)\s*[0-4])?)\b/i,
  },
];
const severe =
  /\bmoderate[- ]to[- ]severe\s+or\s+severe\b|\b3\+\s*(?:or\s*(?:4\+|greater|more|higher))|\b(?:grade )?(?:III|3)\s*or\s*(?:greater|higher|IV|more)/i;
const regurgitation = /\b(?:mitral regurgitation|MR)\b/i;
const gradeSaid =
  /\b(?:(moderate[- ]to[- ]severe|mod[- ]sev(?:ere)?)(?:\s+to\s+severe)?|(severe)|(moderate)|(mild)|([1-4])\+?\s*(?:-|–|to)\s*([1-4])\+|([1-4])\+)/gi;

export type Graded = {
  start: number;
  end: number;
  facts: Fact[];
  stand: (fact: Fact) => "passes" | "fails" | "straddles" | null;
};

/** Classes of an instrument, or grades of regurgitation, with the values the chart gives. */
export function classesIn(text: string, chart: Chart): Graded | null {
  const pugh = childPughIn(text, chart);
  if (pugh) return pugh;
  for (const { name, concept, said } of instruments) {
    const found = name.exec(text);
    if (!found) continue;
    const after = text.slice(found.index + found[0].length);
    const listed =
      /^[\s:,]*(?:of |is )?(?:class(?:es)?\s*)?((?:(?:ambulatory|class|or|and|to|through|,|-|–|\s)|\b(?:IV|III|II|I|[0-4])[ab]?\b)+)/i.exec(
        after,
      );
    const wanted = listed ? gradesOf(listed[1]!) : [];
    if (wanted.length === 0) return null;
    const known = (chart.byConcept.get(concept) ?? []).filter((fact) => holds(fact) && fact.value);
    const facts = known.length > 0 ? known : saidIn(chart, said, concept);
    return {
      start: found.index,
      end: found.index + found[0].length + listed![0].length,
      facts,
      stand: (fact) => among(fact, wanted),
    };
  }
  const grade = severe.exec(text);
  if (!grade || !regurgitation.test(text)) return null;
  const known = (chart.byConcept.get("mr_grade") ?? []).filter((fact) => holds(fact) && fact.value);
  const facts = known.length > 0 ? known : regurgitationIn(chart);
  const words = /\b(?:moderate|severe|3\+|4\+|grade|greater)\b/gi;
  const places = [...text.matchAll(words)].map(({ index }) => index);
  return {
    start: Math.min(...places),
    end: Math.max(...places) + 8,
    facts,
    stand: (fact) => standing(fact.value!, { kind: "scale", cmp: ">=", value: 3 }),
  };
}

function gradesOf(list: string): number[] {
  const grades = [...list.matchAll(/\b(IV|III|II|I|[0-4])[ab]?\b/gi)].map(([word]) => gradeOf(word!)!);
  if (/\b(?:to|through)\b|-|–/.test(list) && grades.length === 2)
    return Array.from({ length: grades[1]! - grades[0]! + 1 }, (_, at) => grades[0]! + at);
  return grades;
}

function among(fact: Fact, wanted: readonly number[]) {
  const low = fact.value?.low ?? gradeOf(fact.value?.text ?? "") ?? null;
  if (low === null) return null;
  const high = fact.value?.high ?? low;
  const inside = wanted.filter((grade) => grade >= low && grade <= high).length;
  if (inside >= high - low + 1) return "passes" as const;
  return inside > 0 ? ("straddles" as const) : ("fails" as const);
}

function saidIn(chart: Chart, said: RegExp, concept: string): Fact[] {
  return readingsOf(chart).readings.flatMap(({ sentence }, at) => {
    const found = said.exec(sentence.text);
    if (!found || /\b(?:class II|criteria|indication|previous|prior|was NYHA)\b.*\bor\b/i.test(sentence.text))
      return [];
    const grades = gradesOf(found[1]!);
    return [observation(sentence, concept, at, Math.min(...grades), Math.max(...grades))];
  });
}

function regurgitationIn(chart: Chart): Fact[] {
  return readingsOf(chart).readings.flatMap(({ sentence }, at) => {
    if (!isPlainStatement(sentence.text, sentence.section, false)) return [];
    const place = regurgitation.exec(sentence.text);
    if (
      !place ||
      /\b(?:prior|previous|post[- ]clip|after clip|improved to|reduced to|goal|history of)\b/i.test(
        sentence.text,
      )
    )
      return [];
    const near = sentence.text.slice(Math.max(0, place.index - 60), place.index + 70);
    const grades = [...near.matchAll(gradeSaid)].flatMap(([, modSev, sev, mod, mild, from, to, one]) =>
      modSev ? [3] : sev ? [4] : mod ? [2] : mild ? [1] : from ? [Number(from), Number(to)] : [Number(one)],
    );
    return grades.length > 0
      ? [observation(sentence, "mr_grade", at, Math.min(...grades), Math.max(...grades))]
      : [];
  });
}

function observation(sentence: Sentence, concept: string, at: number, low: number, high: number): Fact {
  return {
    id: `text-${at}`,
    type: "observation",
    concept,
    codes: [],
    text: sentence.text,
    assertion: "present",
    value: { low, high },
    when: { earliest: sentence.on, latest: sentence.on },
    from: [spanOfSentence(sentence)],
  };
}
