import type { Reminder } from "#case";

/** Reminders for a calendar: one all-day entry each; the words name nobody. */
export async function reminderCalendar(reminders: readonly Reminder[], asOf: string): Promise<string> {
  const { default: ical } = await import("ical-generator");
  const calendar = ical({
    name: "Appeal reminders",
    prodId: { company: "Redress", product: "reminders", language: "EN" },
  });
  for (const reminder of reminders) {
    const event = calendar.createEvent({
      id: `${reminder.plan}-${reminder.kind}-${reminder.about}-${reminder.on}@redress`,
      stamp: new Date(`${asOf}T00:00:00Z`),
      start: new Date(`${reminder.on}T00:00:00Z`),
      allDay: true,
      summary: reminder.text,
    });
    event.createAlarm({ type: "display" as never, trigger: 0 });
  }
  return calendar.toString();
}
