import { describe, expect, test } from "vitest";
import { answer } from "./fixtures/made-charts.ts";

/**
 * One criterion of a policy and what a chart says, with the answer a nurse would give: the whole way from the policy's
 * words to the finding. Both sides of each line; silence stays unknown.
 */
type Pair = [wanted: string, criterion: string, ...chart: string[]];

const kinds: Record<string, Pair[]> = {
  thresholds: [
    ["met", "Left ventricular ejection fraction less than 40%", "Echocardiogram 05/02/2026: LVEF 35%."],
    ["not-met", "Left ventricular ejection fraction less than 40%", "Echocardiogram 05/02/2026: LVEF 40%."],
    [
      "unknown",
      "Left ventricular ejection fraction less than 40%",
      "Echocardiogram 05/02/2026: LVEF 35-45%.",
    ],
    [
      "met",
      "Left ventricular ejection fraction less than or equal to 40%",
      "Echocardiogram 05/02/2026: LVEF 40%.",
    ],
    [
      "met",
      "Left ventricular ejection fraction between 20% and 50%",
      "Echo 04/12/2026: ejection fraction 30-35%.",
    ],
    [
      "unknown",
      "Left ventricular ejection fraction less than 40%",
      "Patient has heart failure with reduced ejection fraction.",
    ],
    ["met", "Body mass index (BMI) of 40 kg/m2 or greater", "Vitals 05/10/2026: BMI 41.3 kg/m2, BP 128/76."],
    [
      "not-met",
      "Body mass index (BMI) of 40 kg/m2 or greater",
      "Vitals 05/10/2026: BMI 39.6 kg/m2, BP 128/76.",
    ],
    ["not-met", "BMI is less than 35 kg/m2", "Vitals 05/10/2026: BMI 35.0."],
    ["not-met", "Hemoglobin A1c greater than 7.5%", "Labs collected 04/20/2026: HbA1c 7.1 %."],
    [
      "met",
      "Platelet count less than 30 x 10^9/L",
      "Labs 05/01/2026: platelets 18 K/uL, hemoglobin 12.1 g/dL.",
    ],
    [
      "not-met",
      "Platelet count less than 30,000/µL",
      "Labs 05/01/2026: platelets 44 K/uL, hemoglobin 12.1 g/dL.",
    ],
    [
      "met",
      "Apnea-hypopnea index of 15 or more events per hour",
      "Polysomnogram 03/03/2026: AHI 22.4 events per hour.",
    ],
    [
      "not-met",
      "Apnea-hypopnea index of 15 or more events per hour",
      "Polysomnogram 03/03/2026: AHI 8.1 events per hour.",
    ],
    [
      "met",
      "Baseline eosinophil count of at least 150 cells/µL",
      "Labs 04/01/2026: absolute eosinophils 420 cells/uL.",
    ],
    ["met", "EDSS score of 3.0 to 6.5", "Neurology visit 05/05/2026: EDSS 4.0. Gait is slower."],
    ["not-met", "EDSS score of 6.5 or less", "Neurology visit 05/05/2026: EDSS 7.0. Uses a wheelchair."],
    ["met", "PASI score of 12 or more", "Dermatology visit 05/05/2026: PASI 18.2, DLQI 16."],
    ["not-met", "DLQI score greater than 10", "Dermatology visit 05/05/2026: PASI 18.2, DLQI 10."],
    ["met", "NYHA functional class II to IV", "Cardiology 05/01/2026: NYHA class III symptoms."],
    ["not-met", "NYHA functional class II to IV", "Cardiology 05/01/2026: NYHA class I, no symptoms."],
    [
      "met",
      "Body surface area involvement of at least 10%",
      "Skin exam 05/05/2026: plaques over the trunk and limbs, BSA 14%.",
    ],
    [
      "not-met",
      "Body surface area involvement of at least 10%",
      "Skin exam 05/05/2026: plaques on elbows, BSA 4%.",
    ],
    ["met", "Serum ferritin below 30 ng/mL", "Labs 04/11/2026: ferritin 9 ng/mL."],
    [
      "not-met",
      "LDL cholesterol of 100 mg/dL or higher",
      "Lipid panel 05/02/2026: LDL 84 mg/dL, HDL 51 mg/dL.",
    ],
    [
      "met",
      "LDL-C of 70 mg/dL or greater while on maximally tolerated statin therapy",
      "Visit 05/02/2026: LDL 118 mg/dL on maximally tolerated rosuvastatin 40 mg daily.",
    ],
    [
      "met",
      "Forced expiratory volume (FEV1) less than 80% predicted",
      "Spirometry 05/02/2026: FEV1 61% predicted.",
    ],
    ["met", "Diagnosis of type 2 diabetes mellitus", "PMH: T2DM since 2014, hypertension, hyperlipidemia."],
    ["unknown", "Diagnosis of type 1 diabetes mellitus", "PMH: diabetes, hypertension."],
    ["met", "Presence of KRAS G12C mutation", "Molecular pathology 04/03/2026: KRAS G12C mutation detected."],
    [
      "not-met",
      "Presence of KRAS G12C mutation",
      "Molecular pathology 04/03/2026: KRAS G12C mutation not detected.",
    ],
    ["met", "ECOG performance status of 0 to 1", "Oncology 05/05/2026: ECOG 1."],
    ["not-met", "ECOG performance status of 0 to 1", "Oncology 05/05/2026: ECOG 2."],
    ["met", "Serum uric acid level greater than 6 mg/dL", "Labs 04/29/2026: uric acid 9.1 mg/dL."],
    ["not-met", "Glomerular filtration rate above 30 mL/min", "Labs 04/29/2026: eGFR 24 mL/min/1.73 m2."],
    ["met", "T-score of -2.5 or less", "DXA 03/01/2026: T-score -3.1 at the lumbar spine."],
    ["not-met", "T-score of -2.5 or less", "DXA 03/01/2026: T-score -1.9 at the lumbar spine."],
  ],
  time: [
    [
      "met",
      "Hemoglobin A1c greater than 7.5% within the past 3 months",
      "Labs collected 04/20/2026: HbA1c 8.9 %, creatinine 0.9 mg/dL.",
    ],
    [
      "unknown",
      "Hemoglobin A1c greater than 7.5% within the past 3 months",
      "Labs collected 11/20/2025: HbA1c 8.9 %, creatinine 0.9 mg/dL.",
    ],
    ["met", "Patient is 6 months of age or older", "Visit 05/05/2026. DOB 03/04/2020."],
    [
      "met",
      "MRI of the lumbar spine within the past 6 months",
      "MRI lumbar spine 03/02/2026: L4-L5 disc herniation with nerve root compression.",
    ],
    [
      "unknown",
      "MRI of the lumbar spine within the past 6 months",
      "MRI lumbar spine 03/02/2024: L4-L5 disc herniation with nerve root compression.",
    ],
    [
      "met",
      "Negative tuberculosis test within the past 12 months",
      "QuantiFERON-TB Gold 02/10/2026: negative.",
    ],
    [
      "unknown",
      "Negative tuberculosis test within the past 12 months",
      "QuantiFERON-TB Gold 02/10/2024: negative.",
    ],
    [
      "not-met",
      "Negative tuberculosis test within the past 12 months",
      "QuantiFERON-TB Gold 02/10/2026: positive.",
    ],
    [
      "unknown",
      "Two or more exacerbations in the past 12 months requiring oral corticosteroids",
      "Exacerbation 01/15/2026 treated with prednisone burst.",
    ],
    [
      "met",
      "At least 15 headache days per month for 3 months",
      "Visit 05/05/2026: She reports 20 headache days per month for the past 6 months.",
    ],
    [
      "not-met",
      "At least 15 headache days per month for 3 months",
      "Visit 05/05/2026: She reports 6 headache days per month.",
    ],
    ["met", "Persistent pain for at least 6 months", "Visit 05/05/2026: Low back pain for 14 months."],
    ["not-met", "Persistent pain for at least 6 months", "Visit 05/05/2026: Low back pain for 3 weeks."],
  ],
  "conditions and statements": [
    [
      "met",
      "Diagnosis of moderate to severe plaque psoriasis",
      "Assessment 05/05/2026: Moderate to severe plaque psoriasis, active.",
    ],
    [
      "met",
      "Diagnosis of rheumatoid arthritis",
      "Assessment 05/05/2026: Seropositive rheumatoid arthritis with high disease activity.",
    ],
    [
      "unknown",
      "Diagnosis of rheumatoid arthritis",
      "Assessment 05/05/2026: Possible rheumatoid arthritis; will check anti-CCP.",
    ],
    [
      "not-met",
      "Diagnosis of rheumatoid arthritis",
      "Assessment 05/05/2026: She does not have rheumatoid arthritis.",
    ],
    ["unknown", "Diagnosis of rheumatoid arthritis", "Family history: mother with rheumatoid arthritis."],
    [
      "met",
      "Diagnosis of Crohn's disease",
      "GI clinic 05/05/2026: 34-year-old man with Crohn disease of the terminal ileum.",
    ],
    [
      "met",
      "Diagnosis of chronic migraine",
      "Neurology 05/05/2026: Chronic migraine without aura, 18 headache days per month.",
    ],
    ["met", "Diagnosis of obstructive sleep apnea", "Sleep clinic 05/05/2026: Severe OSA on CPAP."],
    ["met", "Diagnosis of ulcerative colitis", "Problem list: Ulcerative colitis (K51.90), anemia."],
    [
      "met",
      "Diagnosis of attention-deficit/hyperactivity disorder",
      "Visit 05/05/2026: ADHD, combined type. Doing poorly in school.",
    ],
    [
      "met",
      "Diagnosis of relapsing-remitting multiple sclerosis",
      "Neurology visit 05/05/2026: RRMS diagnosed in 2019.",
    ],
    [
      "met",
      "Hepatitis B screening has been completed",
      "Labs 04/02/2026: HBsAg negative, anti-HBc negative.",
    ],
    ["met", "Prescribed by or in consultation with a rheumatologist", "Signed: Dana Field, MD, Rheumatology"],
    [
      "unknown",
      "Prescribed by or in consultation with a rheumatologist",
      "Signed: Dana Field, MD, Family Medicine",
    ],
    [
      "unknown",
      "Facility is certified to implant the device",
      "Visit 05/05/2026: referred to the valve center.",
    ],
    [
      "unknown",
      "The treating center participates in the national registry",
      "Visit 05/05/2026: referred to the valve center.",
    ],
    [
      "met",
      "Symptoms persist despite maximally tolerated medical therapy",
      "Cardiology 05/05/2026: He remains symptomatic despite maximally tolerated medical therapy.",
    ],
    ["unknown", "Diagnosis of epilepsy", "Neurology 05/05/2026: Rule out epilepsy; EEG ordered."],
    ["unknown", "Positive clinical response to therapy", "Visit 05/05/2026: Started risankizumab last week."],
    ["met", "History of allergic reaction to penicillin", "Allergies: penicillin (hives)."],
  ],
  "what must be absent": [
    ["not-met", "No history of pancreatitis", "PMH: acute pancreatitis in 2021, cholecystectomy 2021."],
    [
      "met",
      "No history of pancreatitis",
      "Visit 05/05/2026: He has no history of pancreatitis or gallstones.",
    ],
    ["unknown", "No history of pancreatitis", "PMH: hypertension."],
    ["met", "Does not have active infection", "Visit 05/05/2026: No active infection."],
    [
      "met",
      "No personal or family history of medullary thyroid carcinoma",
      "Visit 05/05/2026: Denies personal or family history of medullary thyroid carcinoma or MEN 2.",
    ],
    [
      "not-met",
      "No personal or family history of medullary thyroid carcinoma",
      "Family history: sister with medullary thyroid carcinoma.",
    ],
    ["not-met", "Member is not pregnant", "Visit 05/05/2026: She is 14 weeks pregnant."],
    ["met", "Patient is a non-smoker", "Social history: never smoker."],
    ["not-met", "Patient is a non-smoker", "Social history: smokes one pack per day."],
  ],
  age: [
    ["met", "Age 18 years or older", "Visit 05/05/2026. DOB 03/04/1980. 46-year-old woman."],
    ["not-met", "Age 18 years or older", "Visit 05/05/2026. DOB 03/04/2012. 14-year-old girl."],
    ["met", "Age 12 to 17 years", "Visit 05/05/2026. DOB 03/04/2012."],
    ["not-met", "Age less than 21 years", "Visit 05/05/2026. A 44-year-old man."],
  ],
};

for (const [kind, pairs] of Object.entries(kinds))
  describe(kind, () => {
    test.each(pairs)("%s: %s · %s", (wanted, criterion, ...charts) => {
      expect(answer(criterion, charts)).toBe(wanted);
    });
  });
