/**
 * @module law — Situation → Right[] with Deadline and derivation. Knows no documents, reads no files.
 */
export { type CalendarEntry, type CalendarOptions, calendarFor, icalendar } from "./calendar.ts";
export { type Checked, checkSituation } from "./check.ts";
export { type Coverage, coverageOf } from "./coverage.ts";
export { citationOf, dutiesOf } from "./duties.ts";
export { isBusinessDay, isFederalHoliday } from "./holidays.ts";
export { type NoticeAsRead, noticeDefects } from "./notice-defects.ts";
export { rightsFor } from "./rights.ts";
export type * from "./types.ts";
