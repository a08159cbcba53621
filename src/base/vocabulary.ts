/** The closed word lists of the public contract. A word outside them is an issue, not a new kind. */

export const planKinds = [
  "erisa-self-funded",
  "erisa-insured",
  "individual",
  "governmental-self-funded",
  "governmental-insured",
  "church",
  "fehb",
  "pshb",
  "medicare-original",
  "medicare-advantage",
  "medicare-part-d",
  "medicaid-managed-care",
  "medicaid-fee-for-service",
  "chip",
  "tricare",
  "va",
  "short-term",
  "excepted-benefit",
  "retiree-only",
  "grandfathered-erisa-insured",
  "grandfathered-erisa-self-funded",
  "grandfathered-individual",
] as const;
export type PlanKind = (typeof planKinds)[number];

export const groundIds = [
  "medical-necessity",
  "step-therapy",
  "quantity-limit",
  "experimental",
  "prior-authorization",
  "formulary-exclusion",
  "benefit-exclusion",
  "off-label",
  "site-of-care",
  "out-of-network",
  "coding",
  "concurrent-stay",
  "level-of-care",
  "duplicate",
  "timely-filing",
  "coordination-of-benefits",
  "eligibility",
  "insufficient-information",
  "benefit-maximum",
  "renewal-response",
  "preferred-product",
  "appeal-dismissed",
] as const;
export type GroundId = (typeof groundIds)[number];

export const codeSystems = ["cpt", "hcpcs", "icd-10-cm", "icd-10-pcs", "ndc", "rev", "drg", "cdt"] as const;
export type CodeSystem = (typeof codeSystems)[number];

export const stages = ["initial", "internal-appeal", "final-internal", "external-review"] as const;
export type Stage = (typeof stages)[number];

export const timings = ["pre-service", "concurrent", "post-service"] as const;
export type Timing = (typeof timings)[number];

export const outcomes = ["denied", "partly-denied", "reduced", "terminated", "approved"] as const;
export type NoticeOutcome = (typeof outcomes)[number];

/** USPS codes of the 50 states, the District of Columbia and the territories. */
export const stateCodes = [
  "AL",
  "AK",
  "AZ",
  "AR",
  "CA",
  "CO",
  "CT",
  "DE",
  "DC",
  "FL",
  "GA",
  "HI",
  "ID",
  "IL",
  "IN",
  "IA",
  "KS",
  "KY",
  "LA",
  "ME",
  "MD",
  "MA",
  "MI",
  "MN",
  "MS",
  "MO",
  "MT",
  "NE",
  "NV",
  "NH",
  "NJ",
  "NM",
  "NY",
  "NC",
  "ND",
  "OH",
  "OK",
  "OR",
  "PA",
  "RI",
  "SC",
  "SD",
  "TN",
  "TX",
  "UT",
  "VT",
  "VA",
  "WA",
  "WV",
  "WI",
  "WY",
  "AS",
  "GU",
  "MP",
  "PR",
  "VI",
] as const;
export type StateCode = (typeof stateCodes)[number];

/** How sure a row of knowledge is. A: operative text read; B: official page or partial text; C: secondary; D: unverified. */
export const confidences = ["A", "B", "C", "D"] as const;
export type Confidence = (typeof confidences)[number];
