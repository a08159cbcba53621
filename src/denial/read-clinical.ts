import type { Reading } from "#base";
import type { Fact } from "./facts.ts";
import { summaryProvider } from "./medicare-summary.ts";
import { diagnosisCodesIn } from "./read-codes.ts";
import type { Sentence } from "./sentences.ts";
import { readingAt, type Sheet, wordsAt } from "./sheet.ts";
import type { Denial } from "./types.ts";

type Diagnosis = Denial["diagnoses"][number];

/** Words that name a disease without a code, behind "for" or "diagnosis of". */
const disease =
  /\b(?:for (?:the )?(?:treatment of |diagnosis of |management of )?(?:your |moderate to severe |severe |active |chronic )*|diagnos(?:is|ed) (?:of|with) |to treat (?:your )?)(?<name>(?:[A-Z][\w]*'s (?:disease|syndrome)|(?:[\w'-]+ ){0,4}(?:disease|disorder|syndrome|cancer|carcinoma|lymphoma|leukemia|arthritis|psoriasis|migraines?|diabetes(?: mellitus)?|obesity|asthma|sclerosis|colitis|dermatitis|epilepsy|hypertension|osteoporosis|depression|autism|failure|apnea|neuropathy|stenosis|radiculopathy|pneumonia|sarcoma|melanoma|myeloma|hepatitis C|endometriosis|eczema|narcolepsy|lupus|spondylitis|fibrosis)))/g;
const notDisease = /\b(?:type 2|not|no|without|rule|covered|approved|adults|fda|who|only|when|medical)\b/i;

/** Codes, and the words where no code is given. */
export function readDiagnoses(
  sheet: Sheet,
  facts: readonly Fact[],
  sentences: readonly Sentence[],
): Diagnosis[] {
  const found = new Map<string, Diagnosis>();
  for (const fact of facts.filter(({ field }) => field === "diagnosis"))
    for (const code of diagnosisCodesIn(sheet, fact.start, fact.end, true))
      keep(found, { ...readingAt(sheet, code.value, code.start, code.end), system: "icd-10-cm" });
  for (const sentence of sentences)
    if (sentence.zone !== "notice" && sentence.zone !== "generic")
      for (const code of diagnosisCodesIn(sheet, sentence.start, sentence.end, false))
        keep(found, { ...readingAt(sheet, code.value, code.start, code.end), system: "icd-10-cm" });
  if (found.size === 0)
    for (const words of diagnosisWords(sheet, facts, sentences)) keep(found, { ...words, system: "text" });
  return [...found.values()];
}

function keep(found: Map<string, Diagnosis>, diagnosis: Diagnosis): void {
  const key = diagnosis.value.toLowerCase();
  if (!found.has(key)) found.set(key, diagnosis);
}

function diagnosisWords(
  sheet: Sheet,
  facts: readonly Fact[],
  sentences: readonly Sentence[],
): Reading<string>[] {
  for (const fact of facts.filter(({ field, marked }) => field === "diagnosis" && marked)) {
    const value = sheet.flat.slice(fact.start, fact.end);
    const stop = value.search(/[\t;|]|\s{3,}|\.\s/);
    const words = wordsAt(sheet, fact.start, fact.start + (stop > 0 ? stop : value.length));
    if (
      words &&
      /[a-z]{4}/i.test(words.value) &&
      words.value.length < 120 &&
      !/^(?:not|n\/a|none|codes?)\b/i.test(words.value)
    )
      return [words];
  }
  for (const sentence of sentences) {
    if (sentence.zone !== "head" && sentence.zone !== "body") continue;
    if (
      /\b(?:family|father|mother|sister|brother|aunt|uncle|cousin|grand\w+|guidelines?|criteria|policy)\b/i.test(
        sentence.text,
      )
    )
      continue;
    for (const match of sentence.text.matchAll(disease)) {
      const name = match.groups!["name"]!;
      if (notDisease.test(name)) continue;
      const start = sentence.start + match.index + match[0].length - name.length;
      const words = wordsAt(sheet, start, start + name.length);
      if (words) return [words];
    }
  }
  return [];
}

const credential =
  "(?:M\\.?D|D\\.?O|N\\.?P|P\\.?A(?:-C)?|APRN|ARNP|CRNP|FNP(?:-BC|-C)?|DNP|D\\.?P\\.?M|D\\.?D\\.?S|D\\.?M\\.?D|PhD|PsyD|LCSW|OD|RN|DPT|MPT|PT|DC|L\\.?Ac|OTR(?:/L)?|CCC-SLP|SLP|LPC|LMFT|LMHC|LCPC|MSW|BCBA|CNM|CRNA|MSN|CNP|NP-C|AuD)\\.?";
const person = "(?<![\\p{L}.'-])[A-Z][\\p{L}.'-]{1,30}(?: [A-Z][\\p{L}.'-]{0,30}){1,3}";
const inProse: RegExp[] = [
  new RegExp(
    `\\b(?:[Yy]our|the|treating|ordering|requesting) (?:doctor|provider|prescriber|physician|surgeon|dentist|specialist|oncologist|cardiologist|neurologist|counselor|genetic counselor|therapist|psychiatrist|midwife|pediatrician)(?:'s office)?,?\\s*\\(?(?<name>(?:Dr\\.? )?${person}(?:,? ${credential})?)`,
    "u",
  ),
  new RegExp(
    `\\byou(?:r doctor)? or your (?:doctor|prescriber|provider|physician) (?<name>${person}(?:,? ${credential})?)`,
    "u",
  ),
  new RegExp(
    `\\b(?:(?:[Cc]laim|bill|charges|invoice)(?: [\\w-]*\\d[\\w-]*)? from|bill of|sent to us by|submitted by|received from|requested by|asked for by|request (?:from|of)|prescribed by|ordered by|services? (?:from|by)|also sent to|care from|provided by)\\s+(?<name>(?:Dr\\.? )?[A-Z][\\p{L}.'&-]+(?: (?:[A-Z&][\\p{L}.'&-]*|of|and|the|for)){1,6}(?:,? (?:${credential}|LLC|PC|P\\.A\\.|Inc\\.?))?)`,
    "u",
  ),
  new RegExp(`(?<name>Dr\\.? ${person})`, "u"),
  /(?<![\p{L}.'-])(?<name>[A-Z][\p{L}.'&-]+(?: (?:[A-Z&][\p{L}.'&-]*|of|and|the|for)){1,6}) (?:has )?(?:(?:billed|charged) (?:us|your plan|the plan|\$)|sent (?:us |the plan )?(?:a|the|its) (?:bill|claim|invoice))/u,
  new RegExp(`(?<name>${person}, ${credential})(?![\\w]|\\s+\\d{5})`, "u"),
  /\b(?:sessions|visits?|stay|services|care|admission|surgery|treatment|tests?|therapy|scan|imaging|rehabilitation) (?:at|with) (?<name>[A-Z][\p{L}.'&-]+(?: (?:[A-Z&][\p{L}'&-]*|of|and|the)){1,5})/u,
  /\b(?:went to|seen at|treated at|rode with|carried by|taken by|flown by|admitted to|visited|visit to|stay at|stayed at|surgery at|receipt (?:from|of)|paid to|(?:claim|bill|invoice|charges|INVOICE|BILL|CLAIM) (?:of|OF)) (?:the )?(?<name>[A-Z][\p{L}'&-]+(?: (?:[A-Z&][\p{L}'&-]*|of|and|the)){1,5})/u,
  /\b(?:nurses?|therapists?|doctors?|physicians?|surgeons?|staff|team|notes) (?:of|at|from) (?<name>[A-Z][\p{L}.'&-]+(?: (?:[A-Z&][\p{L}.'&-]*|of|and|the)){1,5})/u,
  // "claim 260-447-719, Dayspring Air Rescue, flight of …".
  /\b[Cc]laim:? (?:[Nn]o\.? )?[\w-]*\d[\w-]*(?:, | \()(?<name>[A-Z][\p{L}.'&-]+(?: (?:[A-Z&][\p{L}.'&-]*|of|and|the)){1,5})(?=,|\s*$)/u,
  /\b(?:[Ee]l|[Ll]a|[Ss]u) (?<name>(?:doctora?|Dra?\.) [A-Z][\p{L}.'-]+ [A-Z][\p{L}.'-]+)/u,
  /(?<name>[A-Z][\p{L}.'&-]+(?: (?:[A-Z&][\p{L}.'&-]*|of|and|the)){1,5}) (?:has |have )?asked (?:us|for|that|the plan|(?:[A-Z][\p{L}-]+ ){1,6}to (?:approve|cover|pay))/u,
  /\bfor (?<name>[A-Z][\p{L}.&-]+(?: (?:[A-Z&][\p{L}.&-]*|of|and|the)){1,5})'s /u,
  /(?<name>Dr\.? [A-Z][\p{L}'-]+)(?= (?:wants|asked|sent|ordered|prescribed|requested|recommends)|'s (?:office|request|letter|notes|order))/u,
  // "St. Alban Medical Center, 900 Quarry Road, Dayton": the letterhead of a hospital's own notice.
  /^(?<name>[A-Z][\p{L}.'&-]+(?: (?:[A-Z&][\p{L}.'&-]*|of|and|the)){0,5} (?:Hospital|Medical Center|Health Center|Rehabilitation|Nursing|Hospice))(?=, \d+ [A-Z])/u,
  // "…, Coral Bay Regional Hospital, claim 25342-SA-0017".
  /, (?<name>[A-Z][\p{L}.'&-]+(?: (?:[A-Z&][\p{L}.'&-]*|of|and|the)){0,5} (?:Hospital|Medical Center|Health Center|Clinic|Center|Associates|Group|Pharmacy|Laboratory|Imaging|Surgery|Orthopedics|Therapy)), [Cc]laim\b/u,
  // A letter to the prescriber.
  /^\s*[Dd]ear (?<name>(?:Dr|Doctor)\.? [A-Z][\p{L}'-]+)/u,
];
/** The name below these words is the writer's. */
const signOff =
  /^\s*(?:sincerely|yours|warmly|best|kind|regards|respectfully|take care|fraternally|with (?:best|kind))\b[^.]{0,24}$/i;
/** What marks the line of a clinician, of a practice or of a hospital. */
const clinician = new RegExp(
  `\\bD[Rr]\\b|\\bDoctor\\b|(?<!\\w)${credential}(?![\\w])|\\b(?:[Cc]linic|CLINIC|[Hh]ospital|HOSPITAL|[Nn]ursing|[Rr]ehabilitation|[Oo]rthotics|[Ss]uppl(?:y|ies)|[Aa]mbulance|[Hh]ospice|[Ee]quipment|[Hh]ome [Hh]ealth|[Cc]enter|CENTER|[Aa]ssociates|ASSOCIATES|[Pp]ractice|[Mm]edical|MEDICAL|[Pp]hysicians?|PHYSICIANS|[Ss]urg(?:ery|ical)|SURGERY|SURGICAL|[Oo]rthop\\w*|[Tt]herapy|THERAPY|[Gg]roup|GROUP|[Pp]harmacy|PHARMACY|[Ll]aborator\\w*|[Ii]maging|IMAGING|[Ii]nstitute|LLC|PLLC|PC)\\b`,
  "u",
);
const notProvider =
  /\b(?:TPA|Administrators?|Health Plan|Insurance|Appeals?|Medicare|Department|Reviewer|Medical Director|Plan Provider|Mail|United States|Customer)\b/;

/** Who ordered or gave the care. */
export function readProvider(
  sheet: Sheet,
  facts: readonly Fact[],
  sentences: readonly Sentence[],
): Reading<string> | null {
  const labelled = facts
    .filter(({ field }) => field === "provider")
    .sort((a, b) => b.rank - a.rank || a.start - b.start);
  for (const fact of labelled) {
    const value = sheet.flat.slice(fact.start, fact.end);
    const stop = value.search(
      /\t|\s{3,}|;|\bNPI\b|\bTIN\b|\(|\b(?:Fax|Phone|Tel)\b|(?<!\b(?:Dr|St|Mr|Ms|Mrs|Inc|P\.A|M\.D|D\.O|[A-Z]))\.\s+[A-Z]/,
    );
    const words = wordsAt(sheet, fact.start, fact.start + (stop > 0 ? stop : value.length));
    // A letter is sent to a clinician only where the line says so.
    if (/^(?:to|appellant|appeal of)$/i.test(fact.label) && !clinician.test(words?.value ?? "")) continue;
    if (!words || words.value.length > 90 || !/[A-Za-z]{3}/.test(words.value) || /^\d+$/.test(words.value))
      continue;
    if (
      /^(?:appeal|utilization|grievance|member|claims?|dates?|the|this|your|you|responsib|relations|services?\b|remittance|explanation|audit|dispute|notice|portal|network|status|type|id\b|name\b)/i.test(
        words.value,
      ) ||
      /\bP\.?O\.? Box\b|@/i.test(words.value)
    )
      continue;
    return words;
  }
  const summary = summaryProvider(sheet);
  if (summary) return wordsAt(sheet, summary.start, summary.end);
  const column = providerColumn(sheet);
  if (column) return column;
  const signed = new Set(sentences.filter((_, index) => signOff.test(sentences[index - 1]?.text ?? "")));
  for (const pattern of inProse)
    for (const sentence of sentences) {
      if (sentence.zone === "rights" || sentence.zone === "notice" || signed.has(sentence)) continue;
      const name = pattern.exec(sentence.text)?.groups?.["name"]?.replace(/(?: (?:of|and|the|for))+$/, "");
      if (!name || notProvider.test(name)) continue;
      if (
        /\b(?:medical director|reviewer|reviewed by|(?:read|reviewed|looked at) (?:your|the|this) (?:request|case|file|records)(?! (?:of|from) ))\b/i.test(
          sentence.text,
        )
      )
        continue;
      const start = sentence.start + sentence.text.indexOf(name);
      return wordsAt(sheet, start, start + name.length);
    }
  return null;
}

/** The cell under "Provider" in a table. */
function providerColumn(sheet: Sheet): Reading<string> | null {
  for (const [index, row] of sheet.rows.entries()) {
    const column = row.cells.findIndex(({ start, end }) =>
      /^\s*(?:rendering |servicing )?(?:provider|facility|supplier)(?: name)?\s*$/i.test(
        sheet.flat.slice(start, end),
      ),
    );
    const cell = sheet.rows[index + 1]?.cells[column];
    if (column < 0 || row.cells.length < 2 || !cell) continue;
    return wordsAt(sheet, cell.start, cell.end);
  }
  return null;
}
