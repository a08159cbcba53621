import type { Issue, Reading, Span } from "#base";
import type { Page, SourceDocument } from "#source";
import { all, any, type Draft, leafOf, whenThen } from "./draft.ts";
import { type Passage, passageOf } from "./passage.ts";

/** The parts of a FHIR R4 Questionnaire that say what a plan asks (Da Vinci DTR). */
type Item = {
  linkId?: string;
  text?: string;
  type?: string;
  item?: Item[];
  enableWhen?: { question?: string; operator?: string; answerBoolean?: boolean }[];
};
type Questionnaire = {
  resourceType?: string;
  title?: string;
  name?: string;
  publisher?: string;
  version?: string;
  effectivePeriod?: { start?: string };
  item?: Item[];
};

/** What a questionnaire gives a policy. */
export type ReadQuestionnaire = {
  title: Reading<string> | null;
  payer: Reading<string> | null;
  effective: Reading<string> | null;
  draft: Draft | null;
  issues: Issue[];
};

/** Reads a Questionnaire whose yes/no items are criteria-like; `null` when the document is none. */
export function readQuestionnaire(document: SourceDocument): ReadQuestionnaire | null {
  const page = document.pages[0];
  if (document.structured !== "fhir" || !page?.text.includes('"Questionnaire"')) return null;
  const form = parsed(page.text);
  if (form?.resourceType !== "Questionnaire") return null;
  const finder = new Finder(document.document, page);
  const draft = itemsOf(form.item ?? [], finder);
  return {
    title: finder.reading(form.title ?? form.name),
    payer: finder.reading(form.publisher),
    effective: finder.reading(form.effectivePeriod?.start?.slice(0, 10)),
    draft,
    issues: [
      {
        severity: "information",
        code: "questionnaire-asks",
        text: "This form says what the plan asks, not which answers lead to approval. Ask the plan for the policy behind the form.",
      },
    ],
  };
}

function parsed(text: string): Questionnaire | null {
  try {
    return JSON.parse(text) as Questionnaire;
  } catch {
    return null;
  }
}

/** Finds strings of the file in its own text, one after the other, so that equal questions get their own places. */
class Finder {
  readonly #document: string;
  readonly #page: Page;
  readonly #next = new Map<string, number>();

  constructor(document: string, page: Page) {
    this.#document = document;
    this.#page = page;
  }

  passage(words: string): Passage | null {
    const printed = JSON.stringify(words).slice(1, -1);
    const start = this.#page.text.indexOf(printed, this.#next.get(printed) ?? 0);
    if (start < 0) return null;
    this.#next.set(printed, start + printed.length);
    return passageOf(this.#document, [{ page: this.#page, start, end: start + printed.length }]);
  }

  reading(value: string | undefined): Reading<string> | null {
    if (!value) return null;
    const printed = JSON.stringify(value).slice(1, -1);
    const start = this.#page.text.indexOf(`"${printed}"`) + 1;
    if (start < 1) return null;
    const span: Span = {
      document: this.#document,
      page: this.#page.page,
      start,
      end: start + printed.length,
      quote: printed,
    };
    return { value, from: [span], by: "rule" };
  }
}

/**
 * Items of one group. A question that is put only after No to another is the other way to meet it; one that is put only
 * after Yes is asked in that case only.
 */
function itemsOf(items: readonly Item[], finder: Finder): Draft | null {
  const made = new Map<string, Draft | null>();
  const order: string[] = [];
  for (const [index, item] of items.entries()) {
    const id = item.linkId ?? `#${index}`;
    const draft =
      item.type === "group" || (item.item?.length ?? 0) > 0
        ? itemsOf(item.item ?? [], finder)
        : questionOf(item, finder);
    const after = item.enableWhen?.find(
      ({ answerBoolean, question }) =>
        answerBoolean !== undefined && question !== undefined && made.has(question),
    );
    if (after && draft) {
      const before = made.get(after.question!)!;
      made.set(
        after.question!,
        after.answerBoolean ? all([before, whenThen(before, draft, null)]) : any([before, draft]),
      );
      continue;
    }
    made.set(id, draft);
    order.push(id);
  }
  return all(order.map((id) => made.get(id) ?? null));
}

function questionOf(item: Item, finder: Finder): Draft | null {
  if (item.type !== "boolean" || !item.text || item.text.length < 12) return null;
  const passage = finder.passage(item.text);
  return passage && leafOf(passage, "");
}
