/** Text that is not Unicode: which of the older encodings its bytes are, by what they spell. */

/** East Asian encodings, each with the script that its text must be in, and how much of it. */
const asian: { name: string; script: RegExp; least: number; also?: RegExp }[] = [
  { name: "shift_jis", script: /[\p{sc=Hira}\p{sc=Kana}\p{sc=Han}]/u, least: 0.8, also: /\p{sc=Hira}/u },
  { name: "euc-jp", script: /[\p{sc=Hira}\p{sc=Kana}\p{sc=Han}]/u, least: 0.8, also: /\p{sc=Hira}/u },
  { name: "euc-kr", script: /\p{sc=Hang}/u, least: 0.7 },
  { name: "gb18030", script: /\p{sc=Han}/u, least: 0.7, also: /[的是不了在人有我您医药]/u },
  { name: "big5", script: /\p{sc=Han}/u, least: 0.7, also: /[的是不了在人有我您醫藥]/u },
];

/** Letters of the DOS code page 437 that western words hold, from 0x80 and from 0xA0 on. */
const dos = [...Array.from("ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒ"), ...Array.from("áíóúñÑªº¿⌐¬½¼¡«»")];

/** Bytes that are no UTF-8 as text. Windows-1252 where nothing else is plain: it never fails. */
export function decodeOld(bytes: Uint8Array): string {
  const wide = utf32(bytes);
  if (wide !== null) return wide;
  const high = bytes.reduce((count, byte) => count + Number(byte >= 0x80), 0);
  if (high > bytes.length * 0.15 && high >= 8)
    for (const { name, script, least, also } of asian) {
      const text = spelled(bytes, name);
      if (text !== null && share(text, script) >= least && (also?.test(text) ?? true)) return text;
    }
  const mac = between(bytes, [0x87, 0x8e, 0x8f, 0x8d]);
  const pc = between(bytes, [0x82, 0xa1, 0xa2, 0xa3, 0xa4]);
  const windows = between(bytes, [0xe1, 0xe9, 0xed, 0xf3, 0xfa, 0xf1, 0xfc, 0xe8, 0xe7]);
  if (mac >= 2 && mac > windows && mac > pc) return new TextDecoder("macintosh").decode(bytes);
  if (pc >= 2 && pc > windows && pc > mac)
    return Array.from(bytes, (byte) =>
      byte < 0x80 ? String.fromCharCode(byte) : (dos[byte - 0x80] ?? "�"),
    ).join("");
  return new TextDecoder("windows-1252").decode(bytes);
}

function spelled(bytes: Uint8Array, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** Of the characters beyond ASCII that are letters, the share in a script. */
function share(text: string, script: RegExp): number {
  const letters = Array.from(text).filter((one) => one > "\u007f" && /\p{L}/u.test(one));
  return letters.length === 0 ? 0 : letters.filter((one) => script.test(one)).length / letters.length;
}

/** How often one of these bytes stands between two ASCII letters, as the accented letter of a word does. */
function between(bytes: Uint8Array, wanted: readonly number[]): number {
  const letter = (byte: number | undefined) => byte !== undefined && /[a-z]/i.test(String.fromCharCode(byte));
  let count = 0;
  for (const [index, byte] of bytes.entries())
    if (byte >= 0x80 && wanted.includes(byte) && letter(bytes[index - 1]) && letter(bytes[index + 1]))
      count++;
  return count;
}

/** UTF-32 by its mark. */
function utf32(bytes: Uint8Array): string | null {
  const little = bytes[0] === 0xff && bytes[1] === 0xfe && bytes[2] === 0 && bytes[3] === 0;
  const big = bytes[0] === 0 && bytes[1] === 0 && bytes[2] === 0xfe && bytes[3] === 0xff;
  if (!little && !big) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let text = "";
  for (let at = 4; at + 4 <= bytes.length; at += 4) {
    const point = view.getUint32(at, little);
    text += point <= 0x10ffff && (point < 0xd800 || point > 0xdfff) ? String.fromCodePoint(point) : "�";
  }
  return text;
}
