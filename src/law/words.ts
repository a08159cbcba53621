/** How a derivation names events, and the questions that ask for what is not told. */

const words: Record<string, string> = {
  "notice-dated": "the date printed on the notice",
  "notice-received": "receipt of the notice",
  "notice-sent": "the day the notice was sent",
  "appeal-filed": "the filing of the appeal",
  "appeal-received-by-plan": "the plan's receipt of the appeal",
  "appeal-decision-dated": "the date on the appeal decision",
  "appeal-decision-received": "receipt of the appeal decision",
  "appeal-decision-made": "the appeal decision itself",
  "final-decision-received": "receipt of the final decision",
  "claim-received-by-plan": "the plan's receipt of the request",
  "service-ends": "the day the service ends",
  "documents-requested": "the request for documents",
  "information-requested": "the request for more information",
  "information-received": "receipt of the information",
  "extension-notice-sent": "the extension notice",
  "extension-notice-received": "receipt of the extension notice",
  "supporting-statement-received": "receipt of the prescriber's statement",
  "external-review-received-by-iro": "the reviewer's receipt of the request",
  "external-review-received-by-plan": "the plan's receipt of the external review request",
  "iro-assigned": "the assignment of the reviewer",
  "iro-notice-received": "receipt of the reviewer's notice",
  "iro-decision-given": "the reviewer's decision",
  "qio-decision-notified": "the QIO's decision",
  "termination-notice-received": "receipt of the termination notice",
  "rating-period-start": "the start of the contract's rating period",
  "opm-request-received": "OPM's receipt of the request",
  "service-date": "the day of the care",
};

/** "the date printed on the notice"; events without words of their own are named by their id. */
export function eventWords(event: string): string {
  return words[event] ?? event.replaceAll("-", " ");
}

const questions: Record<string, string> = {
  timing: "Has the care been received already, or is it asked for in advance?",
  urgent: "Does a doctor say that waiting could seriously harm the patient?",
  item: "Is it a service, or a drug, and under which benefit?",
  levels: "Does the plan require one internal appeal or two?",
  setting: "Which facility or agency gives the care that ends?",
  priorAuthorization: "Does the plan require prior authorization for this item?",
  advanceNotice: "Was notice given in advance of the change?",
  state: "In which State was the policy issued?",
  funding: "Does the employer pay the claims itself, or does an insurance company?",
  "rating-period-start": "When did the current Medicaid contract (rating) period start?",
  "notice-received": "On which day did the notice arrive?",
  "final-decision-received": "On which day did the final decision arrive?",
  "notice-dated": "What date is printed on the notice?",
  "appeal-filed": "On which day was the appeal sent?",
  "appeal-received-by-plan": "On which day did the plan receive the appeal?",
  "appeal-decision-dated": "What date is printed on the appeal decision?",
};

/** The question that would settle a fact or a date. */
export function questionFor(key: string): string {
  return questions[key] ?? `On which day was this: ${eventWords(key)}?`;
}
