/** The events of the contract, what must come before what, and which of them can only lie in the past. */

const names = `notice-dated notice-received notice-sent appeal-filed appeal-received-by-plan appeal-decision-dated
final-decision-received external-review-filed external-review-received-by-iro service-ends documents-requested
redetermination-received reconsideration-received alj-decision-received claim-received-by-plan
defective-request-received-by-plan extension-notice-sent extension-notice-received information-requested
information-received supporting-statement-received expedite-refused oral-decision-given appeal-decision-received
second-appeal-filed second-appeal-received-by-plan appeal-decision-made board-meeting-1 board-meeting-2 board-meeting-3
explanation-requested immediate-review-rejected external-review-received-by-plan incomplete-notice-received iro-assigned
iro-notice-received iro-decision-given exception-review-received documents-furnished parity-analysis-requested
provider-termination-notice rescission-effective redetermination-dated reconsideration-dated ire-decision-dated
alj-decision-dated council-decision-dated ire-decision-received council-decision-received
reconsideration-request-received ire-request-received alj-request-received council-request-received alj-filed
court-filed dismissal-dated reversal-received termination-notice-received qio-decision-notified discharge
rating-period-start action-effective hearing-requested opm-request-received opm-decision-dated service-date
formal-review-dated second-reconsideration-dated formal-review-request-received`;

export const events: ReadonlySet<string> = new Set(names.split(/\s+/));

/** Events that announce a day to come. All others say what has happened. */
export const mayLieAhead: ReadonlySet<string> = new Set([
  "service-ends",
  "discharge",
  "action-effective",
  "rescission-effective",
  "board-meeting-1",
  "board-meeting-2",
  "board-meeting-3",
  "rating-period-start",
]);

/** The first cannot come after the second. */
export const eventOrder: readonly (readonly [string, string])[] = [
  ["notice-dated", "notice-received"],
  ["notice-dated", "notice-sent"],
  ["notice-sent", "notice-received"],
  ["claim-received-by-plan", "notice-dated"],
  ["claim-received-by-plan", "notice-received"],
  ["notice-dated", "appeal-filed"],
  ["notice-dated", "appeal-received-by-plan"],
  ["notice-received", "appeal-filed"],
  ["appeal-filed", "appeal-received-by-plan"],
  ["appeal-filed", "appeal-decision-dated"],
  ["appeal-received-by-plan", "appeal-decision-dated"],
  ["appeal-received-by-plan", "appeal-decision-made"],
  ["appeal-received-by-plan", "final-decision-received"],
  ["notice-dated", "appeal-decision-dated"],
  ["notice-received", "appeal-received-by-plan"],
  ["notice-received", "appeal-decision-dated"],
  ["notice-dated", "final-decision-received"],
  ["notice-sent", "hearing-requested"],
  ["notice-dated", "hearing-requested"],
  ["appeal-filed", "final-decision-received"],
  ["claim-received-by-plan", "extension-notice-sent"],
  ["claim-received-by-plan", "appeal-filed"],
  ["notice-received", "final-decision-received"],
  ["appeal-decision-dated", "appeal-decision-received"],
  ["appeal-decision-dated", "final-decision-received"],
  ["appeal-decision-dated", "hearing-requested"],
  ["appeal-decision-dated", "external-review-filed"],
  ["final-decision-received", "external-review-filed"],
  ["final-decision-received", "external-review-received-by-iro"],
  ["external-review-filed", "external-review-received-by-plan"],
  ["external-review-filed", "external-review-received-by-iro"],
  ["second-appeal-filed", "second-appeal-received-by-plan"],
  ["appeal-decision-received", "second-appeal-filed"],
  ["appeal-decision-dated", "external-review-received-by-iro"],
  ["external-review-received-by-plan", "external-review-received-by-iro"],
  ["external-review-filed", "iro-assigned"],
  ["iro-assigned", "iro-notice-received"],
  ["external-review-received-by-iro", "iro-decision-given"],
  ["termination-notice-received", "qio-decision-notified"],
  ["extension-notice-sent", "extension-notice-received"],
  ["information-requested", "information-received"],
  ["claim-received-by-plan", "supporting-statement-received"],
  ["claim-received-by-plan", "information-requested"],
  ["board-meeting-1", "board-meeting-2"],
  ["board-meeting-2", "board-meeting-3"],
  ["documents-requested", "documents-furnished"],
  ["redetermination-dated", "redetermination-received"],
  ["reconsideration-dated", "reconsideration-received"],
  ["ire-decision-dated", "ire-decision-received"],
  ["alj-decision-dated", "alj-decision-received"],
  ["council-decision-dated", "council-decision-received"],
  ["redetermination-dated", "reconsideration-dated"],
  ["redetermination-dated", "ire-decision-dated"],
  ["ire-decision-dated", "alj-decision-dated"],
  ["reconsideration-dated", "alj-decision-dated"],
  ["alj-decision-dated", "council-decision-dated"],
  ["ire-decision-dated", "alj-filed"],
  ["council-decision-dated", "court-filed"],
  ["redetermination-dated", "ire-request-received"],
  ["redetermination-dated", "reconsideration-request-received"],
  ["reconsideration-request-received", "reconsideration-dated"],
  ["reconsideration-dated", "alj-request-received"],
  ["ire-decision-dated", "alj-request-received"],
  ["alj-request-received", "alj-decision-dated"],
  ["alj-decision-dated", "council-request-received"],
  ["council-request-received", "council-decision-dated"],
  ["notice-dated", "redetermination-dated"],
  ["notice-dated", "reconsideration-dated"],
  ["notice-dated", "ire-decision-dated"],
  ["notice-dated", "opm-request-received"],
  ["appeal-received-by-plan", "redetermination-dated"],
  ["reconsideration-dated", "formal-review-request-received"],
  ["reconsideration-dated", "second-reconsideration-dated"],
  ["reconsideration-dated", "opm-request-received"],
  ["opm-request-received", "opm-decision-dated"],
  ["reconsideration-dated", "formal-review-dated"],
  ["service-date", "opm-decision-dated"],
];
