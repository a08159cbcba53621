import { loadClinical } from "#knowledge";
import { readRecord } from "#record";
import type { Line, SourceDocument } from "#source";

const clinical = await loadClinical();

const day = [
  "Visit date 03/05/2026",
  "HPI. 61 yo man with ischemic cardiomyopathy and chronic kidney disease, seen for heart failure. Denies chest pain, syncope, fever, chills or cough.",
  "Interval. Carvedilol 12.5 mg BID since 04/02/2025, sacubitril/valsartan 49/51 mg BID, spironolactone 12.5 mg daily. Lisinopril stopped 01/14/2024 for cough.",
  "PMH. Type 2 diabetes, hypertension, hyperlipidemia, obstructive sleep apnea, history of DVT in 2015.",
  "Exam. BP 118/72 HR 78 wt 96 kg. No edema. Lungs clear.",
  "Data. TTE 08/18/2025 LVEF 28%, MR 3-4+. K 4.9, Cr 1.24, eGFR 50, NT-proBNP 2,870, A1c 7.9%, Hgb 12.1.",
  "Assessment. NYHA class III. No evidence of acute coronary syndrome. Possible iron deficiency anemia.",
  "Plan. Start empagliflozin 10 mg daily. Repeat BMP in two weeks. Return if weight gain or dyspnea.",
];

/** A chart of that many pages, six visits on each. */
function chart(pages: number): SourceDocument {
  const made = Array.from({ length: pages }, (_, index) => {
    let text = "";
    const lines: Line[] = [];
    for (let visit = 0; visit < 6; visit++)
      for (const sentence of day) {
        const words = sentence.replace("03/05/2026", `0${1 + (index % 9)}/1${visit}/20${10 + (index % 15)}`);
        if (text !== "") text += "\n";
        lines.push({ start: text.length, end: text.length + words.length, indent: 0 });
        text += words;
      }
    return { page: index + 1, text, lines, ocr: false };
  });
  return { document: "chart.pdf", mediaType: "application/pdf", sha256: "0", pages: made };
}

/** Processor time in milliseconds, so that a busy machine does not bend the line. */
function spent(run: () => unknown): number {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** The line of time: ten times the pages must take about ten times as long. Run with `node tests/records.bench.ts`. */
readRecord([chart(3)], clinical);
for (const pages of [30, 300, 1000, 3000]) {
  const source = chart(pages);
  const milliseconds = spent(() => readRecord([source], clinical));
  process.stdout.write(
    `${String(pages).padStart(5)} pages  ${milliseconds.toFixed(0).padStart(6)} ms  ${(milliseconds / pages).toFixed(2)} ms a page\n`,
  );
}
