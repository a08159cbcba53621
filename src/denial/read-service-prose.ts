import { codesIn } from "./read-codes.ts";
import { cutDescription, type Draft } from "./read-services.ts";
import type { Sentence } from "./sentences.ts";
import { rangeIn } from "./service-dates.ts";
import type { Sheet } from "./sheet.ts";
import { amountsIn } from "./written.ts";

/** Ways in which a notice says what was asked for; the words behind name the service. */
const asked: RegExp[] = [
  /\b(?:drug|item|service|medicine|medication|treatment)(?:\(s\)|s)? (?:that )?you (?:or your \w+ )?(?:asked for|requested):\s+/i,
  /\b(?:tried|try|went|wanted) to fill (?:your |the |a (?:prescription|refill) (?:for|of) )?(?=[A-Z])/i,
  /\byour (?:tier \d |brand |specialty |generic )?(?:drug|medicine|medication|prescription), (?=[A-Z])/i,
  /\b(?:paid back|reimburse(?:d|ment)?|refund(?:ed)?|repay(?:ment)?)(?: \$[\d,.]+)? for (?:the |an? |your )?/i,
  /\b(?:determination|decision|denial|letter) (?:of|dated) [A-Z][a-z]+ \d{1,2}, \d{4},? (?:for|on|about|regarding) (?:the |your |an? )?(?=[a-zA-Z])/i,
  /\b(?:heard|wrote|written|asked|letter|request)\b[^.]{0,80}? about (?:the |your |an? )(?=[^.,]{3,60}? for (?:you|him|her|[A-Z]))/i,
  /\bcoverage (?:of|for) your (?:current )?(?!current\b)(?=[^.]{4,80}? services? (?:will|should) end)/i,
  /\basked (?:us |the plan )?for (?=(?:another |an additional )?(?:\d+|two|three|four|five|six|seven|eight|nine|ten|twelve|fourteen|twenty|thirty) (?:more |additional |further |extra )?(?:days|visits|sessions|hours|weeks|nights|months) (?:of|at|in)\b)/i,
  /\b(?:decision|determination|update) (?:about|on|regarding) your request for (?:the |an? )?(?=[A-Za-z])/i,
  /^\s*the (?=[a-z][^.]{5,60}? that you (?:receive|get|have|are getting|are receiving)\b)/i,
  /\byour (?:current )?(?!current\b)(?=[a-z][^.]{3,40}? services should end)/i,
  /\b(?:find|found|decided|determined|conclude) that (?:the |your )?(?=[a-z][^.]{5,60}? (?:was|were|is|are) (?:not )?(?:covered|payable) )/i,
  /\b(?:got|received|have|reviewed) (?:a|your|the|this) request (?:from [^.]{3,50}?)?(?:on [A-Z][a-z]+ \d{1,2}, \d{4} )?for (?!(?:the |an? |your )?(?:prior |an )?(?:appeal|review|authorization|approval|coverage|reconsideration|redetermination|exception|records|payment|renewal|precertification|preauthorization))(?:the |an? |your )?/i,
  /\b(?:reduc(?:e|ing)|cut(?:ting)?|lower(?:ing)?|decreas(?:e|ing)|stop(?:ping)?|end(?:ing)?) (?:your|the|his|her|their)(?: (?:child|son|daughter|mother|father|husband|wife)'s)? (?=[a-z][^.(]{3,60}?(?:\s\(|hours|services?|visits))(?!(?:service|services|hours|care|amount)\b)/i,
  /\b(?:about|got|received|reviewed|processed|sent us|sent|for|of|paying|on) (?:the|your|an?|this) (?=[a-z][^.,]{2,40}? (?:bill|claim|charges?) (?:from|of|by) [A-Z])/i,
  /\b(?:claim|bill) (?:of|from) [A-Z][^.]{3,50}? for (?:the |your |an? )?(?=[a-z])/,
  /\b(?:reviewed|considered|got|received|have) (?:the|a|your) request (?:of|from) (?:Dr\.? )?[A-Z][^.]{2,40}? for (?:the |your |an? )?(?=[A-Za-z])/,
  /\byour (?=[a-z][a-z -]{3,40}? (?:hours|visits|services) (?:change|will change|go|will go)\b)/,
  /\b[Yy]our (?:medicine|drug|treatment|medication) is (?=[A-Z])/,
  /\b(?:stop|end|stopping|ending) (?:covering|coverage of|paying for|payment for) (?:your |the )?(?=[a-z])/,
  /\brequest (?=[A-Z0-9-]*\d)[A-Z0-9-]{4,20} for (?:the |your )?(?=[A-Za-z])/i,
  /^\s*your (?=[a-z][^.]{3,50}? (?:at|with) [A-Z][^.]{3,50}? (?:was|were|is|are|has been) (?:approved|authorized|covered|denied))/i,
  /\bnot to (?:approve|cover|authorize|certify|pay for) (?:the |your )?/i,
  /\b(?:asked|requested|request(?:s|ing)?|wants?) (?:that )?(?:us|we|the plan|our plan|your (?:health )?plan|(?:[A-Z][\w.&'-]* (?:(?:of|the|and) )?){1,6})?\s*(?:to )?(?:approve|cover|authorize|certify|pay for)(?: in advance)?(?: coverage (?:of|for))?\s+(?:your\s+|the\s+|an?\s+)?/i,
  /\brequest (?:from [^.]{3,40} )?for (?:prior )?(?:approval|authorization|coverage|precertification|preauthorization|pre-certification|payment)(?: of| for)\s+(?:the\s+|your\s+|an?\s+)?/i,
  /\basked (?:[\w.&' ]{2,40}? )?for (?:prior )?(?:approval|authorization|coverage|precertification|permission) (?:of|for|to cover|to have|to get)\s+(?:the\s+|your\s+|an?\s+)?/i,
  /\b(?:coverage|authorization|approval|payment|precertification|preauthorization) (?:of|for)\s+(?:the\s+|your\s+)?(?=[A-Za-z]+[^.]{0,80}\b(?:mg|tablet|injection|infusion|surgery|procedure|therapy|treatment|stay|admission|visits?|scan|MRI|CT|test|nursing|aide|device|\())/i,
  /\b(?:claim for payment (?:of|for)|claim for|(?:appeal|redetermination|reconsideration|grievance) (?:for|about)|request for an?|request for)\s+(?:the\s+)?(?!(?:prior |an? )?(?:appeal|review|authorization|approval|coverage|reconsideration|redetermination|exception|information|records|payment|renewal))/i,
  /\b(?:appeal|grievance|request|complaint|reconsideration|redetermination|asked us)\b[^.]{0,70}? (?:about|regarding|concerning) (?:the |your |an? )?(?!(?:this|that|our|how|it|decision|denial|appeal)\b)/i,
  /\b(?:has been|have been|is|are|was|were|been) (?:getting|receiving|approved for)\s+(?!(?:\d+|one|two|three|six|twelve) (?:months?|days?|weeks?|years?|(?:more )?(?:visits?|sessions?|hours?|units?))\b)(?:an?\s+|the\s+)?/i,
  /\b(?:(?:did not|not|cannot|can't|unable to|decided not to) (?:able to )?(?:approve|cover|authorize|certify|pay for)|denied|deny|denying)\s+(?:your request for\s+|coverage (?:of|for)\s+|payment (?:of|for)\s+|the\s+|your\s+)?(?=[a-z]+[^.]{0,60}\b(?:visits?|therapy|surgery|treatment|procedure|admission|stay|infusion|injections?|scan|test|aide|nursing|device|tablet|pen)\b)/i,
  /\b(?:denial of|decision not to cover|not (?:be )?pay(?:ing)? for) (?:(?:coverage|payment|your claim|your request|the claim|authorization) (?:of|for) )?(?:the |your |an? )?(?!(?:this|that|it|coverage|payment|medical|medicare|claims?|benefits?|services?|your|the|care|prescription)\b)/i,
  /\b(?:we|our nurse|our doctor|physician) reviewed (?:your request for |the request for )?(?:the\s+)?/i,
  /\b[Tt]he (?=(?:visit|stay|surgery|operation|test|scan|treatment|procedure|therapy|ride|admission)s? (?:to|at|with|by|of) [A-Z][^,;]{2,40}? on [A-Z][a-z]+ \d)/,
];
/** The choices of a form: "[X] denied". */
const choice = /^\W{0,4}[xX]?\W{0,3}\s*(?:denied|stopped|reduced|suspended|approved|partially approved)\W*$/i;
const listBelow = /\b(?:listed below|the following)\b[^:]{0,160}:\s*$/i;
const listInline = /\b(?:listed below|the following)\b[^:]{0,160}:\s+(?=[A-Za-z])/i;
const nothing =
  /^(?:(?:this|your|the) (?:request|claim|case|appeal|information|decision)\b.*|additional (?:days|visits|information)\b.*|(?:this|that|it|them|your|the|service|services|request|care|drug|medicine|item|treatment|same|claim|benefits?|coverage|information|below|above|in|not|you|all|papers|decision|case|records)\b[\s.,;:]*(?:requested|request|service|services|claim|drug|medicine|medication|treatment|care|item|above|below|named|listed|decision|appeal)?\s*(?:$|[.,;:)]))/i;
const tail =
  /\s+(?:services? (?:will|should) end|that you (?:receive|get|have|are)|(?:which )?began on |on (?:January|February|March|April|May|June|July|August|September|October|November|December|\d)|given at|(?:bill|claim|charges?) (?:from|of|by) (?:[A-Z]\w+)|at (?:[A-Z]\w+ )|for (?:[A-Z]?[a-z'-]+ )+(?:\(|disease|disorder)|,? which |because|that (?:was|were|is)|was |were |has |have |is |are |for (?:you|him|her)\b|from (?:[A-Z]\w+ )|by (?:[A-Z]\w+ )|sent to us|as (?:requested|submitted)|as of\b|were not\b|under\b|dated\b|in a non\b(?=-\w+ hospital)|before\b)/;

/** The service named in running text, with codes and dates that stand in the same sentence. */
export function serviceInProse(sheet: Sheet, sentences: readonly Sentence[]): Draft | null {
  const spoken = sentences.filter(({ zone }) => zone === "head" || zone === "body" || zone === "reason");
  const below = listedService(sheet, spoken);
  if (below) return below;
  for (const pattern of asked)
    for (const sentence of spoken) {
      const match = pattern.exec(sentence.text);
      if (!match) continue;
      const start = sentence.start + match.index + match[0].length;
      const draft = draftAt(sheet, start, sentence);
      if (draft) return draft;
    }
  return null;
}

/** "We've denied the services listed below …:" and the row that follows. */
function listedService(sheet: Sheet, sentences: readonly Sentence[]): Draft | null {
  for (const [index, sentence] of sentences.entries()) {
    const inline = listInline.exec(sentence.text);
    const own = inline && draftAt(sheet, sentence.start + inline.index + inline[0].length, sentence, true);
    if (own) return own;
    if (!listBelow.test(sentence.text)) continue;
    const next = sentences.slice(index + 1, index + 6).find(({ text }) => !choice.test(text));
    if (!next) continue;
    const draft = draftAt(sheet, next.start, next, true);
    if (draft) return draft;
  }
  return null;
}

/** The one price of a listed line. */
function priceIn({ text, start }: Sentence): Draft["amount"] {
  const prices = amountsIn(text).filter((one) => text[one.start] === "$");
  const price = prices[0];
  return prices.length === 1 && price
    ? { value: price.value, start: start + price.start, end: start + price.end }
    : null;
}

function draftAt(sheet: Sheet, start: number, sentence: Sentence, listed = false): Draft | null {
  const cut = cutDescription(sheet, start, sentence.end);
  const words = sheet.flat.slice(cut.start, cut.end);
  const stop =
    [words.search(tail), words.search(/\s+(?:will|should) end/i)]
      .filter((at) => at > 0)
      .sort((a, b) => a - b)[0] ?? -1;
  const end = cut.start + (stop > 4 ? stop : words.length);
  const kept = sheet.flat.slice(cut.start, end).replace(/[\s.,;:(]+$/, "");
  if (/\b(?:listed|shown|named|described|identified) (?:above|below)\b/i.test(kept)) return null;
  if (/\b(?:notice|determination|denial|decision|appeal|letter|grievance)\b/i.test(kept)) return null;
  if (kept.length < 4 || kept.length > 160 || nothing.test(`${kept} `.trimEnd())) return null;
  return {
    start: cut.start,
    end: cut.start + kept.length,
    codes: codesIn(
      sheet,
      cut.start,
      sentence.end,
      listed || /\([A-Z]\d{4}, \d{5}|[a-z], \d{5}\.?$/.test(sheet.flat.slice(cut.start, sentence.end)),
    ),
    dates: rangeIn(sentence.text),
    amount: listed ? priceIn(sentence) : null,
  };
}

const bracket = /\s\((?:(?:CPT|HCPCS|CDT|procedure|codes?)[\s:]*)*(?=[A-Z]?\d{4}[0-9A-Z]?\b)[^()]{4,60}\)/g;
const cue =
  /.*(?:\b(?:for|of|cover|covers|covering|approve|approved|denied|authorize|about|regarding|to|requested|receive|received|is|was|that)\b|[.:;,])\s+/i;

/** Care that is named right before its code in brackets: "The claim above for Ocrevus (J2350, 600 units)". */
export function servicesInBrackets(sheet: Sheet, sentences: readonly Sentence[]): Draft[] {
  const drafts: Draft[] = [];
  for (const { zone, text, start } of sentences) {
    if (zone !== "head" && zone !== "body" && zone !== "reason") continue;
    for (const match of text.matchAll(bracket)) {
      const from = Math.max(0, match.index - 80);
      // "visits on January 6, 8 and 13, 2026 (97110)": the words end before the day.
      const whole = text.slice(from, match.index);
      const before = whole
        .replace(/,?\s+\$[\d,.]+$/, "")
        .replace(
          /,?\s+(?:on|of|from|dated|for|begun|started|given|done|performed)(?: on)?\s+[A-Z\d][^()]{3,60}\d{4}$/,
          "",
        );
      const stop = start + match.index - (whole.length - before.length);
      const lead = cue.exec(before)?.[0].length ?? 0;
      const skip =
        /^(?:the|an?|your|his|her|two|three|four|\d+)\s+/i.exec(before.slice(lead))?.[0].length ?? 0;
      const codes = codesIn(sheet, start + match.index, start + match.index + match[0].length, true);
      const begin = start + from + lead + skip;
      if (
        codes.length === 0 ||
        stop - begin < 3 ||
        /^(?:you|him|her|them|it|us|me|this|that)\s*$/i.test(before.slice(lead + skip)) ||
        /^(?:dear|hello)\b|^(?:more|additional|further|other|another)\s*$/i.test(before.slice(lead + skip))
      )
        continue;
      if (drafts.some((draft) => draft.codes[0]!.value === codes[0]!.value)) continue;
      drafts.push({ start: begin, end: stop, codes, dates: rangeIn(text), amount: null });
    }
  }
  return drafts;
}
