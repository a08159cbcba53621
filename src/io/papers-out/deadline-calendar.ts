import type { CaseFile } from "#case";

type Right = CaseFile["rights"]["rights"][number];

/** The days of a case for a calendar: one all-day entry per right with a day, with the derivation and a reminder before. */
export async function deadlineCalendar(file: CaseFile): Promise<string> {
  const { default: ical } = await import("ical-generator");
  const calendar = ical({
    name: "Appeal deadlines",
    prodId: { company: "Redress", product: "deadlines", language: "EN" },
  });
  for (const entry of file.rights.rights.flatMap(entriesOf)) {
    const event = calendar.createEvent({
      id: `${entry.id}@redress`,
      // A fixed stamp, so that the same case gives the same bytes.
      stamp: new Date(`${file.asOf}T00:00:00Z`),
      start: new Date(`${entry.day}T00:00:00Z`),
      allDay: true,
      summary: entry.summary,
      description: entry.description,
    });
    for (const days of entry.alarms) event.createAlarm({ type: "display" as never, trigger: days * 86_400 });
  }
  return calendar.toString();
}

type Entry = { id: string; day: string; summary: string; description: string; alarms: number[] };

/** The safe day, the last day by law where it is another one, and the other side's day. */
function entriesOf(right: Right): Entry[] {
  if (right.status !== "open" && right.status !== "unknown") return [];
  const name = right.kind.replaceAll("-", " ");
  const law = right.cite.map((cite) => cite.label).join("; ");
  const entry = (
    day: string | null | undefined,
    summary: string,
    steps: string[],
    alarms: number[],
  ): Entry[] =>
    day
      ? [
          {
            id: `${right.plan}-${right.kind}-${day}`,
            day,
            summary,
            description: [...steps, law].join("\n"),
            alarms,
          },
        ]
      : [];
  const steps = right.file?.steps.map((step) => step.text) ?? [];
  const safe = right.file?.safeDay;
  const last = right.file?.lastDay;
  return [
    ...entry(safe ?? last, `Send by this day: ${name}`, steps, [14, 3]),
    ...(last && safe && last !== safe ? entry(last, `Last day by law: ${name}`, steps, []) : []),
    ...entry(right.decision?.lastDay, `Decision due: ${name}`, [], []),
  ];
}
