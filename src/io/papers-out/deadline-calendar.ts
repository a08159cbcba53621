import type { CaseFile } from "#case";

type Right = CaseFile["rights"]["rights"][number];

/** The days of a case for a calendar: one all-day entry per right with a day, with the derivation and a reminder before. */
export async function deadlineCalendar(file: CaseFile): Promise<string> {
  const { default: ical } = await import("ical-generator");
  const calendar = ical({
    name: "Appeal deadlines",
    prodId: { company: "Redress", product: "deadlines", language: "EN" },
  });
  for (const right of file.rights.rights) {
    const entry = entryOf(right);
    if (!entry) continue;
    const event = calendar.createEvent({
      id: `${right.plan}-${right.kind}-${entry.day}@redress`,
      // A fixed stamp, so that the same case gives the same bytes.
      stamp: new Date(`${file.asOf}T00:00:00Z`),
      start: new Date(`${entry.day}T00:00:00Z`),
      allDay: true,
      summary: entry.summary,
      description: entry.description,
    });
    for (const days of [14, 3]) event.createAlarm({ type: "display" as never, trigger: days * 86_400 });
  }
  return calendar.toString();
}

function entryOf(right: Right) {
  if (right.status !== "open" && right.status !== "unknown") return null;
  const day = right.file?.safeDay ?? right.file?.lastDay;
  if (!day) return null;
  const last = right.file?.lastDay;
  const steps = right.file?.steps.map((step) => step.text).join("\n") ?? "";
  const law = right.cite.map((cite) => cite.label).join("; ");
  return {
    day,
    summary: `${right.kind.replaceAll("-", " ")}: send by this day`,
    description: [last && last !== day ? `Last day by law: ${last}.` : "", steps, law]
      .filter(Boolean)
      .join("\n"),
  };
}
