import type { Desk } from "./appeal.ts";
import { type Draft, form, formal, type Slot } from "./passages.ts";

/** More of them than these read like quarrel. */
const most = 4;

/** What the notice lacks or gets wrong under the law, one sentence each with its paragraph; the days it prints are not among them. */
export function defectsOf({ input, slots }: Desk): Slot[] {
  const ending = input.rights.rights.some(({ kind }) => /^(?:fast-track|hospital-discharge)-qio/.test(kind));
  return (
    (input.defects ?? [])
      .filter(({ code }) => code === "notice-element-missing" || code === "notice-wrong-body")
      // A letter that quotes the reason of the notice does not say that it has none.
      .filter(({ text }) => !/\bno (?:specific )?reason\b/.test(text) || slots.reason === null)
      // The notice that care ends has a form of its own; the rules for a denial's content do not bind it.
      .filter(({ cite }) => !ending || !/^42 CFR 422\.568\b/.test(cite?.label ?? ""))
      .map(({ text, cite }) => ({
        text: cite ? `${text.replace(/\.$/, "")} (${cite.label}).` : text,
        rests: cite ? [{ law: cite }] : [form],
      }))
  );
}

/** Defects of the notice as arguments: a reason that the law asks for and the notice does not give cannot be relied on. */
export function addDefects(draft: Draft, desk: Desk, outside: boolean): void {
  const defects = defectsOf(desk).slice(0, most);
  draft.open(outside ? "What the notice lacks" : "What your notice lacks");
  for (const defect of defects) draft.add("item", defect);
  if (defects.length > 0)
    draft.add(
      "text",
      formal(
        outside
          ? "Please let no time run against me for what is missing."
          : "Please give what is missing with your decision, and let no time run against me for it.",
      ),
    );
  draft.close();
}
