import { escapeHtml } from "#guide";
import type { App, Ctx } from "../workbench.ts";

type Frame = (c: Ctx, title: string, main: string) => Response | Promise<Response>;

/** A letter with blanks: what it asks for, and the paragraphs of law it may name for the plan that was chosen. */
type RequestLetter = { title: string; intro: string; items: string[]; law: string };

const letters: Record<"claim-file-request" | "policy-request", RequestLetter> = {
  "claim-file-request": {
    title: "Ask for my claim file",
    intro:
      "This is a request for documents. It is not an appeal and does not replace or delay mine. Please send me, free of charge:",
    items: [
      "every page that the reviewer had, in order, with fax headers",
      "the reviewer’s notes and worksheets, with date and time",
      "the name, specialty and credentials of each person whose advice was obtained, relied on or not",
      "the rule, guideline, protocol or criterion used, in the version applied",
      "the explanation of the clinical judgment, applied to my circumstances",
      "letters, call logs, portal messages and e-mails about my request",
      "any statement of policy or guidance on this treatment, relied on or not",
    ],
    law: "For job plans: 29 CFR 2560.503-1(h)(2)(iii) and (m)(8). For plans under the Affordable Care Act also 45 CFR 147.136(b)(2)(ii)(C).",
  },
  "policy-request": {
    title: "Ask for the policy",
    intro: "Please send me, free of charge, the rule on which you denied my request:",
    items: [
      "the medical or pharmacy policy, with its number and effective date",
      "any internal rule, guideline or vendor criterion that was used",
      "the plan’s own definition of medical necessity, or of the ground you gave",
      "the diagnosis, treatment and denial codes, with their meaning",
    ],
    law: "For job plans: 29 CFR 2560.503-1(g)(1)(v) and (h)(2)(iii).",
  },
};

const fields = [
  ["name", "Your name"],
  ["address", "Your address"],
  ["plan", "Name and address of the plan (from the letter)"],
  ["member", "Member number"],
  ["reference", "Reference, claim or case number"],
  ["service", "What was denied"],
  ["dated", "Date on the denial"],
] as const;

/** Two letters to fill in and print. What is typed is answered once, in a page that is not kept. */
export function requestLetters(app: App, frame: Frame): void {
  for (const [path, letter] of Object.entries(letters)) {
    app.get(`/tools/${path}`, (c) => frame(c, letter.title, form(path, letter)));
    app.post(`/tools/${path}`, async (c) => {
      const typed = await c.req.parseBody();
      const given = (name: string) =>
        typeof typed[name] === "string" ? typed[name].slice(0, 500).trim() : "";
      c.header("Cache-Control", "no-store");
      return frame(c, letter.title, printed(letter, given));
    });
  }
}

function form(path: string, { title, law }: RequestLetter): string {
  const inputs = fields.map(
    ([name, label]) =>
      `<p><label for="${name}">${label}</label><br><input id="${name}" name="${name}" autocomplete="off"></p>`,
  );
  return `<h1>${title}</h1><p>It is free, and it stops no clock. Fill in what you have; the rest stays a blank line to write on. Nothing is kept.</p>
<form method="post" action="/tools/${path}">${inputs.join("")}<p><button>Make the letter</button></p></form><p><small>${law}</small></p>`;
}

function printed({ title, intro, items, law }: RequestLetter, given: (name: string) => string): string {
  const or = (name: string, blank = "____________________") => escapeHtml(given(name) || blank);
  return `<article class="letter"><p>${or("name")}<br>${or("address")}</p><p>Date: ____________</p><p>${or("plan")}</p>
<h1>${title.replace("Ask for my", "Request for my").replace("Ask for the", "Request for the")}</h1>
<p>Member number: ${or("member")}<br>Reference: ${or("reference")}<br>Denied: ${or("service")}, by your letter of ${or("dated")}</p>
<p>${intro}</p><ol>${items.map((item) => `<li>${item}</li>`).join("")}</ol>
<p>${law}</p><p>Please also tell me the last day on which you will accept my appeal.</p><p>Signed ____________________</p></article>
<p class="no-print"><small>Print this page with your browser. It is not kept here.</small></p>`;
}
