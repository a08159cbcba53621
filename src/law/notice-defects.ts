/** What is wrong with the notice itself: each defect an issue with its paragraph, fit to be an argument. */
import type { Issue, PlanKind, Stage, Timing } from "#base";
import type { Law, LawElement, LawWrongBody } from "#knowledge";
import { saidBy, sentencesOf } from "./notice-words.ts";
import type { RightsAnswer } from "./types.ts";

type Read<T> = { value: T } | null;

/** What must be known of a notice as it was read. A `Denial` fits. */
export type NoticeAsRead = {
  stage: Read<Stage>;
  timing: Read<Timing>;
  urgent: Read<boolean>;
  outcome: Read<string>;
  grounds: { id: string }[];
  criteriaCited: unknown[];
  rightsStated: {
    appealWithin: Read<unknown>;
    appealBy: Read<unknown>;
    sendTo: {
      address: Read<string>;
      fax: Read<string>;
      phone: Read<string>;
      email: Read<string>;
      portal: Read<string>;
    };
    expedited: Read<boolean>;
    externalReview: Read<boolean>;
  };
};

const judgedGrounds = ["medical-necessity", "experimental", "level-of-care", "site-of-care", "off-label"];

/** Whether the notice carries an element; `true` where the element does not apply to it. */
const carries: Record<Exclude<LawElement["needs"], "words">, (notice: NoticeAsRead) => boolean> = {
  "appeal-period": ({ rightsStated }) => rightsStated.appealWithin !== null || rightsStated.appealBy !== null,
  "where-to-send": ({ rightsStated }) => Object.values(rightsStated.sendTo).some((place) => place !== null),
  reason: ({ grounds }) => grounds.length > 0,
  criterion: ({ grounds, criteriaCited }) =>
    criteriaCited.length > 0 || !grounds.some(({ id }) => judgedGrounds.includes(id)),
  expedited: ({ urgent, rightsStated }) => urgent?.value !== true || rightsStated.expedited?.value === true,
  "external-review": ({ rightsStated }) => rightsStated.externalReview?.value === true,
};

/**
 * Defects of the notice under the law of every plan that is still possible (a defect that one possible plan does not
 * know is not one), and the shorter or longer days that it prints. `text`: all the words of the notice; without it
 * nothing is said of bodies and of elements that only words can show.
 */
export function noticeDefects(
  notice: NoticeAsRead,
  plans: PlanKind[],
  answer: RightsAnswer,
  law: Law,
  text?: string,
): Issue[] {
  const printed = answer.issues.filter(({ code }) => code.startsWith("printed-"));
  if (plans.length === 0 || notice.outcome?.value === "approved") return printed;
  const sentences = text === undefined ? null : sentencesOf(text);
  const stage = notice.stage?.value ?? "initial";
  const owed = <T extends LawElement | LawWrongBody>(rows: readonly T[]) =>
    rows.filter((row) => row.stages.includes(stage) && plans.every((plan) => row.plans.includes(plan)));
  const missing = owed(law.elements)
    .filter(({ timing }) => timing.length === 0 || timing.includes(notice.timing?.value ?? "unknown"))
    .filter((element) => isMissing(element, notice, sentences))
    .map((element): Issue => {
      const { text: words, cite } = element;
      return { severity: "information", code: "notice-element-missing", text: words, cite };
    });
  const wrong = owed(law.wrongBodies).filter(
    (row) => sentences && namesWrongBody(row, notice, answer, sentences),
  );
  return [
    ...printed,
    ...missing,
    ...wrong.map(
      ({ text: words, cite }): Issue => ({
        severity: "warning",
        code: "notice-wrong-body",
        text: words,
        cite,
      }),
    ),
  ];
}

function isMissing(element: LawElement, notice: NoticeAsRead, sentences: readonly string[] | null): boolean {
  if (element.needs !== "words") return !carries[element.needs](notice);
  return sentences !== null && element.says !== null && saidBy(sentences, element.says) === null;
}

function namesWrongBody(
  row: LawWrongBody,
  notice: NoticeAsRead,
  { rights }: RightsAnswer,
  sentences: readonly string[],
): boolean {
  if (row.grounds.length > 0 && !notice.grounds.some(({ id }) => row.grounds.includes(id))) return false;
  if (row.stateProcess && !rights.some(({ cite }) => cite[0]?.id.startsWith("state-external-review#")))
    return false;
  return saidBy(sentences, row.says) !== null;
}
