import type { Desk } from "./appeal.ts";
import { type Draft, formal, fromPerson, joined, type Slot } from "./passages.ts";
import { physicianNpi } from "./people.ts";

const line = "______________________";

/** Signature lines. Nobody's signature or opinion stands before that person has given it. */
export function addSignatures(draft: Draft, desk: Desk, physician: boolean): void {
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
  draft.add("signature", physicianLine(desk));
}

export function memberLine(desk: Desk): Slot | null {
  const signer = desk.input.answers.signer;
  const name = signer ? fromPerson(signer.name, `${signer.name}, ${signer.role}`) : desk.slots.member;
  const role = signer ? formal(`, ${signer.role}`) : formal(", member");
  return joined([name ?? formal("Member"), role, formal(` ${line} Date __________`)], "");
}

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
  if (!provider) return null;
  const isPlace =
    /\b(cent(er|re)|hospital|clinic|institute|associates|group|infusion|pharmacy|health|medical|inc|llc)\b/i;
  return isPlace.test(provider.text) && !credential.test(provider.text) ? null : provider;
}
