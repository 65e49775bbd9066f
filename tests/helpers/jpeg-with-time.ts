type Taken = { readonly taken: string; readonly fraction?: string; readonly zone?: string; readonly bigEndian?: boolean };

/** The start of a JPEG whose EXIF block says when it was taken: enough for readers of metadata, no picture. */
export function jpegTakenAt({ taken, fraction, zone, bigEndian = false }: Taken): Uint8Array {
  const texts: readonly (readonly [number, string])[] = [
    [0x9003, taken],
    ...(zone === undefined ? [] : [[0x9011, zone] as const]),
    ...(fraction === undefined ? [] : [[0x9291, fraction] as const]),
  ];
  const exifAt = 8 + 2 + 12 + 4;
  let textAt = exifAt + 2 + texts.length * 12 + 4;
  const tiff = Buffer.alloc(textAt + texts.reduce((sum, [, text]) => sum + text.length + 1, 0));
  const u16 = (at: number, value: number): unknown => (bigEndian ? tiff.writeUInt16BE(value, at) : tiff.writeUInt16LE(value, at));
  const u32 = (at: number, value: number): unknown => (bigEndian ? tiff.writeUInt32BE(value, at) : tiff.writeUInt32LE(value, at));
  const entry = (at: number, tag: number, type: number, count: number): void => {
    u16(at, tag);
    u16(at + 2, type);
    u32(at + 4, count);
  };
  tiff.write(bigEndian ? 'MM' : 'II', 0, 'latin1');
  u16(2, 42);
  u32(4, 8);
  u16(8, 1);
  entry(10, 0x8769, 4, 1);
  u32(18, exifAt);
  u16(exifAt, texts.length);
  for (const [index, [tag, text]] of texts.entries()) {
    const at = exifAt + 2 + index * 12;
    const bytes = Buffer.from(`${text}\0`, 'latin1');
    entry(at, tag, 2, bytes.length);
    if (bytes.length <= 4) bytes.copy(tiff, at + 8);
    else {
      u32(at + 8, textAt);
      bytes.copy(tiff, textAt);
      textAt += bytes.length;
    }
  }
  const head = Buffer.from([0xff, 0xd8, 0xff, 0xe1, 0, 0, 0x45, 0x78, 0x69, 0x66, 0, 0]);
  head.writeUInt16BE(tiff.length + 8, 4);
  return new Uint8Array(Buffer.concat([head, tiff, Buffer.from([0xff, 0xda, 0, 2, 0xff, 0xd9])]));
}
