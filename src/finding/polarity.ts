/** Where a statement ends that a "no" may govern. Commas do not end it: "denies fever, chills, weight loss". */
const boundary =
  /[.;:!?\n](?=\s|$)|\b(?:but|however|except|although|though|apart from|aside from|(?<!not )yet|nevertheless)\b|,\s*(?:and |which |who |she |he |they |the patient |patient )(?!or\b)/gi;

const before =
  /\b(?:no|not|non|without|w\/o|denies|denied|deny|denying|never|neither|nor|absence of|lack of|lacks|negative for|neg for|free of|none of|fails? to show|failed to show|rule[sd]? out|excludes?|excluding|excluded|unable|inability|unlikely|cannot|declined|refus(?:es|ed|al)|missing|lack)\b/gi;
/** Look like a denial and are none. */
const pseudo =
  /\b(?:no (?:increase|change|longer(?= (?:\w+ )?(?:respond|effective|tolera|control|help|work|adequate|sufficient|safe|able))|further|improvement|relief|response|missed)|not only|cannot (?:rule out|exclude)|not certain|non-(?!smok)\w+|without (?:difficulty|complication)|no significant change)/gi;
const after =
  /^[^.;:,]{0,45}?\b(?:(?:is|was|were|are|has been|have been|be)\s+)?(?:negative|ruled out|excluded|absent|denied|not (?:seen|identified|indicated|present|performed|done|given|offered|found|tested|appreciated|noted|needed|required|recommended|appropriate|used|tolerated|covered|obtained|on file|documented)|none)\b/i;

/** True when what stands at `[start, end)` of a text is denied there. */
export function isDenied(text: string, start: number, end: number): boolean {
  const from = startOfStatement(text, start);
  const ahead = text.slice(from, start).replace(pseudo, (words) => " ".repeat(words.length));
  const cues = [...ahead.matchAll(before)];
  if (cues.length > 0 && wordsBetween(ahead, cues.at(-1)!) <= 14) return !isDoubled(ahead, cues);
  return after.test(text.slice(end, endOfStatement(text, end)));
}

/** "Not without pain" denies nothing. */
function isDoubled(ahead: string, cues: readonly RegExpMatchArray[]): boolean {
  const [first, last] = [cues.at(-2), cues.at(-1)!];
  return first !== undefined && /^\s*$/.test(ahead.slice(first.index! + first[0].length, last.index!));
}

function startOfStatement(text: string, at: number): number {
  let from = 0;
  for (const match of text.slice(0, at).matchAll(boundary)) from = match.index + match[0].length;
  return from;
}

function endOfStatement(text: string, at: number): number {
  boundary.lastIndex = at;
  const next = boundary.exec(text);
  boundary.lastIndex = 0;
  return next ? next.index : text.length;
}

const wordsBetween = (text: string, cue: RegExpMatchArray) =>
  text
    .slice(cue.index! + cue[0].length)
    .split(/\s+/)
    .filter(Boolean).length;

const open =
  /\b(?:if|should|would|could|may|might|consider(?:ing)?|whether|possible|possibly|suspected|unless|in case|pending|awaiting|to be (?:done|scheduled|determined)|goal|target|rule out|r\/o|differential|versus|vs|question of|discussed|recommend(?:ed|s)?|plan(?:s|ned)? (?:to|for)|will(?! not)|refer(?:red|ral)?|schedule[d]?|ordered|awaiting|concern(?:s|ed)? for|screen(?:ing|ed)? for|work-?up for|suspicious for|suspicion (?:of|for)|unlikely|declin(?:ed|es)(?! (?:in|from|by|over))|to (?:evaluate|assess|determine|exclude)|cannot (?:rule out|exclude)|misdiagnosed|needs? (?:an? )?(?:MRI|CT|test|testing|screening|evaluation))\b|^\W*(?:assess|evaluate|check|ask)\b|\?\s*$/i;
const plans =
  /\b(?:will|plan(?:s|ned)?|goal|refer(?:red|ral)?|schedule[d]?|ordered|awaiting|recommend(?:ed|s)?)\b/i;
const others =
  /\b(?:mother|father|sister|brother|aunt|uncle|cousin|grand(?:mother|father)|family history|fhx|maternal|paternal|sibling)\b/i;
/** Papers that speak to the reader or about a product, not about this patient. */
const teaching =
  /\b(?:you should|your (?:doctor|provider|health care|plan|medicine)|ask your|call your|tell your|talk to your|side effects may include)\b/i;

/** What is said to be over, feared, nearly so or left open. */
const takenBack =
  /\b(?:was|were)\b[^.;]{0,40}\blast (?:winter|summer|spring|fall|year)\b|\bfor (?:\w+ )?(?:days?|weeks?) after\b|\b(?:none now|in trials|improves survival|not any ?more|no longer the case|worried|afraid|nearly|not (?:been |yet been )?(?:excluded|ruled out)|looked for)\b/i;

/** The month, not the verb. */
const month = /\bMay(?=,?\s+(?:\d|of\b))|(?<=\b(?:in|since|until|through|from|by|early|late|last) )May\b/g;

/** What kind of statement a sentence makes; only plain statements about the patient prove anything. */
export function isPlainStatement(said: string, section: string, claimIsPlan: boolean): boolean {
  const text = said.replace(month, "   ");
  if (others.test(text) || /\b(family|fhx)\b/.test(section) || teaching.test(text)) return false;
  if (/:\s*no\W*$/i.test(text) || takenBack.test(text)) return false;
  if (/\?\s*$/.test(text) || /\[\s?\]|☐/.test(text)) return false;
  return claimIsPlan ? !open.test(text.replace(plans, "").replace(/\bwill\b/gi, "")) : !open.test(text);
}
