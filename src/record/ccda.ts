import { parseXml, XmlElement } from "@rgrove/parse-xml";
import {
  doseOfAdministration,
  type Named,
  nameOf,
  resultOf,
  rowDate,
  sectionsBelow,
  suppliedOn,
  timesOf,
} from "./ccda-parts.ts";
import { isProblem, isStatus, sectionKinds } from "./ccda-section-codes.ts";
import { sigOf } from "./ccda-sig.ts";
import { daysOf, type Entry } from "./entries.ts";
import type { Assertion } from "./types.ts";
import { all, kid, kids, localName } from "./xml.ts";

/** A section of a document: what its entries say, and its narrative for what they do not. */
export type CcdaSection = {
  code: string;
  title: XmlElement | undefined;
  narrative: XmlElement | undefined;
  entries: Entry[];
};

/** The document, or `null` when the file is not readable XML. */
export function ccdaSections(raw: string): CcdaSection[] | null {
  let root: XmlElement | null;
  try {
    root = parseXml(raw, { includeOffsets: true, ignoreUndefinedEntities: true }).root;
  } catch {
    return null;
  }
  if (!root) return null;
  const ids = new Map<string, XmlElement>();
  const note = (element: XmlElement): void => {
    const id = element.attributes["ID"];
    if (id) ids.set(id, element);
    for (const child of element.children) if (child instanceof XmlElement) note(child);
  };
  note(root);
  const today = daysOf(kid(root, "effectiveTime")?.attributes["value"])?.latest ?? null;
  return sectionsBelow(root).map((section) => new SectionReader(section, raw, ids, today).read());
}

class SectionReader {
  readonly #section: XmlElement;
  readonly #raw: string;
  readonly #ids: Map<string, XmlElement>;
  readonly #today: string | null;
  readonly #kind: string;
  readonly #found: Entry[] = [];

  constructor(section: XmlElement, raw: string, ids: Map<string, XmlElement>, today: string | null) {
    [this.#section, this.#raw, this.#ids, this.#today] = [section, raw, ids, today];
    this.#kind = sectionKinds[kid(section, "code")?.attributes["code"] ?? ""] ?? "other";
  }

  read(): CcdaSection {
    const code = kid(this.#section, "code")?.attributes["code"] ?? "";
    if (this.#kind !== "skip")
      for (const entry of kids(this.#section, "entry"))
        for (const child of entry.children) if (child instanceof XmlElement) this.#statement(child, null);
    return {
      code,
      title: kid(this.#section, "title"),
      narrative: kid(this.#section, "text"),
      entries: this.#found,
    };
  }

  #statement(element: XmlElement, relation: string | null): void {
    if (kid(element, "statusCode")?.attributes["code"] === "nullified") return;
    switch (localName(element)) {
      case "substanceAdministration":
        if (this.#kind === "immunizations")
          this.#procedure(
            element,
            kid(element, "consumable", "manufacturedProduct", "manufacturedMaterial", "code"),
          );
        else this.#medication(element);
        return;
      case "observation":
        this.#observation(element, relation);
        return;
      case "procedure":
        this.#procedure(element);
        return;
      case "encounter":
        this.#add(element, "encounter", kid(element, "code"), {
          assertion: this.#planned(element) ? "planned" : "historical",
          when: timesOf(element),
        });
        break;
      case "act":
        if (this.#kind === "procedures" || (this.#planned(element) && this.#kind === "plan"))
          this.#procedure(element);
        break;
      case "supply":
        this.#device(element);
        return;
      default:
        break;
    }
    const relative = kid(element, "subject", "relatedSubject", "code");
    const name = relative?.attributes["displayName"]?.toLowerCase() ?? relation;
    for (const step of ["component", "entryRelationship"])
      for (const child of kids(element, step).flatMap(({ children }) => children))
        if (child instanceof XmlElement) this.#statement(child, name);
  }

  #planned(element: XmlElement): boolean {
    return ["INT", "RQO", "PRMS", "APT", "ARQ", "PRP", "GOL"].includes(
      element.attributes["moodCode"] ?? "EVN",
    );
  }

  #add(
    element: XmlElement,
    kind: Entry["kind"],
    code: XmlElement | undefined,
    rest: Partial<Entry>,
    named?: Named | null,
  ): void {
    const name = named ?? nameOf(code, element, this.#raw, this.#ids);
    if (!name) return;
    const when = rest.when ?? { earliest: null, latest: null };
    const undated = when.earliest === null && when.latest === null;
    this.#found.push({
      kind,
      ...name,
      assertion: "present",
      ...rest,
      when: undated && (kind === "procedure" || kind === "observation") ? rowDate(element, this.#ids) : when,
    });
  }

  #medication(element: XmlElement): void {
    const material =
      kid(element, "consumable", "manufacturedProduct", "manufacturedMaterial") ??
      kid(element, "consumable", "manufacturedProduct", "manufacturedLabeledDrug");
    const when = timesOf(element);
    const status = kid(element, "statusCode")?.attributes["code"] ?? "active";
    const over =
      status === "aborted" ||
      status === "suspended" ||
      (when.latest !== null && this.#today !== null && when.latest < this.#today);
    const assertion: Assertion =
      element.attributes["negationInd"] === "true"
        ? "absent"
        : this.#kind === "plan"
          ? "planned"
          : over
            ? "historical"
            : "present";
    const course: NonNullable<Entry["course"]> = {
      status: assertion === "planned" ? "planned" : assertion === "present" ? "active" : "stopped",
    };
    if (when.earliest) course.start = when.earliest;
    if (when.latest) course.stop = when.latest;
    const name =
      nameOf(kid(material, "code"), element, this.#raw, this.#ids) ??
      nameOf(kid(material, "name"), element, this.#raw, this.#ids);
    const dose = doseOfAdministration(
      element,
      name?.text ?? "",
      sigOf(element, kid(this.#section, "text"), this.#ids, name?.text ?? ""),
    );
    if (dose) course.dose = dose;
    if (name)
      this.#add(
        element,
        "medication",
        undefined,
        { assertion, course, when: { earliest: when.earliest, latest: over ? when.latest : null } },
        name,
      );
  }

  #observation(element: XmlElement, relation: string | null): void {
    const negated = element.attributes["negationInd"] === "true";
    const value = kid(element, "value");
    const when = timesOf(element);
    if (
      this.#kind === "allergies" ||
      all(element, "participant", "participantRole", "playingEntity").some(
        ({ attributes }) => attributes["classCode"] === "MMAT",
      )
    ) {
      this.#allergy(element, negated);
      return;
    }
    if (this.#kind === "family" || relation) {
      const name = nameOf(value, element, this.#raw, this.#ids);
      if (name)
        this.#add(
          element,
          "family-history",
          value,
          { assertion: negated ? "absent" : "family", relation: relation ?? "family" },
          name,
        );
      return;
    }
    const problem = this.#kind === "problems" || this.#kind === "past" || isProblem(element);
    if (problem && value && !isStatus(element)) {
      const assertion = negated ? "absent" : this.#problemStatus(element, when);
      this.#add(element, "condition", value, {
        assertion,
        when: { earliest: when.earliest, latest: when.latest },
      });
      return;
    }
    if (problem || isStatus(element)) return;
    if (
      this.#planned(element) ||
      (this.#kind === "procedures" && (!value || value.attributes["nullFlavor"] !== undefined))
    ) {
      this.#add(element, "procedure", kid(element, "code"), {
        assertion: this.#planned(element) ? "planned" : "historical",
        when,
      });
      return;
    }
    const result = resultOf(value, element, this.#raw, this.#ids);
    if (result)
      this.#add(
        element,
        "observation",
        kid(element, "code"),
        { ...result, when, ...(negated ? { assertion: "absent" as const } : {}) },
        result.named,
      );
    for (const child of all(element, "entryRelationship", "observation")) this.#observation(child, null);
  }

  #problemStatus(element: XmlElement, when: Entry["when"]): Assertion {
    const status = all(element, "entryRelationship", "observation").find(isStatus);
    const said = `${kid(status, "value")?.attributes["displayName"] ?? ""} ${kid(status, "value")?.attributes["code"] ?? ""}`;
    if (/resolved|inactive|413322009|73425007|remission/i.test(said)) return "historical";
    if (when.latest !== null) return "historical";
    return this.#kind === "past" ? "historical" : "present";
  }

  #allergy(element: XmlElement, negated: boolean): void {
    const entity = kid(element, "participant", "participantRole", "playingEntity");
    const name =
      nameOf(kid(entity, "code"), element, this.#raw, this.#ids) ??
      nameOf(kid(entity, "name"), element, this.#raw, this.#ids);
    const status = all(element, "entryRelationship", "observation").find(isStatus);
    const over = /resolved|inactive|73425007|413322009/i.test(
      `${kid(status, "value")?.attributes["displayName"]} ${kid(status, "value")?.attributes["code"]}`,
    );
    const reaction = all(element, "entryRelationship", "observation")
      .filter((one) => one !== status)
      .map((one) => nameOf(kid(one, "value"), one, this.#raw, this.#ids)?.text)
      .find((text) => text !== undefined);
    if (name)
      this.#add(
        element,
        "allergy",
        undefined,
        {
          assertion: negated ? "absent" : over ? "historical" : "present",
          ...(reaction ? { course: { outcome: "intolerance", reason: reaction } } : {}),
        },
        name,
      );
  }

  #procedure(element: XmlElement, code = kid(element, "code")): void {
    const status = kid(element, "statusCode")?.attributes["code"];
    const assertion: Assertion =
      element.attributes["negationInd"] === "true"
        ? "absent"
        : this.#planned(element)
          ? "planned"
          : status === "active"
            ? "present"
            : "historical";
    this.#add(element, "procedure", code, { assertion, when: timesOf(element) });
    this.#device(element);
  }

  /** An interval that gives only its end dates what was supplied; one without an end is still in use. */
  #device(element: XmlElement): void {
    const when = suppliedOn(element);
    for (const device of all(element, "participant", "participantRole", "playingDevice"))
      this.#add(device, "procedure", kid(device, "code"), {
        assertion: this.#planned(element) ? "planned" : "present",
        when,
      });
  }
}
