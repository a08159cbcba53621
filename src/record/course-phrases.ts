/** How charts speak of a drug being begun, gone on with, given up, and why. */

/** A drug is given up. */
export const stopped =
  /\b(?:stopped|stop|discontinued?|discontinuing|d\/c'?(?:d|ed)?|dc'?d|held|hold|weaned (?:himself |herself |self )?off|self-?wean\w*|taken off|came off|coming off|tapered off|no longer (?:taking|on|uses?|takes|using)|quit taking|off of|went off|has been off|is off|been off|currently off|was withdrawn|withdrew|wean(?:ed)? from|self-weened from|weaned|not been taking|not taking|not currently taking|has not taken|ran out of|declined pick-?up|not picked up|never filled|could not afford|unable to afford|did not fill|drug holiday|(?:could not|unable to|did not) continue)\b(?! home| to home| meds?\b| medications?\b| summary| dx\b| diagnos| instructions| on\b| to\b)/i;
/** Here d/c means discharge. */
export const dischargeHome =
  /\b(?:meds?|medications?|condition|diagnos[ie]s) (?:at|on|upon) d\/c\b|\bd\/c'?d? (?:home|to|on|meds?|medications?|summary|dx|diagnos[ie]s|instructions|date)\b/i;
/** A drug is begun. */
export const starts =
  /\b(?:start(?:ed|ing)?|initiat(?:ed?|ing)|beg[aiu]n|placed on|put on|prescribed|restart(?:ed|ing)?|resumed?|switched to|changed to|trial of|treated with|given|loaded with|adding|added|add|try|trying)\b/i;
/** A drug that was stopped is given again. */
export const resumed = /\b(?:re-?start(?:ed)?|resumed?|re-?initiated?|reintroduced?|re-?challenged?)\b/i;
/** A drug is about to be begun. */
export const planned =
  /\b(?:will (?:take|start|begin|add|try|prescribe|put|give|be started|restart|resume|initiate|switch|use|place|be placed|change)|plan(?:s|ned|ning)? (?:to|for|on)|going to (?:start|add|try|put|prescribe)|to (?:start|begin|initiate)|we'?ll (?:start|add|try|put|prescribe)|i'?ll (?:start|add|prescribe)|recommend(?:ed|s|ing|ation)?|prescribe|request(?:s|ed|ing)?|prior authorization for|restarting|would like to start|let'?s (?:start|try|add)|prescriptions? (?:(?:was |were )?(?:given|provided|written|sent) )?(?:for|of)|applying for|gave (?:him|her|the patient) (?:a )?(?:prescription|samples)|samples of|agreed to (?:start|try)|decided on|chose|elected|opted for|suggest(?:ed)?)\b/i;
/** An order in a plan. */
export const imperative =
  /(?:^\s*|[.;,:•-]\s*|\band\s+|\d\.\s+|\bthen\s+)(?:start|begin|add|initiate|trial of|try|prescribe|restart|resume|switch to|change to|then|give|rx|prescribed|use)\b[^.;]*$/i;
/** A drug goes on, perhaps with another dose. */
export const continued =
  /\b(?:continu(?:e|es|ed|ing)|remain(?:s|ed)? on|maintain(?:ed)? on|stay on|currently (?:on|taking)|takes|is taking|taking|increase[ds]?|increasing|decrease[ds]?|decreasing|reduce[ds]?|lower(?:ed)?|raise[ds]?|titrate[ds]?|keep on|on)\b/i;
/** A drug is only thought of. */
export const hypothetical =
  /(?:\boptions?\s*:|\b(?:consider(?:ing|ed|ation)?|may (?:need|try|benefit|have|want|require|be)|might (?:need|try|benefit|want|be)|could (?:try|consider|use|be)|if (?:\w+ ){0,6}|would (?:consider|recommend considering|discontinue|benefit|then)|(?<!(?:above|below|at|to|reach(?:ed|ing)?|met|meeting|under|over|her|his) )(?:goal|target):?|discuss(?:ed|ing)? (?:options|the option|starting|possib)|option of|options (?:include|such as|including)|candidate for|willing to|risks? of|side effects of|avoid(?:ing)?|in the future|as an alternative|alternatives? (?:include|such as)|versus|rather than|refus(?:ed|es)|(?<!(?:density|function|FEV1|FVC|eGFR|EF|scores?|weight|status|health|vision|ability|condition|strength|memory|hemoglobin|count|counts) (?:has |have |had )?)declin(?:ed|es))\b)[^.;]*$/i;
const degree =
  "(?:any |meaningful |significant |appreciable |clinical(?:ly)? |sustained |lasting |long[- ]term |real |further |noticeable |measurable |adequate |objective |major |much |clear |substantial |durable |good |great |sufficient |satisfactory |complete |symptom(?:atic)? |pain |disease |seizure |overall |initial |and ){0,3}";
const benefit =
  "(?:relief|benefit|response|improvement|effect|efficacy|effectiveness|change|reduction|control|success|help|results?|remission|clearance|weight loss|impact)";
const wanting =
  "(?:minimal|little|limited|slight|marginal|modest|partial|incomplete|transient|temporary|short[- ]lived|brief|suboptimal|sub-optimal|poor|inadequate|insufficient|unsatisfactory|negligible|waning|mild|only|lack of|loss of|lost|losing|absence of|less than adequate|diminish(?:ed|ing)|no longer (?:any|a))";
const helps =
  "(?:help(?:ed|ful|ing)?|work(?:ed|ing)?|respond(?:ed|ing)?|responsive|relieved?|improved?|provided?|touch|control(?:led)?|reduced?|lower(?:ed)?|prevent(?:ed)?|suppress(?:ed)?|achieved?|produced?|maintain(?:ed)?|alleviated?|resolved?|lessen(?:ed)?|effective|beneficial|been helpful|been effective|result(?:ed)? in|seem to help|bring|decreased?|cleared|clear (?:up|the|her|his)|eliminat\\w+|sufficient|enough|adequate|last(?:ed)?|have (?:any )?(?:effect|benefit))";
/** It did not do enough. */
export const failed = new RegExp(
  [
    "\\bfailed\\b(?! to (?:keep|attend|show|pick|fill|refill|bring|come|return|follow|reveal|mention))",
    "\\bfail(?:s|ing)?\\b(?= to\\b|\\s*[:,;.)]|$)|\\b(?:treatment |therapeutic |drug |biologic )failure\\b|(?<!(?:heart|renal|kidney|respiratory|liver|hepatic|adrenal|ovarian|marrow|growth|organ|ventricular) )\\bfailure (?:of|to respond|on|with)\\b|\\bfailures?\\s*:",
    `\\b(?:no|without|never had|denies) ${degree}${benefit}\\b`,
    `\\b${wanting} (?:its |the |a |of )?${degree}${benefit}\\b`,
    `\\b(?:response|relief|benefit|control|improvement|effect|efficacy) (?:was|has been|is|remain(?:s|ed)|were|proved) (?:only |very |deemed |judged )?(?:minimal|limited|partial|incomplete|transient|temporary|suboptimal|poor|inadequate|insufficient|lost|unsatisfactory|short[- ]lived|not (?:sustained|achieved|adequate|sufficient|maintained))`,
    `\\b(?:not|n't|never|nor|neither|none of (?:them|these|which)|neither of (?:them|these|which)) (?:(?:\\w+ly|very|quite|so|too|was|were|is|are|has|have|had|did|does|do|ever) )*(?:been |be )?(?:very |quite |particularly |overly |terribly |all that |that |as |so |too |\\w+ly )*${helps}`,
    "\\bonly (?:help|partial|slight|somewhat|a little|work)\\w*|\\bhelp(?:s|ed)? (?:him |her |them |the patient )?(?:only )?(?:some\\b|a little|somewhat|slightly|minimally|briefly|for a few)|\\bunsuccessful(?:ly)?\\b|\\bdid nothing\\b|\\bof no (?:use|help|benefit)\\b|\\bto no avail\\b",
    "\\bremain(?:s|ed)? (?:\\w+ ){0,2}(?:swollen|active|symptomatic|high|elevated|above goal|uncontrolled|poorly controlled|severe|flaring|tender|disabled|positive|unchanged|refractory)\\b|\\b(?:above|not (?:yet )?at) (?:goal|target)\\b|\\b(?:density|function|FEV1|FVC|T-scores?|vision) (?:has |had )?(?:declin|worsen|dropp|fell|decreas)\\w*|\\b(?:fractured?|relapsed?) (?:while )?on (?:it|this|therapy|treatment|the drug)\\b|\\b(?:fractured?|relapsed?) while on\\b|\\b(?:less than|under|<) ?\\d+ ?% (?:weight loss|improvement|reduction|response)",
    "\\bnot (?:at goal|well[- ]controlled|in remission|controlled|achieved|reached|met|a responder)\\b",
    "\\b(?:ineffective|inefficacious|(?:un|non-?|not )responsive|refractory|(?:treatment|drug|therapy)[- ]resistant|became resistant|resistant to (?:treatment|therapy|the drug|medical))\\b|(?<!(?:adrenal|renal|venous|aortic|mitral|pancreatic|vitamin) )\\b(?:inadequate|insufficient|suboptimal)\\b(?! (?:dose|dosing|adherence|trial|duration|sleep|data|documentation|housing|social|supply|prep))",
    "\\binadequately controlled\\b|\\buncontrolled (?:on|with|despite)\\b",
    "\\bno longer (?:\\w+ly )?(?:effective|help(?:s|ing|ful)|work(?:s|ing)|respond(?:s|ing)|control(?:s|led)|sufficient|beneficial|enough)\\b",
    "\\b(?:stopped|quit|ceased) (?:work|help|respond|being effective)\\w*|\\b(?:became|becoming) (?:ineffective|refractory|resistant|less effective)\\b|\\bwore off\\b|\\bwaned\\b|\\bwearing[- ]off\\b",
    "\\b(?:primary|secondary) (?:non-?respon(?:se|der)|failure|loss of response)|\\bnon-?respon(?:der|se)\\b",
    "\\bprogress(?:ed|ion|ive disease)\\b(?! (?:free|note))|(?<!for )\\bbreakthrough\\b(?! (?:pain|medication|therapy|dos))",
    "\\b(?:relaps|recurr|flar|worsen|exacerbat|deteriorat)\\w* (?:on|while on|despite|through|during|after stopping)\\b|(?<!(?:led to|had|prevented?|for|of|after|no)(?: an?)? )\\b(?:relapsed|recurred|flared)\\b|\\b(?:\\d+|two|three|four|five|six|multiple|frequent|several|many|repeated|further|more) (?:relapses|flares|exacerbations)\\b(?! (?:in|per|before|a|every|since|prior))",
    "\\b(?:symptoms|disease|pain|attacks|headaches|seizures|lesions|plaques|itch(?:ing)?|rash|weight|activity|fluid|bleeding|ulcers?|hives|migraines|synovitis|fluctuations)\\b[^.;,]{0,24}\\b(?:persist(?:ed|s)?|continued|recurred|worsened|returned|progressed|regained|unchanged|did not improve)\\b",
    "\\b(?:persist(?:ent|ing)|ongoing|continued|continuing|residual|recurrent|worsening) (?:\\w+ )?(?:symptoms|disease|activity|pain|attacks|headaches|seizures|lesions|plaques|fluid|bleeding|ulcers?|hives|inflammation|synovitis|flares|exacerbations|itch\\w*|migraines|diarrhea|relapses)\\b(?! (?:medications?|management|control|relief|clinic|coverage|medicine))",
    "\\b(?:neither|none) of (?:which|these|them)\\b[^.;]{0,60}\\b(?:helpful|effective|beneficial|worked|helped|useful|successful)",
    "\\bstill (?:\\d+|having|had|has|with|symptomatic|active|using|needs?|needed)\\b|\\bpersist(?:ed|ent|s) despite\\b|\\bdespite\\b(?! (?:stopping|discontinu|holding|withdraw|being off|his|her not))|\\bin spite of\\b|\\bcontinued to (?:have|experience|flare|progress|worsen|seize|bleed)\\b",
  ].join("|"),
  "i",
);
/** The drug itself is named as what harms. */
const harms =
  "caused|causes (?=him|her|the patient|me)|(?:is|was|were|been|,|which was) causing|(?:led|leading) to|result(?:ed|s|ing) in|produc(?:ed|es|ing)|gave (?:him|her|the patient|them|me)|made (?:him|her|the patient)|complicated by|provoked|triggered|precipitated|brought on|elicited|induced|(?:was|were|been) associated with";
const good =
  "(?: (?:a|an|some|good|excellent|significant|marked|partial|clinical|complete|sustained|great|dramatic|the|full|initial|durable|no|minimal|little|any|\\d+%?|about|approximately|modest|temporary|mild))* (?:improvement|relief|response|remission|resolution|reduction|decrease|control|benefit|clearance|help|weight loss|loss|effect|change|healing|feel(?:ing)? better|better|diuresis|urine output|urination|sleep|conversion|sinus rhythm|normal\\w*|stabili\\w*|rise|recovery|cure)";
/** It did harm. */
export const intolerant = new RegExp(
  [
    "\\bintoleran(?:t|ce)\\b|\\b(?:could|can|did|does|was|is|has)(?: not|n't|not)(?: been able to)? (?:\\w+ly )?tolerate[d]?\\b|\\bcannot tolerate\\b|\\b(?:unable|inability) to tolerate\\b|\\bnot (?:been )?(?:\\w+ )?tolerat(?:ed?|ing)\\b|\\b(?:poorly|barely) tolerated\\b|\\bpoor tolera\\w+",
    "(?<!(?:known|common|possible|potential|any|no|without|denies|minimal|reviewed|discussed) )\\bside[- ]effects?\\b(?! profile)|(?<!(?:no|any|without|denies|possible|potential) )\\badverse (?:effects?|reactions?|events?)\\b",
    "\\ballerg(?:y|ic)(?: reaction)? to\\b|\\breaction to\\b|\\bhypersensitiv\\w+|\\btoxicity\\b|(?<!(?:no|without) )\\binfusion reactions?\\b|\\bserum sickness\\b|\\bdue to (?:cough|rash|nausea|dizziness)\\b",
    `(?:\\b|(?<=,))(?:${harms})(?!\\w)(?!${good})`,
    "\\bdeveloped\\b|\\bgot some\\b|\\bexperienced\\b",
  ].join("|"),
  "i",
);
/** The words say by themselves that the drug did it; what it did needs no list of harms. */
export const harmful = new RegExp(
  `\\b(?:caused|(?:led|leading) to|produced|complicated by|provoked|triggered|precipitated|brought on|elicited|(?:was|were|been) associated with|made (?:him|her|the patient|them|me)(?: feel)?)\\b(?!${good}| (?:better|comfortable|able|asymptomatic)) (?<harm>[^.;,]{3,60})`,
  "i",
);
/** It did what it should. */
export const worked = new RegExp(
  [
    "\\b(?:good|excellent|great|complete|near[- ]complete|marked|dramatic|robust|sustained|substantial|significant|adequate|favorable|nice|remarkable|full|successful) (?:clinical |initial |pain |symptom(?:atic)? |therapeutic |seizure )?(?:response|relief|results?|benefit|control|success|improvement|remission|clearance|effect)\\b",
    "\\bwork(?:ed|ing|s) (?:very |really |quite |extremely )?(?:well|great|fine|good)\\b|\\bwell[- ]controlled\\b|\\bwell responsive\\b|\\brespond(?:ed|s|ing) (?:very |quite )?(?:well|nicely|favorably|to)\\b|\\bquite successfully\\b|\\bsuccessful(?:ly)? (?:treat|control|manag|respon)\\w*",
    "\\beffective(?:ly)?\\b|\\bhelp(?:s|ed|ing|ful)\\b|\\bimproved (?:on|with|significantly|markedly|greatly|since)\\b|\\bcontrol(?:s|led)\\b (?:on|with|by|his|her|the|symptoms|well)|\\bwith (?:good )?relief\\b|\\bseizure[- ]free\\b|\\b(?:doing|done|does) (?:very |really )?(?:well|great) (?:on|with)\\b|\\b(?:stable|maintained|symptom[- ]free|in remission|asymptomatic) on\\b|\\breliev(?:ed|es|ing)\\b|\\b(?:reduc|decreas|cut|lower|improv)\\w* (?:\\w+ ){0,4}(?:by (?:about |over |more than |at least )?(?:\\d+ ?%|half|two-thirds)|in half)|\\b(?:skin|disease|lesions|joints|symptoms|scans?) (?:is|are|was|were|has been|remains?|remained) (?:now |completely |almost |nearly |mostly )*(?:clear|quiet|resolved|in remission|controlled|gone)\\b|\\b(?:response|results?|benefit|relief|control|efficacy) (?:has been |was |is |were |have been )(?:\\w+ly )?(?:good|excellent|great|complete|sustained|marked|dramatic|substantial|adequate|durable)|\\b(?:cured?|SVR|sustained virologic response)\\b|\\bcomplete resolution\\b|\\b(?:in|into|achieved|induced) (?:a )?(?:clinical |complete |deep |full |sustained )*remission\\b|\\b(?:skin |plaques |rash )?cleared\\b",
  ].join("|"),
  "i",
);
/** It must not be given. */
export const contraindicated =
  /\b(?:contraindicat(?:ed|ions?)|(?:cannot|can't|can not) (?:take|receive|be given|use)(?= (?:[\w-]+ ){0,4}$|\s*$)|not (?:a |an )?(?:appropriate |suitable |good )?candidate for|(?:unable|ineligible) to (?:take|receive)|should not (?:take|receive)(?= (?:[\w-]+ ){0,3}$|\s*$)|(?:precludes?|precluding|preclude) (?:the )?(?:use of)?|not appropriate (?:due|given|because))\b/i;
/** Money or coverage, which is no failure. */
export const cost =
  /\b(?:cost|costs|afford|copay|co-pay|insurance|formulary|coverage|covered|expens(?:e|ive)|price|financial|declined pickup)\b/i;
/** A reason that speaks of lacking effect. */
export const effect =
  /\b(?:lack of|no effect|not effective|ineffective|efficacy|inadequate|did not work|did not help|no benefit|no relief|not working|not helping|(?<!heart |renal |kidney |respiratory |liver |hepatic )failure|progression|los(?:s of|t|ing) (?:response|effect|efficacy)|wore off|breakthrough|relapse|did(?:n't| not) (?:work|help|respond)|insufficient|suboptimal|non-?response|seizures? continued)\b/i;
/** It ended as meant. */
export const course = /\b(?:complet(?:ed|ion)|finished|plateau|course (?:was )?complete)\b/i;
/** What drugs do to people. */
export const harm =
  /\b(?:(?:raised|elevated|high|increased) (?:blood pressure|BP)|forgetful\w*|kidney stones?|stevens|cough|rash|hives|nausea|vomiting|dizz\w*|brady\w*|hypotension|hypotensive|bleed\w*|edema|swelling|angioedema|myalgia\w*|cramps?|pain|ache\w*|headache\w*|fatigue|sedation|drows\w*|sleepy|somnolence|weight gain|diarrhea|constipation|hyperkal\w*|hypokal\w*|insomnia|irritab\w*|burning|stinging|akathisia|weight loss|anorexia|appetite|photosensitiv\w*|phototoxic\w*|tics?\b|impulse control|gambling|acute[- ]phase|flu-like|gastritis|esophagitis|reflux|cytopenia\w*|pancytopenia|jitter\w*|restless\w*|mania|hypomania|psychosis|withdrawal|dyspnea|arthralgia\w*|cellulitis|sepsis|pneumonia|pneumonitis|colitis|hypophysitis|uveitis|inflammation|lupus-like|acne|folliculitis|xerosis|dysgeusia|taste|hyperglyc\w*|hypoglyc\w*|hypocalcemia|osteonecrosis|fracture|stroke|clot|DVT|thromb\w*|phlebitis|urinary retention|incontinence|frequency|candidiasis|herpes|zoster|shingles|paresthesia\w*|word[- ]finding|cognitive|confusion|tremor\w*|neuropathy|neutropenia|leukopenia|lymphopenia|thrombocytopenia|anemia|transaminit\w*|elevated (?:lft|liver|alt|ast|creatinine|k)|hepat\w*|pancreatit\w*|infection|pml|depression|suicid\w*|hallucinat\w*|palpitation\w*|syncope|presyncope|near-faint|SBP \d+|HR \d+|K \d|Cr \d|BP \d+|flush\w*|injection[- ]site|irritation|galactorrhea|stomatitis|mouth sores|ulcers?|bronchospasm|wheez\w*|anaphyla\w*|GI upset|upset stomach|dyspepsia|itch\w*|pruritus|hair loss|alopecia|dyskinesia|akathisia|dystonia|QT|arrhythmia|gynecomastia|impotence|sexual|hot flashes|dry mouth|blurred|vision|tinnitus|seizure\w*|allerg\w*|reaction|side effects?|intoleran\w*|adverse|toxicity|rhabdo\w*|CK|kidney|renal|AKI|hyponatremia|hypoglyc\w*|ketoacidosis|UTI|yeast|abdominal|bloating|reflux|bruising|lethargy|mood|agitat\w*|anxiety|nightmares?|hyperplasia|heartburn|yeast|candida|hoarseness|dysphagia|muscle (?:pain|aches?|weakness)|(?:potassium|creatinine|TSH|LFTs?|ALT|AST|liver (?:enzymes|tests|function)|glucose|blood pressure|BP|INR|QTc?|WBC|platelets?|sodium|triglycerides|hemoglobin|bilirubin|CPK) (?:level )?(?:rose|rising|increas\w*|elevat\w*|went|climb\w*|fell|drop\w*|abnormal\w*|was \d|of \d|to \d))(?:s|es)?\b/i;

const adverseOnly =
  "(?:rash|eruption|hives|urticaria|angioedema|anaphylaxis|hyponatremia|hyperkalemia|bradycardia|hypotension|myalgias?|rhabdomyolysis|neutropenia|leukopenia|lymphopenia|pancytopenia|hepatotoxicity|transaminitis|pancreatitis|stevens[- ]johnson(?: syndrome)?|DRESS|serum sickness|paresthesias|side effects?|adverse effects?|intolerance|allergy|GI bleed(?:ing)?|GI upset|bleeding|mouth sores|stomatitis|gastritis|weight gain|dry mouth|akathisia|tardive dyskinesia|galactorrhea|gynecomastia|word[- ]finding \\w+|hair loss|alopecia|tinnitus|ototoxicity|nephrotoxicity|neurotoxicity|cardiotoxicity|pneumonitis|colitis|lactic acidosis|angioedema|cytopenias?)";
const symptom =
  "(?:nausea|vomiting|diarrhea|constipation|headaches?|dizziness|fatigue|cough|edema|swelling|palpitations|insomnia|drowsiness|somnolence|confusion|agitation|tremors?|cramps?|pruritus|itching|hypoglycemia|depression|anxiety|irritability|cytopenia|elevated (?:LFTs|liver enzymes|creatinine))";
/** "Drug eruption from lamotrigine", "severe nausea with methotrexate": the harm before the drug's name. A symptom it may be given for needs words that blame it. */
export const reactionBefore = new RegExp(
  `(?<!(?:treat\\w*|control\\w*|reliev\\w*|manag\\w*|prevent\\w*|improv\\w*|reduc\\w*|for|of|in|no|without|denies|any|possible) (?:\\w+ ){0,3})(?<reason>(?:(?:[\\w-]+\\s+){0,2}${adverseOnly}(?=\\s+(?:[a-z]+ly\\s+)?(?:from|due to|caused by|secondary to|attributed to|related to|induced by|2/2|on|with|to|after|while on|while taking|as a side effect)\\b)|(?:severe|intolerable|significant|bad|profound|unbearable|persistent)\\s+${symptom}(?=\\s+(?:with|on|after|while on|while taking)\\b)|(?<=\\b(?:because of|due to|given|after|for) )(?:her |his |the )?${symptom}(?=\\s+(?:on|with)\\b)|(?:[\\w-]+\\s+){0,2}${symptom}(?=\\s+(?:[a-z]+ly\\s+)?(?:from|due to|caused by|secondary to|attributed to|induced by|2/2)\\b)))\\s+(?:[a-z]+ly\\s+)?(?:from|due to|caused by|secondary to|attributed to|related to|induced by|2/2|on|with|to|after|while on|while taking|as a side effect (?:of|from))\\s+(?:(?:the|her|his|prior|previous|oral|use of|starting|taking)\\s+){0,3}$`,
  "i",
);

/** What stands before words of failure or harm and takes them back: fears, conditions, denials, teaching. */
export const takenBack =
  /\b(?:no (?:known |prior |personal )?(?:history|evidence|signs?|episodes?|documentation) of|den(?:ies|ied)(?: any)?|without(?: any)?|monitor(?:ed|ing)? (?:closely )?for|watch(?:ing)? for|risks? (?:of|for|includ\w+)|possible|potential|if|in case(?: of)?|should|unless|until|prevent|avoid|discuss\w*|counsel\w*|review\w*|warn\w*|educat\w*|common|may(?!\s+(?:\d|of\b))|might|could|can|would|less|fewer|information|regarding|literature|handout|rare|concern(?:ed|s)? (?:for|about|of)|has not|have not|had not|worr\w+ about)\s+(?:(?!but\b|and then\b)[\w-]+\s+){0,4}$/i;
