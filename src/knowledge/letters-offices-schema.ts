import { z } from "zod";
import { confidences, type PlanKind, planKinds, stateCodes } from "#base";
import { KnowledgeError, type KnowledgeFile } from "./knowledge-file.ts";
import type { Office } from "./letters.ts";
import { parseYaml } from "./parse.ts";

const date = z.iso.date();
const verified = z.strictObject({ on: date, by: z.string() });
const state = z.enum(stateCodes);
const confidence = z.enum(confidences);

const offices = z.strictObject({
  verified,
  rows: z.array(
    z
      .strictObject({
        id: z.string(),
        name: z.string(),
        named: z.array(z.string()).default([]),
        decides: z.array(z.string()).min(1),
        plans: z.array(z.enum(planKinds)).optional(),
        states: z.array(state).optional(),
        "only-named": z.boolean().default(false),
        address: z
          .string()
          .regex(/\b[A-Z]{2} \d{5}(-\d{4})?$/, "an address ends in State and ZIP code")
          .optional(),
        phone: z.string().optional(),
        fax: z.string().optional(),
        portal: z.url().optional(),
        look: z.string().optional(),
        source: z.string(),
        confidence,
        checked: date.optional(),
        note: z.string().optional(),
      })
      .refine((row) => row.address ?? row.phone ?? row.look, {
        message: "a row has an address, a telephone, or `look` that says where they are found",
      }),
  ),
});

const departments = z.looseObject({
  addresses: z.strictObject({ from: z.url(), on: date }),
  rows: z.array(
    z.looseObject({
      state,
      name: z.string(),
      phone: z.string(),
      url: z.url().optional(),
      address: z.string().optional(),
      "address-from": z.url().optional(),
      confidence,
    }),
  ),
});

const agencies = z.strictObject({
  verified,
  rows: z.array(
    z.strictObject({
      state,
      name: z.string(),
      phone: z.string().optional(),
      url: z.url(),
      confidence,
      note: z.string().optional(),
    }),
  ),
});

/** Plans whose policy an insurance company issues under the law of a State. */
const insured: PlanKind[] = [
  "erisa-insured",
  "individual",
  "governmental-insured",
  "grandfathered-erisa-insured",
  "grandfathered-individual",
  "short-term",
  "excepted-benefit",
];
const medicaid: PlanKind[] = ["medicaid-managed-care", "medicaid-fee-for-service", "chip"];

/** The offices of knowledge/letters/offices.yaml, then each State's insurance department and Medicaid agency. */
export function compileOffices(files: KnowledgeFile[]): Office[] {
  const at = (name: string) =>
    files.find(({ path }) => path.endsWith(`/${name}.yaml`)) ?? { path: `knowledge/${name}.yaml`, text: "" };
  const own = parseYaml(at("offices"), offices);
  const rows = own.rows.map(
    (row): Office => ({
      id: row.id,
      name: row.name,
      named: row.named,
      decides: row.decides,
      plans: row.plans ?? null,
      states: row.states ?? null,
      onlyNamed: row["only-named"],
      address: row.address ?? null,
      phone: row.phone ?? null,
      fax: row.fax ?? null,
      portal: row.portal ?? null,
      look: row.look ?? null,
      source: row.source,
      confidence: row.confidence,
      checked: row.checked ?? own.verified.on,
    }),
  );
  const twice = rows.find((row, index) => rows.findIndex(({ id }) => id === row.id) !== index);
  if (twice) throw new KnowledgeError(at("offices").path, 1, `two rows are called ${twice.id}`, "rename one");
  return [...rows, ...departmentsOf(at("insurance-departments")), ...agenciesOf(at("medicaid-agencies"))];
}

const bare = { named: [], onlyNamed: false, address: null, phone: null, fax: null, portal: null, look: null };

function departmentsOf(file: KnowledgeFile): Office[] {
  const table = parseYaml(file, departments);
  return table.rows.map((row) => ({
    ...bare,
    id: `insurance-department-${row.state}`,
    name: row.name,
    decides: ["regulator-complaint"],
    plans: insured,
    states: [row.state],
    address: row.address ?? null,
    phone: row.phone,
    portal: row.url ?? null,
    source: row["address-from"] ?? table.addresses.from,
    confidence: row.confidence,
    checked: table.addresses.on,
  }));
}

function agenciesOf(file: KnowledgeFile): Office[] {
  const table = parseYaml(file, agencies);
  return table.rows.map((row) => ({
    ...bare,
    id: `medicaid-agency-${row.state}`,
    name: row.name,
    decides: ["regulator-complaint"],
    plans: medicaid,
    states: [row.state],
    phone: row.phone ?? null,
    portal: row.url,
    source: row.url,
    confidence: row.confidence,
    checked: table.verified.on,
  }));
}
