import { describe, expect, test } from "vitest";
import type { Criterion } from "#policy";
import { inNote, leaf, match, note } from "./fixtures/made-findings.ts";

describe("the words of the record", () => {
  test("a statement in the criterion's words meets it; its denial does not", () => {
    expect(
      inNote(
        "Cardiac resynchronization therapy is documented as not indicated.",
        "EP consult 06/11/2026. CRT is not indicated.",
      ),
    ).toBe("met");
    expect(inNote("The member has no active infection.", "No active infection today.")).toBe("met");
    expect(inNote("The member has a history of pancreatitis.", "She denies a history of pancreatitis.")).toBe(
      "not-met",
    );
  });
  test("plans, questions, relatives and teaching prove nothing", () => {
    for (const text of [
      "Consider hepatitis B vaccination and pancreatitis work-up.",
      "Her mother had pancreatitis.",
      "Was there pancreatitis?",
      "You should call your doctor if you have pancreatitis.",
    ])
      expect(inNote("The member has pancreatitis.", text)).toBe("unknown");
  });
  test("silence is unknown, for exclusions too, and says who has the paper", () => {
    const found = match(leaf("The member has no history of angioedema."), {
      documents: [note("Blood pressure 120/70.")],
    }).findings[0]!;
    expect(found.status).toBe("unknown");
    expect(found.missing).toContain("physician");
  });
  test("a surgeon's judgment must come from a surgeon's paper", () => {
    const criterion =
      "A cardiac surgeon has determined that the patient is not an appropriate candidate for mitral valve surgery.";
    const opinion = "She is not an appropriate candidate for mitral valve surgery.";
    expect(inNote(criterion, `River Cardiothoracic Surgery\n\n${opinion}`)).toBe("met");
    expect(inNote(criterion, opinion)).toBe("unknown");
  });
  test("values in words: the unit and the newest day count, earlier values do not", () => {
    const criterion = "Mean transmitral gradient is 5 mmHg or less.";
    expect(inNote(criterion, "Echo 08/24/2026. Mean transmitral gradient 3 mmHg.")).toBe("met");
    expect(inNote(criterion, "Echo 08/24/2026. Mean transmitral gradient 7 mmHg.")).toBe("not-met");
    expect(inNote(criterion, "Criteria require a mean transmitral gradient of 5 mmHg or less.")).toBe(
      "unknown",
    );
  });
  test("time since an event is counted to the request", () => {
    const criterion = "At least 90 days have passed since the prior TEER procedure.";
    expect(inNote(criterion, "s/p TEER with one clip 05/21/2026.")).toBe("met");
    expect(inNote(criterion, "s/p TEER with one clip 09/21/2026.")).toBe("not-met");
  });
  test("pages of another person are neither searched nor shown", () => {
    const documents = [note("No active infection today."), { ...note("unused"), document: "other.txt" }];
    const found = match(leaf("The member has no active infection."), {
      documents,
      exclude: [{ document: "note.txt", page: 1 }],
    }).findings[0]!;
    expect(found.status).toBe("unknown");
    expect(
      found.candidates.flatMap(({ from }) => from).every(({ document }) => document === "other.txt"),
    ).toBe(true);
  });
  test("passages are ranked with synonyms and abbreviations, best first", () => {
    const text =
      "A 58-year-old woman came to clinic.\nShe walks two miles.\nShe reports SOB on stairs.\nHer knee hurts.";
    const found = match(leaf("Documented dyspnea at rest or on exertion"), { documents: [note(text)] })
      .findings[0]!;
    expect(found.candidates[0]!.from[0]!.quote).toContain("SOB");
  });
});

/** Milliseconds of processor time: how busy the machine is otherwise plays no part. */
function spent(): number {
  const { user, system } = (process.threadCpuUsage ?? process.cpuUsage)();
  return (user + system) / 1000;
}

test("matching 300 pages takes less than a second and grows with the pages", () => {
  const page = (at: number) =>
    Array.from(
      { length: 30 },
      (_, line) =>
        `Visit ${at}.${line}: the patient reports stable symptoms, walks daily, and takes ${["carvedilol", "lisinopril", "spironolactone"][line % 3]} without side effects.`,
    ).join("\n");
  const criteria: Criterion = {
    id: "c",
    text: "",
    from: [],
    all: Array.from({ length: 12 }, (_, at) =>
      leaf(
        `Criterion ${at}: documented dyspnea or edema despite treatment with a diuretic for at least 3 months`,
        `c${at}`,
      ),
    ),
  };
  const time = (pages: number) => {
    const documents = [note(...Array.from({ length: pages }, (_, at) => page(at)))];
    const runs = Array.from({ length: 3 }, () => {
      const began = spent();
      match(criteria, { documents });
      return spent() - began;
    });
    return Math.min(...runs);
  };
  time(30);
  const small = time(100);
  const large = time(400);
  expect(time(300)).toBeLessThan(1000);
  // Four times the pages: about four times the time; the square would be sixteen.
  expect(large / small).toBeLessThan(8);
});
