/** How charts speak of a drug being begun, gone on with, given up, and why. */

/** A drug is given up. */
export const stopped =
  /\b(?:stopped|stop|discontinued?|discontinuing|d\/c'?(?:d|ed)?|dc'?d|held|hold|weaned (?:himself |herself |self )?off|self-?wean\w*|taken off|came off|coming off|tapered off|no longer (?:taking|on|uses?|takes|using)|quit taking|off of|went off|has been off|is off|been off|currently off|was withdrawn|withdrew|wean(?:ed)? from|self-weened from|weaned|not been taking|not taking|not currently taking|has not taken|ran out of|declined pick-?up|not picked up|never filled|could not afford|unable to afford|did not fill|drug holiday)\b(?! home| to home| meds?\b| medications?\b| summary| dx\b| diagnos| instructions| on\b| to\b)/i;
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
  /(?:\boptions?\s*:|\b(?:consider(?:ing|ed|ation)?|may (?:need|try|benefit|have|want|require|be)|might (?:need|try|benefit|want|be)|could (?:try|consider|use|be)|if (?:\w+ ){0,6}|would (?:consider|recommend considering|discontinue|benefit|then)|goal:?|target:?|discuss(?:ed|ing)? (?:options|the option|starting|possib)|option of|options (?:include|such as|including)|candidate for|willing to|risks? of|side effects of|avoid(?:ing)?|in the future|as an alternative|alternatives? (?:include|such as)|versus|rather than|refus(?:ed|es)|declin(?:ed|es))\b)[^.;]*$/i;
/** It did not do enough. */
export const failed =
  /\b(?:failed|fail(?:s|ure (?:of|to respond to|on))?|no (?:relief|benefit|response|improvement|effect)|without (?:relief|benefit|response|improvement|success|much relief|significant relief|any relief)|not (?:respon(?:d|sive|ded)|effective|help(?:ed|ful|ing)?|work(?:ing|ed)?|improved|relieved|controlled by|well controlled on)|(?:did|does|do|has|have)(?: not|n't) (?:help|work|respond|seem to help|relieve|improve|provide|touch|control|been helpful|helped)|(?:didn|doesn|hasn|haven)'?t (?:help|work|respond|helped|worked)|ineffective|inadequate (?:response|relief|control)|inadequately controlled|insufficient (?:response|relief)|suboptimal (?:response|control)|refractory to|unresponsive to|minimal (?:relief|benefit|response|improvement)|little (?:relief|benefit|response|improvement)|lack of (?:efficacy|response|effect|benefit)|loss of (?:response|efficacy|effect)|lost (?:response|effect|efficacy)|losing (?:response|effect|efficacy)|(?:primary|secondary) (?:non-?response|failure)|(?:stopped|quit) working|progress(?:ed|ion|ive disease)(?: on| despite| through| while on)?|breakthrough (?:relapses?|disease|seizures?)|despite|in spite of|partial response only|only (?:partial|minimal|mild) (?:relief|response|benefit)|still (?:\d+|having|had)|persist(?:ed|ent|s) despite|no longer (?:effective|helping|working)|relapsed? (?:on|while on|despite)|not achieved|wore off|breakthrough)\b/i;
/** It did harm. */
export const intolerant =
  /\b(?:intoleran(?:t|ce)|(?:could|can|did|does)(?: not|n't|not) tolerate|cannot tolerate|unable to tolerate|not tolerat(?:ed?|ing)|poorly tolerated|not well tolerated|(?<!known |common |possible |potential |any |no )side effects?|adverse (?:effects?|reactions?|events?)|allerg(?:y|ic)(?: reaction)? to|reaction to|caus(?:ed|es|ing)|result(?:ed|ing) in|led to|made (?:him|her) (?:sick|drowsy|sleepy|ill|nauseated)|gave (?:him|her)|complicated by|hypersensitiv\w+|toxicity|induced|developed|got some|experienced|due to (?:cough|rash|nausea|dizziness)|infusion reactions?|serum sickness)\b/i;
/** It did what it should. */
export const worked =
  /\b(?:good (?:response|relief|results?|benefit|control|success)|excellent (?:response|relief|results?|control)|work(?:ed|ing|s) (?:well|great|fine)|well[- ]controlled (?:on|with)|well responsive to|responded (?:well|nicely|to)|respond(?:s|ing) well|quite successfully|successfully treated|significant (?:relief|improvement|benefit)|great (?:relief|benefit)|effective(?:ly)?|help(?:s|ed|ing|ful)(?: (?:a lot|significantly|greatly|with))?|improved (?:on|with)|controlled (?:on|with)|with (?:good )?relief|seizure[- ]free|doing well on|stable on|in remission on|relieved (?:by|with)|complete resolution)\b/i;
/** It must not be given. */
export const contraindicated =
  /\b(?:contraindicat(?:ed|ion)|cannot (?:take|receive|be given|use)|can't (?:take|receive|use)|not (?:a )?candidate for|unable to take|should not (?:take|receive))\b/i;
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
  /\b(?:cough|rash|hives|nausea|vomiting|dizz\w*|brady\w*|hypotension|hypotensive|bleed\w*|edema|swelling|angioedema|myalgia\w*|cramps?|pain|ache\w*|headache\w*|fatigue|sedation|drows\w*|sleepy|somnolence|weight gain|diarrhea|constipation|hyperkal\w*|hypokal\w*|insomnia|irritab\w*|paresthesia\w*|word[- ]finding|cognitive|confusion|tremor\w*|neuropathy|neutropenia|leukopenia|lymphopenia|thrombocytopenia|anemia|transaminit\w*|elevated (?:lft|liver|alt|ast|creatinine|k)|hepat\w*|pancreatit\w*|infection|pml|depression|suicid\w*|hallucinat\w*|palpitation\w*|syncope|presyncope|near-faint|SBP \d+|HR \d+|K \d|Cr \d|BP \d+|flush\w*|injection[- ]site|irritation|galactorrhea|stomatitis|mouth sores|ulcers?|bronchospasm|wheez\w*|anaphyla\w*|GI upset|upset stomach|dyspepsia|itch\w*|pruritus|hair loss|alopecia|dyskinesia|akathisia|dystonia|QT|arrhythmia|gynecomastia|impotence|sexual|hot flashes|dry mouth|blurred|vision|tinnitus|seizure\w*|allerg\w*|reaction|side effects?|intoleran\w*|adverse|toxicity|rhabdo\w*|CK|kidney|renal|AKI|hyponatremia|hypoglyc\w*|ketoacidosis|UTI|yeast|abdominal|bloating|reflux|bruising|lethargy|mood|agitat\w*|anxiety|nightmares?)\b/i;

/** "Drug eruption from lamotrigine", "hyponatremia on oxcarbazepine": the harm before the drug's name. */
export const reactionBefore =
  /(?<reason>(?:[\w-]+\s+){0,2}(?:rash|eruption|hives|urticaria|angioedema|anaphylaxis|hyponatremia|hyperkalemia|bradycardia|hypotension|myalgias?|rhabdomyolysis|neutropenia|leukopenia|lymphopenia|hepatotoxicity|transaminitis|pancreatitis|stevens[- ]johnson|DRESS|serum sickness|paresthesias|side effects?|adverse effects?|intolerance|allergy|GI bleed|bleeding))\s+(?:from|due to|caused by|secondary to|2\/2|on|with|to|while on|while taking)\s*$/i;
