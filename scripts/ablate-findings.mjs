// What each part of the ranking of passages earns: recall among the first three passages on labelled pairs of patients
// and criteria, with every signal switched off in turn, and the verdicts beside. usage: node scripts/ablate-findings.mjs [BENCH]
// BENCH is a folder with matching/trialgpt/pairs.jsonl; without it, or where it is absent, nothing is printed.
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { matchPolicy } from "../src/finding/match-policy.ts";
import { weights } from "../src/finding/rank.ts";
import { loadClinical, loadMatching } from "../src/knowledge/index.ts";

const bench = process.argv[2] ?? path.resolve(import.meta.dirname, "../../shared/bench/records/dev");
const file = path.join(bench, "matching/trialgpt/pairs.jsonl");
if (!existsSync(file)) process.exit(0);
const pairs = readFileSync(file, "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line));
const knowledge = { clinical: await loadClinical(), matching: await loadMatching() };

/** Recall@3 over pairs with expert sentences, and how many verdicts are right. */
function measure(matching) {
  const sum = { recall: 0, pairs: 0, met: 0, metRight: 0, decided: 0, right: 0 };
  for (const pair of pairs) {
    const leaf = { id: "c1", text: pair.criterion, from: [], judgment: true };
    const page = { page: 1, text: pair.note, lines: [], ocr: false };
    const { findings } = matchPolicy({
      policy: {
        title: null,
        number: null,
        payer: null,
        effective: null,
        treatmentIds: [],
        criteria: { id: "c", text: "", from: [], all: [leaf] },
        exclusions: null,
        issues: [],
      },
      facts: [],
      documents: [{ document: "note.txt", mediaType: "text/plain", sha256: "", pages: [page] }],
      asOf: "2026-11-22",
      clinical: knowledge.clinical,
      matching,
    });
    score(
      pair,
      findings.find(({ criterion }) => criterion === "c1"),
      sum,
    );
  }
  return sum;
}

function score(pair, finding, sum) {
  if (finding.status === "met") sum.met++;
  if (finding.status === "met" && pair.label === "met") sum.metRight++;
  if (finding.status !== "unknown") sum.decided++;
  if (finding.status === pair.label) sum.right++;
  if (pair.evidence.length === 0) return;
  const starts = [];
  let offset = 0;
  for (const sentence of pair.sentences) {
    starts.push([offset, offset + sentence.length]);
    offset += sentence.length + 1;
  }
  const ranked = [];
  for (const { from } of [...finding.for, ...finding.against, ...finding.candidates])
    for (const span of from)
      starts.forEach(([start, end], at) => {
        if (span.start < end && start < span.end && !ranked.includes(at)) ranked.push(at);
      });
  sum.pairs++;
  sum.recall += ranked.slice(0, 3).filter((at) => pair.evidence.includes(at)).length / pair.evidence.length;
}

function show(name, { recall, pairs: counted, met, metRight, right, decided }) {
  process.stdout.write(
    `${name.padEnd(34)} recall@3 ${(recall / counted).toFixed(3)}   met ${metRight}/${met}   decided ${decided}   verdict ${(right / pairs.length).toFixed(3)}\n`,
  );
}

show("everything", measure(knowledge.matching));
for (const signal of Object.keys(weights)) {
  const kept = weights[signal];
  weights[signal] = 0;
  show(`without ${signal}`, measure(knowledge.matching));
  weights[signal] = kept;
}
show("without table of near words", measure({ ...knowledge.matching, equivalents: [] }));
show("without table of signs", measure({ ...knowledge.matching, signs: {} }));
show("without table of same words", measure({ ...knowledge.matching, same: [] }));
