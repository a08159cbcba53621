import { z } from "zod";
import { confidences, planKinds, stateCodes } from "#base";
import type { KnowledgeFile } from "./knowledge-file.ts";
import type { AmountInControversy, StateClock, StateLaw, Suspension } from "./law.ts";
import { parseYaml } from "./parse.ts";

const confidence = z.enum(confidences);
const code = z.enum(stateCodes);
const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, "a date YYYY-MM-DD in quotation marks");
const window = z.strictObject({
  n: z.int().positive(),
  unit: z.enum(["days", "months"]),
  from: z.enum(["receipt", "decision-date"]),
});
const clock = z.strictObject({ n: z.int().positive(), unit: z.enum(["hours", "days", "business-days"]) });
const verified = z.strictObject({ on: date, by: z.string() });
/** The operative words where they were read, their address, and the day of reading when it is another than the table's. */
const said = { quote: z.string().optional(), url: z.url().optional(), "verified-on": date.optional() };

const externalReview = z.strictObject({
  verified,
  rows: z.array(
    z.strictObject({
      state: code,
      name: z.string(),
      process: z.enum(["state", "federal", "unknown"]),
      window: window.optional(),
      "safe-window": window.optional(),
      citation: z.string().optional(),
      agency: z.string(),
      decision: z.strictObject({ n: z.int(), from: z.string() }).optional(),
      "hhs-contractor": z.boolean().default(false),
      "overdue-counts-from-due-day": z.boolean().default(false),
      confidence,
      ...said,
      source: z.string(),
      note: z.string().optional(),
    }),
  ),
});

const stepTherapy = z.strictObject({
  verified,
  rows: z.array(
    z.strictObject({
      state: code,
      citation: z.string(),
      grounds: z.array(z.string()).default([]),
      standard: clock.optional(),
      urgent: clock.optional(),
      from: z.string().default("claim-received-by-plan"),
      "banned-from": date.optional(),
      confidence,
      ...said,
      source: z.string(),
      note: z.string().optional(),
    }),
  ),
});

const departments = z.strictObject({
  verified,
  addresses: z.strictObject({ from: z.url(), on: date }),
  rows: z.array(
    z.strictObject({
      state: code,
      name: z.string(),
      phone: z.string(),
      url: z.url().optional(),
      address: z.string().optional(),
      "address-from": z.url().optional(),
      confidence,
    }),
  ),
});

const hearings = z.strictObject({
  verified,
  rows: z.array(
    z.strictObject({
      state: code,
      program: z.enum(["medicaid-managed-care", "medicaid-fee-for-service"]),
      n: z.int().positive(),
      citation: z.string(),
      confidence,
      url: z.url().optional(),
      source: z.string(),
    }),
  ),
});

const amounts = z.strictObject({
  verified,
  rows: z.array(
    z.strictObject({
      year: z.int(),
      alj: z.int().nullable(),
      court: z.int().nullable(),
      confidence,
      source: z.string(),
    }),
  ),
});

const suspensions = z.strictObject({
  verified,
  rows: z.array(
    z.strictObject({
      id: z.string(),
      name: z.string(),
      from: date,
      to: date,
      "cap-months": z.int().optional(),
      plans: z.array(z.enum(planKinds)),
      confidence,
      source: z.string(),
    }),
  ),
});

type StateTables = {
  states: StateLaw[];
  amounts: AmountInControversy[];
  suspensions: Suspension[];
};

/** Joins the State tables into one row per State, and reads the calendars. */
export function compileStates(files: KnowledgeFile[]): StateTables {
  const table = <S extends z.ZodType>(name: string, schema: S): z.infer<S> => {
    const file = files.find(({ path }) => path.endsWith(`/${name}.yaml`));
    return parseYaml(file ?? { path: `knowledge/${name}.yaml`, text: "" }, schema);
  };
  const reviews = table("external-review", externalReview);
  const steps = table("step-therapy", stepTherapy);
  const offices = table("insurance-departments", departments);
  const hearing = table("hearing-windows", hearings);
  const states = reviews.rows.map((row) => ({
    code: row.state,
    name: row.name,
    externalReview: reviewOf(row, reviews.verified.on),
    stepTherapy: stepsOf(
      steps.rows.find(({ state }) => state === row.state),
      steps.verified.on,
    ),
    department: departmentOf(offices.rows.find(({ state }) => state === row.state)),
    hearing: hearing.rows
      .filter(({ state }) => state === row.state)
      .map(({ n, program, citation, confidence, url }) => ({
        n,
        program,
        confidence,
        cite: cite(`hearing-windows#${row.state}`, citation, hearing.verified.on, url),
      })),
  }));
  return {
    states,
    amounts: table("amounts-in-controversy", amounts).rows.map(({ source: _, ...row }) => row),
    suspensions: table("suspensions", suspensions).rows.map(({ source: _, "cap-months": cap, ...row }) => ({
      ...row,
      capMonths: cap ?? null,
    })),
  };
}

const cite = (id: string, label: string, verifiedOn: string, url?: string, quote?: string) => ({
  id,
  label,
  ...(quote ? { quote } : {}),
  verifiedOn,
  ...(url ? { url } : {}),
});

function reviewOf(
  row: z.infer<typeof externalReview>["rows"][number],
  verifiedOn: string,
): StateLaw["externalReview"] {
  return {
    process: row.process,
    window: row.window ?? null,
    safeWindow: row["safe-window"] ?? null,
    cite: cite(
      `state-external-review#${row.state}`,
      row.citation ?? `${row.name}: external review`,
      row["verified-on"] ?? verifiedOn,
      row.url,
      row.quote,
    ),
    agency: row.agency,
    decision: row.decision ?? null,
    hhs: row["hhs-contractor"],
    overdueFromDueDay: row["overdue-counts-from-due-day"],
    confidence: row.confidence,
    note: row.note ?? null,
  };
}

function stepsOf(
  row: z.infer<typeof stepTherapy>["rows"][number] | undefined,
  verifiedOn: string,
): StateLaw["stepTherapy"] {
  if (!row) return null;
  const clockOf = (value: StateClock | undefined) => value ?? null;
  return {
    cite: cite(
      `state-step-therapy#${row.state}`,
      row.citation,
      row["verified-on"] ?? verifiedOn,
      row.url,
      row.quote,
    ),
    grounds: row.grounds,
    standard: clockOf(row.standard),
    urgent: clockOf(row.urgent),
    from: row.from,
    banned: row["banned-from"] !== undefined,
    bannedFrom: row["banned-from"] ?? null,
    confidence: row.confidence,
    note: row.note ?? null,
  };
}

function departmentOf(row: z.infer<typeof departments>["rows"][number] | undefined): StateLaw["department"] {
  return row ? { name: row.name, phone: row.phone, url: row.url ?? null, confidence: row.confidence } : null;
}
