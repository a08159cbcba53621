/** One operator of a page's content with its operands, as the bytes from `start` to `end`. */
export type Operation = {
  operator: string;
  start: number;
  end: number;
  /** Where the operands begin and end, each. */
  operands: [number, number][];
};

const code = (sign: string) => sign.charCodeAt(0);
const blank = new Set([0, 9, 10, 12, 13, 32]);
const delimiter = new Set([..."()<>[]{}/%"].map(code));
const open = { string: code("("), close: code(")"), less: code("<"), more: code(">") };
const backslash = code("\\");

/** The operators of a content stream, in order. Throws a SyntaxError where it cannot be taken apart. */
export function* operationsIn(bytes: Uint8Array): Generator<Operation> {
  let operands: [number, number][] = [];
  let at = skip(bytes, 0);
  while (at < bytes.length) {
    const end = objectEnd(bytes, at, 0);
    const first = bytes[at]!;
    const isOperand = delimiter.has(first) || isNumber(first) || isConstant(bytes, at, end);
    if (isOperand) operands.push([at, end]);
    else {
      const operator = text(bytes, at, end);
      const last = operator === "BI" ? pictureEnd(bytes, end) : end;
      yield { operator, start: operands[0]?.[0] ?? at, end: last, operands };
      operands = [];
      at = skip(bytes, last);
      continue;
    }
    at = skip(bytes, end);
  }
}

const text = (bytes: Uint8Array, start: number, end: number) =>
  Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString("latin1");

const isNumber = (first: number) =>
  (first >= 0x30 && first <= 0x39) || first === 0x2b || first === 0x2d || first === 0x2e;

const isConstant = (bytes: Uint8Array, start: number, end: number) =>
  end - start >= 4 && end - start <= 5 && /^(true|false|null)$/.test(text(bytes, start, end));

/** Past blanks and remarks. */
function skip(bytes: Uint8Array, from: number): number {
  let at = from;
  for (; at < bytes.length; at++) {
    if (bytes[at] === code("%")) while (at < bytes.length && bytes[at] !== 10 && bytes[at] !== 13) at++;
    else if (!blank.has(bytes[at]!)) return at;
  }
  return at;
}

/** The end of the object that begins here. */
function objectEnd(bytes: Uint8Array, at: number, deep: number): number {
  if (deep > 50) throw new SyntaxError("nested too deep");
  const first = bytes[at]!;
  if (first === open.string) return stringEnd(bytes, at);
  if (first === open.less && bytes[at + 1] === open.less) return listEnd(bytes, at + 2, ">>", deep);
  if (first === open.less) {
    const end = bytes.indexOf(open.more, at);
    if (end < 0) throw new SyntaxError("a string has no end");
    return end + 1;
  }
  if (first === code("[")) return listEnd(bytes, at + 1, "]", deep);
  // Braces and closing signs that nothing opened are passed over, as readers do.
  if (delimiter.has(first) && first !== code("/")) return at + 1;
  let end = at + 1;
  while (end < bytes.length && !blank.has(bytes[end]!) && !delimiter.has(bytes[end]!)) end++;
  return end;
}

function listEnd(bytes: Uint8Array, from: number, close: string, deep: number): number {
  for (let at = skip(bytes, from); at < bytes.length; at = skip(bytes, objectEnd(bytes, at, deep + 1)))
    if (text(bytes, at, Math.min(at + close.length, bytes.length)) === close) return at + close.length;
  throw new SyntaxError("a list has no end");
}

function stringEnd(bytes: Uint8Array, from: number): number {
  let deep = 0;
  for (let at = from; at < bytes.length; at++) {
    if (bytes[at] === backslash) at++;
    else if (bytes[at] === open.string) deep++;
    else if (bytes[at] === open.close && --deep === 0) return at + 1;
  }
  throw new SyntaxError("a string has no end");
}

/** The end of a picture that stands in the content itself: its bytes end where EI stands alone. */
function pictureEnd(bytes: Uint8Array, from: number): number {
  const apart = (at: number) => at >= bytes.length || blank.has(bytes[at]!);
  // Among the bytes of a picture the two letters may stand by chance; then no words follow them.
  const goesOn = (at: number) =>
    bytes.subarray(at, at + 12).every((one) => one < 127 && (one > 31 || blank.has(one)));
  for (let at = from; at + 1 < bytes.length; at++)
    if (
      bytes[at] === code("E") &&
      bytes[at + 1] === code("I") &&
      apart(at - 1) &&
      apart(at + 2) &&
      goesOn(at + 2)
    )
      return at + 2;
  throw new SyntaxError("a picture has no end");
}
