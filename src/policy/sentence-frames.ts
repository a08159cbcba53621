const structural =
  /^(?:(?:the|a|an|this|that|there|it|and|or|who|which|with|by|as|of|in|for|when|if|on|to|also|either|documentation|documented|evidence|demonstrat\w+|evidenced|shown|shows?|confirm\w*|record\w*|note|notes|includ\w+|member|members|patient|patients|individual|individuals|beneficiar\w+|recipient\w*|person|adult|request|prescriber|provider|requests?|must|should|shall|have|has|had|is|are|was|were|be|been|meets?|met|satisf\w+|fulfil\w*|criteria|criterion|conditions?|requirements?|following|considered|medically|necessary|reasonable|covered|coverage|approved|approval|authoriz\w+|following|may|will|can|apply|applies|requires?|required|true|case|cases|clinical|medical|all|any|these|those|least|at|one|both|each|diagnosis|history|presence|additionally|addition|treatment|use|used|therapy|currently|treated)\b[\s,;:–—()-]*)*$/i;

/** Words that hold no condition of their own, only the frame of a sentence. */
export const isStructural = (text: string): boolean => structural.test(text.trim().replace(/\.$/, ""));

const pointers =
  /\b(?:section|part|table|items?|steps?|criteri(?:a|on)|indications?|appendix)\s+\(?[A-Z\d][\d.]*\)?|\(\w{1,3}\)|\b\d+(?:\.\d+)+\b|\b[A-Z]?\d\b/g;

/** A sentence that only points at criteria printed elsewhere ("meets the criteria in Section A and one of those in B"). */
export function isPointer(text: string): boolean {
  const rest = text
    .replace(pointers, " ")
    .replace(
      /\b(?:general|basic|specific|indications?|indication-specific|listed|below|above|table|rows?|its|their|two|three|well|as|policy|section|through|outlined|described|applicable|initial|also|must)\b/gi,
      " ",
    );
  return (
    isStructural(rest) &&
    (text.match(pointers) !== null || /\b(?:general|below|above|table|listed)\b/i.test(text))
  );
}

/** "X is considered medically necessary when …": what is before names the item, what is after the condition. */
export const coverageVerb =
  /\b(?:meets?\s+(?:the\s+)?(?:coverage|medical\s+necessity)\s+criteria|(?:is|are|be|may\s+be|will\s+be|can\s+be)\s+(?:considered\s+|deemed\s+)?(?:to\s+be\s+)?(?:both\s+)?(?:medically\s+necessary|(?:medically\s+)?reasonable\s+and\s+(?:medically\s+)?necessary|covered|approved|authorized|eligible(?:\s+for\s+coverage)?|a\s+covered\s+benefit|appropriate|indicated|supported(?= (?:when|if|for)\b)|considered(?=\s+(?:when|if)\b)|proven|continued|renewed|extended|granted|included(?:\s+on\s+(?:this|these)\s+lines?)?)|considers?\b.{3,120}?\bmedically\s+necessary|covers\b.{3,80}?)(?:\s+(?:and\s+(?:appropriate|covered)|as\s+(?:an?\s+)?\w+(?:\s+\w+){0,2}?|at\s+(?:the|an?)\s+\w+(?:\s+\w+)?|for\s+coverage|for\s+(?:up\s+to\s+)?(?:an?\s+)?(?:additional\s+)?(?:\d+|one|two|three|six|nine|twelve)[\s-]+(?:days?|weeks?|months?|years?)(?:\s+at\s+a\s+time)?(?=\s+(?:only\s+)?(?:when|if|provided)\b)|under\s+\w+(?:\s+\w+){0,6}?))?(?:,?\s+(?:only\s+)?(?:when|if|for|in|with|where|provided\s+that|as\s+long\s+as|after|upon|to(?=\s+(?:treat|correct|repair|replace|evaluate|diagnose|confirm|monitor|assess|detect|restore))))\b|\bmedically\s+necessary,[^,.;]{0,40},\s+(?:when|if|for)\b|\bapprove\b[^.;]{0,40}\bif\b|\b(?:continued\s+(?:coverage|use|therapy|treatment|authorization)|continuation|renewal|re-?authorization)\b[^.;:]{0,50}?\srequires\b|^(?:treatment|use|coverage|approval|authorization)\b[^.;:]{0,60}?\s(?:also\s+)?requires\b|\bcoverage\s+(?:continues|is\s+provided|is\s+available|will\s+be\s+(?:provided|extended)|may\s+be\s+(?:provided|extended|continued))\b[^.;]{0,60}?\s(?:when|if)\b/i;
