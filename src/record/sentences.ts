const abbreviations =
  /(?:\b(?:dr|mr|mrs|ms|st|vs|e\.g|i\.e|etc|approx|no|fig|pt|pts|hx|dx|tx|sx|rx|yr|yrs|mo|wk|wks|hr|hrs|min|sec|mg|mcg|ml|cc|lbs|in|ft|oz|ca|p\.o|b\.i\.d|t\.i\.d|q\.i\.d|q\.d|q\.h\.s|h\.s|p\.r\.n|q\.a\.m|q\.p\.m|a\.m|p\.m|i\.v|i\.m|s\.c|inc|jr|sr|m\.d|d\.o|u\.s|n\.p\.o|s\.q|q\.i\.w|q\.o\.d|b\.p|f\.h|r\.n|o\.d|o\.s|o\.u|no)|\b[A-Za-z]|\b\d)$/i;

/** Sentences of a line as offsets: full stops of abbreviations and numbers do not end one. */
export function sentencesOf(text: string): [number, number][] {
  const found: [number, number][] = [];
  let from = 0;
  for (const match of text.matchAll(/[.?!]+["')\]]?(?:,)?(?=\s|$)|\n+/g)) {
    const at = match.index;
    const next = text.slice(at + match[0].length).trimStart();
    if (match[0].startsWith(".") && next !== "") {
      const before = text.slice(Math.max(from, at - 14), at);
      const listNumber = /^\s*\(?\d{1,2}$/.test(text.slice(from, at));
      const abbreviated =
        abbreviations.test(before) &&
        !(
          /\b(?:p\.r\.n|b\.i\.d|t\.i\.d|q\.i\.d|q\.d|q\.h\.s|h\.s|a\.m|p\.m|p\.o|mg|mcg|ml|cc|lbs|hrs?|yrs?|mo|wks?|min|sec|no|in|pt)$/i.test(
            before,
          ) && /^(?:[A-Z][a-z]|\d+\.\s)/.test(next)
        ) &&
        !(/\b(?:\d|[A-Z])$/.test(before) && /^[A-Z][a-z]/.test(next) && !/\b[A-Z]$/.test(before));
      if (listNumber || abbreviated || /^[a-z](?![A-Z])/.test(next)) continue;
    }
    found.push([from, at + match[0].length]);
    from = at + match[0].length;
  }
  if (text.slice(from).trim() !== "") found.push([from, text.length]);
  return found;
}
