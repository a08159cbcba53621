import type { Issue } from "#base";
import type { Desk } from "./appeal.ts";
import { isMinor } from "./law-sentences.ts";
import { type Draft, fill, formal, fromPerson, joined, type Slot } from "./passages.ts";
import { physicianNpi, recordClinician } from "./people.ts";

const line = "______________________";

/** Signature lines. Nobody's signature or opinion stands before that person has given it. */
export function addSignatures(draft: Draft, desk: Desk, physician: boolean, quick = false): void {
  draft.open("Signatures");
  draft.add("signature", memberLine(desk));
  if (!physician) return;
  const provider = physicianName(desk);
  draft.add(
    "attestation",
    fromPerson(
      "Attestation of the treating physician. I have read this letter and the exhibits. The clinical statements agree with my records and with what I know of this patient, except as corrected here: ______________________________. Statements of law are not mine.",
      `${provider?.text ?? "treating physician"}, not yet signed`,
    ),
  );
  if (quick)
    draft.add(
      "attestation",
      formal(
        "☐ In my judgment the time for a standard decision could seriously jeopardize life, health or the ability to regain maximum function.",
      ),
    );
  draft.add("signature", physicianLine(desk));
}

export function memberLine(desk: Desk): Slot | null {
  const signer = desk.input.answers.signer;
  const name = signer ? fromPerson(signer.name, `${signer.name}, ${signer.role}`) : senderName(desk);
  const role = signer ? formal(`, ${signer.role}`) : isMinor(desk.input) ? formal(":") : formal(", member");
  return joined([name ?? formal("Member"), role, formal(` ${line} Date __________`)], "");
}

/** Who sends: the signer; for a child whose signer nobody named, the parent or guardian; else the member. */
export function senderName(desk: Desk): Slot | null {
  const { signer } = desk.input.answers;
  if (signer) return fromPerson(signer.name);
  const { member } = desk.slots;
  return member && isMinor(desk.input) ? fill("Parent or guardian of {member}", { member }) : member;
}

/** A child does not sign. */
export const signerIssues = (desk: Desk): Issue[] =>
  desk.input.answers.signer || !isMinor(desk.input)
    ? []
    : [
        {
          severity: "warning",
          code: "signer-unknown",
          text: "The patient is a child. Give the name of the parent or guardian who signs, and whose it is; the letters leave a line for it.",
        },
      ];

export function physicianLine(desk: Desk): Slot | null {
  const provider = physicianName(desk);
  const npi = physicianNpi(desk, provider) ?? formal("__________");
  return joined([
    provider ?? formal("Treating physician"),
    formal(`${line} NPI`),
    npi,
    formal("Date __________"),
  ]);
}

const credential = /\b(M\.?D|D\.?O|N\.?P|P\.?A(-C)?|DNP|APRN|DPM|PhD|PsyD|DDS|DMD)\b\.?/;

/** The physician by name: the provider where that is a person, else nobody is named. */
export function physicianName(desk: Desk): Slot | null {
  const provider = desk.slots.provider;
  if (!provider) return recordClinician(desk);
  if (credential.test(provider.text) || /^Dr\b/.test(provider.text)) return provider;
  const isPlace =
    /\b(cent(er|re)|spine|joints?|pain|care|kids|family|women'?s|children'?s|county|region(al)?|valley|surgical|surgeons|surgery|physicians|doctors|specialists|neuro\S*|ortho\S*|\w+(?:ology|ologists?|iatrics|iatry|opedics|opaedics)|wellness|vascular|heart|cancer|kidney|lung|eye|skin|sleep|wound|headache|arthritis|fertility|hospital|clinic|institute|associates|group|infusion|pharmacy|health|healthcare|medical|medicine|inc|llc|mobility|suppl(y|ies)|equipment|orthotics|prosthetics|respiratory|laborator(y|ies)|labs?|genomics|diagnostics|imaging|home ?care|hospice|recovery|ambulance|EMS|transport|therapy|rehab(ilitation)?|services?|program|system|partners)\b/i;
  return isPlace.test(provider.text) ? recordClinician(desk) : provider;
}
