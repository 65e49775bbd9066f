/** The little of IPP/1.1 (RFC 8010) that asking after a job needs. Integers and texts only; other values are passed over. */

export type IppAnswer = {
  readonly status: number;
  /** First value of each job attribute by name, and all values of those with several. */
  readonly attributes: ReadonlyMap<string, readonly (string | number)[]>;
};

const tag = { operation: 0x01, end: 0x03, integer: 0x21, boolean: 0x22, enumeration: 0x23, keyword: 0x44, uri: 0x45, charset: 0x47, language: 0x48, name: 0x42 } as const;
const getJobAttributes = 0x0009;

/** A Get-Job-Attributes request for job `number` of the queue at `printerUri`. */
export function jobRequest(printerUri: string, number: number, wanted: readonly string[]): Uint8Array {
  const header = Buffer.from([1, 1, getJobAttributes >> 8, getJobAttributes & 0xff, 0, 0, 0, 1, tag.operation]);
  const jobId = Buffer.alloc(4);
  jobId.writeInt32BE(number);
  return Buffer.concat([
    header,
    attribute(tag.charset, 'attributes-charset', 'utf-8'),
    attribute(tag.language, 'attributes-natural-language', 'en'),
    attribute(tag.uri, 'printer-uri', printerUri),
    attribute(tag.integer, 'job-id', jobId),
    attribute(tag.name, 'requesting-user-name', 'xuncha'),
    ...wanted.map((keyword, index) => attribute(tag.keyword, index === 0 ? 'requested-attributes' : '', keyword)),
    Buffer.from([tag.end]),
  ]);
}

function attribute(valueTag: number, name: string, value: string | Buffer): Buffer {
  const nameBytes = Buffer.from(name, 'utf8');
  const valueBytes = typeof value === 'string' ? Buffer.from(value, 'utf8') : value;
  return Buffer.concat([Buffer.from([valueTag]), lengthOf(nameBytes), nameBytes, lengthOf(valueBytes), valueBytes]);
}

function lengthOf(bytes: Buffer): Buffer {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(bytes.byteLength);
  return length;
}

/** Null when the bytes are not a whole IPP answer. */
export function ippAnswer(bytes: Uint8Array): IppAnswer | null {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (buffer.byteLength < 9) return null;
  const attributes = new Map<string, (string | number)[]>();
  let at = 8;
  let last = '';
  while (at < buffer.byteLength) {
    const valueTag = buffer.readUInt8(at);
    at += 1;
    if (valueTag === tag.end) return { status: buffer.readUInt16BE(2), attributes };
    if (valueTag < 0x10) continue;
    const name = field(buffer, at);
    const value = name && field(buffer, name.end);
    if (!value) return null;
    at = value.end;
    // A value without a name belongs to the attribute before it.
    if (name.bytes.byteLength > 0) last = name.bytes.toString('utf8');
    const read = valueOf(valueTag, value.bytes);
    if (read !== null) attributes.set(last, [...(attributes.get(last) ?? []), read]);
  }
  return null;
}

function field(buffer: Buffer, at: number): { readonly bytes: Buffer; readonly end: number } | null {
  if (at + 2 > buffer.byteLength) return null;
  const end = at + 2 + buffer.readUInt16BE(at);
  return end > buffer.byteLength ? null : { bytes: buffer.subarray(at + 2, end), end };
}

function valueOf(valueTag: number, bytes: Buffer): string | number | null {
  if ((valueTag === tag.integer || valueTag === tag.enumeration) && bytes.byteLength === 4) return bytes.readInt32BE(0);
  return valueTag >= 0x41 && valueTag <= 0x49 ? bytes.toString('utf8') : null;
}
