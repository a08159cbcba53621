import type { NoticeOutcome, PlainDate, PlanKind, Reading } from "#base";
import type { SourceDocument } from "#source";
import { emptyDenial } from "./empty-denial.ts";
import { groundsOf, type NamedCode } from "./fhir-grounds.ts";
import { TreatmentFinder } from "./match-treatment.ts";
import { payerIdOf } from "./payer-id.ts";
import type { DenialKnowledge } from "./read-denial.ts";
import type { Denial, DeniedService, Reference } from "./types.ts";
import { dateIn, type Segment, X12Text } from "./x12-text.ts";

/** Claim filing indicator (CLP06) → kind of plan, as far as it says one. */
const filing: Record<string, PlanKind> = {
  "16": "medicare-advantage",
  MA: "medicare-original",
  MB: "medicare-original",
  MC: "medicaid-fee-for-service",
  CH: "tricare",
  VA: "va",
  FI: "fehb",
};

/** A denial in X12: claim payment (835), claim status (277), services review response (278). */
export function readX12Denial(source: SourceDocument, knowledge: DenialKnowledge): Denial | null {
  const reader = new X12Reader(source);
  const kind = reader.segments.find(({ id }) => id === "ST")?.elements[0]?.text;
  const claims = reader.claims();
  const claim = claims.find((one) => reader.isDenied(one, knowledge)) ?? claims[0] ?? reader.segments;
  const head = [...reader.segments.slice(0, Math.max(0, reader.segments.indexOf(claim[0]!))), ...claim];
  const codes = reader.reasonCodes(claim, knowledge);
  const outcome =
    kind === "278"
      ? reader.reviewOutcome()
      : kind === "277"
        ? reader.statusOutcome()
        : reader.paymentOutcome(claim, codes);
  const payer = reader.named(head, ["PR", "X3", "PRP"]);
  const patient =
    reader.person(claim, "QC") ??
    reader.person(claim, "IL") ??
    reader.person(reader.segments, "QC") ??
    reader.person(reader.segments, "IL");
  const approved = outcome?.value === "approved";
  const mark = reader.segments.find(({ id }) => id === "ST")?.elements[0];
  const whole = mark ? [reader.span(mark.start, mark.text.length)] : [];
  const denial: Denial = {
    ...emptyDenial(),
    payer,
    payerId: payer ? payerIdOf(payer.value, knowledge) : null,
    memberName: patient?.name ?? null,
    memberId: patient?.id ?? reader.person(claim, "IL")?.id ?? null,
    groupNumber: reader.reference(claim, ["1L", "6P"]),
    references: reader.references(claim),
    noticeDate: reader.noticeDate(),
    stage: kind ? { value: "initial", from: whole, by: "rule" } : null,
    timing:
      kind === "278"
        ? { value: "pre-service", from: whole, by: "rule" }
        : kind
          ? { value: "post-service", from: whole, by: "rule" }
          : null,
    outcome,
    services: reader.services(claim, knowledge),
    diagnoses: reader.diagnoses(claim),
    provider: reader.named(claim, ["82", "SJ", "1P"]) ?? reader.named(head, ["PE", "1P", "41"]),
    grounds: approved ? [] : groundsOf([], codes),
    planHints: reader.planHints(claim),
  };
  if (claims.filter((one) => reader.isDenied(one, knowledge)).length > 1)
    denial.issues.push({
      severity: "warning",
      code: "several-denials",
      text: "The remittance denies more than one claim; the first was read. Make one case for each.",
    });
  return reader.segments.length > 1 ? denial : null;
}

class X12Reader extends X12Text {
  /** Segments of each claim (835) or of each patient's level (277, 278). */
  claims(): Segment[][] {
    const opens = this.segments.some(({ id }) => id === "CLP") ? "CLP" : null;
    if (!opens) return [];
    const groups: Segment[][] = [];
    for (const segment of this.segments) {
      if (segment.id === opens) groups.push([segment]);
      else if (groups.length > 0 && !["SE", "GE", "IEA", "PLB", "LX"].includes(segment.id))
        groups.at(-1)!.push(segment);
    }
    return groups;
  }

  isDenied(claim: Segment[], knowledge: DenialKnowledge): boolean {
    return (
      claim[0]?.elements[1]?.text === "4" || this.reasonCodes(claim, knowledge).some((code) => code.denial)
    );
  }

  references(claim: readonly Segment[]): Reference[] {
    const control =
      claim[0]?.id === "CLP"
        ? claim[0].elements[6]?.text
          ? claim[0].elements[6]
          : claim[0].elements[0]
        : undefined;
    const own: Reference[] = control?.text ? [{ ...this.reading(control.text, control), kind: "claim" }] : [];
    const more: [string[], Reference["kind"]][] = [
      [["1K"], "claim"],
      [["BB", "G1", "NT"], "authorization"],
    ];
    for (const [qualifiers, kind] of more) {
      const found = this.reference(claim, qualifiers);
      if (found && !own.some(({ value }) => value === found.value)) own.push({ ...found, kind });
    }
    return own;
  }

  /** Production date, else the day of payment, else the day of the transmission. */
  noticeDate(): Reading<string> | null {
    const production = this.segments.find(({ id, elements }) => id === "DTM" && elements[0]?.text === "405")
      ?.elements[1];
    const payment = this.segments.find(({ id }) => id === "BPR")?.elements[15];
    const header = this.segments.find(({ id }) => id === "BHT")?.elements[3];
    for (const element of [
      payment,
      production,
      header,
      this.segments.find(({ id }) => id === "GS")?.elements[3],
    ]) {
      const value = element && dateIn(element.text);
      if (element && value) return this.reading(value, element);
    }
    return null;
  }

  /** CAS adjustments, and remark codes in LQ, MOA and MIA. */
  reasonCodes(claim: readonly Segment[], { codes }: DenialKnowledge): NamedCode[] {
    const found: NamedCode[] = [];
    const add = (list: "carc" | "rarc", element: { text: string; start: number } | undefined): void => {
      const row = element && codes[list].find(({ code }) => code === element.text);
      if (!element || !row) return;
      const denial = list === "carc" && row.denial !== false && row.grounds.length > 0;
      found.push({
        code: `${list.toUpperCase()} ${row.code}`,
        row,
        denial,
        reading: this.reading(row.code, element),
      });
    };
    for (const { id, elements } of claim) {
      if (id === "CAS") for (let index = 1; index < elements.length; index += 3) add("carc", elements[index]);
      if (id === "LQ" && elements[0]?.text === "HE") add("rarc", elements[1]);
      if (id === "MOA" || id === "MIA") for (const element of elements) add("rarc", element);
    }
    return found;
  }

  paymentOutcome(claim: readonly Segment[], codes: readonly NamedCode[]): Reading<NoticeOutcome> | null {
    const clp = claim[0]?.id === "CLP" ? claim[0] : undefined;
    const [status, paid] = [clp?.elements[1], clp?.elements[3]];
    if (!status || !paid) return null;
    const denied = codes.some((code) => code.denial) || status.text === "4";
    if (!denied) return this.reading("approved", status);
    return this.reading(Number(paid.text) > 0 ? "partly-denied" : "denied", status, paid);
  }

  reviewOutcome(): Reading<NoticeOutcome> | null {
    const meaning: Record<string, NoticeOutcome> = {
      A1: "approved",
      A2: "partly-denied",
      A3: "denied",
      A6: "partly-denied",
    };
    const actions = this.segments.filter(({ id }) => id === "HCR").map(({ elements }) => elements[0]!);
    const refused = actions.find(({ text }) => meaning[text] && meaning[text] !== "approved") ?? actions[0];
    const value = refused && meaning[refused.text];
    return refused && value ? this.reading(value, refused) : null;
  }

  statusOutcome(): Reading<NoticeOutcome> | null {
    for (const { id, elements } of this.segments) {
      const code = id === "STC" ? elements[0] : undefined;
      if (code && /^(?:F2|A3|A6|A7|A8)/.test(code.text)) return this.reading("denied", code);
      if (code && /^F1/.test(code.text)) return this.reading("approved", code);
    }
    return null;
  }

  services(claim: readonly Segment[], { treatments }: DenialKnowledge): DeniedService[] {
    const finder = new TreatmentFinder(treatments);
    const services: DeniedService[] = [];
    const period = this.#dates(claim, ["232", "233", ...(claim[0]?.id === "CLP" ? [] : ["472"])]);
    claim.forEach(({ id, elements }, index) => {
      if (!["SVC", "SV1", "SV2", "SV3"].includes(id)) return;
      const product = elements[id === "SV2" ? 1 : 0];
      const [qualifier, code] = (product?.text ?? "").split(this.component);
      if (!product || !code) return;
      const at = { text: code, start: product.start + qualifier!.length + 1 };
      const system = /^[A-Z]\d{4}$/.test(code)
        ? qualifier === "AD" || code.startsWith("D")
          ? "cdt"
          : "hcpcs"
        : qualifier === "NU"
          ? "rev"
          : qualifier === "N4"
            ? "ndc"
            : "cpt";
      const next = claim.findIndex((segment, later) => later > index && segment.id === id);
      const own = this.#dates(claim.slice(index, next < 0 ? undefined : next), ["472", "150", "151"]);
      const dates = own.length > 0 ? own : period;
      const charge = elements[id === "SV2" ? 2 : 1];
      services.push({
        description: this.reading(code, at),
        codes: [{ ...this.reading(code, at), system }],
        treatmentId: finder.find("", [{ value: code, system, start: 0, end: 0 }], "")?.id ?? null,
        ...(dates[0] ? { from: dates[0] } : {}),
        ...(dates[1] ? { to: dates[1] } : {}),
        ...(charge?.text ? { amount: this.reading(Number(charge.text), charge) } : {}),
      });
    });
    return services;
  }

  #dates(segments: readonly Segment[], qualifiers: string[]): PlainDate[] {
    return segments.flatMap(({ id, elements }) => {
      if ((id !== "DTM" && id !== "DTP") || !qualifiers.includes(elements[0]?.text ?? "")) return [];
      const text = elements[id === "DTP" ? 2 : 1]?.text ?? "";
      return text.split("-").flatMap((one) => dateIn(one) ?? []);
    });
  }

  diagnoses(claim: readonly Segment[]): Denial["diagnoses"] {
    return claim
      .filter(({ id }) => id === "HI")
      .flatMap(({ elements }) => elements)
      .flatMap((element) => {
        const [qualifier, code] = element.text.split(this.component);
        if (!code || !/^(?:ABK|ABF|ABJ|BK|BF)$/.test(qualifier!)) return [];
        const dotted = code.length > 3 && !code.includes(".") ? `${code.slice(0, 3)}.${code.slice(3)}` : code;
        return [
          {
            ...this.reading(dotted, { text: code, start: element.start + qualifier!.length + 1 }),
            system: "icd-10-cm" as const,
          },
        ];
      });
  }

  planHints(claim: readonly Segment[]): Denial["planHints"] {
    const indicator = claim[0]?.id === "CLP" ? claim[0].elements[5] : undefined;
    const kind = indicator && filing[indicator.text];
    // "MC" says Medicaid, not who runs it: a name that is no State agency's may be a plan under contract.
    const payer =
      this.segments.find(({ id, elements }) => id === "N1" && elements[0]?.text === "PR")?.elements[1]
        ?.text ?? "";
    if (
      indicator?.text === "MC" &&
      !/\b(?:state|department|dept|division|medicaid|agency|authority)\b/i.test(payer)
    )
      return (["medicaid-managed-care", "medicaid-fee-for-service"] as const).map((one) => ({
        kind: one,
        from: [this.span(indicator.start, indicator.text.length)],
      }));
    return indicator && kind ? [{ kind, from: [this.span(indicator.start, indicator.text.length)] }] : [];
  }
}
