import { all, any, type Connector, type Draft, group, leafOf, whenThen } from "./draft.ts";
import { leadIn } from "./lead.ts";
import { ownWords, withOwnWords } from "./own-words.ts";
import { type Passage, slice } from "./passage.ts";
import { cutAt, inlineList, semicolons, twoFigures } from "./prose-lists.ts";
import { namesIndication } from "./section-roles.ts";
import { openBrackets } from "./sentences.ts";

/** A sentence's or item's words as conditions, split where they can be met apart. */
export function readProse(passage: Passage, context: string): Draft | null {
  return (
    enumeration(passage, context) ??
    inlineList(passage, context, readProse, withOwnWords) ??
    underIndication(passage, context) ??
    oneBeside(passage, context) ??
    semicolons(passage, context, readProse) ??
    guarded(passage, context) ??
    perProduct(passage) ??
    twoDemands(passage, context) ??
    clauseList(passage, context) ??
    capitals(passage, context) ??
    excepted(passage, context) ??
    eitherOr(passage, context) ??
    alternative(passage, context) ??
    otherClause(passage, context) ??
    twoFigures(passage, context, readProse) ??
    leafOf(passage, context)
  );
}

const marker =
  /(?<=^|[\s:;,])\(?(\d{1,2}|[a-z]|[ivx]{1,4})\)\s+(?!(?:and|or|above|below|through|to|is|are|must|if|in|of|but)\b)(?=\S)/g;

/** Items numbered inside a sentence: "… shown by: (1) …, (2) …, or (3) …". */
function enumeration(passage: Passage, context: string): Draft | null {
  const { text } = passage;
  const marks: { at: number; end: number }[] = [];
  let expected = 1;
  let kind: "digit" | "letter" | "roman" | null = null;
  for (const found of text.matchAll(marker)) {
    const sign = found[1]!;
    if (/(?:criteri(?:a|on)|section|items?|meets|§|\d)\s*$/i.test(text.slice(0, found.index))) continue;
    kind ??= sign === "1" ? "digit" : sign === "a" ? "letter" : sign === "i" ? "roman" : null;
    if (kind && valueOfSign(sign, kind) === expected) {
      marks.push({ at: found.index, end: found.index + found[0].length });
      expected++;
    }
  }
  if (marks.length < 2) return null;
  const items = marks.map(({ end }, index) => slice(passage, end, marks[index + 1]?.at ?? text.length));
  const before = slice(passage, 0, marks[0]!.at);
  const lead = leadIn(before.text) ?? {
    connector: byConnectives(items),
    from: before.text.length,
    to: before.text.length,
    sure: false,
  };
  const connector = lead.sure ? lead.connector : byConnectives(items);
  const under = before.text || context;
  const inner = group(
    connector,
    items.map((item) => readProse(item, under)),
    before,
  );
  return withOwnWords(before, lead.from, inner, context);
}

function valueOfSign(sign: string, kind: "digit" | "letter" | "roman"): number {
  if (kind === "digit") return Number(sign);
  if (kind === "letter") return /^[a-z]$/.test(sign) ? sign.charCodeAt(0) - 96 : 0;
  return ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"].indexOf(sign) + 1;
}

/** The connector that the items' own "and" and "or" say. */
function byConnectives(items: readonly Passage[]): Connector {
  const ends = items
    .slice(0, -1)
    .map(({ text }) => /(?:^|[\s;,])(and|or)[\s;,]*$/i.exec(text)?.[1]?.toLowerCase());
  return ends.includes("or") && !ends.includes("and") ? { op: "any" } : { op: "all" };
}

/** "COPD: BODE index of 7 to 10": what is asked of one indication. */
function underIndication(passage: Passage, context: string): Draft | null {
  const name = context === "exclusions" ? null : indicationBefore(passage.text);
  if (!name) return null;
  return all([
    leafOf(slice(passage, 0, name.length), "indication"),
    readProse(slice(passage, name.length + 1, passage.text.length), context),
  ]);
}

/** "35 to 39.9 together with diabetes, sleep apnea, or cardiomyopathy": the first, and one of the others. */
function oneBeside(passage: Passage, context: string): Draft | null {
  const { text } = passage;
  const cut =
    /\s+(?:together with|(?:and|plus|with) at least one(?: of| comorbidity[,:])?)\s+(?=[^,]+,.*,?\s+or\s)/i.exec(
      text,
    );
  if (!cut || cut.index < 5 || /[;:(]/.test(text)) return null;
  const others = cutAt(slice(passage, cut.index + cut[0].length, text.length), /,\s+(?:or\s+)?/gi).parts;
  if (others.length < 3) return null;
  return all([
    readProse(slice(passage, 0, cut.index), context),
    any(others.map((one) => leafOf(one, context))),
  ]);
}

/** The indication that opens a point as its title; `null` where something else stands before the colon, or nothing. */
export function indicationBefore(text: string): string | null {
  const name = /^([A-Z][^.:;\d]{2,45}):\s+(?=\S+\s+\S)/.exec(text)?.[1];
  return name &&
    namesIndication(name) &&
    !/\b(?:including|such as|with|for|of|or|and|has|have|is|are|no|not|one|any|all)\b/i.test(name)
    ? name
    : null;
}

/** "If X, Y" and "When X, Y". */
function guarded(passage: Passage, context: string): Draft | null {
  const found =
    /^(?:and\s+|additionally,?\s+|in\s+addition,?\s+)?(?:if|when|for\s+(?=(?:all |these |each )?(?:patients|members|individuals|those|requests|adults|women|men)\b))\s*(?<when>(?:[^,:()]|\([^)]*\))+?)\s*(?:,|:)\s*(?:then\s+)?(?<then>.{8,})$/is.exec(
      passage.text,
    );
  if (!found) return null;
  const when = found.groups!["when"]!;
  const then = found.groups!["then"]!;
  const at = passage.text.indexOf(when);
  if (/^(?:appropriate|applicable|available|possible|needed|indicated|available)\b/i.test(when)) return null;
  const rest = slice(passage, passage.text.length - then.length);
  // "For these patients identified in B2, …" points back at the item itself.
  if (/\b(?:identified|described|listed|specified)\s+(?:in|above|under|below)\b/i.test(when))
    return readProse(rest, context);
  return whenThen(readProse(slice(passage, at, at + when.length), context), readProse(rest, context), null);
}

/** "Ocrevus: 600 mg every 6 months": the dose of one product. */
function perProduct(passage: Passage): Draft | null {
  const found =
    /^(?<name>[A-Za-z][\w\s/®™()-]{2,50}):\s+(?=(?:up to |maximum |at least |≤ ?)?\d[\d.,]*\s?(?:mg|mcg|g|mL|units?|tablets?|capsules?|vials?|pens?|IU)\b)/i.exec(
      passage.text,
    );
  if (!found) return null;
  return whenThen(
    leafOf(slice(passage, 0, found.groups!["name"]!.length), "product"),
    leafOf(slice(passage, found[0].length), "dose limit"),
    null,
  );
}

/** "… must be X and must be Y": two demands. */
function twoDemands(passage: Passage, context: string): Draft | null {
  const shown =
    /\bmust\s+(?:show|document|demonstrate|confirm|attest)\s+that\s+(?=.{8,}?\s+and\s+that\s+)/i.exec(
      passage.text,
    );
  if (shown) {
    const from = shown.index + shown[0].length;
    const and = /\s+and\s+that\s+/i.exec(passage.text.slice(from))!;
    return all([
      readProse(slice(passage, from, from + and.index), context),
      readProse(slice(passage, from + and.index + and[0].length), context),
    ]);
  }
  const cut =
    /,?\s+and\s+(?=must\s)/i.exec(passage.text) ??
    /,?\s+and,?\s+(?:in\s+addition|additionally|furthermore),?\s+(?=\S+\s+\S+\s+\S)/i.exec(passage.text);
  if (!cut || cut.index < 20 || openBrackets(passage.text.slice(0, cut.index))) return null;
  return all([
    readProse(slice(passage, 0, cut.index), context),
    readProse(slice(passage, cut.index + cut[0].length), context),
  ]);
}

/** "The member is 18 or older, has tried X, and has documented Y": clauses of one subject, each with its verb. */
function clauseList(passage: Passage, context: string): Draft | null {
  const { text } = passage;
  const cuts = [...text.matchAll(/,\s+(?:and\s+)?(?=(?:has|have|had|is|are|was|be|does|must)\s)/g)].filter(
    ({ index }) => !openBrackets(text.slice(0, index)),
  );
  if (cuts.length < 2 || !/\band\s*$/.test(cuts.at(-1)![0]) || /,\s+or\s/i.test(text)) return null;
  const starts = [0, ...cuts.map((cut) => cut.index + cut[0].length)];
  return all(
    starts.map((start, at) => readProse(slice(passage, start, cuts[at]?.index ?? text.length), context)),
  );
}

/** Capital AND and OR between clauses of one item. */
function capitals(passage: Passage, context: string): Draft | null {
  for (const [word, op] of [
    ["OR", "any"],
    ["AND", "all"],
  ] as const) {
    const cuts = [...passage.text.matchAll(new RegExp(`[\\s;,.](${word})\\s+(?=\\S{2,})`, "g"))].filter(
      ({ index }) => index > 5 && !openBrackets(passage.text.slice(0, index)),
    );
    if (cuts.length === 0 || passage.text === passage.text.toUpperCase()) continue;
    const starts = [0, ...cuts.map((cut) => cut.index + cut[0].length)];
    const parts = starts.map((start, index) =>
      slice(passage, start, cuts[index]?.index ?? passage.text.length),
    );
    return group(
      { op },
      parts.map((part) => readProse(part, context)),
      null,
    );
  }
  return null;
}

/** "X, unless Y" is any(X, Y); "X, except Y" is all(X, not Y). */
function excepted(passage: Passage, context: string): Draft | null {
  const unless =
    /,?\s+unless\s+(?!(?:(?:is|are|all|these|they|it|both) )*(?:contraindicated|not tolerated|intolerant|clinically inappropriate))(?=\S+\s+\S+\s+\S+)/i.exec(
      passage.text,
    );
  if (unless && unless.index > 8) {
    const own = readProse(slice(passage, 0, unless.index), context);
    const other = readProse(slice(passage, unless.index + unless[0].length), context);
    // What is "not covered unless Y" is excluded where Y is absent; what is asked "unless Y" is met by Y as well.
    return context === "exclusions" ? all([own, group({ op: "none" }, [other], null)]) : any([own, other]);
  }
  const except =
    /,?\s+(?:except|with the exception of)\s+(?:(?:in|for|when|if|that|where)\s+)?(?!as\b)(?=\S+\s+\S+)/i.exec(
      passage.text,
    );
  if (!except || except.index < 8 || /\bexcept as\b/i.test(except[0])) return null;
  const exception = leafOf(slice(passage, except.index + except[0].length), context);
  return all([
    readProse(slice(passage, 0, except.index), context),
    exception && { op: "not", of: [exception], lead: null },
  ]);
}

/** "Either A or B" at the head of a clause. */
function eitherOr(passage: Passage, context: string): Draft | null {
  const found =
    /(?:^|(?<=\b(?:is|are|by|and|with|AND|meets?|has|have)\s)|(?<=[:;]\s))either\s+(?!of\b)/i.exec(
      passage.text,
    );
  if (!found) return null;
  const rest = slice(passage, found.index + found[0].length);
  const or = splitAtOr(rest);
  if (!or) return null;
  const head = slice(passage, 0, found.index);
  const own = ownWords(head);
  return all([...own.map((one) => readProse(one, context)), any(or.map((one) => readProse(one, context)))]);
}

/** The "or" that answers an "either": after a comma if there is one, else the one in the middle. */
function splitAtOr(rest: Passage): [Passage, Passage] | null {
  const cuts = [...rest.text.matchAll(/(,?)\s+or\s+/gi)].filter(
    ({ index }) => !openBrackets(rest.text.slice(0, index)),
  );
  const cut =
    cuts.find((one) => one[1] === ",") ??
    cuts.sort(
      (a, b) => Math.abs(a.index - rest.text.length / 2) - Math.abs(b.index - rest.text.length / 2),
    )[0];
  return cut ? [slice(rest, 0, cut.index), slice(rest, cut.index + cut[0].length)] : null;
}

/** "… or has a contraindication to Y": met by another fact than the first half. */
function alternative(passage: Passage, context: string): Draft | null {
  const found =
    /,?\s+or\s+(?=(?:(?:the\s+)?(?:member|patient|beneficiary|individual)\s+)?(?:has|have|there\s+is|had)\s+(?:a\s+|an\s+)?(?:documented\s+|labeled\s+)?(?:contraindication|intolerance|allergy|hypersensitivity))|,\s+or\s+(?=(?:[\w-]+\s+){1,4}(?:is|are)\s+(?:not\s+\w+|contraindicated|inappropriate)\b)|,\s+or\s+(?=cannot\s+\S+\s+\S)/i.exec(
      passage.text,
    );
  if (!found || found.index < 20 || openBrackets(passage.text.slice(0, found.index))) return null;
  return any([
    leafOf(slice(passage, 0, found.index), context),
    leafOf(slice(passage, found.index + found[0].length), context),
  ]);
}

/** "The member cannot bear weight or has failed exercise": two clauses of one subject, each with its verb. */
function otherClause(passage: Passage, context: string): Draft | null {
  const { text } = passage;
  const found =
    /,?\s+or\s+(?=(?:has\s+(?:failed|tried|had|been)|cannot|is\s+(?:unable|not))\s+\S+\s+\S)/i.exec(text);
  if (!found || found.index < 20 || openBrackets(text.slice(0, found.index))) return null;
  const first =
    /^(?:the\s+)?(?:member|patient|beneficiary|individual|child|person)\s+(?:has|is|cannot|was|had|does)\s+(?:\S+\s+){1,12}\S+$/i.test(
      text.slice(0, found.index),
    );
  if (!first) return null;
  return any([
    readProse(slice(passage, 0, found.index), context),
    readProse(slice(passage, found.index + found[0].length), context),
  ]);
}
