import { isDenied, isPlainStatement } from "./polarity.ts";

/** What is known of a phrase: whether it denies by its own words, and whether anything may follow it. */
export type SaidPhrase = { denies: boolean; openEnd: boolean };
type Place = { text: string; section: string; start: number; end: number };

/** Forms not filled in, questions, answers in the negative. */
const unfilled =
  /\?|\[\s*\]|\(\s{1,3}\)|[☐□]|__|\bn\/a\b|\byes\s*\/\s*no\b|\by\s*\/\s*n\b|\bY\s+N\b|circle (?:one|all)|fair\s*\/\s*poor|:\s*(?:no|not met|none|false|unknown|not \w+)\W*$/i;
/** What is put off, supposed, taken back or told as an example is not said. */
const undone =
  /\b(?:not (?:yet|documented|done|available|applicable|assessed|addressed|on file|reviewed|completed|performed|obtained|true|shown|the case|demonstrated that)|no documentation|den(?:y|ies|ied) that|(?:do(?:es)?|did) not (?:show|document|state|mention|support)|scheduled|planned|pending|awaiting|upcoming|to be \w+|next (?:week|month|visit|year|appointment|available|\w+day)|tomorrow|soon|eventually|unclear|uncertain|unsure|unknown|questionabl[ey]|doubt\w*|no consensus|equivocal|apparently|allegedly|in error|incorrect\w*|erroneous\w*|mistaken\w*|inaccurate\w*|disput\w+|unsigned|retract\w*|for (?:example|instance)|template|brochure|handout|leaflet|pamphlet|mailed|order set|once|unless|except\w*|apart from|other than|although|though|in order to|to see (?:if|whether)|trials?\s+(?:show|report)\w*|in trials|in studies|statistic\w*|median|literature|in general|people|patients (?:who|with)|(?:another|other|previous) patients?|common(?:ly)?|typically|hypothetical\w*|some(?:times| days)|occasional\w*|temporar\w*|intermittent\w*)\b/i;
/** What a plan or a policy asks for says nothing of the patient. */
const quoted =
  /\b(?:polic(?:y|ies)|criteri(?:a|on)|requires? (?:that|a|an|the|shared|documentation)|requirements?|must|shall|please (?:document|note|provide|send|confirm|indicate|submit)|risk that|whether|medicare|medicaid|insur(?:er|ance)|payer|the plan's|health plan|per plan|denial|coverage|covered|guidelines?|LCD|NCD)\b/i;
/** Before what is said: somebody's wish, question or opinion, an aim, an instruction. */
const wished =
  /\b(?:hop(?:es?|ing|ed)|wish(?:es|ed)?|wants?|would like|asks?|asked|inquir\w+|wonder\w*|worr\w+|afraid|fears?|fearful|concern(?:s|ed)? (?:that|about)|believes?|thinks?|feels? (?:that|like)|claims?|expects?|told|goals?|LTG|STG|aims?|objective|teach\w*|educat\w*|instruct(?:ions?|ed to)|advised?|train(?:ing)? on|assess|evaluate|determine|check|ensure|verify|screen\w* for|discuss\w*|order(?:ed)?|recommend\w*|risk (?:of|for|factors?)|hx of|history of|counsel\w*|encourag\w+|urged?|remind\w*|stress\w*|post-?test|to become|to be|until|when|after|before)\b[^;.]*$/i;
/** Said of another time than the note's. */
const formerly =
  /\b(?:previous(?:ly)?|formerly|used to|in the past|years? ago|months? ago|last (?:year|month|winter|summer|spring|fall|autumn)|as an? (?:child|teen\w*|infant)|childhood|at (?:that|the) time|back then|prior to (?:the|her|his)|before (?:the|her|his|surgery|admission)|was (?:once|then)|at first|initially|in (?:19|20)\d\d|post-?op\w*|since (?:moved|changed|resolved|improved|recovered)|resolved)\b/i;
const turned =
  /^[^.]*?(?:\b(?:but|however|instead|only|until|yet|nevertheless|rather than|(?<!and )no longer|ruled out|unlikely|was not|were not|is not|are not|not (?:be|been))\b|[,;]\s*(?:now|today|currently)\b)/i;
/** Other people, where they are the ones of whom it is said. */
const kin =
  "wife|husband|spouse|partner|sons?|daughters?|friends?|caregivers?|family|parents?|brother|sister|mother|father|mom|dad";
const strangers =
  "room-?mates?|neighbou?rs?|nurses?|RN|LPN|aides?|therapists?|vendors?|suppliers?|rep|reps|representatives?|technicians?|tech|staff|company|companies|clinics?|hospitals?|facility|nursing|pharmacy|prescriber|instructor|ATP|(?:brother|sister|mother|father|son|daughter)-in-law|(?!(?:patient|member|client|pt)'s)[a-z]+['’]s|other|old|former|baby|donor|sibling|parental|maternal|paternal";
const spokenOf = (who: string) =>
  new RegExp(
    `\\b(?:${who})\\b(?!,?\\s+(?:reports?|states?|says?|notes?|noted|found|documents?|documented|observed|confirms?|confirmed|relates?|describes?|that)\\b)[^,;.]{0,30}$`,
    "i",
  );
const ofOthers = spokenOf(`${kin}|${strangers}`);
const ofStrangers = spokenOf(strangers);
/** How a statement may go on without being turned or limited. */
const goesOn =
  /^(?:["'”’)\]]|\s)*(?:$|[.,;:)!–—]|-\s|(?:and|or|because|due to|owing to|secondary to|as a result|from|given|per|at home|at this time|at present|today|currently|now|again|twice|independently|safely|well|reliably|daily|every day|even|despite|\(|(?:in|at|inside|throughout|around) (?:the|her|his|their) (?:own )?(?:home|house|apartment|kitchen|bathroom|bedroom)|with(?:out)? (?:\w+ ){0,2}(?:help|assist\w*|difficult\w*|cues|effort|trouble|problems?)|more than|this (?:year|month)|during (?:a|the|today's|an|her|his)(?: in-home)? (?:trial|evaluation|visit|assessment|test)|for (?:\w+ )?(?:years|months)|on (?:exam\w*|evaluation|\d)|by (?:exam\w*|history))\b)/i;
/** A fault of the thing is no limit of the person. */
const faulty =
  /\b(?:flat|broken|loose|worn|dead|missing|repair\w*|replaced|lost|stolen|battery|afford|cost|waiting list|waitlist\w*)\b/i;
const sections =
  /\b(?:education|instructions?|teaching|polic(?:y|ies)|criteria|goals?|questionnaire|template|risks?)\b/;
const negation =
  /\b(?:not|never|nor|neither|no(?! (?:changes?|acute|further|complications?|difficult\w*|problems?|issues?|concerns?)\b)|none|without(?! (?:\w+ )?(?:difficult\w*|complication\w*|help|assist\w*|problem\w*|trouble|issue\w*|cues?|contrast|effort))|denie[sd]|declin\w+|refus\w+|unable|cannot|can't|couldn't|don't|doesn't|didn't|isn't|wasn't|lacks?|absen(?:t|ce)|unlikely|rather than|fail(?:s|ed)?|poor|deficits?|unsafe)\b/i;

/** What a plan says is asked for is planned. */
const plans = /\b(?:scheduled|planned|pending|upcoming|to be \w+|next \w+|recommend\w*|order(?:ed)?)\b/gi;

/**
 * True when the words at a place of a sentence are a plain statement about the patient of today: nothing before or after them
 * denies, asks, wishes, limits or puts off what they say, or says it of somebody else. `planned`: what a plan says counts;
 * `helped`: what those say counts who help the patient.
 */
export function isAssured(
  phrase: SaidPhrase,
  { text, section, start, end }: Place,
  { planned, helped }: { planned: boolean; helped: boolean },
): boolean {
  const from = text.lastIndexOf(";", start) + 1;
  const head = text.slice(from, start);
  const tail = text.slice(end).split(";")[0]!;
  const around = `${head} ${tail}`;
  const whole = `${text.slice(0, start)} ${text.slice(end)}`;
  const later = planned ? whole.replace(plans, "") : whole;
  if (unfilled.test(text) || undone.test(later) || quoted.test(whole) || sections.test(section)) return false;
  if (!isPlainStatement(around, section, planned)) return false;
  if (wished.test(planned ? head.replace(plans, "") : head)) return false;
  if (turned.test(tail) || formerly.test(around) || faulty.test(around)) return false;
  if ((helped ? ofStrangers : ofOthers).test(head)) return false;
  if (!phrase.openEnd && !goesOn.test(tail)) return false;
  return phrase.denies
    ? !negation.test(head.split(/[,:]|\band\b/i).at(-1)!)
    : !negation.test(around) && !isDenied(text, start, end);
}
