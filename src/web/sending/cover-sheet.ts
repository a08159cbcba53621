import { longDate, parseDate } from "#base";
import { renderLetterPdf } from "#io";
import type { Letter, Passage } from "#letter";
import type { Bundle, Way } from "./parcels.ts";

/** An address as it stands on an envelope: the town with its State and code in one line. */
export function addressLines(way: Pick<Way, "recipient" | "to">): string[] {
  const lines = way.to.split(/\s*\n\s*|,(?!\s*[A-Z]{2}\.?,?\s+\d{5})\s*/).filter(Boolean);
  const named = lines[0]?.toLowerCase().startsWith(way.recipient.toLowerCase());
  const whom = named ? [] : [way.recipient];
  return [
    ...whom,
    ...(lines.some((line) => /appeal|grievance/i.test(line)) ? [] : ["Attention: Appeals"]),
    ...lines,
  ];
}

type Sheet = {
  head: string;
  from: string;
  part: { number: number; of: number; pages: number };
  today: string;
};

/**
 * The first sheet of a fax or an envelope: to whom, from whom, how many pages, which part; no health fact. For mail the
 * address stands where a window envelope shows it when the sheet is folded in three.
 */
export async function coverSheet(
  way: Way,
  { head, from, part, today }: Sheet,
): Promise<{ bytes: Uint8Array; pages: number }> {
  const day = parseDate(today);
  const fax = way.channel.startsWith("fax");
  const mail = way.channel === "mail";
  const row = (name: string, value: string) => ({
    ...said(name, "row", `${name}: ${value}`),
    cells: [name, value],
  });
  const letter: Letter = {
    kind: "cover-sheet",
    file: "cover-sheet",
    title: fax ? "Fax cover sheet" : "Cover sheet",
    language: "en",
    issues: [],
    passages: [
      said("title", "title", fax ? "Fax cover sheet" : "Cover sheet"),
      row("To", `${way.recipient}, Appeals`),
      row(fax ? "Fax" : "Address", way.to),
      ...(from ? [row("From", from)] : []),
      row("About", head),
      row("Date", day ? longDate(day) : today),
      row("Pages", `${part.pages + 1} with this sheet`),
      ...(part.of > 1 ? [row("Part", `${part.number} of ${part.of}; the parts are one submission`)] : []),
      ...(mail ? [row("Certified mail", "No. ______________________________")] : []),
      ...(fax ? [row("Call back", "______________________________, if a page is missing")] : []),
      said(
        "what",
        "text",
        "Documents for an appeal. Please put them with the appeal and confirm that you have every page.",
      ),
      said(
        "private",
        "text",
        "Confidential. If this reached you by mistake, please destroy it and tell the sender; do not copy or pass it on.",
      ),
    ],
  };
  const createdAt = Date.parse(`${today}T00:00:00Z`) / 1000;
  const window = mail ? { window: addressLines(way) } : {};
  return { bytes: await renderLetterPdf(letter, { head, createdAt, ...window }), pages: 1 };
}

const said = (id: string, role: Passage["role"], text: string): Passage => ({
  id,
  role,
  text,
  rests: [{ form: true }],
});

/** More sheets than this weigh more than a large envelope by letter post may: 13 ounces, at a fifth of an ounce a sheet. */
const heaviest = 60;

/** What to write on the slip of certified mail, and what to keep. */
export function mailSlip(way: Way, { packet }: Bundle): string {
  const sheets = packet.pages + 1;
  const envelope =
    sheets > heaviest
      ? `These ${sheets} sheets are too heavy for an envelope by letter post; ask at the counter for a box or flat by Priority Mail, certified.`
      : sheets > 5
        ? `Use a flat envelope of 9 by 12 inches for these ${sheets} sheets. Where it has no window, copy the address.`
        : "Fold in three; in a number 10 window envelope the address on the cover sheet shows.";
  return [
    "CERTIFIED MAIL WITH RETURN RECEIPT",
    "",
    "Article addressed to:",
    ...addressLines(way),
    "",
    "Certified mail number: ____________________________",
    "",
    "1. Print cover-sheet.pdf and packet.pdf, one-sided. Count the pages against the cover sheet.",
    "2. Sign the letter by hand where your name stands.",
    `3. ${envelope}`,
    "4. At the post office ask for certified mail and a return receipt. Copy the number to the cover sheet and keep the slip.",
    "5. Mail it days before the last day: some plans count the day they receive it.",
    '6. Open your case, choose "I sent it myself", and write down the day and the number.',
    "",
  ].join("\r\n");
}

/** What to upload to a portal, file by file, with what proves each. */
export function portalChecklist(way: Way, head: string, files: Bundle["parcels"][number]["papers"]): string {
  const size = (bytes: number) => `${(bytes / 1_000_000).toFixed(1)} MB`;
  return [
    "PORTAL CHECKLIST",
    "",
    `Portal: ${way.to}`,
    `For: ${way.recipient}, Appeals`,
    `About: ${head}`,
    "",
    "[ ] Sign in, find appeals or grievances, begin a new appeal.",
    ...files.flatMap(({ name, pages, bytes, sha256 }) => [
      `[ ] Upload ${name}: ${pages} pages, ${size(bytes.length)}`,
      `    SHA-256 ${sha256}`,
    ]),
    "[ ] Open each file in the portal and look at its last page.",
    "[ ] Submit. Keep a picture of the confirmation: number, day and time.",
    "    Confirmation number: ____________________________",
    '[ ] Open your case, choose "I sent it myself", and write down the day and the number.',
    "",
  ].join("\r\n");
}
