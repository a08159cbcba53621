/** Rich Text Format to plain text: groups, control words, code pages, tables as tabs, list numbers as they stand. */

/** Groups whose content is not the paper's text. */
const hidden = new Set(
  "fonttbl colortbl stylesheet listtable listoverridetable rsidtbl generator info pict object themedata colorschememapping datastore latentstyles xmlnstbl fldinst bkmkstart bkmkend filetbl revtbl header headerl headerr headerf footer footerl footerr footerf wgrffmtfilter mmathPr nonshppict shppict".split(
    " ",
  ),
);
const written: Record<string, string> = {
  par: "\n",
  line: "\n",
  sect: "\n",
  page: "\f",
  row: "\n",
  cell: "\t",
  nestcell: "\t",
  nestrow: "\n",
  tab: "\t",
  emdash: "—",
  endash: "–",
  bullet: "•",
  lquote: "‘",
  rquote: "’",
  ldblquote: "“",
  rdblquote: "”",
  emspace: " ",
  enspace: " ",
};

type State = { skip: boolean; unicodeSkip: number };

const token =
  /\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|[\r\n]+|([^\\{}\r\n]+)/g;

/** The text of an RTF file. */
export function textOfRtf(rtf: string): string {
  const decoder = decoderOf(rtf);
  const stack: State[] = [];
  let state: State = { skip: false, unicodeSkip: 1 };
  let skipNext = 0;
  let text = "";
  const write = (piece: string) => {
    if (!state.skip) text += piece;
  };
  for (const [, word, number, hex, sign, brace, plain] of rtf.matchAll(token)) {
    if (brace === "{") stack.push({ ...state });
    else if (brace === "}") state = stack.pop() ?? state;
    else if (hex !== undefined) {
      if (skipNext > 0) skipNext--;
      else write(decoder.decode(Uint8Array.of(Number.parseInt(hex, 16))));
    } else if (sign !== undefined) {
      if (sign === "*") state.skip = true;
      else
        write(
          ({ "~": "\u00a0", _: "-", "-": "" } as Record<string, string>)[sign] ??
            (/[\\{}]/.test(sign) ? sign : ""),
        );
    } else if (word === "u" && number !== undefined) {
      write(String.fromCharCode(Number(number) & 0xffff));
      skipNext = state.unicodeSkip;
    } else if (word === "uc") state.unicodeSkip = Number(number ?? 1);
    else if (word !== undefined) {
      if (hidden.has(word)) state.skip = true;
      else write(written[word] ?? "");
    } else if (plain !== undefined) {
      const skipped = Math.min(skipNext, plain.length);
      skipNext -= skipped;
      write(plain.slice(skipped));
    }
  }
  return text
    .replace(/\t+\n/g, "\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

function decoderOf(rtf: string): InstanceType<typeof TextDecoder> {
  const page = /\\ansicpg(\d{3,5})/.exec(rtf.slice(0, 500))?.[1] ?? "1252";
  try {
    return new TextDecoder(
      page === "932" ? "shift_jis" : page === "936" ? "gbk" : page === "949" ? "euc-kr" : `windows-${page}`,
    );
  } catch {
    return new TextDecoder("windows-1252");
  }
}
