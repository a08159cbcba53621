/** "Initial therapy", "reauthorization", "continuation of treatment": a stage of treatment and no condition. */
const stageNamed =
  /^(?:the\s+)?(?:initial|continu(?:ed|ing|ation)|renewal|re-?authori[sz]ation|re-?certification|maintenance|subsequent|first|new)\b(?:\s+(?:of|or|and|the|a))*(?:\s+(?:therapy|treatment|authori[sz]ation|approval|coverage|requests?|use|starts?|renewal|continuation|stay))*$/i;

/** Words that name a stage of treatment and nothing else. */
export const namesStage = (text: string): boolean => stageNamed.test(text.trim());

/** Whether a list's announcement opens with a stage of treatment ("For continuation therapy, all of the following:"). */
export const announcesStage = (text: string): boolean => {
  const named = /^(?:for\s+)?(.{5,60}?)\s*(?:[,:(–—-]|$)/i.exec(text)?.[1];
  return named !== undefined && namesStage(named);
};
