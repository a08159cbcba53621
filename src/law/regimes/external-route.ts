/** Whose external review it is: the federal one, the State's, or none. 45 CFR 147.136(c)-(d). */
import type { StateLaw } from "#knowledge";
import { type Case, fundingOf, stateOf } from "../case.ts";

/** Which process governs: 147.136(c)(1) and (d). */
export type Route =
  | { process: "federal"; hhs: boolean }
  | { process: "state"; state: StateLaw }
  | { process: "unsettled"; question: string }
  | { process: "none"; why: string };

export function routeOf(c: Case): Route {
  if (c.plan.startsWith("grandfathered")) {
    if (c.situation.grounds?.includes("out-of-network"))
      return {
        process: "unsettled",
        question:
          "Was it emergency care, care by an out-of-network provider at an in-network hospital, or an air ambulance (No Surprises Act)?",
      };
    return {
      process: "none",
      why: "A grandfathered plan owes external review only for No Surprises Act claims.",
    };
  }
  const funding = fundingOf(c);
  if (c.plan === "retiree-only" || c.plan === "excepted-benefit") {
    if (funding === "insured")
      return {
        process: "unsettled",
        question: "Does the insurance law of the State give this coverage an external review?",
      };
    return { process: "none", why: "Federal external review does not reach this kind of plan." };
  }
  if (funding === undefined)
    return {
      process: "unsettled",
      question: "Does the plan pay claims itself, or does an insurance company?",
    };
  if (funding === "self-funded") return { process: "federal", hhs: c.plan === "governmental-self-funded" };
  const state = stateOf(c);
  if (!state) return { process: "unsettled", question: "In which State was the policy issued?" };
  if (state.externalReview.process === "federal")
    return { process: "federal", hhs: state.externalReview.hhs };
  return { process: "state", state };
}
