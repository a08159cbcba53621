import type { PhraseRow } from "#knowledge";
import type { Sheet } from "./sheet.ts";

/**
 * Where in the notice a sentence stands: letterhead and facts, body, the reason, the reader's rights, general
 * paragraphs of the form, and notices that accompany every letter.
 */
export type Zone = "head" | "body" | "reason" | "rights" | "generic" | "notice";

/** `carried`: it explains a key that a line of the table carries, so that it is the reason of that line. */
export type Sentence = {
  start: number;
  end: number;
  text: string;
  zone: Zone;
  row: number;
  carried?: true;
};

const abbreviation =
  /(?:\b(?:Dra?|Sra?|Srta|Mr|Mrs|Ms|Rev|St|No|Nos|Inc|Co|Corp|Ltd|vs|Sr|Jr|Amt|Dept|Attn|Ave|Blvd|Rd|Ste|Apt|Sec|Ch|Ext|Tel|approx|est|e\.g|i\.e|P\.O|U\.S|M\.D|D\.O|Ph\.D|a\.m|p\.m|Bros|Ft|Mt|Jan|Feb|Mar|Apr|Aug|Sept|Oct|Nov|Dec)|(?<![\w.])[A-Z])\.$/i;

/** The sentences of a notice with their zones. */
export function sentencesOf(sheet: Sheet, zones: readonly PhraseRow[]): Sentence[] {
  const walker = new ZoneWalker(zones);
  const sentences: Sentence[] = [];
  sheet.rows.forEach((row, index) => {
    const whole = sheet.flat.slice(row.start, row.end);
    walker.enter(whole);
    let at = 0;
    for (const [start, end] of splitSentences(sheet.flat, row.start, row.end)) {
      const text = sheet.flat.slice(start, end).replaceAll("\n", " ");
      sentences.push({ start, end, text, zone: walker.zoneOf(text, at++ === 0), row: index });
    }
  });
  return sentences;
}

function splitSentences(flat: string, from: number, to: number): [number, number][] {
  const out: [number, number][] = [];
  let start = from;
  const ends = /[.?!]["')\]]*(?=\s+["'(]?(?:[A-Z0-9•]|[a-z]{1,4}[A-Z]))/g;
  ends.lastIndex = from;
  for (let match = ends.exec(flat); match && match.index < to; match = ends.exec(flat)) {
    const stop = match.index + match[0].length;
    if (
      match[0][0] === "." &&
      abbreviation.test(flat.slice(Math.max(start, match.index - 12), match.index + 1))
    )
      continue;
    if (/^\s*(?:\(?\d{1,2}|[A-Za-z])\.$/.test(flat.slice(start, stop))) continue;
    out.push([start, stop]);
    start = stop;
  }
  out.push([start, to]);
  return out
    .flatMap(([a, b]) => pieces(flat, a, b))
    .map(([a, b]): [number, number] => {
      let begin = a;
      let finish = b;
      while (begin < finish && /\s/.test(flat[begin]!)) begin++;
      while (finish > begin && /\s/.test(flat[finish - 1]!)) finish--;
      return [begin, finish];
    })
    .filter(([a, b]) => b > a);
}

/** No sentence is longer than this; what has no full stop for so long is no prose, and is looked at in pieces. */
const LONGEST_SENTENCE = 1500;

function pieces(flat: string, from: number, to: number): [number, number][] {
  const out: [number, number][] = [];
  let start = from;
  while (to - start > LONGEST_SENTENCE) {
    const space = flat.lastIndexOf(" ", start + LONGEST_SENTENCE);
    const stop = space > start ? space : start + LONGEST_SENTENCE;
    out.push([start, stop]);
    start = stop;
  }
  out.push([start, to]);
  return out;
}

type Opener = { zone: Zone; alone?: boolean; says: RegExp; unless: RegExp | null };

/** Walks through the notice from top to bottom and knows in which zone it is. */
class ZoneWalker {
  readonly #openers: Opener[];
  readonly #generic: Opener[];
  readonly #notice: Opener[];
  #zone: Zone = "head";
  #general = false;

  constructor(rows: readonly PhraseRow[]) {
    const of = (id: string, zone: Zone): Opener[] =>
      rows
        .filter((row) => row.id === id)
        .map((row) => ({
          zone,
          says: new RegExp(row.says, "i"),
          unless: row.unless === null ? null : new RegExp(row.unless, "i"),
        }));
    this.#openers = [
      ...of("reason", "reason"),
      ...of("rights", "rights"),
      ...of("rights-heading", "rights").map((opener) => ({ ...opener, alone: true })),
      ...of("decision", "body"),
    ];
    this.#generic = of("generic", "generic");
    this.#notice = of("notice", "notice");
  }

  /** A new paragraph or row begins. */
  enter(paragraph: string): void {
    this.#general =
      this.#generic.some((opener) => speaks(opener, paragraph)) &&
      /\bgeneral (?:information|statements?)/i.test(paragraph);
    if (/^\s*(?:dear|hello|hi|greetings|aloha|estimad[oa]s?)\s+\S/i.test(paragraph)) this.#zone = "body";
  }

  zoneOf(sentence: string, first: boolean): Zone {
    if (this.#generic.some((opener) => speaks(opener, sentence))) this.#general = true;
    if (this.#general) return "generic";
    if (this.#notice.some((opener) => speaks(opener, sentence))) return "notice";
    const opened = this.#opens(sentence, first);
    if (opened) this.#zone = opened;
    return this.#zone;
  }

  #opens(sentence: string, first: boolean): Zone | null {
    for (const { zone, says, unless, alone } of this.#openers) {
      if (zone === "rights" && appealBehind.test(sentence)) continue;
      const found = says.exec(sentence);
      if (!found || unless?.test(sentence)) continue;
      if (
        alone &&
        !/^[\s:.-]*$/.test(
          sentence.slice(0, found.index) + sentence.slice(found.index + found[0].length).replace(/:.*$/, ""),
        )
      )
        continue;
      const lead = sentence.slice(0, found.index).replace(/^[\s\d.()•*-]+/, "");
      if (
        zone === "rights"
          ? lead.length > (/^(?:within|no later than|not later than)\b/i.test(lead) ? 90 : 40)
          : lead.length > (first ? 12 : 0)
      )
        continue;
      // A line that goes on in small letters is no heading: "decision to end these services."
      if (zone !== "rights" && /^[a-z]/.test(sentence)) continue;
      if (zone !== "rights" && !isHeading(sentence, found.index + found[0].length, first)) continue;
      if (zone === "rights" && this.#zone === "head" && sentence.length < 45 && /:\s*\S/.test(sentence))
        continue;
      if (
        zone === "rights" &&
        this.#zone === "head" &&
        !/\b(?:rights?|disagree|how (?:to|do)|you (?:may|can|have)|instructions|if you|what (?:if|can|you)|to appeal,? (?:write|send|mail|call|fax)|(?:may|must) (?:appeal|be (?:filed|postmarked|received|sent)|request))\b/i.test(
          sentence,
        )
      )
        continue;
      return zone;
    }
    return null;
  }
}

/** What was done with an appeal that lies behind is no right to one. */
const appealBehind =
  /\b(?:considered|reviewed|decided|discussed|heard|voted (?:on|to)|talked about|looked at|met (?:on|to)[^.]{0,40}) [^.]{0,40}\b(?:your|the) (?:[\w-]+ )?(?:appeal|grievance)\b|\byou (?:appealed|asked us (?:on [^.]{3,30} )?to (?:reconsider|review|look))\b/i;

/** "Reason: …", "Why did we deny your request?", a line of its own. */
function isHeading(sentence: string, end: number, first: boolean): boolean {
  const after = sentence.slice(end, end + 60);
  if (/^[^.]{0,40}[:?]/.test(after) || /^\s*$/.test(after) || /^[.\t]/.test(after)) return true;
  return first && (sentence.length < 60 || /^\s*-/.test(after));
}

function speaks({ says, unless }: Opener, text: string): boolean {
  return says.test(text) && !unless?.test(text);
}
