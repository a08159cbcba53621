import type { Reading } from "#base";
import type { Payer } from "#knowledge";
import { planInProse, sender } from "./payer-in-prose.ts";
import { readingAt, type Sheet, wordsAt } from "./sheet.ts";

type Match = { payer: Payer; start: number; end: number; generic: boolean };

/** Names that are also common words: they count only in the head of a letter, written with a capital. */
const commonWords =
  /^(?:Anthem|Oscar|Medica|Surest|Meridian|Humana|Kaiser|Premera|Highmark|Regence|Medicare|TRICARE|Maximus|Lucet|Evolent|Carelon|Prime|Aetna|Cigna)$/i;
/** Names that begin with a plain word: behind another capitalised word they are part of somebody else's name. */
const namesakes =
  /^(?:Select|Priority|Community|Independent|Alliance|Advantage|Premier|Network|Security|Essence|Western|Health) \w+$|^Health Plan of /i;
const longerName =
  /(?:^|[\s,])(?!(?:The|Your|Our|Dear|Re|To|From|For|By|Plan|Payer|Member|Of|And|With|At|Call|Visit|Write|Mail|Send)\b)[A-Z][a-z]+ $/;
const organisation =
  /\b(?:health|plan|insurance|blue|care|assurance|medical|benefits?|mutual|life|administrators|medicaid|hmo|dental|vision|trust|association|department|medi-cal|state of|tpa|administrators?|fund|ppo|school district|cooperative|co-op|alliance|medicare (?:choice|plus|complete|advantage|freedom|select|preferred|value|saver|gold|premier)|prescription (?:services|solutions|benefits?|insurance)|scripts|administrative services|(?:federal|government) services|champva)\b/i;
const noOrganisation =
  /^(?:iro:|review(?:er|ing organization):|case |request |beneficiary and family|[\w ]*quality improvement organi[sz]ation|[\w ]*\boffice of\b|office of (?:employee|human|member|benefit|patient|consumer|the)|human resources|notice|claim|important|explanation|date|re:|dear|member|denial|your|this|page|fax|medicare advantage organi[sz]ation|utilization|to:|from:|subject|determination|part|confidential|attn|p\.?o\.? box|(?:[\w ]+ )?(?:unit|office|section|letter)$|.*\b(?:prior authorization unit|adverse|explanation)\b)/i;

/** Who decided, as the notice prints it, and its id in knowledge/payers. */
export function readPayer(
  sheet: Sheet,
  payers: readonly Payer[],
): { payer: Reading<string> | null; payerId: string | null } {
  const matches = [...blueLicensees(sheet, payers), ...knownNames(sheet, payers)];
  const chosen = choose(sheet, matches);
  const unknown = unknownOrganisation(sheet) ?? repeatedHead(sheet) ?? planInProse(sheet) ?? sender(sheet);
  // "MEDICARE APPEAL DECISION" under a contractor's letterhead: the contractor decided.
  const contractor = chosen && unknown && isProgram(sheet, chosen) && unknown.from[0]!.start < chosen.start;
  if (
    chosen &&
    !contractor &&
    !(unknown && chosen.start >= headEnd(sheet) && !belongsTo(sheet, chosen, unknown))
  ) {
    const end = fullNameEnd(sheet, chosen);
    const words = sheet.text.slice(chosen.start, end).replace(/\s+/g, " ");
    return { payer: readingAt(sheet, words, chosen.start, end), payerId: chosen.payer.id };
  }
  return { payer: unknown, payerId: null };
}

/** Nothing but the name of the programme: "MEDICARE". */
const isProgram = (sheet: Sheet, { start, end }: Match): boolean =>
  /^medicare$/i.test(sheet.flat.slice(start, end)) &&
  !/^ summary notice/i.test(sheet.flat.slice(end, end + 20));

/** The name goes on: "of Ohio", "Community Plan", "Inc.". */
function fullNameEnd(sheet: Sheet, { start, end }: Match): number {
  const more =
    /^(?:,? (?:Health Plans?|Insurance Company|Community Plan|Life Insurance Company|HEALTH PLANS?|INSURANCE COMPANY|COMMUNITY PLAN|(?:Dental|Vision|Behavioral Health)(?: (?:Health|Care|Plan|Insurance Company))?))?(?: (?:East|West|Overseas)(?: Region)?)?(?: (?:of|OF|from)(?: (?:the|THE))? [A-Z][A-Za-z]+(?: [A-Z][A-Za-z]+){0,2}| (?:Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Georgia|Hawaii|Idaho|Illinois|Indiana|Iowa|Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan|Minnesota|Mississippi|Missouri|Montana|Nebraska|Nevada|New (?:Hampshire|Jersey|Mexico|York)|North (?:Carolina|Dakota)|Ohio|Oklahoma|Oregon|Pennsylvania|Rhode Island|South (?:Carolina|Dakota)|Tennessee|Texas|Utah|Vermont|Virginia|Washington|West Virginia|Wisconsin|Wyoming)\b)?(?:,? (?:Inc\.|Inc\b|INC\.?|LLC|Company))?/.exec(
      sheet.flat.slice(end, end + 80),
    );
  return / of /i.test(sheet.flat.slice(start, end)) ? end : end + (more?.[0].length ?? 0);
}

/** A known name far down outweighs the unknown head only where the letter signs with it or sends appeals to it. */
function belongsTo(sheet: Sheet, { start, end, payer }: Match, unknown: Reading<string>): boolean {
  if (payer.kind !== "plan" && payer.kind !== "pharmacy-benefit-manager") return false;
  const words = sheet.text.slice(start, end).toLowerCase();
  return (
    unknown.value.toLowerCase().includes(words) ||
    /(?:appeals? to|send|mail|write)[^.]{0,60}$/i.test(sheet.flat.slice(Math.max(0, start - 80), start)) ||
    sheet.flat.slice(end).split(words).length > 3
  );
}

/** "Blue Cross and Blue Shield of X": the licensee is its own payer, however the name is broken. */
function blueLicensees(sheet: Sheet, payers: readonly Payer[]): Match[] {
  const blue =
    /\bBlue\s?(?:Cross|Shield)(?:\s*(?:and|&)?\s*Blue\s?(?:Shield|Cross))?(?:\s+Blue\s?Shield)?\s+of\s+(?:[^\n]{0,90}\n)?\s*(?<place>[A-Z][a-z]+(?:\s+(?:[A-Z][a-z]+|City))*)/g;
  const found: Match[] = [];
  for (const match of sheet.flat.matchAll(blue)) {
    const place = match.groups!["place"]!;
    const payer = payers
      .flatMap((one) => one.names.map((name) => ({ one, name })))
      .filter(({ name }) => / of /.test(name) && /blue/i.test(name))
      .map(({ one, name }) => ({ one, place: name.replace(/^.* of (?:the )?/i, "") }))
      .filter((entry) => place.toLowerCase().startsWith(entry.place.toLowerCase()))
      .sort((a, b) => b.place.length - a.place.length)[0];
    if (!payer || /^(?:Illinois|Association)$/.test("")) continue;
    const placeStart = match.index + match[0].length - place.length;
    const start = match[0].includes("\n") ? match.index : match.index;
    const end = match[0].includes("\n")
      ? match.index + match[0].search(/\s+of\b/) + 3
      : placeStart + payer.place.length;
    if (!match[0].includes("\n")) found.push({ payer: payer.one, start, end, generic: false });
  }
  return found;
}

function knownNames(sheet: Sheet, payers: readonly Payer[]): Match[] {
  const found: Match[] = [];
  for (const payer of payers)
    for (const name of payer.names) {
      const words = name.split(/\s+/).map((word) => word.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&"));
      const pattern = new RegExp(
        `(?<![\\w@./-])${words.join("[\\s,]+")}(?![\\w@]|\\.(?:com|org|gov|example))`,
        commonWords.test(name) || name.length < 7 ? "g" : "gi",
      );
      const upper = new RegExp(
        `(?<![\\w@./-])${words.map((word) => word.toUpperCase()).join("[\\s,]+")}(?![\\w@])`,
        "g",
      );
      for (const match of [
        ...sheet.flat.matchAll(pattern),
        ...(pattern.flags === "g" ? sheet.flat.matchAll(upper) : []),
      ]) {
        if (
          namesakes.test(name) &&
          longerName.test(sheet.flat.slice(Math.max(0, match.index - 30), match.index))
        )
          continue;
        found.push({
          payer,
          start: match.index,
          end: match.index + match[0].length,
          generic: commonWords.test(name),
        });
      }
    }
  return found;
}

/**
 * The name in the head decides; a reviewer or an outside reviewer gives way to the plan it works for; among names at
 * one place the longest stands.
 */
function choose(sheet: Sheet, matches: Match[]): Match | null {
  const head = headEnd(sheet);
  const scored = matches
    .filter((match) => !withinAnother(match, matches))
    .map((match) => ({ match, score: scoreOf(sheet, match, head) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || a.match.start - b.match.start);
  return scored[0]?.match ?? null;
}

function withinAnother(match: Match, all: readonly Match[]): boolean {
  return all.some(
    (other) =>
      other !== match &&
      other.start <= match.start &&
      other.end >= match.end &&
      other.end - other.start > match.end - match.start,
  );
}

function scoreOf(sheet: Sheet, { payer, start, end }: Match, head: number): number {
  const before = sheet.flat.slice(Math.max(0, start - 60), start);
  const after = sheet.flat.slice(end, end + 60);
  const lineStart = sheet.flat.lastIndexOf("\n", start - 1) + 1;
  const line = sheet.flat.slice(
    lineStart,
    (sheet.flat.indexOf("\n", end) + sheet.flat.length + 1) % (sheet.flat.length + 1) || sheet.flat.length,
  );
  let score = start < head ? 60 - Math.min(30, start / 40) : 15 - Math.min(10, start / 1000);
  if (payer.kind === "review-vendor" || payer.kind === "external-reviewer") score -= 70;
  if (
    payer.id === "original_medicare" &&
    !/administrative contractor|medicare appeal decision|^\s*medicare summary notice/im.test(
      sheet.flat.slice(0, 1200),
    )
  )
    score -= 70;
  if (payer.id === "original_medicare" && /^Medicare$/i.test(sheet.flat.slice(start, end))) score -= 20;
  if (/\b(?:a|an) $/i.test(before) && /company|division/i.test(line)) score -= 25;
  if (
    /(?:division|subsidiary|licensees?|affiliate|trademark|part) of (?:the )?$/i.test(before) ||
    /licensee of/i.test(before)
  )
    score -= 40;
  if (/(?:administered|managed|reviewed|provided) (?:locally )?by $/i.test(before)) score -= 25;
  if (/^[\s,]*(?:claims administrator|administers)/i.test(after)) score += 5;
  if (/(?:benefit of|on behalf of|services for|for) (?:the )?$/i.test(before))
    score += payer.kind === "plan" ? 3 : -5;
  if (/association/i.test(after.slice(0, 15))) score -= 60;
  if (/^(?:plan|coverage|product|name of plan)\s*:?\s/i.test(line)) score -= 12;
  if (/^\s*from:/i.test(line)) score += 30;
  if (line.trim().length - (end - start) < 25) score += 8;
  if (sheet.flat.slice(lineStart, start).trim() === "") score += 9;
  return score;
}

/** Where the letterhead and facts end: the salutation, else the first third of a page. */
function headEnd(sheet: Sheet): number {
  const dear = /\n\s*(?:dear|hello|hi)\s/i.exec(sheet.flat);
  return Math.min(dear ? dear.index : 900, 1400);
}

/** The first line of the head that reads like the name of a plan. */
function unknownOrganisation(sheet: Sheet): Reading<string> | null {
  const head = headEnd(sheet);
  const principal =
    /(?:(?:,?\s|^)(?:(?:acting )?(?:on|in) behalf of|(?<=(?:[Pp]rogram|PROGRAM|CHIP|[Mm]edicaid)\s)[Aa]dministered by)|,? (?:managing [\w ]{3,50} for|serving|manager of [\w ]{3,40} for)) (?:the )?(?<name>[A-Z][\w&.' -]{4,60}?)(?=\n|\t|,| \(|$)/.exec(
      sheet.flat.slice(0, head),
    );
  const named = principal?.groups?.["name"];
  if (principal && named && organisation.test(named)) {
    const end = principal.index + principal[0].length;
    return wordsAt(sheet, end - named.length, end);
  }
  for (const row of sheet.rows) {
    if (row.start > head) break;
    for (const cell of row.cells) {
      const words = sheet.flat
        .slice(cell.start, cell.end)
        .trim()
        .replace(
          /^(?:(?:health )?(?:plan|insurer|carrier)|payer|insurance company|name of (?:medicare )?plan)\s*:\s*/i,
          "",
        );
      const name =
        /^[^|•·\n]{3,80}?(?=\s*(?:[|•·(]|\s-\s(?=(?:El|La|Su)\s)|,?\s+P\.?O\.? Box|$|,\s*\d|,\s+(?!(?:inc|llc|ltd|corp|co|pc)\b)(?-i:[a-z])))/i.exec(
          words,
        )?.[0] ?? words;
      if (
        name.length > 70 ||
        /^(?:(?:health |benefit )?(?:plan|insurance|insurer|payer)(?: (?:name|company))?|benefits?|medical|health|dental|vision|care|mutual|life|trust|fund)$/i.test(
          name,
        ) ||
        /^(?:you|your|we|our|this|the (?:notice|letter|decision|effective)|please|if|to)\b/i.test(name) ||
        /^(?:provider|facility|hospital|supplier|member|patient|subscriber|employer|group|service)\b[^:]{0,20}:/i.test(
          name,
        ) ||
        noOrganisation.test(name) ||
        !(
          organisation.test(name) ||
          /^\s*\((?:HMO|PPO|PDP|PFFS|D-SNP)/.test(words.slice(name.length)) ||
          /[a-z](?:Health|Care|Plan)\b|\bHealth[A-Z]/.test(name)
        ) ||
        /[?:]$|: /.test(name) ||
        /,\s*(?:room|unit|suite|floor)\b/i.test(name) ||
        /\d{5}/.test(name)
      )
        continue;
      if (!/^[A-Z]/.test(name) || /\b(?:denial|determination|notice|coverage decision)\b/i.test(name))
        continue;
      // "STATE OF WEST MESA" stands over the name of its department.
      if (/^state of [a-z]+(?: [a-z]+)?$/i.test(name) && agencyBelow(sheet, row.end)) continue;
      const start = cell.start + sheet.flat.slice(cell.start, cell.end).indexOf(name);
      return wordsAt(sheet, start, start + name.length);
    }
  }
  return null;
}

const agencyBelow = (sheet: Sheet, end: number): boolean =>
  /^\s*(?:department|division|agency|bureau|office) (?:of|for)\b|^\s*[A-Z][\w ]{2,40} (?:department|authority|agency)\b/i.test(
    sheet.flat.slice(end, end + 80),
  );

/** A name in the first line that the letter goes on using: "CDPHP", "Elderplan, Inc.". */
function repeatedHead(sheet: Sheet): Reading<string> | null {
  const cell = sheet.rows[0]?.cells[0];
  if (!cell) return null;
  const words = sheet.flat.slice(cell.start, cell.end).trim();
  const name = words.replace(/,? (?:Inc\.?|LLC|Corp\.?)$/i, "");
  if (!/^[A-Z][\w&.'/ -]{2,38}$/.test(name) || /\d/.test(name) || noOrganisation.test(name)) return null;
  const text = sheet.flat.slice(0, 20_000);
  // "Tidewater Partners LME/MCO" is "Tidewater Partners" further on.
  const core = /^[A-Z][\w&'-]+ [A-Z][\w&'-]+(?= [A-Z/]{2,8}$)/.exec(name)?.[0];
  if (text.split(name).length < 3 && (!core || text.split(core).length < 3)) return null;
  return wordsAt(sheet, cell.start, cell.end);
}
