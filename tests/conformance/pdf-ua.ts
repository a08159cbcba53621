/**
 * The checks of the Matterhorn Protocol 1.02 for PDF/UA-1 that a machine can make, numbered as there, and of what a
 * machine can check of PDF/A-2a. Each function answers what is wrong; an empty list is a file that passes.
 */
import { contentsOf, insteadOf, type PageContents, unicodeOf } from "./page-contents.ts";
import { type PdfDict, type PdfFile, type PdfValue, words } from "./pdf-objects.ts";

const standardTypes =
  /^\/(Document|Part|Art|Sect|Div|BlockQuote|Caption|TOC|TOCI|Index|NonStruct|Private|P|H[1-6]|L|LI|Lbl|LBody|Table|TR|TH|TD|THead|TBody|TFoot|Span|Quote|Note|Reference|BibEntry|Code|Link|Annot|Ruby|RB|RT|RP|Warichu|WT|WP|Figure|Formula|Form)$/;

export type Element = {
  type: string;
  dict: PdfDict;
  parent: Element | null;
  kids: Element[];
  /** Marks and annotations it speaks of, with its elements, in reading order. */
  order: ({ element: Element } | { page: string; mcid: number } | { annotation: string })[];
};

export type Structure = {
  root: Element;
  all: Element[];
  contents: Map<string, PageContents>;
  text: string;
  problems: string[];
};

/** The structure tree with the words of the pages in its order. */
export function structureOf(pdf: PdfFile): Structure | null {
  const tree = pdf.dict(pdf.root["/StructTreeRoot"]);
  if (Object.keys(tree).length === 0) return null;
  const roles = pdf.dict(tree["/RoleMap"]);
  const all: Element[] = [];
  const problems: string[] = [];
  const build = (value: PdfValue, parent: Element | null, page: PdfValue): Element => {
    const dict = pdf.dict(value);
    const named = String(pdf.at(dict["/S"]));
    const mapped = roles[named];
    if (!standardTypes.test(named) && typeof mapped !== "string")
      problems.push(`02-001 ${named} has no standard type`);
    if (standardTypes.test(named) && mapped !== undefined) problems.push(`02-004 ${named} is mapped away`);
    const element: Element = { type: String(mapped ?? named).slice(1), dict, parent, kids: [], order: [] };
    all.push(element);
    const here = dict["/Pg"] ?? page;
    for (const kid of kidsOf(pdf, dict["/K"])) {
      if (typeof kid === "number") element.order.push({ page: here as string, mcid: kid });
      else {
        const inner = pdf.dict(kid);
        if (inner["/Type"] === "/MCR")
          element.order.push({ page: (inner["/Pg"] ?? here) as string, mcid: inner["/MCID"] as number });
        else if (inner["/Type"] === "/OBJR") element.order.push({ annotation: inner["/Obj"] as string });
        else {
          const child = build(kid, element, here);
          element.kids.push(child);
          element.order.push({ element: child });
        }
      }
    }
    return element;
  };
  const tops = kidsOf(pdf, tree["/K"]);
  const root =
    tops.length === 1
      ? build(tops[0]!, null, null)
      : { type: "Document", dict: {}, parent: null, kids: [], order: [] };
  if (tops.length !== 1 || root.type !== "Document") problems.push("the tree has no single Document on top");
  const contents = new Map(pdf.pages.map(({ ref, dict }) => [ref, contentsOf(pdf, dict)]));
  return { root, all, contents, text: spoken(root, contents), problems };
}

/** A single kid, a list of kids, or none; a list behind a reference is opened, an element is not. */
function kidsOf(pdf: PdfFile, kids: PdfValue | undefined): PdfValue[] {
  if (kids === undefined || kids === null) return [];
  return Array.isArray(pdf.at(kids)) ? pdf.list(kids) : [kids];
}

/** What a reading voice says, element after element. */
function spoken(element: Element, contents: Map<string, PageContents>): string {
  const instead = insteadOf(element.dict) || (element.type === "Figure" ? words(element.dict["/Alt"]) : "");
  if (instead) return `${instead}\n`;
  const parts = element.order.map((one) => {
    if ("element" in one) return spoken(one.element, contents);
    if ("annotation" in one) return "";
    return (contents.get(one.page)?.drawn ?? [])
      .filter(({ mcid, artifact }) => mcid === one.mcid && !artifact)
      .map(({ text }) => text)
      .join("");
  });
  const block = !/^(Span|Link|Lbl|Reference|Quote|Code)$/.test(element.type);
  return parts.join("") + (block ? "\n" : "");
}

/** What keeps a file from PDF/UA-1, as far as a machine can tell. */
export function uaProblems(pdf: PdfFile): string[] {
  const structure = structureOf(pdf);
  if (!structure) return ["01-007 no structure tree"];
  return [
    ...new Set([
      ...structure.problems,
      ...ofDocument(pdf),
      ...ofMarks(pdf, structure),
      ...ofHeadings(structure),
      ...ofNesting(pdf, structure),
      ...ofAnnotations(pdf, structure),
      ...ofFonts(pdf, structure),
    ]),
  ];
}

export const metadataOf = (pdf: PdfFile): string => pdf.stream(pdf.root["/Metadata"])?.toString("utf8") ?? "";

function ofDocument(pdf: PdfFile): string[] {
  const { root } = pdf;
  const problems: string[] = [];
  const need = (holds: boolean, what: string) => {
    if (!holds) problems.push(what);
  };
  const xmp = metadataOf(pdf);
  need(xmp !== "", "06-001 no metadata");
  need(/<pdfuaid:part>1<\/pdfuaid:part>|pdfuaid:part="1"/.test(xmp), "06-002 does not say PDF/UA-1");
  need(/<dc:title>[\s\S]*?<rdf:li[^>]*>[^<]+<\/rdf:li>/.test(xmp), "06-003 its metadata has no title");
  need(
    pdf.dict(root["/ViewerPreferences"])["/DisplayDocTitle"] === true,
    "07-001 readers show the file's name, not its title",
  );
  need(pdf.dict(root["/MarkInfo"])["/Marked"] === true, "00 not marked as tagged");
  need(pdf.dict(root["/MarkInfo"])["/Suspects"] !== true, "01-007 the tags are called suspect");
  need(/^[a-z]{2}(-[A-Z]{2})?$/.test(words(root["/Lang"])), "11-006 no language");
  need(root["/OCProperties"] === undefined, "20-001 optional content");
  need(pdf.dict(root["/AcroForm"])["/XFA"] === undefined, "25-001 a dynamic form");
  need(pdf.trailer["/Encrypt"] === undefined, "26-001 encrypted");
  return problems;
}

/** Everything drawn belongs to an element or is an artifact, and the tree and the pages agree on which. */
function ofMarks(pdf: PdfFile, { all, contents }: Structure): string[] {
  const problems: string[] = [];
  const owner = new Map<string, Element>();
  for (const element of all)
    for (const one of element.order)
      if ("mcid" in one) {
        const key = `${one.page} ${one.mcid}`;
        if (owner.has(key)) problems.push(`a mark belongs to two elements (${element.type})`);
        owner.set(key, element);
      }
  const parents = numbersOf(pdf, pdf.dict(pdf.root["/StructTreeRoot"])["/ParentTree"]);
  for (const [index, { ref, dict }] of pdf.pages.entries()) {
    const { drawn, problems: own } = contents.get(ref)!;
    problems.push(...own);
    const entry = dict["/StructParents"];
    const listed = typeof entry === "number" ? pdf.list(parents.get(entry)) : [];
    for (const one of drawn) {
      if (one.artifact) continue;
      if (one.mcid === null)
        problems.push(`01-005 page ${index + 1}: ${one.kind} is neither tagged nor artifact`);
      else if (owner.get(`${ref} ${one.mcid}`) === undefined)
        problems.push(`01-005 page ${index + 1}: a mark is in no element`);
      else if (pdf.dict(listed[one.mcid]) !== owner.get(`${ref} ${one.mcid}`)!.dict)
        problems.push(`page ${index + 1}: the parent tree names another element than the tree`);
    }
  }
  return problems;
}

/** A number tree as a map. */
export function numbersOf(pdf: PdfFile, node: PdfValue | undefined): Map<number, PdfValue> {
  const dict = pdf.dict(node);
  const map = new Map<number, PdfValue>();
  const list = pdf.list(dict["/Nums"]);
  for (let at = 0; at + 1 < list.length; at += 2) map.set(list[at] as number, list[at + 1]!);
  for (const kid of pdf.list(dict["/Kids"]))
    for (const [key, value] of numbersOf(pdf, kid)) map.set(key, value);
  return map;
}

function ofHeadings({ all }: Structure): string[] {
  const levels = all.flatMap(({ type }) => (/^H[1-6]$/.test(type) ? [Number(type[1])] : []));
  const problems: string[] = [];
  if (levels.length > 0 && levels[0] !== 1) problems.push("14-002 the first heading is not H1");
  if (levels.some((level, at) => at > 0 && level > levels[at - 1]! + 1))
    problems.push("14-003 a heading level is skipped");
  return problems;
}

const within: Record<string, RegExp> = {
  TR: /^(Table|THead|TBody|TFoot)$/,
  TH: /^TR$/,
  TD: /^TR$/,
  THead: /^Table$/,
  TBody: /^Table$/,
  TFoot: /^Table$/,
  LI: /^L$/,
  Lbl: /^(LI|Note|TOCI|BibEntry|Sect|P)$/,
  LBody: /^LI$/,
  TOCI: /^TOC$/,
};
const holding: Record<string, RegExp> = {
  Table: /^(TR|THead|TBody|TFoot|Caption)$/,
  TR: /^(TH|TD)$/,
  L: /^(LI|L|Caption)$/,
  LI: /^(Lbl|LBody)$/,
};
/** Types whose words should stand in a block of their own (P, a heading, a cell), not in the bare frame. */
const frames = /^(Document|Part|Sect|Div|Art|L|LI|Table|TR|THead|TBody)$/;

function ofNesting(pdf: PdfFile, { all }: Structure): string[] {
  const problems: string[] = [];
  for (const { type, dict, parent, kids, order } of all) {
    if (within[type] && !within[type].test(parent?.type ?? ""))
      problems.push(`09-004 ${type} inside ${parent?.type}`);
    for (const kid of kids)
      if (holding[type] && !holding[type].test(kid.type)) problems.push(`09-005 ${kid.type} inside ${type}`);
    if (frames.test(type) && order.some((one) => "mcid" in one))
      problems.push(`09-001 words stand directly in ${type}`);
    if (type === "Span" && frames.test(parent?.type ?? ""))
      problems.push(`09-001 a paragraph is a Span in ${parent!.type}`);
    if ((type === "Figure" || type === "Formula") && !words(dict["/Alt"]) && !words(dict["/ActualText"]))
      problems.push(`13-004 ${type} without words for those who cannot see it`);
    if (type === "TH" && attribute(pdf, dict, "/Scope") === undefined)
      problems.push("15-003 a table head without scope");
    if (type === "Table") problems.push(...ofTable(pdf, kids));
  }
  return problems;
}

/** Rows of one width, and every cell under a head. */
function ofTable(pdf: PdfFile, kids: Element[]): string[] {
  const rows = kids.flatMap((kid) =>
    kid.type === "TR" ? [kid] : kid.kids.filter(({ type }) => type === "TR"),
  );
  const span = ({ dict }: Element) => Number(attribute(pdf, dict, "/ColSpan") ?? 1);
  const widths = new Set(rows.map((row) => row.kids.reduce((sum, cell) => sum + span(cell), 0)));
  const heads = rows.flatMap((row) => row.kids.filter(({ type }) => type === "TH"));
  return [
    ...(widths.size > 1 ? ["15-005 rows of different widths"] : []),
    ...(heads.length === 0 ? ["15-003 a table without heads"] : []),
  ];
}

function attribute(pdf: PdfFile, dict: PdfDict, key: string): PdfValue | undefined {
  return kidsOf(pdf, dict["/A"])
    .map((one) => pdf.dict(one)[key])
    .find((value) => value !== undefined);
}

function ofAnnotations(pdf: PdfFile, { all }: Structure): string[] {
  const problems: string[] = [];
  const owner = new Map(
    all.flatMap((element) =>
      element.order.flatMap((one): [string, Element][] =>
        "annotation" in one ? [[one.annotation, element]] : [],
      ),
    ),
  );
  const parents = numbersOf(pdf, pdf.dict(pdf.root["/StructTreeRoot"])["/ParentTree"]);
  for (const [index, { dict }] of pdf.pages.entries()) {
    const annotations = pdf.list(dict["/Annots"]);
    const where = `page ${index + 1}: `;
    if (annotations.length > 0 && dict["/Tabs"] !== "/S")
      problems.push(`28-009 ${where}tab order is not the tags'`);
    for (const one of annotations) {
      const annotation = pdf.dict(one);
      const kind = annotation["/Subtype"];
      if (kind === "/Widget" || kind === "/Popup" || Number(annotation["/F"] ?? 0) & 2) continue;
      const element = owner.get(one as string);
      if (kind === "/Link" && element?.type !== "Link") problems.push(`28-011 ${where}a link outside a Link`);
      else if (!element) problems.push(`28-002 ${where}a mark outside an Annot`);
      if (!words(annotation["/Contents"]) && !words(element?.dict["/Alt"]))
        problems.push(`28-012 ${where}a link says nothing of where it leads`);
      const entry = annotation["/StructParent"];
      if (element && (typeof entry !== "number" || pdf.dict(parents.get(entry)) !== element.dict))
        problems.push(`28-011 ${where}the parent tree does not know a link`);
    }
  }
  return problems;
}

function ofFonts(pdf: PdfFile, { contents }: Structure): string[] {
  const used = new Set([...contents.values()].flatMap(({ fonts }) => [...fonts]));
  const problems: string[] = [];
  for (const ref of used) {
    const font = pdf.dict(ref);
    const name = String(font["/BaseFont"] ?? font["/Subtype"]);
    const inner = font["/Subtype"] === "/Type0" ? pdf.dict(pdf.list(font["/DescendantFonts"])[0]) : font;
    const descriptor = pdf.dict(inner["/FontDescriptor"]);
    const file = ["/FontFile", "/FontFile2", "/FontFile3"].some((key) => descriptor[key] !== undefined);
    if (font["/Subtype"] !== "/Type3" && !file) problems.push(`31-009 ${name} is not embedded`);
    if (!unicodeOf(pdf, ref)) problems.push(`10-001 ${name} has no words for its signs`);
    if (font["/Subtype"] === "/Type0" && !/^\/Identity-[HV]$/.test(String(pdf.at(font["/Encoding"]))))
      problems.push(`31-005 ${name} has an encoding of its own`);
    if (inner["/Subtype"] === "/CIDFontType2" && inner["/CIDToGIDMap"] === undefined)
      problems.push(`31-004 ${name} does not say its glyphs`);
  }
  for (const { drawn } of contents.values())
    if (drawn.some(({ text, artifact }) => !artifact && /[\uFFFD\uFEFF\0]/.test(text)))
      problems.push("31-027 a sign without words");
  return problems;
}

const actions =
  /^\/(JavaScript|Launch|Sound|Movie|ResetForm|ImportData|Hide|SetOCGState|Rendition|Trans|GoTo3DView)$/;

/** What keeps a file from PDF/A-2a beyond its tags (ISO 19005-2, chapter 6). */
export function archiveProblems(pdf: PdfFile): string[] {
  const problems: string[] = [];
  const need = (holds: boolean, what: string) => {
    if (!holds) problems.push(what);
  };
  const xmp = metadataOf(pdf);
  need(/<pdfaid:part>2<\/pdfaid:part>/.test(xmp) && /<pdfaid:conformance>A</.test(xmp), "6.6.4 no claim");
  need(/^<\?xpacket begin/.test(xmp.trimStart()), "6.6.2 metadata without its frame");
  need(pdf.dict(pdf.root["/Metadata"])["/Filter"] === undefined, "6.6.2 metadata that is packed");
  need(pdf.list(pdf.trailer["/ID"]).length === 2, "6.1.3 no file identifier");
  need(pdf.trailer["/Encrypt"] === undefined, "6.1.3 encrypted");
  const intents = pdf.list(pdf.root["/OutputIntents"]).map((one) => pdf.dict(one));
  const profile = intents.find((one) => one["/S"] === "/GTS_PDFA1")?.["/DestOutputProfile"];
  need(pdf.stream(profile)?.toString("latin1", 36, 40) === "acsp", "6.2.3 no output intent with a profile");
  for (const key of ["/AA", "/OpenAction", "/NeedsRendering", "/Requirements"])
    need(pdf.root[key] === undefined, `6.5 ${key} in the catalog`);
  need(pdf.dict(pdf.root["/Names"])["/JavaScript"] === undefined, "6.5.1 scripts");
  need(pdf.dict(pdf.root["/Names"])["/EmbeddedFiles"] === undefined, "6.8 files inside");
  for (const ref of pdf.refs) {
    const dict = pdf.dict(ref);
    need(!actions.test(String(dict["/S"])), `6.5.1 an action ${dict["/S"]}`);
    need(
      dict["/SMask"] === undefined || dict["/SMask"] === "/None" || dict["/Subtype"] === "/Image",
      "6.2.10 a soft mask",
    );
    for (const key of ["/CA", "/ca"]) need(dict[key] === undefined || dict[key] === 1, "6.2.10 transparency");
    need(dict["/BM"] === undefined || dict["/BM"] === "/Normal", "6.2.10 a blend mode");
    need(!pdf.list(dict["/Filter"]).includes("/LZWDecode"), "6.1.7.2 LZW");
    need(dict["/Subtype"] !== "/PS", "6.2.9 PostScript");
  }
  const info = pdf.dict(pdf.trailer["/Info"]);
  const title = /<dc:title>[\s\S]*?<rdf:li[^>]*>([^<]*)</.exec(xmp)?.[1];
  need(words(info["/Title"]) === title, "6.6.3 the two titles differ");
  const day = words(info["/CreationDate"]).slice(2, 10);
  need(
    (/<xmp:CreateDate>([^<]*)</.exec(xmp)?.[1] ?? "").slice(0, 10).replace(/-/g, "") === day,
    "6.6.3 the two days differ",
  );
  return [...new Set(problems)];
}
