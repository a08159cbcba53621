import type { PlainDate, Reading } from "#base";
import { type Page, type SourceDocument, spanOfMatch } from "#source";
import type { Block } from "./blocks.ts";
import { datePattern, readDate } from "./dates.ts";
import { spansOf } from "./passage.ts";
import { looksLikeTitle } from "./section-roles.ts";

const reading = <T>(value: T, from: Reading<T>["from"]): Reading<T> => ({ value, from, by: "rule" });

/** Rows by trust: the first that finds a date decides. Original, superseded and review dates never count. */
const effectiveRows = [
  `(?<!original\\s|initial\\s|first\\s|last\\s|prior\\s)(?:revision|policy|current|new|criteria)\\s+effective\\s+date\\s*:?\\s*(?:for\\s+services\\s+performed\\s+on\\s+or\\s+after\\s+)?(?<date>${datePattern})`,
  `(?<!original\\s|initial\\s|first\\s|last\\s|prior\\s|previous\\s|revision\\s)effective\\s+date(?:\\s+of\\s+this\\s+(?:version|policy|revision))?[\\s.:_–—-]*(?:for\\s+services\\s+performed\\s+on\\s+or\\s+after\\s+)?(?<date>${datePattern})`,
  `\\beff(?:ective\\s*:|\\.:?)\\s*(?<date>${datePattern})`,
  `\\b(?:criteria|guidelines?|policy|requirements?)\\s+effective\\s+(?:on\\s+|from\\s+|as\\s+of\\s+)?(?<date>${datePattern})`,
  `(?<!\\()(?<!\\d\\)\\s)(?<![a-z][ \\t])\\beffective\\s+(?:on\\s+|from\\s+|as\\s+of\\s+)?(?<date>${datePattern})`,
  `\\b(?:take|takes|is|are)\\s+effect(?:ive)?\\s+(?:on\\s+)?(?<date>${datePattern})`,
  `\\bimplementation(?:\\s+date)?\\s*:?\\s*(?<date>${datePattern})`,
  `\\beffective\\s+(?:for\\s+\\w+(?:\\s+\\w+){0,4}\\s+)?(?:on\\s+or\\s+after\\s+)(?<date>${datePattern})`,
];

/** The date from which this version of the policy holds. */
export function effectiveOf(document: SourceDocument): Reading<PlainDate> | null {
  for (const row of effectiveRows) {
    const pattern = new RegExp(row, "dgi");
    for (const page of document.pages) {
      for (const match of page.text.matchAll(pattern)) {
        const date = readDate(match.groups!["date"]!);
        if (date && !oldDate(page.text.slice(Math.max(0, match.index - 60), match.index)))
          return reading(date, [spanOfMatch(document.document, page, match as RegExpExecArray, "date")]);
      }
    }
  }
  return null;
}

/** Words before a date that make it the date of another version. */
const oldDate = (before: string): boolean =>
  /\b(?:supersedes?|replaces?|superseded|previous version|formerly)\b[^.;|\n]*$|\b(?:original|initial|first)\b[^.;|\n\d]*$/i.test(
    before,
  );

const numberRows = [
  /\b(?:LCD|Article)\s+ID\s*:?\s*(?<number>[LA]\d{5})\b/dg,
  /\b(?:policy|reference|guideline|criteria|document|program|form|bulletin)\s*(?:number|no\.?|nr\.?|#|id)(?:\(s\)|s)?\s*[:#]?\s*(?<number>(?=[\w .-]*\d)[A-Z0-9]+(?:[ .-]?[A-Z0-9]+)*(?:[.-][A-Z0-9]+)*)/dgi,
  /\bnumber\s*:?\s*(?<number>[A-Z]{1,6}-\d[\w.-]*)/dgi,
  /\bORG:\s*(?<number>[A-Z]{1,3}-\d{2,5}(?:-?[A-Z]{1,3})?)\b/dg,
  /\b(?:bulletin|transmittal|notice|memo(?:randum)?)\s+(?<number>(?:[A-Z]{1,4}-?)?\d{2,4}-\d{1,4})\b/dgi,
  /^[ \t]*(?:number\s*:|(?:policy |bulletin )?number\t)\s*(?<number>\d{3,6}[A-Z]?)\b/dgim,
  /\b(?:policy bulletin|medical policy|coverage policy|drug policy|policy)[: ]+(?:[–—-] )?(?<number>\d{3,4}[A-Z]?|\d{1,2}\.\d{2}\.\d{2,4}|[A-Z]{1,3}-\d{2,5}(?:-\d{1,4})?)(?=\s*(?:[:,–—-]|$))/dgim,
  /^\s*(?:NCD\s+)?(?<number>\d{2,3}\.\d{1,2}(?:\.\d{1,2})?)\s*[–—-]\s*[A-Z]/dgm,
  /\bNCD\s*(?:for\s+[\w\s]+\()?(?<number>\d{2,3}\.\d{1,2})\b/dg,
  /\b(?<number>L\d{5})\b/dg,
  /\b(?<number>[A-Z]{2,6}\d{3}\.\d{2,3})\b/dg,
  /\b(?<number>(?=[A-Z0-9.-]*\d)[A-Z]{2,6}(?:[.-][A-Z0-9]{1,6}){1,4})\b/dg,
  /\b(?<number>[A-Z]{2,4}\s\d{1,2}(?:\.\d{1,3}){1,2})\b/dg,
];
const notNumber =
  /^(?:(?:TABS?|CAPS?|INJ|SOLN?|SUSP|CREA|OINT|AUTO|PEN|VIAL|MG|ML|MCG) .*|ICD-?1?0?|COVID-19|CMS-?1500|UB-04|HCPCS|GLP-1|IL-\d+|PD-L?1|CD\d+|HER-?2|TNF|JAK-?\d|SGLT-?2|DPP-?4|5-HT\w*|BCR-ABL1?|FIB-4|PHQ-9|GAD-7|SARS.*|AL-\d|CTLA-4|NSAID.*|T-\d|HBA1C)$/i;

/** The policy's own number. */
export function numberOf(document: SourceDocument): Reading<string> | null {
  const pages = [document.pages[0], document.pages.at(-1)].filter((page): page is Page => page !== undefined);
  for (const [index, row] of numberRows.entries()) {
    for (const page of index > 2 ? pages.slice(0, 1) : pages) {
      const text = index > 2 ? page.text.slice(0, 1800) : page.text;
      for (const match of text.matchAll(row)) {
        const value = match
          .groups!["number"]!.trim()
          .replace(/\s+(?:effective|section|original|line|last|date|page)\b.*$/i, "")
          .replace(/[.\s-]+$/, "");
        if (notNumber.test(value) || value.length > 24 || readDate(value)) continue;
        // "CH-4.1 Imaging" and "CH-4: Cough" number the sections of a guideline.
        if (index > 9 && /^(?:\.\d|:\s*[A-Z][a-z])/.test(text.slice(match.index + match[0].length))) continue;
        if (/\b(?:supersedes|replaces|see|under|and|or|form)\s*:?\s*$/i.test(text.slice(0, match.index)))
          continue;
        const start = match.indices!.groups!["number"]![0];
        return reading(value, [
          {
            document: document.document,
            page: page.page,
            start,
            end: start + value.length,
            quote: page.text.slice(start, start + value.length),
          },
        ]);
      }
    }
  }
  return null;
}

/** Words of one name stand a space apart: what a tab or a wide gap parts stands in another column. */
const organisation =
  "(?:(?:[A-Z][A-Za-z’'.]+|of|and|&|the|for)[ ]{1,2}){1,6}(?:Health[ ]?[Pp]lans?|HealthCare|Healthcare|Health[ ]{1,2}Care|Health[ ]{1,2}Alliance|Health[ ]{1,2}Authority|Health[ ]{1,2}Cooperative|Health[ ]{1,2}System|Health[ ]{1,2}Services|Human[ ]{1,2}Services|Medicaid(?:[ ]{1,2}Services)?(?![ ]{1,2}Services)|Mutual|Insurance(?:[ ]{1,2}Company)?|Assurance|Administrators(?:,[ ]{1,2}(?:LLC|Inc\\.?))?|Solutions,[ ]{1,2}LLC|Behavioral[ ]{1,2}(?:Network|Care)|Alliance|Cooperative|Commission|Rx[ ]{1,2}(?:Solutions|Services)|Pharmacy[ ]{1,2}(?:Solutions|Services)|(?:DME[ ]{1,2})?MAC(?:,[ ]{1,2}LLC)?|Contractors(?:,[ ]{1,2}(?:LLC|Inc\\.?))?|Blue[ ]?(?:Cross|Shield)(?:[ ]{1,2}Blue[ ]{1,2}Shield)?(?:[ ]{1,2}of[ ]{1,2}[A-Z]\\w+)?|Community[ ]{1,2}Health|Community[ ]{1,2}Plan|Health[ ]{1,2}Partners|Benefits?|Health)";
const payerRows = [
  /\b(?:Payer|Plan|Health plan|Insurer|Carrier|Issued by|Administered by)\s*:\s*(?<payer>[A-Z][\w’'&.,]*(?:[ \t]+(?:[A-Z][\w’'&.,]*|of|and|&|the))*)/dg,
  /\b(?<payer>Centers for Medicare (?:&|and) Medicaid Services)/dg,
  new RegExp(`©\\s*(?:\\d{4}\\s+)?(?<payer>${organisation})\\b`, "dg"),
];
/** "Silver Maple Medicare Plus (HMO)": a Medicare plan with its kind. */
const medicarePlan =
  /(?<payer>(?:[A-Z][\w’'&]+[ ]){1,5}\((?:HMO|PPO|PDP|PFFS|HMO-POS|HMO D-SNP|PPO D-SNP|D-SNP|Cost|MMP)\))/dg;
/** "STATE OF OHIO DEPARTMENT OF MEDICAID" in a letterhead. */
const agency =
  /^[ \t]*(?<payer>(?:[A-Z]+ ){0,3}DEPARTMENT OF [A-Z]+(?:(?:,| AND|, AND| &)? [A-Z]+){0,5})[ \t]*$/dgm;
const name = "[A-Z][\\w’'&.-]*[a-z](?:[ ](?:of[ ]|&[ ])?[A-Z][\\w’'&-]*){0,4}";
/** Houses whose names do not say what they are: who owns the words, whose criteria they are, who covers. */
const smallHouses = [
  new RegExp(
    `(?:©|\\(c\\)|Copyright)\\s*(?:©\\s*)?(?:\\d{4}(?:\\s*[-–]\\s*\\d{4})?,?\\s+)?(?<payer>(?!American Medical|Optum|Change Health|National Compr|MCG\\b)${name})`,
    "dg",
  ),
  new RegExp(`\\bStatus:\\s+(?<payer>${name})\\s+Criteria\\b`, "dg"),
  new RegExp(
    `(?:^|[.\\n]\\s*)(?<payer>(?!The |This |These |Each |All |Any |Your |If |When |Medicaid |Medicare |Coverage |Benefits? |Our |We |Health |Policy )${name})\\s+(?:considers|covers|will (?:cover|provide coverage|consider)|does not cover|members (?:may|must)|provides coverage|requires prior)\\b`,
    "dg",
  ),
];
/** A letterhead in capitals. */
const shouted =
  /^[ \t]*(?<payer>(?![^—–|\t\n]*(?:POLICY|APPLIES|COVERAGE|FOLLOWING|CRITERIA))(?:[A-Z][A-Z&.’']+ ){1,4}(?:HEALTH PLANS?|HEALTH|HEALTHCARE|INSURANCE|MEDICAID|MUTUAL|ALLIANCE))\b/dgm;
const department =
  /\b(?<payer>(?:(?:[A-Z][a-z]+)[ ]{1,2}){1,3}(?:Department|Division)[ ]{1,2}of[ ]{1,2}(?:[A-Z][a-z]+)(?:[ ]{1,2}(?:and[ ]{1,2})?[A-Z][a-z]+)*)/dg;
const institution = new RegExp(`\\b(?<payer>${organisation})\\b`, "dg");

/** Who issued the policy. Letterhead and page furniture count before running text. */
export function payerOf(document: SourceDocument): Reading<string> | null {
  const first = document.pages[0];
  if (!first) return null;
  const national = /\bNCD\b|National(?:ly)? (?:Non-)?Covered|\(Rev\.\s*\d+[;,]\s*Issued/i.test(
    first.text.slice(0, 6000),
  )
    ? payerRows.slice(1, 2)
    : [];
  for (const row of [
    ...national,
    ...payerRows.slice(0, 1),
    medicarePlan,
    agency,
    shouted,
    department,
    institution,
    ...payerRows.slice(1),
    ...smallHouses,
  ]) {
    const best = mostNamed(document, row);
    if (best) return best;
  }
  return null;
}

/** Of the names that a row finds, the one that stands most often, letterhead and footers counted three times. */
function mostNamed(document: SourceDocument, row: RegExp): Reading<string> | null {
  const found = new Map<string, { weight: number; page: Page; match: RegExpExecArray }>();
  for (const page of document.pages) {
    for (const match of page.text.matchAll(row)) {
      const name = match.groups!["payer"]!.replace(/\s+/g, " ").replace(/^(?:The|By|And|For|Of|And)\s+/i, "");
      if (
        /^DEPARTMENT OF HEALTH$|Medicare Administrative|^(?:DME|MAC|See|Public|Mental|Behavioral|Home|Women’s|National|World|Important|Applicable|Member|Other|Standard|Commercial|U\.?S\.?|Your|Pharmacy|Medical)\b/.test(
          name,
        ) ||
        (name.split(" ").length < 2 && !smallHouses.includes(row))
      )
        continue;
      const edge = match.index < 160 || match.index > page.text.length - 160 ? 3 : 1;
      const known = found.get(name);
      if (known) known.weight += edge;
      else found.set(name, { weight: edge, page, match: match as RegExpExecArray });
    }
  }
  const [name, best] = [...found].sort((a, b) => b[1].weight - a[1].weight)[0] ?? [];
  if (!name || !best) return null;
  const start =
    best.match.index +
    best.match[0].indexOf(best.match.groups!["payer"]!) +
    best.match.groups!["payer"]!.replace(/\s+/g, " ").indexOf(name);
  const length =
    best.match.groups!["payer"]!.length - best.match.groups!["payer"]!.replace(/\s+/g, " ").indexOf(name);
  const quote = best.page.text.slice(start, start + length);
  return reading(name, [
    { document: document.document, page: best.page.page, start, end: start + length, quote },
  ]);
}

const generic =
  /^(?:(?:medical|clinical|pharmacy|coverage|reimbursement|payment|drug|medication)?\s*(?:coverage\s+)?(?:policy|policies|guidelines?|manual|criteria|bulletin)|prior authorization(?: criteria| form| policy| request)?|local coverage determination.*|national coverage determination.*|medicare coverage database|search|home|menu|primary navigation|(?:pa|approval) criteria|goals?:?|contents|.{0,40}department of .*|division of .*|number .*|page .*|description|effective date|policy|exclusions?|scope|purpose|background|license.*|contractor information|(?:title|part|chapter|subchapter|article)\s+[\dIVX]+\b.*|we use cookies.*|an official website.*|here.s how.*|skip to .*)$/i;

/** A line at the top of plain text that can say what the policy is about. */
const namesTopic = (text: string): boolean =>
  looksLikeTitle(text) &&
  !/^(?:number|effective|replaces|supersedes|revised|section|date|policy)\b|^(?:status|type|reference|line|lines|owner|department|approved|applies|publication|phone|fax|from|to|author|version|plan|payer|page|lcd|ncd|original|last|next|brand|generic|drug|category|contractor|issued|review)\b[^:]{0,30}:/i.test(
    text,
  );

/** A line that is nothing but the name of a payer. */
const isOrganisation = (text: string): boolean =>
  new RegExp(`^(?:the )?${organisation}(?: of [A-Z][\\w ]+)?$`).test(titleCased(text.trim()));

/** Words in capitals as they are written elsewhere. */
const titleCased = (text: string): string =>
  /[a-z]/.test(text) ? text : text.replace(/[A-Z]+/g, (word) => word[0]! + word.slice(1).toLowerCase());

/** "MERIDIAN HEALTH PLAN — MEDICAL POLICY MP-RAD-014": who writes and under which number, not what about. */
const letterhead =
  /\b(?:health|plan|insurance|medicaid|mutual|alliance|blue|department|division)\b.*\b(?:policy|guideline|criteria|program)\b.*\d|\bdepartment of\b|\bMAC$|\b(?:medicaid|medicare)\b.*\b(?:program|contractors?|administrators?)$|^(?:division|office|bureau) of\b/i;

/** The policy's title: printed as such, or the biggest heading of the first page. */
export function titleOf(document: SourceDocument, blocks: readonly Block[]): Reading<string> | null {
  const named =
    /\b(?:(?:LCD Title|Policy Title|Policy Name)\s*:?\s*[\n\t ]|(?:Title|Subject|Topic):|(?<=(?:^|\n)\s*)POLICY:)\s*(?<title>[A-Z][^\n\t]{3,120})/d.exec(
      document.pages[0]?.text ?? "",
    );
  if (named)
    return reading(named.groups!["title"]!.trim(), [
      spanOfMatch(document.document, document.pages[0]!, named, "title"),
    ]);
  const first = blocks
    .slice(0, 40)
    .filter(
      ({ page, cell, label, passage }) =>
        page === 1 &&
        !cell &&
        (!label || /^\d+\.\d+$/.test(label.text)) &&
        passage.text.length < 200 &&
        passage.text.length > 3,
    );
  const ncd = first
    .slice(0, 4)
    .find(
      ({ passage, label }) =>
        /^(?:NCD\s+)?\d{2,3}\.\d/.test(passage.text) || /^\d{2,3}\.\d/.test(label?.text ?? ""),
    );
  const top = Math.max(0, ...first.slice(0, 14).map(({ size }) => size));
  const usual = top > 0 && first.slice(0, 14).filter(({ size }) => size === top).length > 5;
  const isTitle = (block: Block) =>
    !isOrganisation(block.passage.text) &&
    !generic.test(block.passage.text) &&
    !/^home\s*[/>»|]/i.test(block.passage.text) &&
    !letterhead.test(block.passage.text);
  const chosen =
    ncd ??
    first
      .slice(0, 14)
      .find(
        (block) =>
          !usual && top > 0 && block.size > top - 0.3 && isTitle(block) && !/\.$/.test(block.passage.text),
      ) ??
    (document.mediaType !== "text/plain"
      ? undefined
      : first.slice(0, 4).find((block) => isTitle(block) && namesTopic(block.passage.text))) ??
    (document.pages[0]?.ocr ? undefined : first.find((block) => block.heading && isTitle(block))) ??
    first.find(
      (block) =>
        isTitle(block) &&
        !/^(?:number|effective|replaces|supersedes|revised|section)\b/i.test(block.passage.text),
    );
  if (!chosen) return null;
  const value = chosen.passage.text
    .replace(/^(?:NCD\s+)?\d{2,3}\.\d+(?:\.\d+)?\s*[–—-]\s*/, "")
    .replace(/\s*\(Rev\..*$/, "")
    .replace(/\s*\|.*$/, "")
    .trim();
  return value ? reading(value, spansOf(chosen.passage)) : null;
}
