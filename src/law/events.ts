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
formal-review-dated second-reconsideration-dated formal-review-request-received iro-decision-dated iro-decision-received
hearing-decision-dated hearing-decision-received`;

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
  "service-date",
]);

/** In each line nothing can come after what stands to its right. What follows from several lines together holds too. */
const orders = `
claim-received-by-plan notice-dated notice-sent notice-received appeal-filed appeal-received-by-plan appeal-decision-made
appeal-decision-made appeal-decision-dated appeal-decision-received second-appeal-filed second-appeal-received-by-plan
second-appeal-received-by-plan final-decision-received external-review-filed external-review-received-by-plan
appeal-decision-dated final-decision-received
appeal-received-by-plan appeal-decision-dated
external-review-received-by-plan external-review-received-by-iro iro-decision-given iro-decision-received
external-review-filed iro-decision-dated iro-decision-received
final-decision-received iro-decision-dated
hearing-requested hearing-decision-dated hearing-decision-received
external-review-received-by-plan iro-assigned iro-notice-received iro-decision-given
external-review-received-by-plan incomplete-notice-received
claim-received-by-plan oral-decision-given appeal-filed
claim-received-by-plan extension-notice-sent extension-notice-received
claim-received-by-plan information-requested information-received
claim-received-by-plan supporting-statement-received
claim-received-by-plan expedite-refused
claim-received-by-plan explanation-requested
board-meeting-1 board-meeting-2 board-meeting-3
documents-requested documents-furnished
notice-dated exception-review-received
notice-dated reversal-received
appeal-filed dismissal-dated
appeal-received-by-plan redetermination-dated redetermination-received ire-request-received ire-decision-dated
redetermination-received reconsideration-request-received reconsideration-dated reconsideration-received
appeal-decision-received reconsideration-request-received
appeal-decision-received ire-request-received
appeal-received-by-plan reconsideration-dated
reconsideration-received ire-decision-dated ire-decision-received alj-filed alj-request-received alj-decision-dated
alj-decision-dated alj-decision-received council-request-received council-decision-dated council-decision-received
council-decision-received court-filed
appeal-filed opm-request-received opm-decision-dated court-filed
reconsideration-dated opm-request-received
service-date opm-decision-dated
reconsideration-received formal-review-request-received formal-review-dated hearing-requested
reconsideration-dated second-reconsideration-dated hearing-requested
appeal-decision-dated hearing-requested
notice-received hearing-requested
termination-notice-received qio-decision-notified`;

/** By event: everything that cannot come before it. */
export const laterEvents: ReadonlyMap<string, ReadonlySet<string>> = closureOf(
  orders
    .trim()
    .split("\n")
    .map((line) => line.split(" ")),
);

function closureOf(lines: string[][]): Map<string, Set<string>> {
  const next = new Map<string, string[]>();
  for (const line of lines)
    for (const [place, event] of line.entries())
      next.set(event, [...(next.get(event) ?? []), ...line.slice(place + 1)]);
  const reached = (event: string, seen: Set<string>): Set<string> => {
    for (const later of next.get(event) ?? []) if (!seen.has(later)) reached(later, seen.add(later));
    return seen;
  };
  return new Map([...next.keys()].map((event) => [event, reached(event, new Set())]));
}
