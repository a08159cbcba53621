import type { PolicyWords } from "#knowledge";
import type { Draft } from "./draft.ts";
import { leadIn } from "./lead.ts";
import type { Outline } from "./outline.ts";
import { looksLikeTitle, roleOf, type SectionRole } from "./section-roles.ts";
import { isNote, isRefusal } from "./words.ts";

/** What is gathered while the outline is read. */
export type Gathered = {
  words: PolicyWords;
  exclusions: Draft[];
  /** Inside a section of indications: lists without a word between their items are ways to be covered. */
  ways?: boolean;
};

/** An item that says what is approved when; its section holds criteria, whatever it is called ("FDA-Approved Indications"). */
const decides = ({ block, children }: Outline): boolean =>
  block.label !== null &&
  children.length > 0 &&
  /\bapprove(?:d|s)?\b[^.;]{0,60}\bif\b|\b(?:patient|member|individual|beneficiary) (?:must )?meets?\b[^.;]{0,30}\bfollowing\b/i.test(
    block.passage.text,
  );

/** "If requesting this service, please send the following documentation". */
const asksForPapers =
  /\b(?:send|submit|provide|include|attach)\b[^.;]{0,40}\b(?:documentation|documents|records|information|items)\b/i;

/** "Which criteria are used?", "How long does a decision take?": questions that guides answer. */
const asksReader =
  /^(?:(?:how|who|where|why|which|whom)\b|what (?!(?:are the (?:\w+ )?criteria|is (?:not )?(?:covered|required|needed)|must))|(?:do|does|can|will|may) (?:i|you|we|my)\b).*\?$/i;

/** "References:" above its list. */
const titleRole = (text: string, words: PolicyWords): SectionRole | null =>
  text.length < 40 && looksLikeTitle(text.replace(/:$/, "")) ? roleOf(text, words) : null;

/** The role that a heading, or an item that serves as one, has by its words. */
export function sectionRole(node: Outline, { words }: Gathered): SectionRole | null {
  const { block, children } = node;
  const { text } = block.passage;
  if (!block.label && isNote(text)) return "aside";
  if (block.heading) {
    if (asksReader.test(text)) return "aside";
    const role = roleOf(text, words);
    if (role === "criteria" && block.stage) return block.stage;
    return role === "aside" && children.some(decides) ? "criteria" : role;
  }
  if (block.cell) return null;
  if (children.length === 0 && !block.label)
    return looksLikeTitle(text) && text.length < 60
      ? asideOnly(roleOf(text, words))
      : asideOnly(roleOf(text.slice(0, 60), words), text);
  if (!block.label) return asksForPapers.test(text) ? "aside" : asideOnly(titleRole(text, words));
  if (children.length === 0) return asideOnly(roleOf(text, words));
  return looksLikeTitle(text.replace(/\s*\(.*\)\s*:?$/, "")) || /:$/.test(text)
    ? isRefusal(text) && !leadIn(text)?.sure
      ? "exclusions"
      : roleOf(text, words)
    : asideOnly(roleOf(text.slice(0, 40), words));
}

/** A line without anything below it can be told to be beside the matter, no more. */
const asideOnly = (role: SectionRole | null, text = ""): SectionRole | null =>
  role === "aside" && text.length < 200 ? role : null;
