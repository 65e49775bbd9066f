// CRC-32C (Castagnoli, reflected polynomial 0x82f63b78), eight bytes a step.
const tables = makeTables();

function makeTables(): readonly Uint32Array[] {
  const first = new Uint32Array(256);
  for (let byte = 0; byte < 256; byte += 1) {
    let rest = byte;
    for (let bit = 0; bit < 8; bit += 1) rest = (rest & 1) === 1 ? (rest >>> 1) ^ 0x82f63b78 : rest >>> 1;
    first[byte] = rest >>> 0;
  }
  const all = [first];
  for (let step = 1; step < 8; step += 1) {
    const before = all[step - 1] as Uint32Array;
    all.push(before.map((value) => ((value >>> 8) ^ (first[value & 0xff] as number)) >>> 0));
  }
  return all;
}

/** CRC-32C of `bytes[from, to)`, continuing from `before` (the CRC of what came earlier). Unsigned 32 bits. */
export function crc32c(bytes: Uint8Array, from = 0, to = bytes.length, before = 0): number {
  const [t0, t1, t2, t3, t4, t5, t6, t7] = tables as unknown as readonly [Table, Table, Table, Table, Table, Table, Table, Table];
  let crc = ~before;
  let at = from;
  for (const last = to - 8; at <= last; at += 8) {
    const low = crc ^ (byteAt(bytes, at) | (byteAt(bytes, at + 1) << 8) | (byteAt(bytes, at + 2) << 16) | (byteAt(bytes, at + 3) << 24));
    crc =
      entry(t7, low & 0xff) ^ entry(t6, (low >>> 8) & 0xff) ^ entry(t5, (low >>> 16) & 0xff) ^ entry(t4, low >>> 24) ^
      entry(t3, byteAt(bytes, at + 4)) ^ entry(t2, byteAt(bytes, at + 5)) ^ entry(t1, byteAt(bytes, at + 6)) ^ entry(t0, byteAt(bytes, at + 7));
  }
  for (; at < to; at += 1) crc = (crc >>> 8) ^ entry(t0, (crc ^ byteAt(bytes, at)) & 0xff);
  return ~crc >>> 0;
}

type Table = Uint32Array;

function byteAt(bytes: Uint8Array, at: number): number {
  return bytes[at] as number;
}

function entry(table: Table, index: number): number {
  return table[index] as number;
}
