import { crc32 } from "node:zlib";

type Entry = { name: string; bytes: Uint8Array };

/** 1 January 1980, the first day a zip can name: the same parts give the same bytes on any day. */
const DATE = 0x0021;
/** Names are UTF-8. */
const FLAGS = 0x0800;

/** A zip of parts as they are: PDF and DOCX are compressed already. */
export function zipOf(entries: readonly Entry[]): Uint8Array<ArrayBuffer> {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const { name, bytes } of entries) {
    const encoded = Buffer.from(name, "utf8");
    const common = commonFields(crc32(bytes), bytes.length, encoded.length);
    const head = Buffer.concat([numbers([[4, 0x04034b50]]), common, numbers([[2, 0]]), encoded]);
    local.push(head, Buffer.from(bytes));
    const rest = numbers([
      [2, 0],
      [2, 0],
      [2, 0],
      [2, 0],
      [4, 0],
      [4, offset],
    ]);
    central.push(
      Buffer.concat([
        numbers([
          [4, 0x02014b50],
          [2, 20],
        ]),
        common,
        rest,
        encoded,
      ]),
    );
    offset += head.length + bytes.length;
  }
  const directory = Buffer.concat(central);
  const count = entries.length;
  const end = numbers([
    [4, 0x06054b50],
    [2, 0],
    [2, 0],
    [2, count],
    [2, count],
    [4, directory.length],
    [4, offset],
    [2, 0],
  ]);
  return new Uint8Array(Buffer.concat([...local, directory, end]));
}

/** Version, flags, method "stored", time, sum, both sizes and the length of the name, as both headers have them. */
function commonFields(sum: number, size: number, nameLength: number): Buffer {
  return numbers([
    [2, 20],
    [2, FLAGS],
    [2, 0],
    [2, 0],
    [2, DATE],
    [4, sum],
    [4, size],
    [4, size],
    [2, nameLength],
  ]);
}

/** Little-endian numbers of 2 or 4 bytes. */
function numbers(fields: [2 | 4, number][]): Buffer {
  return Buffer.concat(
    fields.map(([width, value]) => {
      const buffer = Buffer.alloc(width);
      buffer.writeUIntLE(value, 0, width);
      return buffer;
    }),
  );
}
