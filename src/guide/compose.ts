import type { GroundId } from "#base";
import type {
  GuideReason,
  GuideTwist,
  GuideWords,
  KnownPolicies,
  Law,
  Matching,
  Payer,
  Reason,
  Treatment,
} from "#knowledge";
import { policiesFor } from "./criteria-table.ts";
import { factsSection } from "./facts.ts";
import { englishPathOf, pathOf, type Shelf, spanishKeys, standingOf } from "./guide-keys.ts";
import { capital, namesOf, phraseFor } from "./names.ts";
import { relatedTo } from "./related.ts";
import * as sections from "./sections.ts";
import * as acts from "./sections-act.ts";
import { daysName, planAndDay } from "./sections-days.ts";
import { sharedSection } from "./shared-sections.ts";
import { dueOn, monthsLater } from "./shelf-life.ts";
import { type Citer, citer, rowsCheckedOn } from "./sources.ts";
import { structured } from "./structured.ts";
import type { Guide, GuideKey, Language, Section, Source } from "./types.ts";
import { type SectionWords, sectionWords } from "./words/words.ts";

/** Everything guides are composed from. `settles`: which paper settles a kind of criterion, in the guide's language. */
export type GuideKnowledge = {
  payers: readonly Payer[];
  treatments: readonly Treatment[];
  reasons: readonly Reason[];
  words: GuideWords;
  policies: KnownPolicies;
  settles: Matching["settles"];
  law: Law;
};

/** The knowledge by id, made once for each language. */
export type Library = Shelf & {
  knowledge: GuideKnowledge;
  notes: ReadonlyMap<GroundId, Reason>;
  say: SectionWords;
};

export function openLibrary(knowledge: GuideKnowledge, language: Language = "en"): Library {
  const { words } = knowledge;
  const library: Library = {
    knowledge,
    words,
    language,
    say: sectionWords[language],
    payers: new Map([familyOf(words), ...knowledge.payers].map((row) => [row.id, row])),
    treatments: new Map(knowledge.treatments.map((row) => [row.id, row])),
    reasons: new Map(words.reasons.map((row) => [row.id, row])),
    notes: new Map(knowledge.reasons.map((row) => [row.id, row])),
    policies: knowledge.policies,
    plans: [...new Set(words.plans.map(({ kind }) => kind))],
    spanish: new Set(),
  };
  return { ...library, spanish: new Set(spanishKeys(library).map((key) => englishPathOf(key, library))) };
}

/** The name that many companies share, as if it were a payer: its guides are made from those of its members. */
function familyOf({ names: { family } }: GuideWords): Payer {
  return {
    id: family.id,
    kind: "plan",
    names: [family.name, ...family.names.filter((name) => name !== family.name)],
    legalNames: [],
    parent: "",
    where: "every state",
    blueLicensee: true,
    policies: "each company publishes its own",
    priority: 0,
    source: ["our list of payers"],
    confidence: "C",
  };
}

/** What a page is about, resolved. */
export type Subject = {
  key: GuideKey;
  payer: Payer | null;
  treatment: Treatment | null;
  reason: GuideReason | null;
  notes: Reason | null;
  /** What is special about this treatment, under this ground first. */
  twists: GuideTwist[];
};

export function subjectOf(key: GuideKey, library: Library): Subject {
  const twists =
    library.language === "en"
      ? library.words.twists.filter(
          ({ treatment, reason }) => treatment === key.treatment && (!reason || reason === key.reason),
        )
      : [];
  return {
    key,
    payer: key.payer ? library.payers.get(key.payer)! : null,
    treatment: key.treatment ? library.treatments.get(key.treatment)! : null,
    reason: key.reason ? library.reasons.get(key.reason)! : null,
    notes: key.reason ? library.notes.get(key.reason)! : null,
    twists,
  };
}

/** A guide about a denial: this treatment and reason, of this payer where the key names one. `null` when there is no such page. */
export function composeDenialGuide(key: GuideKey, library: Library): Guide | null {
  const standing = standingOf(key, library);
  if (standing.state === "refused") return null;
  const subject = subjectOf(key, library);
  if (!subject.treatment || !subject.reason) return null;
  const cite = citer(library.knowledge.law, library.say);
  const path = pathOf(key, library);
  const body = bodyOf(subject, library, cite);
  const head = headOf(key, library);
  const sources = cite.rows();
  const dates = freshness(sources);
  return {
    key,
    path,
    language: library.language,
    twin: twinOf(key, library),
    ...head,
    ...dates,
    canonical: standing.state === "composed" ? standing.canonical : path,
    listed: standing.state === "listed",
    crumbs: crumbsOf(subject, library),
    sections: body,
    related: relatedTo(subject, library),
    sources,
    data: structured(subject, head.title, path, library.language, sources, dates.checked),
  };
}

/** The sections in the reader's order; where a quicker fix usually ends the matter, it comes before the days. */
function bodyOf(subject: Subject, library: Library, cite: Citer): Section[] {
  const { treatment, reason, payer, twists } = subject;
  const { say } = library;
  const policies = policiesFor(treatment!, payer, library);
  /** Made once for all pages that agree in what the name says. */
  const once = (name: string, make: () => Section | null): Section[] => {
    const made = sharedSection(name, library, cite, make);
    return made ? [made] : [];
  };
  const [of, why, kind] = [`${treatment!.id} ${reason!.id}`, reason!.id, treatment!.kind];
  const texts = policies.map(({ policy, of: whose }) => `${whose} ${policy.id}`).join(", ");
  const asked = `${of} ${payer?.id === library.words.names.family.id} ${texts || payer?.id}`;
  const fixes = () =>
    once(`fixes ${twists.length > 0 ? of : `${why} ${kind}`}`, () => {
      const rows = [...twists.flatMap((twist) => twist.fixes), ...reason!.fixes];
      return sections.reallyAnAppeal(sections.fitsKind(rows, kind), say);
    });
  const days = () => once(daysName(subject, library), () => planAndDay(subject, library, cite));
  return [
    sections.short(subject, policies, library, cite),
    ...(twists.some(({ fixFirst }) => fixFirst) ? [...fixes(), ...days()] : [...days(), ...fixes()]),
    ...once(`criteria ${asked}`, () => sections.criteria(subject, policies, library, cite)),
    ...once(`facts ${treatment!.id} ${texts}`, () => factsSection(treatment!, policies, library, cite)),
    ...once(`sheet ${asked}`, () => acts.sheet(subject, policies, library, cite)),
    ...once(`letter ${why}`, () => acts.argument(reason!, say)),
    ...once(`laws ${kind} ${why}`, () => sections.stepLaws(subject, library, cite)),
    ...once(`checklist ${of} ${policies.length > 0}`, () => acts.checklist(subject, policies, library, cite)),
    ...once(`gaps ${why}`, () => sections.section("gaps", say.gapsHeading, [sections.bullets(reason!.gaps)])),
    ...once(`mistakes ${why} ${kind}`, () =>
      sections.section("mistakes", say.mistakesHeading, [sections.bullets(reason!.mistakes)]),
    ),
    ...once(`next ${why}`, () => acts.nextSteps(reason!, library, cite)),
    acts.unknowns(subject, policies, library, cite),
  ];
}

/** The address of the same page in the other language. */
export function twinOf(key: GuideKey, library: Library): string | null {
  const english = englishPathOf(key, library);
  if (!library.spanish.has(english)) return null;
  return library.language === "en" ? `/es${english}` : english;
}

/** Title of at most 60 characters and description of at most 160: the tail is dropped, never a name cut. */
function headOf(key: GuideKey, library: Library): Pick<Guide, "title" | "heading" | "description"> {
  const { say } = library;
  const { payer, brief, treatment, phrase } = namesOf(key, library);
  const family = key.payer === library.words.names.family.id;
  const medical = library.reasons.get(key.reason!)!.outside === "medical";
  return {
    title: capital(
      fitting(say.titles(payer, brief, treatment, phrase, library.reasons.get(key.reason!)!.short), 60),
    ),
    heading: say.heading(payer, treatment, phrase),
    description: fitting(
      [
        ...(medical ? [] : [say.descriptionPaper(capital(treatment), phrase)]),

        say.description(family ? null : payer, treatment),
        say.description(brief, treatment),
        say.description(null, treatment),
      ],
      160,
    ),
  };
}

/** The first that is short enough; the last one cut at a word where none is. */
export function fitting(wordings: readonly string[], most: number): string {
  const fits = wordings.find((one) => one.length <= most);
  return (
    fits ??
    `${wordings
      .at(-1)!
      .slice(0, most - 2)
      .replace(/\s\S*$/, "")} …`
  );
}

/** The least recent look at a source, and the first day on which one of them is due. */
export function freshness(sources: readonly Source[]): Pick<Guide, "checked" | "checkAgainBy"> {
  let checked: string | null = null;
  let due: string | null = null;
  for (const source of sources) {
    if (source.checked && (checked === null || source.checked < checked)) checked = source.checked;
    const own = dueOn(source);
    if (own && (due === null || own < due)) due = own;
  }
  return { checked: checked ?? rowsCheckedOn, checkAgainBy: due ?? monthsLater(rowsCheckedOn, 12) };
}

function crumbsOf({ key, treatment, reason, payer }: Subject, library: Library): Guide["crumbs"] {
  const { say } = library;
  return [
    { href: "/guides", words: say.guides },
    {
      href: pathOf({ kind: "treatment", treatment: treatment!.id }, library),
      words: capital(namesOf(key, library).treatment),
    },
    ...(payer
      ? [
          {
            href: pathOf({ kind: "treatment-reason", treatment: treatment!.id, reason: reason!.id }, library),
            words: say.denied(phraseFor(reason!, treatment)),
          },
        ]
      : []),
  ];
}
