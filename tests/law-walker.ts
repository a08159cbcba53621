/**
 * A second, naive reckoning of the law's days, written apart from src/law and sharing nothing with it: it walks the calendar
 * day by day. Slow and simple on purpose; the two must agree.
 */

/** Day, month and year as three numbers; the walk changes them one day at a time. */
type Walk = { y: number; m: number; d: number };

const lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const leap = (y: number) => y % 400 === 0 || (y % 4 === 0 && y % 100 !== 0);
const lengthOf = (y: number, m: number) => (m === 2 && leap(y) ? 29 : lengths[m - 1]!);

const read = (text: string): Walk => {
  const [y, m, d] = text.split("-").map(Number);
  return { y: y!, m: m!, d: d! };
};
const write = ({ y, m, d }: Walk) => `${y}-${m < 10 ? "0" : ""}${m}-${d < 10 ? "0" : ""}${d}`;

function tomorrow({ y, m, d }: Walk): Walk {
  if (d < lengthOf(y, m)) return { y, m, d: d + 1 };
  return m < 12 ? { y, m: m + 1, d: 1 } : { y: y + 1, m: 1, d: 1 };
}

/** So many days on, one step at a time. */
export function walkDays(from: string, days: number): string {
  let at = read(from);
  for (let step = 0; step < days; step++) at = tomorrow(at);
  return write(at);
}

/** The weekday by counting from a Saturday that everybody knows: 1 January 2000. 0 is Sunday. */
const weekdays = new Map<string, number>();
function fillWeekdays(): void {
  let at: Walk = { y: 2000, m: 1, d: 1 };
  let day = 6;
  while (at.y < 2045) {
    weekdays.set(write(at), day);
    at = tomorrow(at);
    day = (day + 1) % 7;
  }
}
fillWeekdays();
export const weekday = (date: string) => weekdays.get(date)!;

/** 5 USC 6103(a), day by day: which number of that weekday in the month is it? */
export function isHoliday(date: string): boolean {
  const { m, d, y } = read(date);
  const day = weekday(date);
  const nth = Math.ceil(d / 7);
  if ((m === 1 && d === 1) || (m === 7 && d === 4) || (m === 11 && d === 11) || (m === 12 && d === 25))
    return true;
  if (m === 6 && d === 19) return y >= 2021;
  if (
    day === 1 &&
    ((m === 1 && nth === 3) || (m === 2 && nth === 3) || (m === 9 && nth === 1) || (m === 10 && nth === 2))
  )
    return true;
  if (m === 5 && day === 1 && d + 7 > 31) return true;
  return m === 11 && day === 4 && nth === 4;
}

const isFree = (date: string) => weekday(date) !== 0 && weekday(date) !== 6 && !isHoliday(date);

/** To the next day on which an office is open, unless it is one. */
export function roll(date: string): string {
  let at = date;
  while (!isFree(at)) at = walkDays(at, 1);
  return at;
}

export function walkBusinessDays(from: string, days: number): string {
  let at = from;
  for (let left = days; left > 0; ) {
    at = walkDays(at, 1);
    if (isFree(at)) left--;
  }
  return at;
}

/** Same day number so many months on; `else` says what to do where there is none. */
export function walkMonths(
  from: string,
  months: number,
  missing: "first-of-next" | "last" | "none",
): string | null {
  const at = read(from);
  let { y, m } = at;
  for (let step = 0; step < months; step++) {
    m++;
    if (m === 13) {
      m = 1;
      y++;
    }
  }
  if (at.d <= lengthOf(y, m)) return write({ y, m, d: at.d });
  if (missing === "none") return null;
  const last = { y, m, d: lengthOf(y, m) };
  return write(missing === "last" ? last : tomorrow(last));
}

export type Days = { lastDay: string | null; safeDay?: string | null };
type Told = {
  plan: string;
  state?: string;
  timing?: string;
  levels?: number;
  urgent?: boolean;
  item?: string;
  window?: number | null;
  events: Record<string, string>;
};
type Expected = Record<string, { file?: Days; decision?: Days }>;

/** Receipt told: from it. Else five days are presumed, and the date itself is safe. */
function presumed(dated: string | undefined, received: string | undefined, n: number): Days | null {
  if (received) return { lastDay: walkDays(received, n) };
  return dated ? { lastDay: walkDays(walkDays(dated, 5), n), safeDay: walkDays(dated, n) } : null;
}

/** Receipt told: from it. Else nothing but a safe day from the date. */
function fromReceipt(dated: string | undefined, received: string | undefined, n: number): Days | null {
  if (received) return { lastDay: walkDays(received, n) };
  return dated ? { lastDay: null, safeDay: walkDays(dated, n) } : null;
}

const after = (day: string | undefined, n: number): Days | null =>
  day ? { lastDay: walkDays(day, n) } : null;

const aca = [
  "erisa-self-funded",
  "erisa-insured",
  "individual",
  "governmental-self-funded",
  "governmental-insured",
  "church",
];
const erisaOnly = ["retiree-only", "grandfathered-erisa-insured", "grandfathered-erisa-self-funded"];

/** What the naive reckoning expects; rights it does not speak of are absent. */
export function expectDays(told: Told): Expected {
  const { plan, events: e } = told;
  const out: Expected = {};
  const put = (kind: string, side: "file" | "decision", days: Days | null) => {
    if (days) out[kind] = { ...out[kind], [side]: days };
  };
  if (aca.includes(plan) || erisaOnly.includes(plan)) commercial(told, put);
  if (plan === "medicare-advantage") {
    const old = (e["notice-dated"] ?? e["notice-received"] ?? "9") < "2025-01-01";
    put(
      "reconsideration",
      "file",
      old ? after(e["notice-dated"], 60) : presumed(e["notice-dated"], e["notice-received"], 60),
    );
    const n = told.timing === "post-service" ? 60 : told.item === "part-b-drug" ? 7 : 30;
    const more = n === 30 && e["extension-notice-sent"] ? 14 : 0;
    if (told.timing) put("reconsideration", "decision", after(e["appeal-received-by-plan"], n + more));
    put("alj", "file", presumed(e["ire-decision-dated"], e["ire-decision-received"], 60));
  }
  if (plan === "medicare-part-d") {
    const old = (e["notice-dated"] ?? e["notice-received"] ?? "9") < "2025-01-01";
    put(
      "redetermination",
      "file",
      old ? after(e["notice-dated"], 60) : presumed(e["notice-dated"], e["notice-received"], 60),
    );
    if (told.timing)
      put(
        "redetermination",
        "decision",
        after(e["appeal-received-by-plan"], told.timing === "post-service" ? 14 : 7),
      );
    put("ire", "file", presumed(e["redetermination-dated"], e["redetermination-received"], 60));
    put("alj", "file", presumed(e["ire-decision-dated"], e["ire-decision-received"], 60));
  }
  if (plan === "medicare-original") {
    put("redetermination", "file", presumed(e["notice-dated"], e["notice-received"], 120));
    put("redetermination", "decision", after(e["appeal-received-by-plan"], 60));
    put("reconsideration", "file", presumed(e["redetermination-dated"], e["redetermination-received"], 180));
    put("alj", "file", presumed(e["reconsideration-dated"], e["reconsideration-received"], 60));
  }
  if (plan.startsWith("medicare")) {
    put("council", "file", presumed(e["alj-decision-dated"], e["alj-decision-received"], 60));
    put("court", "file", presumed(e["council-decision-dated"], e["council-decision-received"], 60));
  }
  if (plan === "medicaid-managed-care" || plan === "chip") {
    put("internal-appeal", "file", after(e["notice-dated"], 60));
    put(
      "internal-appeal",
      "decision",
      after(e["appeal-received-by-plan"], e["extension-notice-sent"] ? 44 : 30),
    );
  }
  if (plan === "medicaid-managed-care" && e["appeal-decision-dated"]) {
    const from = e["appeal-decision-dated"];
    const lastDay = told.window ? walkDays(from, told.window) : null;
    put("state-fair-hearing", "file", { lastDay, safeDay: lastDay ?? walkDays(from, 90) });
  }
  if (plan === "fehb" || plan === "pshb") {
    const day = e["notice-dated"] && walkMonths(e["notice-dated"], 6, "last");
    put("reconsideration", "file", day ? { lastDay: day } : null);
    put("reconsideration", "decision", after(e["appeal-received-by-plan"], 30));
    put("opm-review", "file", after(e["reconsideration-dated"], 90));
  }
  if (plan === "tricare") {
    put("tricare-reconsideration", "file", after(e["notice-dated"], 90));
    put("tricare-reconsideration", "decision", after(e["appeal-received-by-plan"], 60));
  }
  return out;
}

function commercial(
  told: Told,
  put: (kind: string, side: "file" | "decision", days: Days | null) => void,
): void {
  const { plan, events: e } = told;
  put("internal-appeal", "file", fromReceipt(e["notice-dated"], e["notice-received"], 180));
  const levels = plan === "individual" ? 1 : told.levels;
  const days: Record<string, number> = {
    "pre-service1": 30,
    "pre-service2": 15,
    concurrent1: 30,
    concurrent2: 15,
    "post-service1": 60,
    "post-service2": 30,
  };
  const n = days[`${told.timing}${levels}`];
  if (e["appeal-received-by-plan"])
    put("internal-appeal", "decision", n ? after(e["appeal-received-by-plan"], n) : { lastDay: null });
  if (!aca.includes(plan) || levels === 2 || !e["final-decision-received"]) return;
  if (plan === "erisa-self-funded") {
    put("external-review", "file", {
      lastDay: roll(walkMonths(e["final-decision-received"], 4, "first-of-next")!),
    });
    put("external-review", "decision", after(e["external-review-received-by-iro"], 45));
  }
  if (["individual", "erisa-insured"].includes(plan)) {
    const received = e["final-decision-received"];
    const windows: Record<string, () => Days> = {
      VA: () => ({ lastDay: walkDays(received, 120) }),
      MI: () => ({ lastDay: walkDays(received, 127) }),
      HI: () => ({ lastDay: walkDays(received, 130) }),
      UT: () => ({ lastDay: walkDays(received, 180) }),
      NY: () => ({ lastDay: walkMonths(received, 4, "none"), safeDay: walkMonths(received, 4, "last") }),
      KS: () => ({ lastDay: walkDays(received, 120) }),
      MT: () => ({ lastDay: walkDays(received, 120) }),
      WY: () => ({ lastDay: walkDays(received, 120) }),
      WV: () => ({ lastDay: null, safeDay: null }),
    };
    const window = told.state ? windows[told.state] : undefined;
    if (window) put("external-review", "file", window());
  }
}
