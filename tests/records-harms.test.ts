import { describe, expect, test } from "vitest";
import { coursesIn, told } from "./fixtures/made-charts.ts";

describe("a drug that did harm", () => {
  test.each([
    ["She could not tolerate lisinopril (cough).", "lisinopril", "historical intolerance"],
    ["Lisinopril caused angioedema.", "lisinopril", "historical intolerance"],
    ["Lisinopril - cough.", "lisinopril", "historical intolerance"],
    ["She developed a rash on lamotrigine.", "lamotrigine", "historical intolerance"],
    [
      "Lamotrigine had to be stopped because of Stevens-Johnson syndrome.",
      "lamotrigine",
      "historical intolerance",
    ],
    ["Lamotrigine was discontinued after she developed a rash.", "lamotrigine", "historical intolerance"],
    [
      "Intolerant to statins: atorvastatin and simvastatin both produced myalgias.",
      "simvastatin",
      "historical intolerance",
    ],
    ["Severe nausea with methotrexate.", "methotrexate", "historical intolerance"],
    [
      "Nausea and mouth sores from methotrexate led to discontinuation.",
      "methotrexate",
      "historical intolerance",
    ],
    ["Methotrexate was poorly tolerated due to nausea.", "methotrexate", "historical intolerance"],
    ["Had to stop methotrexate for elevated liver enzymes.", "methotrexate", "historical intolerance"],
    ["Methotrexate, held for transaminitis, not restarted.", "methotrexate", "historical intolerance"],
    ["GI bleeding on naproxen.", "naproxen", "historical intolerance"],
    ["Topiramate made her forgetful.", "topiramate", "historical intolerance"],
    ["Topiramate was associated with kidney stones.", "topiramate", "historical intolerance"],
    ["Side effects with topiramate included paresthesias.", "topiramate", "historical intolerance"],
    ["Topiramate 50 mg x 2 weeks, stopped, paresthesias.", "topiramate", "historical intolerance"],
    ["Venlafaxine (raised blood pressure) was stopped.", "venlafaxine", "historical intolerance"],
    ["Duloxetine not tolerated.", "duloxetine", "historical intolerance"],
    ["Unable to tolerate CPAP or modafinil.", "modafinil", "historical intolerance"],
    ["Amlodipine stopped - ankle edema.", "amlodipine", "historical intolerance"],
    ["Amlodipine was switched to losartan because of leg swelling.", "amlodipine", "historical intolerance"],
    [
      "Switched from paroxetine to escitalopram for sexual side effects.",
      "paroxetine",
      "historical intolerance",
    ],
    ["Changed from glipizide to sitagliptin after hypoglycemia.", "glipizide", "historical intolerance"],
    [
      "Nortriptyline 50 mg was started in May. It was stopped in June due to dry mouth.",
      "nortriptyline",
      "historical intolerance",
    ],
    [
      "Patient was placed on nortriptyline. Unfortunately, she developed urinary retention.",
      "nortriptyline",
      "historical intolerance",
    ],
    ["Naltrexone 2021 - vomiting.", "naltrexone", "historical intolerance"],
    ["Naltrexone 2021: severe headache.", "naltrexone", "historical intolerance"],
    ["Fingolimod - persistent bradycardia, discontinued 11/2021.", "fingolimod", "historical intolerance"],
    ["Pravastatin: muscle pain (2016).", "pravastatin", "historical intolerance"],
    [
      "Torsemide had to be stopped two months ago because creatinine rose to 2.8.",
      "torsemide",
      "historical intolerance",
    ],
    ["Amiodarone had to be discontinued because TSH rose to 18.", "amiodarone", "historical intolerance"],
    ["Pregabalin was d/c'd d/t swelling.", "pregabalin", "historical intolerance"],
    [
      "Failed: phenytoin (gum hyperplasia), valproate (weight gain), zonisamide (ineffective).",
      "phenytoin",
      "historical intolerance",
    ],
    ["Ibandronate 2023: severe flu-like reaction.", "ibandronate", "historical intolerance"],
    [
      "Nintedanib 07/2024 to 02/2025: diarrhea and weight loss, could not continue.",
      "nintedanib",
      "historical intolerance",
    ],
    ["Pramipexole - compulsive gambling.", "pramipexole", "historical intolerance"],
    ["Memantine stopped last month for confusion.", "memantine", "historical intolerance"],
    ["Macitentan was withdrawn for anemia.", "macitentan", "historical intolerance"],
    ["Ritalin LA 30 mg was stopped because of tics.", "methylphenidate", "historical intolerance"],
    ["She is intolerant of hydroxychloroquine (rash).", "hydroxychloroquine", "historical intolerance"],
    ["Stopped celecoxib in March for heartburn.", "celecoxib", "historical intolerance"],
    ["Prior dapagliflozin: genital yeast infections.", "dapagliflozin", "historical intolerance"],
    ["2019: methotrexate, 25 mg weekly, stopped for hair loss", "methotrexate", "historical intolerance"],
    ["Trulicity stopped for GI upset; Victoza not effective.", "dulaglutide", "historical intolerance"],
  ])("%s (%s)", (text, drug, said) =>
    expect(told(coursesIn(text, drug)).some((one) => one.endsWith(said))).toBe(true),
  );
});

describe("a drug that did what it should", () => {
  test.each([
    ["Doing well on ustekinumab.", "ustekinumab", "present adequate-response"],
    ["She has had an excellent response to ustekinumab.", "ustekinumab", "present adequate-response"],
    ["Ustekinumab has put her Crohn's into remission.", "ustekinumab", "present adequate-response"],
    ["Her skin is clear on guselkumab.", "guselkumab", "present adequate-response"],
    ["Guselkumab is working well.", "guselkumab", "present adequate-response"],
    ["Migraines reduced by 60% on fremanezumab.", "fremanezumab", "present adequate-response"],
    ["Fremanezumab cut her headache days in half.", "fremanezumab", "present adequate-response"],
    ["Seizure-free on lamotrigine since 2021.", "lamotrigine", "present adequate-response"],
    ["Sumatriptan relieves her attacks.", "sumatriptan", "present adequate-response"],
    ["Pain is well controlled with celecoxib.", "celecoxib", "present adequate-response"],
    ["In remission on venetoclax.", "venetoclax", "present adequate-response"],
    [
      "Secukinumab was begun in January. Response has been excellent.",
      "secukinumab",
      "present adequate-response",
    ],
    ["Reports good relief with eletriptan.", "eletriptan", "present adequate-response"],
  ])("%s (%s)", (text, drug, said) =>
    expect(told(coursesIn(text, drug)).some((one) => one.endsWith(said))).toBe(true),
  );
});

describe("a drug that must not be given", () => {
  test.each([
    ["Naproxen contraindicated because of CKD.", "naproxen", "present contraindicated"],
    [
      "NSAIDs such as ibuprofen are contraindicated given her kidney disease.",
      "ibuprofen",
      "present contraindicated",
    ],
    ["Cannot take metformin due to eGFR of 22.", "metformin", "present contraindicated"],
    [
      "She is not a candidate for beta-blockers such as propranolol because of asthma.",
      "propranolol",
      "present contraindicated",
    ],
  ])("%s (%s)", (text, drug, said) =>
    expect(told(coursesIn(text, drug)).some((one) => one.endsWith(said))).toBe(true),
  );
});

describe("a drug that was given up for money, which is no failure", () => {
  test.each([
    ["Rituximab stopped when insurance denied coverage.", "rituximab", "historical unspecified"],
    ["Stopped dupilumab because of copay.", "dupilumab", "historical unspecified"],
  ])("%s (%s)", (text, drug, said) =>
    expect(told(coursesIn(text, drug)).some((one) => one.endsWith(said))).toBe(true),
  );
});

describe("a drug of which the sentence tells no outcome", () => {
  test.each([
    ["Tolerating apixaban without side effects.", "apixaban"],
    ["Continue apixaban; no bleeding.", "apixaban"],
    ["Monitor for side effects of lithium.", "lithium"],
    ["Ondansetron 4 mg as needed (nausea).", "ondansetron"],
    ["Gabapentin 300 mg TID for neuropathy.", "gabapentin"],
    ["Started rituximab 2022, stable disease.", "rituximab"],
    ["Heart failure treated with furosemide.", "furosemide"],
    ["Risk of failure discussed; start denosumab.", "denosumab"],
    ["No history of treatment failure with apixaban.", "apixaban"],
    ["Prior to starting cyclosporine, BP was normal.", "cyclosporine"],
    ["If she fails methotrexate we will use a biologic.", "methotrexate"],
    ["If intolerant, switch to leflunomide.", "leflunomide"],
    ["Common side effects of semaglutide include nausea.", "semaglutide"],
    ["No longer taking clonazepam.", "clonazepam"],
    ["tolerating - Duloxetine 60 mg daily", "duloxetine"],
    ["Was switched from infliximab to vedolizumab in 2023 after losing response.", "vedolizumab"],
    ["Given lack of response to apremilast, will start deucravacitinib.", "deucravacitinib"],
    ["Patient has not tried or failed lurasidone.", "lurasidone"],
    ["Never took lurasidone.", "lurasidone"],
    ["Lurasidone was never tried.", "lurasidone"],
    ["He declined lurasidone.", "lurasidone"],
  ])("%s (%s)", (text, drug) => {
    for (const { course } of coursesIn(text, drug))
      expect(course?.outcome ?? "unspecified").toBe("unspecified");
  });
});
