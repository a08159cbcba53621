import type { Denial } from "./types.ts";

/** A denial of which nothing is known yet. */
export function emptyDenial(): Denial {
  return {
    payer: null,
    payerId: null,
    memberName: null,
    memberId: null,
    groupNumber: null,
    references: [],
    noticeDate: null,
    stage: null,
    timing: null,
    urgent: null,
    outcome: null,
    services: [],
    diagnoses: [],
    provider: null,
    grounds: [],
    criteriaCited: [],
    rightsStated: {
      appealWithin: null,
      appealBy: null,
      sendTo: { address: null, fax: null, phone: null, email: null, portal: null },
      expedited: null,
      externalReview: null,
    },
    planHints: [],
    issues: [],
  };
}
