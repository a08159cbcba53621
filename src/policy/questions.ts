import type { Block } from "./blocks.ts";
import type { Unit } from "./composition.ts";
import { all, any, type Draft, leavesOf } from "./draft.ts";
import type { Table } from "./outline.ts";
import { join, type Passage, slice } from "./passage.ts";
import { readProse } from "./prose.ts";

/** Where an answer leads: to a question, to approval, to denial, or on to the next question. */
type Way = { go: number } | "approve" | "deny" | "elsewhere" | "next";
type Question = { number: number; words: Passage; yes: Way; no: Way };

const text = (cell: readonly Block[] | undefined): string =>
  (cell ?? []).map(({ passage }) => passage.text).join(" ");

/** Rows of a question with what follows Yes and what follows No. */
export function isQuestionTable(table: Table): boolean {
  const rows = table.rows.filter((row) => answers(row) !== null);
  return rows.length >= 2 || (rows.length === 1 && table.rows.length <= 2);
}

function answers(row: Block[][]): { yes: string; no: string } | null {
  const cells = row.map(text);
  const yes = cells.find((cell) => /^\W*(?:if\s+)?yes\b/i.test(cell));
  const no = cells.find((cell) => /^\W*(?:if\s+)?no\b\s*[:.;,–—-]/i.test(cell));
  if (yes !== undefined && no !== undefined && yes !== no) return { yes, no };
  const both = cells.find((cell) => /\byes\b\s*[:–—-].*\bno\b\s*[:–—-]/i.test(cell));
  if (!both) return null;
  const cut = both.search(/\bno\b\s*[:–—-]/i);
  return { yes: both.slice(0, cut), no: both.slice(cut) };
}

/** A question table as criteria: what has to be answered how, in order to be approved. */
export function readQuestions(table: Table): Unit[] {
  const groups: Question[][] = [[]];
  for (const row of table.rows) {
    const question = questionOf(row, groups.at(-1)!.length + 1);
    if (!question) continue;
    const before = groups.at(-1)!.at(-1);
    if (before && question.number <= before.number) groups.push([]);
    groups.at(-1)!.push(question);
  }
  return groups.flatMap((questions): Unit[] => {
    const draft = ways(questions);
    return draft ? [{ role: "branch", draft }] : [];
  });
}

function questionOf(row: Block[][], position: number): Question | null {
  const cell = row.find((one) => /\?|\w{4,}/.test(text(one)) && !/^\W*(?:yes|no)\b/i.test(text(one)));
  if (!cell) return null;
  const printed = cell[0]?.label?.readings.find(({ style }) => style === "decimal")?.value ?? numberCell(row);
  const words = join(cell.map(({ passage }) => passage));
  const said = answers(row);
  if (!said && !/\?\s*$/.test(words.text)) return null;
  return {
    number: printed ?? position,
    words,
    yes: said ? wayOf(said.yes) : "next",
    no: said ? wayOf(said.no) : "next",
  };
}

/** A table can print the question's number in a column of its own. */
function numberCell(row: Block[][]): number | null {
  const found = row.map(text).find((cell) => /^#?\d{1,2}[.)]?$/.test(cell));
  return found ? Number(/\d+/.exec(found)![0]) : null;
}

function wayOf(answer: string): Way {
  if (
    /\bdeny|denied|denial|not (?:approve|meet|cover|eligible)\w*|do not approve|stop\b|reject/i.test(answer)
  )
    return "deny";
  const go =
    /\b(?:go|proceed|continue|skip|move) (?:on )?to\s*(?:question|step|#|number)*\s*#?\s*(\d{1,2})/i.exec(
      answer,
    );
  if (go) return { go: Number(go[1]) };
  if (/\bapprove|approval|authori[sz]e|covered|criteria met|pay\b/i.test(answer)) return "approve";
  return /\bgo to\b|\bsee\b|\brefer\b/i.test(answer) ? "elsewhere" : "next";
}

/** Walks from the first question; routing questions, and answers that lead to another table, are passed over. */
function ways(questions: Question[]): Draft | null {
  const parts: (Draft | null)[] = [];
  const seen = new Set<Question>();
  let at: Question | null = questions[0] ?? null;
  while (at && !seen.has(at)) {
    seen.add(at);
    const step = stepFrom(at, questions, seen);
    parts.push(step.draft);
    at = step.to === null ? null : (questions.find(({ number }) => number === step.to) ?? null);
  }
  return all(parts);
}

type Step = { draft: Draft | null; to: number | null };

/** One step: a question, or a run of questions of which one good answer is enough, and where it leads. */
function stepFrom(first: Question, questions: Question[], seen: Set<Question>): Step {
  const target = (way: Way, from: Question): number | null =>
    typeof way === "object" ? way.go : way === "next" ? from.number + 1 : null;
  if (first.yes === "next" && first.no === "next") return { draft: null, to: first.number + 1 };
  if (first.yes === "elsewhere" || first.no === "elsewhere")
    return { draft: null, to: target(first.yes === "elsewhere" ? first.no : first.yes, first) };
  if (first.no === "deny") return { draft: ask(first, true), to: target(first.yes, first) };
  if (first.yes === "deny") return { draft: ask(first, false), to: target(first.no, first) };
  const good = first.yes;
  const alternatives: (Draft | null)[] = [ask(first, true)];
  let next = target(first.no, first);
  while (next !== null) {
    const question = questions.find(({ number }) => number === next);
    if (!question || seen.has(question)) break;
    if (!sameWay(question.yes, good)) return wholeRun(first, good, target(first.no, first), questions, seen);
    seen.add(question);
    alternatives.push(ask(question, true));
    if (question.no === "deny") break;
    next = target(question.no, question);
  }
  return { draft: any(alternatives), to: target(good, first) };
}

/** Where the No of a question leads through several others to the same good end: one question, or all of those. */
function wholeRun(
  first: Question,
  good: Way,
  from: number | null,
  questions: Question[],
  seen: Set<Question>,
): Step {
  const end = typeof good === "object" ? good.go : Number.POSITIVE_INFINITY;
  const run = questions.filter(({ number }) => from !== null && number >= from && number < end);
  for (const question of run) seen.add(question);
  const asked = all(
    run.map((question) => (question.yes === "deny" ? ask(question, false) : ask(question, true))),
  );
  return { draft: any([ask(first, true), asked]), to: typeof good === "object" ? good.go : null };
}

const sameWay = (a: Way, b: Way): boolean =>
  typeof a === "object" && typeof b === "object" ? a.go === b.go : a === b;

/** The question's words as conditions; where No is the good answer they stand under `not`. */
function ask(question: Question, good: boolean): Draft | null {
  const mark = question.words.text.search(/\?/);
  const words = mark > 0 ? slice(question.words, 0, mark) : question.words;
  const draft = readProse(words, "");
  if (!draft || leavesOf(draft).length === 0) return null;
  return good ? draft : { op: "not", of: [draft], lead: null };
}
