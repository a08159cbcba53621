import type { Reading } from "#base";
import type { Fact } from "./facts.ts";
import type { Sentence } from "./sentences.ts";
import { readingAt, type Sheet, wordsAt } from "./sheet.ts";
import type { Denial } from "./types.ts";

type Criteria = Denial["criteriaCited"][number];
type Found = { start: number; end: number; number: { start: number; end: number } | null };

const titleWords = "(?:[A-Z0-9][\\w'&/()-]*|of|and|the|for|in|to|with|as|a|an|or|on|by|from|-|:)";
const quotedTitle = '(?:\\s*,?\\s*["\'](?<quoted>[^"\\n]{5,140}?)["\'])';
const plainTitle = `(?:\\s*[,:-]\\s*(?<title>[A-Z][\\w'&/()-]*(?:[ ,]+${titleWords}){1,16}?(?=[.,;)]|\\s+(?:is|are|was|says|limits|requires|allows|states|lists|\\(effective|section|which|that)\\b|\\s*$)))`;
const policyNumber = "(?<number>(?=[A-Z0-9.-]*\\d)[A-Z0-9]+(?:[.-][A-Z0-9]+)*)";
/** Numbers as payers write them, without the word policy beside them: CG-MED-83, MP-561, SUR707.025, CP.PHAR.266. */
const bareNumber =
  /(?<![\w-])(?<number>(?:CG|SURG|MED|DRUG|GENE|RAD|LAB|THER|ING|MM|MP|DME|ANC|TRANS|BEH|CC|RX|PH|OR)(?:[.-][A-Z]{2,5})*[.-]\d{2,5}(?:\.\d{2,4})*|[A-Z]{2,4}\d{3}\.\d{3}|CP\.[A-Z]+\.\d+|HIM\.[A-Z]+\.\d+)\b(?!-\d)/gu;
/** What names a policy: words, then its number, then its title. */
const patterns: RegExp[] = [
  new RegExp(
    `\\b(?:(?:(?:Local|National) Coverage (?:Determination|Article) ?)?\\(?\\b(?:NCD|LCD|LCA|Article)\\)?|(?:Local|National) Coverage (?:Determination|Article))s?(?: number| no\\.?)?[ #:]*(?<number>(?:[LA]\\d{4,5}|\\d{1,3}\\.\\d{1,3}(?:\\.\\d{1,2})?))${plainTitle}?`,
    "gu",
  ),
  new RegExp(
    `\\b(?:(?:[A-Z][\\w&.]*|FEP|plan's) ){0,3}(?:Medical|Clinical|Pharmacy|Coverage|Reimbursement|Payment|Drug|Corporate|Administrative|Behavioral|UM|Utilization)(?: (?:Medical|Clinical|Payment|Coverage|Drug|Benefit|Determination|Management|UM|Utilization|Review|Practice))* (?:Policy|Policies|Guidelines?|Bulletins?|Criteria|Manual)(?: Bulletin| Guideline)?(?:\\s*\\((?:CPB|MP)\\))?(?:,? (?:number|no\\.?|#))?[ #:]*${policyNumber}(?:${quotedTitle}|${plainTitle})?`,
    "gu",
  ),
  new RegExp(
    `\\b(?:[A-Z][\\w&.]* ){0,3}(?:Medical|Clinical|Pharmacy|Coverage|Drug|Corporate)(?: (?:Medical|Clinical|Payment|Coverage|Determination|Drug|UM|Utilization))* (?:Policy|Guidelines?|Bulletin|Criteria)(?:${quotedTitle}(?:,? \\(?${policyNumber}\\)?)?|\\s*[,:-]\\s*(?<title>[A-Z][\\w'&/-]*(?: ${titleWords}){1,14}?(?=[.,;)]|\\s*\\(|\\s+(?:is|are|was|says|limits|requires|allows)\\b|\\s*$)))`,
    "gu",
  ),
  new RegExp(
    `\\b(?:under|used|using|in|per|by) (?:the|our) (?:clinical |medical |coverage |drug )*(?:guideline|policy|criteria),? ${"(?<title>[A-Z][\\w'&/-]*:?(?: (?:[A-Z0-9][\\w'&/:-]*|of|and|the|for|in|to|with)){1,12})"}\\s*\\((?<number>(?=[^)]*\\d)[A-Z][A-Z0-9.-]+)\\)`,
    "gu",
  ),
  // "Our guideline Pediatric Hearing Devices, PHD-07".
  /\b(?:[Oo]ur|[Tt]he|[Uu]nder|[Pp]lan's|[Uu]sing|[Uu]sed|[Ii]ts) (?:own )?(?:clinical |medical |coverage |drug |review )*(?:guideline|policy|criteria|bulletin|standard)s?:?,? (?<title>[A-Z][\w'&/-]*(?: (?:[A-Z0-9][\w'&/-]*|of|and|the|for|in|to|with)){1,9}),? \(?(?<number>[A-Z]{2,5}-?\d[\d.-]*)/gu,
  // State rules by their short names: "WAC 182-535-xxxx", "471 NAC 7-005.01", "OAR 410-123-xxxx".
  /\b(?:(?:WAC|OAR|IDAPA|LAC|ARM|ARSD|NDAC|NMAC|HAR|RCW|KAR|CMR|OAC|MCA|NJAC|RCSA) (?:§+ ?)?\d[\dA-Z.:-]*\d(?:\([A-Za-z0-9]\))*|\d{1,3} NAC \d[\d.-]*\d[A-Z]?|(?:Minn|Wis|Fla|Ga|Tex|Cal|Ill|Mich|Mo|Mont|Nev|Okla|Or|Pa|Tenn|Utah|Va|Wash|Wyo|Ala|Ariz|Ark|Colo|Conn|Del|Ind|Kan|Ky|La|Md|Mass|Miss|Neb|Ohio|Iowa|Admin)\.? (?:Admin\.?|Adm\.?|Rules?|R\.|Code|Stat\.?)(?: (?:Code|R\.|Rule|Ann\.|Stat\.|Gen\.|Regs?\.))*,? (?:§+ ?|[Rr]\.? ?|[Cc]h\.? ?)?[A-Z]{0,4}-?\d[\w.:-]*\d)/gu,
  /\b(?:Policy|Guideline|Criteria)(?: used)?: (?<title>[A-Z][\w'&/-]*(?: (?:[A-Z0-9][\w'&/-]*|of|and|the|for|in|to|with)){0,9}),? \(?(?<number>[A-Z]{2,5}-[A-Z\d.-]*\d)/gu,
  bareNumber,
  new RegExp(
    `\\b(?:Policy|Guideline|Bulletin) (?<number>\\d{3,7}[A-Z]?)\\b(?:${quotedTitle}|${plainTitle})`,
    "gu",
  ),
  new RegExp(
    `\\b(?:[A-Z][\\w&.]* ){1,4}(?:Care|Clinical|Practice|Treatment|Coverage|Appropriateness|Level of Care) (?:Guidelines?|Criteria)(?:${quotedTitle}|${plainTitle})?`,
    "gu",
  ),
  new RegExp(
    `\\b(?:Hayes|ECRI|AHFS|DrugDex|Micromedex|UpToDate|Lexicomp)(?: [A-Z][\\w-]*){0,5}${quotedTitle}?`,
    "gu",
  ),
  /\b(?:[A-Z][\w&.]* ){1,4}(?:Policy|Guideline)(?: No\.| number| #)? (?<number>(?=[A-Z]{0,5}-?[\d/.-]*\d{2})[\dA-Z][\dA-Z./-]*\d)\b/gu,
  // State rules: "10 CCR 2505-10 8.540", "Ohio Administrative Code 5160-5-01", "COMAR 10.09.12".
  /\b(?:\d{1,3} (?:CCR|NYCRR|CMR|CSR|TAC|NCAC|IAC|AAC|KAR|VAC|DCMR|Pa\. Code|Ill\. Adm\. Code|Texas Administrative Code)|COMAR|N\.J\.A\.C\.|(?:[A-Z][a-z]+ ){1,2}Administrative (?:Code|Rules?)) ?(?:§+ ?|[Rr]ule |[Cc]hapter |[Ss]ection )?[\dA-Z][\w.:-]*\d(?: \d[\d.]*)?/gu,
  // Written small in running text: "our medical policy 2.02.510", "drug policy RX-118".
  /\b(?:medical|clinical|coverage|pharmacy|drug|payment|reimbursement) (?:coverage |payment |drug |utilization )?(?:policy|guideline|bulletin|criteria)(?: number| no\.?)?,? #?(?<number>(?=[A-Z0-9.-]*\d[A-Z0-9.-]*\d)[A-Z0-9]+(?:[.-][A-Z0-9]+)*)(?![\w%])/gu,
  /\b[A-Z][\w&]*(?: [A-Z][\w&]*){0,3} (?:Policy|Guidelines?|Consensus|Standards?) (?:for|on) (?:the )?[A-Z][\w'/-]*(?: (?:[A-Z][\w'/-]*|of|and|the|for|in|with)){0,9}/gu,
  /\b(?:[A-Z][\w&.-]* ){1,5}(?:Step Therapy|Prior Authorization|Coverage|Clinical|Quantity Limit|Exception|Medical Necessity)(?: (?:Clinical|Coverage|Exception))? (?:[Cc]riteria|Guidelines?)\b(?:,? \(?(?<number>(?=[A-Z0-9.-]*\d)[A-Z][A-Z0-9]*(?:[.-][A-Z0-9]+)+))?/gu,
  // "Ambulance policy (AMB-02)", "Radiant Cardiac Imaging Guidelines, CD-1.4", "Coverage Standard 114.07".
  /\b[A-Z][\w&'/-]*(?: [A-Z][\w&'/-]*){0,6} (?:[Pp]olicy|[Gg]uidelines?|[Cc]riteria|[Bb]ulletin),? \(?(?<number>[A-Z]{2,5}-?\d+(?:[.-]\d+)*)\b/gu,
  /\b(?:[A-Z][\w&]* ){0,3}(?:Coverage|Clinical|Medical|Review|Care) (?:Standard|Rule|Criterion)s? (?<number>\d+(?:\.\d+)+)/gu,
  /\bPol[ií]tica (?:[A-Z][\p{L}]+ )?(?:n[uú]mero |N\.º )?(?<number>(?=[A-Z0-9.-]*\d)[A-Z0-9]+(?:[.-][A-Z0-9]+)*)/gu,
  /\bTitle \d{1,3},? [A-Z][a-z]+(?: [A-Z][a-z]+)? Code of Regulations,? (?:[Ss]ection|§) ?[\d.]+/gu,
  /\bRule (?<number>R?\d{2,4}-\d[\w.-]*\d)/gu,
  /\b[A-Z][\w&]+ Criteria for [A-Z][\w-]+(?: [A-Z][\w-]+){0,4}(?:,? \(?(?<number>[A-Z]{1,5}-\d+))?/gu,
  // "ASTRO Model Policy: Proton Beam Therapy".
  new RegExp(
    `\\b(?:[A-Z][\\w&.]* ){1,4}(?:Policy|Guideline|Statement): (?<title>[A-Z][\\w'&/-]*(?: ${titleWords}){1,12}?)(?=\\s*[.,;(]|\\s+(?:is|are|was|were|says)\\b|\\s*$)`,
    "gu",
  ),
  // By name only, behind a word of use: "found in the MedAxis Quantity Level Program", "See the Durable Medical Equipment Manual, section 4.6".
  /(?<=\b(?:[Uu]nder|[Pp]er|[Ss]ee|used|applied|[Uu]sing|[Ii]n|[Bb]y|with|from|also)(?: (?:the|our|its|a))? )(?:[A-Z][\w'&/-]*)(?: (?:[A-Z][\w'&/-]*|of|and|for|the|in|&|\d\d?)){1,11} (?:(?:Coverage|Clinical|Medical|Payment|Drug|Reimbursement|Dental|Utilization|Therapy|Level|Limit) (?:Policy|Guidelines?|Criteria|Program|List|Standards?)|(?:Equipment|Supplies|Services|Medical|Dental|Coverage|Policy|(?:Services )?Provider) Manual|Step Therapy List)(?:, (?:[Ss]ection|[Cc]hapter|[Pp]art) [\w.]+)?/gu,
  /^(?:[A-Z][\w&.-]* ){1,5}(?:Step Therapy|Prior Authorization|Preferred Drug|Quantity Limit) List(?:, \d{4})?(?=\.?$)/gu,
  /\bCPB[ #]*(?<number>\d{4})\b/gu,
  /\b(?:Policy|Guideline|Criteria|Bulletin)(?: number| no\.?| ID)?\s*[:#]?\s*(?<number>(?=[A-Z0-9.-]*\d{2})[A-Z0-9]+(?:[.-][A-Z0-9]+)+)\b/gu,
  /\b(?:MCG(?: Health)?(?: Care Guidelines?)?|Milliman(?: Care Guidelines?)?|InterQual(?:\s?®)?(?: Criteria)?|ASAM(?: Criteria)?|LOCUS|CALOCUS|ECSII|NCCN(?: Guidelines?)?|eviCore(?: healthcare)?(?: [A-Z][\w]*){0,3} (?:Guidelines?|Criteria)|Carelon(?: [A-Z][\w]*){0,4} Guidelines?)(?:[^.;\n]{0,60}?\b(?<number>[A-Z]{1,3}-?\d{2,4}(?: \([A-Z]{2,6}\))?))?/gu,
  /\b\d{1,2} C\.?F\.?R\.? (?:§+ ?|Part |section )?\d+(?:\.\d+)?[a-z0-9]*(?:\([a-zA-Z0-9]+\))*(?:-\d)?(?:\([a-zA-Z0-9]+\))*/gu,
  /\bMedicare (?:Benefit Policy|Claims Processing|Managed Care|National Coverage Determinations?|Program Integrity|Prescription Drug Benefit) Manual(?:,? \(?Pub[^),]*\)?)?(?:,? (?:Chapter|Ch\.?) ?\d+)?(?:,? (?:Section|Sec\.?|§) ?[\d.]+)?/gu,
  /\bTRICARE (?:Operations|Policy|Reimbursement|Systems) Manual(?:,? \(?[\d.-]+[A-Z]?\)?)?(?:,? (?:Chapter|Ch\.?) ?\d+)?(?:,? (?:Section|Sec\.?|Addendum) ?[\w.]+)?/gu,
  /\b[A-Z][A-Za-z]+(?: [A-Z][\w]+){0,3} (?:Provider (?:Procedures )?Manual|Policy Manual|Coverage Manual|Provider Manual)(?:, (?:[A-Z]\w* ){0,5}(?:Handbook|Section|Chapter)[ \w.]*| ?, Policy (?<number>[\w.-]+))?/gu,
];
const lawParagraph = /\b(?:502\(a\)|2560\.503|147\.136|ERISA|164\.|appeal)\b/i;

/** Policies, criteria sets and rules that were used for the decision. */
export function readCriteria(
  sheet: Sheet,
  facts: readonly Fact[],
  sentences: readonly Sentence[],
): Criteria[] {
  const found: Found[] = labelled(sheet, facts);
  for (const [index, sentence] of sentences.entries()) {
    if (!["head", "body", "reason"].includes(sentence.zone)) continue;
    for (const pattern of patterns)
      for (const match of sentence.text.matchAll(pattern)) {
        if (/CFR/.test(match[0]) && lawParagraph.test(sentence.text)) continue;
        if (
          pattern === bareNumber &&
          !/\b(?:polic|guideline|criteria|bulletin|section)/i.test(
            `${sentences[index - 1]?.text ?? ""} ${sentence.text}`,
          )
        )
          continue;
        const number = match.groups?.["number"];
        const numberAt = number ? sentence.start + match.index + match[0].indexOf(number) : 0;
        found.push({
          start: sentence.start + match.index,
          end: sentence.start + match.index + match[0].length,
          number: number ? { start: numberAt, end: numberAt + number.length } : null,
        });
      }
  }
  const named = facts.filter(
    ({ field, marked, label, start, end }) =>
      ((field === "member-id" && (marked || /^policy$/i.test(label))) ||
        (marked && field === "group-number")) &&
      /^[\s:#]*[A-Z]{0,5}[- ]?\d/i.test(sheet.flat.slice(start, end)),
  );
  const own = (one: Found): boolean =>
    named.some(
      ({ labelStart, marked }) =>
        labelStart >= one.start && labelStart < one.end && (marked || one.end - one.start < 26),
    );
  return distinct(found.filter((one) => !own(one))).flatMap((one) => criteriaAt(sheet, one));
}

function labelled(sheet: Sheet, facts: readonly Fact[]): Found[] {
  return facts
    .filter(({ field, marked }) => field === "criteria" && marked)
    .flatMap(({ start, end, label }) => {
      const value = sheet.flat.slice(start, end);
      if (!/^\s*["']?[A-Z0-9]/.test(value) || (/^policy$/i.test(label) && !/[a-z]{4}/.test(value))) return [];
      const stop = value.search(/\.\s+[A-Z]|\.\s*$|\t|;|, your /);
      const to = start + (stop > 0 ? stop : value.length);
      if (to - start < 6 || to - start > 200) return [];
      const number =
        /\b(?=[A-Z0-9.-]*\d)[A-Z0-9]+(?:[.-][A-Z0-9]+)+\b|\b[A-Z]{1,4}-?\d{2,6}\b|\b\d{3,5}\b/.exec(
          sheet.flat.slice(start, to),
        );
      return [
        {
          start,
          end: to,
          number: number
            ? { start: start + number.index, end: start + number.index + number[0].length }
            : null,
        },
      ];
    });
}

/** The longest of overlapping findings; one policy once. */
function distinct(found: readonly Found[]): Found[] {
  const kept: Found[] = [];
  for (const one of [...found].sort((a, b) => b.end - b.start - (a.end - a.start)))
    if (!kept.some((other) => one.start < other.end && other.start < one.end)) kept.push(one);
  return kept.sort((a, b) => a.start - b.start);
}

function criteriaAt(sheet: Sheet, { start, end, number }: Found): Criteria[] {
  const title = wordsAt(sheet, start, end);
  if (!title) return [];
  const cfr = /C\.?F\.?R|\d (?:[A-Z]{3,5}) \d|Administrative (?:Code|Rule)|COMAR|N\.J\.A\.C/.test(
    title.value,
  );
  const reading: Reading<string> | null = number
    ? readingAt(sheet, sheet.text.slice(number.start, number.end), number.start, number.end)
    : cfr
      ? title
      : null;
  return [{ title, number: reading }];
}
