import { countPattern } from "#base";

/** How charts write days, months, years and stretches before the visit. Every pattern is one group of {@link expression}. */

export const month =
  "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)";
const year = "(?:19[3-9]\\d|20[0-3]\\d)";
const dash = "\\s?(?:-|–|—|to|through|thru)\\s?";
const part = "(?:the )?(?:early|mid|late|beginning of|middle of|end of)[ -]?";
const unit = "(?:days?|nights?|weeks?|wks?|months?|mos?|years?|yrs?|hours?|hrs?|minutes?)";
/** What follows a number that is a dose, a measure or a score, and no day. */
const measured =
  "(?!\\s*(?:mg|mcg|g\\b|ml|units?|murmur|systolic|strength|trocar|gauge|French|pain|MR|mm|cm|tabs?|tablets?|puffs?|times?|x\\b|\\+|bid|%|hours?|days?|weeks?|months?|minutes?))";
const dayOf = "(?:0?[1-9]|[12]\\d|3[01])(?:st|nd|rd|th)?";
const beforeYear =
  "(?:in|since|of|year|from|until|till|circa|around|on|early|late|mid|about|fall|autumn|spring|summer|winter|dx|dx'd|diagnosed|by|during|onset|started|stopped|through|thru|to|and|between|before|after|as of)";

const alternatives = [
  `(?<years>\\b${year}${dash}${year}\\b)`,
  `(?<months>\\b${month}\\.?\\s?(?:-|–|—|to|through|and)\\s?${month}\\.?,?\\s+(?:of\\s+)?${year}\\b)`,
  `(?<days>\\b${month}\\.?\\s+${dayOf}${dash}(?:${month}\\.?\\s+)?${dayOf},?\\s+${year}\\b)`,
  `(?<mds>(?<![\\d/.])\\d{1,2}/\\d{1,2}\\s?(?:-|–|—|to|through|thru)\\s?\\d{1,2}/\\d{1,2}/(?:${year}|\\d\\d)\\b)`,
  "(?<iso>\\b(?:19|20)\\d\\d-\\d\\d-\\d\\d)",
  `(?<ym>\\b${year}-(?:0[1-9]|1[0-2])\\b(?![-/]?\\d))`,
  "(?<us>\\b\\d{1,2}[/-]\\d{1,2}[/-](?:(?:19|20)\\d\\d|\\d\\d)\\b)(?!/?\\d)(?!-\\d(?!\\d?[/-]))",
  "(?<dotted>\\b(?:0?[1-9]|1[0-2])\\.(?:0?[1-9]|[12]\\d|3[01])\\.(?:19|20)\\d\\d\\b)",
  "(?<my>(?<![\\d/])(?:0?[1-9]|1[0-2])/(?:19|20)\\d\\d\\b|(?<![\\d/-])(?:0?[1-9]|1[0-2])-(?:19|20)\\d\\d\\b(?![/-]\\d))",
  "(?<inmy>(?<=\\b(?:in|since)\\s)(?:0?[1-9]|1[0-2])/(?:0\\d|[12]\\d|3[0-5])\\b(?![/.%]\\d|[/%]))",
  `(?<long>\\b${month}\\.?\\s+${dayOf},?\\s+(?:of\\s+)?${year}\\b)`,
  `(?<rev>\\b${dayOf}(?:[ -]|\\s+of\\s+)${month}\\.?,?[ -](?:19|20)\\d\\d\\b)`,
  `(?<mon>(?:${part})?\\b${month}\\.?,?(?:\\s+(?:of\\s+)?|[-/])${year}\\b)`,
  `(?<short>\\b${month}\\.?\\s?['’]\\d\\d\\b)`,
  `(?<quarter>\\bQ[1-4][ -]?(?:of\\s+)?${year}\\b)`,
  `(?<ago>\\b(?:${countPattern}\\s?(?:-|–|or|to)\\s?)?${countPattern}[\\s-]*${unit}\\s+(?:and a half\\s+)?(?:ago|previously|earlier|prior|back|before(?=\\s+(?:that|admission|presentation|this|the visit))))\\b`,
  `(?<within>\\b(?:in|within|over|during|for)\\s+(?:the\\s+)?(?:last|past|previous|preceding|prior)\\s+(?:${countPattern}\\s+)?${unit}\\b)`,
  "(?<near>\\b(?:the day before yesterday|yesterday|today|tonight|this (?:morning|afternoon|evening|week|month|year)|last (?:night|week|month|year|spring|summer|fall|autumn|winter))\\b)",
  `(?<md>(?<![\\d/.])(?:(?:0[1-9]|1[0-2])/(?:0[1-9]|[12]\\d|3[01])|[1-9]/(?:0[1-9]|1[3-9]|2\\d|3[01])|(?<=\\b(?:on|since|from|until|by|of|dated|started|stopped|held|seen)\\s)(?:[1-9]|1[0-2])/(?:[1-9]|[12]\\d|3[01]))(?![\\d/%]|\\.\\d)${measured})`,
  `(?<monday>\\b${month}\\.?\\s+${dayOf}\\b(?![/.,]?\\d)${measured})`,
  `(?<lead>^\\s*(?:[-•*·▪]\\s*|\\(?\\d{1,2}[.)]\\s+)?${year}(?=\\s*(?:[:–—]|-\\s)))`,
  `(?<year>(?:\\b${beforeYear}\\s+(?:${part})?|[(,]\\s*|\\s[-–—]\\s*|['’])${year}(?![\\d/-]|\\.\\d)\\b(?!\\s*(?:mg|mcg|units|ml|cc|calorie|kcal|block|hours|steps|cells|IU)))`,
  `(?<behind>(?<=[\\p{Ll})] )${year}(?=\\s*(?:[,.;)]|$)(?!\\d)))`,
  `(?<bare>\\b(?:(?:in|since|on|from|until|till|of|during|by|through|last|this past|past|back in|around)\\s+)(?:${part})?${month}\\b(?!\\.?,?\\s+(?:of\\s+)?\\d|['’]))`,
].join("|");
const opening = /\(\?<([a-z]+)>/g;
/** Names of the groups in their order. The expression itself numbers them, which is much quicker than named groups. */
export const groupNames: readonly string[] = [...alternatives.matchAll(opening)].map(([, name]) => name!);
export const expression = new RegExp(alternatives.replace(opening, "("), "giu");

/** Without any of these a text holds no date; most sentences are told so quickly. */
export const mayHoldTime =
  /(?:19|20)\d\d|\d[/.-]\d|['’]\d\d|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|\b(?:days?|nights?|weeks?|wks?|months?|mos?|years?|yrs?|hours?|hrs?|minutes?)\s+(?:and a half\s+)?(?:ago|previously|earlier|prior|back|before)\b|\byesterday\b|\bto(?:day|night)\b|\bthis (?:morning|afternoon|evening|week|month|year)\b|\b(?:last|past|previous|preceding|prior)\s/i;
