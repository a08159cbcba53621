/** What is wrong with the notice itself: each defect an issue with its paragraph, fit to be an argument. */
import type { Issue, PlanKind, Stage, Timing } from "#base";
import type { Law, LawElement } from "#knowledge";
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
const carries: Record<LawElement["needs"], (notice: NoticeAsRead) => boolean> = {
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
 * know is not one), and the shorter or longer days that it prints.
 */
export function noticeDefects(
  notice: NoticeAsRead,
  plans: PlanKind[],
  answer: RightsAnswer,
  law: Law,
): Issue[] {
  const printed = answer.issues.filter(({ code }) => code.startsWith("printed-"));
  if (plans.length === 0 || notice.outcome?.value === "approved") return printed;
  const stage = notice.stage?.value ?? "initial";
  const missing = law.elements

    .filter(
      (element) => element.stages.includes(stage) && plans.every((plan) => element.plans.includes(plan)),
    )
    .filter((element) => !carries[element.needs](notice))
    .map(
      ({ text, cite }): Issue => ({ severity: "information", code: "notice-element-missing", text, cite }),
    );
  return [...printed, ...missing, ...wrongBody(notice, answer)];
}

/** An external review is offered where no possible plan has one. */
function wrongBody({ rightsStated }: NoticeAsRead, { rights }: RightsAnswer): Issue[] {
  if (rightsStated.externalReview?.value !== true || rights.length === 0) return [];
  if (rights.some(({ kind, status }) => kind === "external-review" && status !== "not-available")) return [];
  const [first] = rights.filter(({ status }) => status !== "not-available");
  const text = `The notice names an external review, which this kind of plan does not have; the next body is ${first?.decidedBy ?? "another one"}.`;
  return [
    {
      severity: "warning",
      code: "notice-wrong-body",
      text,
      ...(first?.cite[0] ? { cite: first.cite[0] } : {}),
    },
  ];
}
