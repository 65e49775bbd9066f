import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { done, failed, type Outcome } from '../../../src-shared/kit/outcome.ts';
import { evidenceReader } from '../../../src-main/evidence/fetch.ts';
import type { StoredOriginal } from '../../../src-main/evidence/store.ts';
import { evidenceUpload, type EvidenceOffice } from '../../../src-main/evidence/upload.ts';

const mebibyte = 1024 * 1024;
const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

describe('originals go up after the records', () => {
  let dir: string;
  let waiting: StoredOriginal[];
  let recordsAreSent: boolean;
  /** What the office durably holds of each original. */
  let held: Map<string, Buffer>;
  let sentBytes: number;
  let offsets: number[];
  let cutAfter: number;

  beforeEach(() => {
    dir = mkdtempSync(path.join(tmpdir(), 'xuncha-upload-'));
    waiting = [];
    recordsAreSent = true;
    held = new Map();
    sentBytes = 0;
    offsets = [];
    cutAfter = Infinity;
  });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  const photo = (bytes: Buffer): StoredOriginal => {
    const original = { sha256: hashOf(bytes), mediaType: 'image/jpeg', byteLength: bytes.byteLength };
    writeFileSync(path.join(dir, original.sha256), bytes);
    waiting.push(original);
    return original;
  };
  const statusOf = (sha256: string, byteLength: number) => {
    const receivedBytes = held.get(sha256)?.byteLength ?? 0;
    return done({ v: 1 as const, sha256, receivedBytes, complete: held.has(sha256) && receivedBytes === byteLength });
  };
  const office: EvidenceOffice = {
    status: async (sha256) => statusOf(sha256, waiting.find((each) => each.sha256 === sha256)?.byteLength ?? -1),
    async send(piece) {
      if (offsets.length >= cutAfter) return failed('offline');
      const before = held.get(piece.sha256) ?? Buffer.alloc(0);
      if (piece.offset !== before.byteLength) return failed('invalid-input', { field: 'upload-offset' });
      offsets.push(piece.offset);
      sentBytes += piece.bytes.byteLength;
      held.set(piece.sha256, Buffer.concat([before, piece.bytes]));
      return statusOf(piece.sha256, piece.byteLength);
    },
  };
  const start = (other: Partial<EvidenceOffice> = {}) => evidenceUpload({
    store: {
      path: (sha256) => path.join(dir, sha256),
      describe: (sha256) => waiting.find((each) => each.sha256 === sha256) ?? null,
      notUploaded: () => waiting,
      async markUploaded(sha256) {
        waiting = waiting.filter((each) => each.sha256 !== sha256);
        return done(undefined);
      },
    },
    office: { ...office, ...other },
    recordsAreSent: () => recordsAreSent,
    onProgress: () => undefined,
  });
  const settled = async (upload: ReturnType<typeof start>): Promise<void> => {
    upload.goOn();
    await upload.settled();
  };

  test('a photo of nine mebibytes goes up in three pieces and arrives whole', async () => {
    const bytes = Buffer.alloc(9 * mebibyte, 7);
    const { sha256 } = photo(bytes);
    const upload = start();
    expect(upload.pending()).toEqual({ files: 1, bytes: bytes.byteLength });
    await settled(upload);
    expect(offsets).toEqual([0, 4 * mebibyte, 8 * mebibyte]);
    expect(hashOf(held.get(sha256)!)).toBe(sha256);
    expect(upload.pending()).toEqual({ files: 0, bytes: 0 });
  });

  test('a cut line costs at most one piece, and what is pending is told without what has arrived', async () => {
    const bytes = Buffer.alloc(10 * mebibyte, 3);
    photo(bytes);
    cutAfter = 1;
    const first = start();
    await settled(first);
    expect(first.pending()).toEqual({ files: 1, bytes: 6 * mebibyte });
    await first.stop();
    cutAfter = Infinity;
    await settled(start());
    expect(sentBytes).toBe(bytes.byteLength);
    expect(waiting).toEqual([]);
  });

  test('nothing goes up while records wait, and a long one makes room between two pieces', async () => {
    photo(Buffer.alloc(12 * mebibyte, 1));
    recordsAreSent = false;
    const upload = start({
      async send(piece) {
        const sent = await office.send(piece);
        if (offsets.length === 2) recordsAreSent = false;
        return sent;
      },
    });
    await settled(upload);
    expect(offsets).toEqual([]);
    recordsAreSent = true;
    await settled(upload);
    expect(offsets).toHaveLength(2);
    recordsAreSent = true;
    await settled(upload);
    expect(offsets).toHaveLength(3);
    expect(waiting).toEqual([]);
  });

  test('one that the office refuses holds up no other', async () => {
    const bad = photo(Buffer.from('refused'));
    const good = photo(Buffer.from('welcome'));
    const upload = start({ send: async (piece) => (piece.sha256 === bad.sha256 ? failed('too-large') : office.send(piece)) });
    await settled(upload);
    expect(held.has(good.sha256)).toBe(true);
    expect(upload.pending()).toEqual({ files: 1, bytes: bad.byteLength });
  });

  test('one whose file is gone from the disk holds up no other', async () => {
    const lost = photo(Buffer.from('lost'));
    rmSync(path.join(dir, lost.sha256));
    const good = photo(Buffer.from('welcome'));
    await settled(start());
    expect(held.has(good.sha256)).toBe(true);
  });

  test('what another laptop has sent meanwhile is not sent again', async () => {
    const bytes = Buffer.alloc(6 * mebibyte, 5);
    const { sha256 } = photo(bytes);
    const upload = start({
      async send(piece) {
        held.set(sha256, bytes);
        return await office.send(piece);
      },
    });
    await settled(upload);
    expect(sentBytes).toBe(0);
    expect(waiting).toEqual([]);
  });

  test('an original that an act of the office names goes ahead of a long video', async () => {
    const video = photo(Buffer.alloc(20 * mebibyte, 9));
    const scan = photo(Buffer.from('%PDF-1.4 sealed'));
    let askedFor: Promise<Outcome<void>> | null = null;
    const order: string[] = [];
    const upload = start({
      async send(piece) {
        order.push(piece.sha256 === scan.sha256 ? 'scan' : 'video');
        askedFor ??= upload.ensure(scan.sha256);
        return await office.send(piece);
      },
    });
    await settled(upload);
    expect(await askedFor).toEqual({ ok: true, value: undefined });
    expect(order).toEqual(['video', 'scan', 'video', 'video', 'video', 'video']);
    expect(held.get(video.sha256)).toHaveLength(20 * mebibyte);
  });
});

describe('an original that is not on this laptop', () => {
  const bytes = Buffer.from('a photo');
  const sha256 = hashOf(bytes);
  const missing = async () => failed('evidence-missing');

  test('comes from the office once, is kept, and serves everybody who asked', async () => {
    let downloads = 0;
    const kept: string[] = [];
    const read = evidenceReader(
      { read: missing, keep: async (hash, _bytes, mediaType) => { kept.push(hash); return done({ sha256: hash, mediaType, byteLength: 7 }); } },
      async () => { downloads += 1; return done({ bytes, mediaType: 'image/jpeg' }); },
    );
    const both = await Promise.all([read(sha256), read(sha256)]);
    expect(both).toEqual([done({ bytes, mediaType: 'image/jpeg' }), done({ bytes, mediaType: 'image/jpeg' })]);
    expect(downloads).toBe(1);
    expect(kept).toEqual([sha256]);
  });

  test('is thrown away when it is not what its hash says', async () => {
    const kept: string[] = [];
    const read = evidenceReader(
      { read: missing, keep: async (hash, _bytes, mediaType) => { kept.push(hash); return done({ sha256: hash, mediaType, byteLength: 7 }); } },
      async () => done({ bytes: Buffer.from('<html>请先登录</html>'), mediaType: 'text/html' }),
    );
    expect(await read(sha256)).toEqual(failed('evidence-damaged', { sha256 }));
    expect(kept).toEqual([]);
  });

  test('is on its way when the office has not got it either, and out of reach without a network', async () => {
    const store = { read: missing, keep: async () => failed('storage-failed') };
    expect(await evidenceReader(store, async () => failed('not-found'))(sha256)).toEqual(failed('evidence-missing', { sha256 }));
    expect(await evidenceReader(store, async () => failed('offline'))(sha256)).toEqual(failed('offline'));
  });

  test('can be looked at even when the disk is too full to keep it', async () => {
    const store = { read: missing, keep: async () => failed('disk-full') };
    expect(await evidenceReader(store, async () => done({ bytes, mediaType: 'image/jpeg' }))(sha256)).toMatchObject({ ok: true });
  });

  test('that is damaged here is mended from the office, or reported as damaged', async () => {
    const store = { read: async () => failed('evidence-damaged'), keep: async () => done({ sha256, mediaType: 'image/jpeg', byteLength: 7 }) };
    expect(await evidenceReader(store, async () => done({ bytes, mediaType: 'image/jpeg' }))(sha256)).toMatchObject({ ok: true });
    expect(await evidenceReader(store, async () => failed('offline'))(sha256)).toEqual(failed('evidence-damaged'));
  });
});
