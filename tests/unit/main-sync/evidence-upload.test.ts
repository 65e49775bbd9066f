import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { done, failed, type Outcome } from '../../../src-shared/kit/outcome.ts';
import { evidenceReader, type FetchOriginal } from '../../../src-main/evidence/fetch.ts';
import type { Standing, UploadPiece } from '../../../src-main/evidence/media-client.ts';
import type { Pieces, StoredOriginal } from '../../../src-main/evidence/store.ts';
import { evidenceUpload, type EvidenceOffice } from '../../../src-main/evidence/upload.ts';

const mebibyte = 1024 * 1024;
const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

async function wholeOf(pieces: Pieces): Promise<Buffer> {
  const all: Buffer[] = [];
  // Copied: a piece's buffer is used again.
  for await (const piece of pieces) all.push(Buffer.from(piece));
  return Buffer.concat(all);
}

describe('originals go up after the records', () => {
  let dir: string;
  let waiting: StoredOriginal[];
  let recordsAreSent: boolean;
  let paused: boolean;
  let time: number;
  /** What the office durably holds of each original. */
  let held: Map<string, Buffer>;
  let sentBytes: number;
  let offsets: number[];
  let cutAfter: number;

  beforeEach(() => {
    dir = mkdtempSync(path.join(tmpdir(), 'xuncha-upload-'));
    waiting = [];
    recordsAreSent = true;
    paused = false;
    time = 0;
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
  const standingOf = (original: StoredOriginal): Standing => {
    const receivedBytes = held.get(original.sha256)?.byteLength ?? 0;
    return { receivedBytes, complete: receivedBytes === original.byteLength };
  };
  const take = async (piece: UploadPiece): Promise<Outcome<Standing>> => {
    if (offsets.length >= cutAfter) return failed('offline');
    const { original, offset } = piece;
    const before = held.get(original.sha256) ?? Buffer.alloc(0);
    if (offset !== before.byteLength) return failed('invalid-input', { header: 'upload-offset', standing: 'elsewhere' });
    const bytes = await wholeOf(piece.pieces());
    expect(createHash('sha256').update(bytes).digest('base64')).toBe(piece.checksum);
    offsets.push(offset);
    sentBytes += bytes.byteLength;
    held.set(original.sha256, Buffer.concat([before, bytes]));
    return done(standingOf(original));
  };
  const office: EvidenceOffice = {
    async standing(sha256) {
      const original = waiting.find((each) => each.sha256 === sha256);
      return done(original && held.has(sha256) ? standingOf(original) : null);
    },
    begin: take,
    send: take,
  };
  const start = (taking: (piece: UploadPiece) => Promise<Outcome<Standing>> = take) => evidenceUpload({
    store: {
      path: (sha256) => path.join(dir, sha256),
      describe: (sha256) => waiting.find((each) => each.sha256 === sha256) ?? null,
      notUploaded: () => waiting,
      async markUploaded(sha256) {
        waiting = waiting.filter((each) => each.sha256 !== sha256);
        return done(undefined);
      },
      isIntact: async (sha256) => hashOf(readFileSync(path.join(dir, sha256))) === sha256,
      uploadsPaused: () => paused,
    },
    office: { ...office, begin: taking, send: taking },
    recordsAreSent: () => recordsAreSent,
    onProgress: () => undefined,
    now: () => time,
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
    const upload = start(async (piece) => {
      const sent = await take(piece);
      if (offsets.length === 2) recordsAreSent = false;
      return sent;
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

  test('a person on a line that costs holds uploads back, between two pieces too, and lets them go on', async () => {
    photo(Buffer.alloc(12 * mebibyte, 1));
    const scan = photo(Buffer.from('%PDF-1.4 sealed'));
    paused = true;
    const upload = start(async (piece) => {
      const sent = await take(piece);
      if (piece.original.sha256 !== scan.sha256) paused = true;
      return sent;
    });
    await settled(upload);
    expect(offsets).toEqual([]);
    expect(upload.status()).toMatchObject({ paused: true, files: 2 });
    // What an act of the office needs goes all the same: the person is waiting for it.
    expect(await upload.ensure(scan.sha256)).toEqual(done(undefined));
    paused = false;
    await settled(upload);
    expect(waiting).toHaveLength(1);
    expect(offsets).toEqual([0, 0]);
    for (let times = 0; times < 2; times += 1) {
      paused = false;
      await settled(upload);
    }
    expect(waiting).toEqual([]);
  });

  test('one that the office refuses holds up no other, and says why', async () => {
    const bad = photo(Buffer.from('refused'));
    const good = photo(Buffer.from('welcome'));
    const upload = start(async (piece) => (piece.original.sha256 === bad.sha256 ? failed('too-large') : await take(piece)));
    await settled(upload);
    expect(held.has(good.sha256)).toBe(true);
    expect(upload.pending()).toEqual({ files: 1, bytes: bad.byteLength });
    expect(upload.status().refused).toEqual([{ ...bad, problem: { code: 'too-large' } }]);
  });

  test('one whose file is gone from the disk holds up no other', async () => {
    const lost = photo(Buffer.from('lost'));
    rmSync(path.join(dir, lost.sha256));
    const good = photo(Buffer.from('welcome'));
    const upload = start();
    await settled(upload);
    expect(held.has(good.sha256)).toBe(true);
    expect(upload.status().refused).toMatchObject([{ sha256: lost.sha256, problem: { code: 'evidence-missing' } }]);
  });

  test('what another laptop has sent meanwhile is not sent again', async () => {
    const bytes = Buffer.alloc(6 * mebibyte, 5);
    const { sha256 } = photo(bytes);
    await settled(start(async (piece) => {
      held.set(sha256, bytes);
      return await take(piece);
    }));
    expect(sentBytes).toBe(0);
    expect(waiting).toEqual([]);
  });

  test('an original that another laptop is sending at this moment is left to it until the next contact', async () => {
    const shared = photo(Buffer.from('the same photo'));
    const own = photo(Buffer.from('another photo'));
    let isBusy = true;
    const upload = start(async (piece) => (piece.original.sha256 === shared.sha256 && isBusy ? failed('rate-limited', { reason: 'upload-under-way' }) : await take(piece)));
    await settled(upload);
    expect(held.has(own.sha256)).toBe(true);
    expect(waiting).toEqual([shared]);
    expect(upload.status().refused).toEqual([]);
    isBusy = false;
    await settled(upload);
    expect(waiting).toEqual([]);
  });

  test('a piece that was hurt on its way is sent once more, not the whole video', async () => {
    photo(Buffer.alloc(10 * mebibyte, 2));
    let hurt = 0;
    await settled(start(async (piece) => {
      if (piece.offset === 4 * mebibyte && (hurt += 1) <= 2) return failed('evidence-damaged', { sha256: piece.original.sha256, offset: piece.offset });
      return await take(piece);
    }));
    expect(offsets).toEqual([0, 4 * mebibyte, 8 * mebibyte]);
    expect(hurt).toBe(3);
    expect(waiting).toEqual([]);
  });

  test('a whole original that came wrong begins anew once; one that is damaged here is not sent for ever', async () => {
    const good = photo(Buffer.alloc(5 * mebibyte, 2));
    let wrong = 0;
    const first = start(async (piece) => {
      const sent = await take(piece);
      if (!sent.ok || !sent.value.complete || (wrong += 1) > 1) return sent;
      held.delete(good.sha256);
      return failed('evidence-damaged', { sha256: good.sha256 });
    });
    await settled(first);
    expect(waiting).toEqual([]);
    expect(offsets).toEqual([0, 4 * mebibyte, 0, 4 * mebibyte]);

    const rotten = photo(Buffer.from('as it was'));
    writeFileSync(path.join(dir, rotten.sha256), 'as it is ');
    let tries = 0;
    const second = start(async () => {
      tries += 1;
      return failed('evidence-damaged', { sha256: rotten.sha256 });
    });
    await settled(second);
    expect(tries).toBe(1);
    expect(second.status().refused).toMatchObject([{ sha256: rotten.sha256, problem: { code: 'evidence-damaged', detail: { where: 'laptop' } } }]);
  });

  test('an original that an act of the office names goes ahead of a long video', async () => {
    const video = photo(Buffer.alloc(20 * mebibyte, 9));
    const scan = photo(Buffer.from('%PDF-1.4 sealed'));
    waiting = [video];
    let askedFor: Promise<Outcome<void>> | null = null;
    const order: string[] = [];
    const upload = start(async (piece) => {
      order.push(piece.original.sha256 === scan.sha256 ? 'scan' : 'video');
      if (!askedFor) {
        waiting = [video, scan];
        askedFor = upload.ensure(scan.sha256);
      }
      return await take(piece);
    });
    await settled(upload);
    expect(await askedFor).toEqual({ ok: true, value: undefined });
    await upload.settled();
    expect(order).toEqual(['video', 'scan', 'video', 'video', 'video', 'video']);
    expect(held.get(video.sha256)).toHaveLength(20 * mebibyte);
  });

  test('a photo taken while a long video goes up does not stand behind it', async () => {
    photo(Buffer.alloc(40 * mebibyte, 4));
    let late: StoredOriginal | null = null;
    const done: string[] = [];
    const upload = start(async (piece) => {
      if (piece.offset === 4 * mebibyte) {
        late = photo(Buffer.from('a door, just now'));
        upload.goOn();
      }
      const sent = await take(piece);
      if (sent.ok && sent.value.complete) done.push(piece.original.sha256);
      return sent;
    });
    await settled(upload);
    expect(done).toHaveLength(2);
    expect(done[0]).toBe(late!.sha256);
  });

  test('people see bytes, speed and time left of all and of each', async () => {
    photo(Buffer.alloc(12 * mebibyte, 1));
    const seen: { sent: number; left: number | null; each: number[] }[] = [];
    const upload = start(async (piece) => {
      const sent = await take(piece);
      // Four mebibytes in four seconds.
      time += 4000;
      const { sentBytes: all, totalBytes, secondsLeft, uploading } = upload.status();
      expect(totalBytes).toBe(12 * mebibyte);
      seen.push({ sent: all, left: secondsLeft, each: uploading.map((one) => one.sentBytes) });
      return sent;
    });
    expect(upload.status()).toEqual({ paused: false, files: 1, sentBytes: 0, totalBytes: 12 * mebibyte, bytesPerSecond: null, secondsLeft: null, uploading: [], refused: [] });
    await settled(upload);
    expect(seen).toEqual([4, 8, 12].map((n) => ({ sent: n * mebibyte, left: 12 - n, each: [n * mebibyte] })));
    expect(upload.status()).toMatchObject({ files: 0, sentBytes: 0, totalBytes: 0, secondsLeft: null });
  });
});

describe('an original that is not on this laptop', () => {
  const bytes = Buffer.from('a photo');
  const sha256 = hashOf(bytes);
  const mediaType = 'image/jpeg';

  /** A store that begins without the original and keeps what is given to it. */
  function emptyStore({ missing = 'evidence-missing', isFull = false }: { missing?: 'evidence-missing' | 'evidence-damaged'; isFull?: boolean } = {}) {
    const kept = new Map<string, Buffer>();
    return {
      kept,
      read: async (hash: string) => {
        const here = kept.get(hash);
        return here ? done({ bytes: here, mediaType }) : failed(missing, { sha256: hash });
      },
      async keep(hash: string, pieces: Pieces) {
        const whole = await wholeOf(pieces);
        if (isFull) return failed('disk-full');
        if (hashOf(whole) !== hash) return failed('evidence-damaged', { sha256: hash });
        kept.set(hash, whole);
        return done({ sha256: hash, mediaType, byteLength: whole.length });
      },
      pieces: (hash: string) => asPieces(kept.get(hash) ?? Buffer.alloc(0)),
      isIntact: async (hash: string) => kept.has(hash),
    };
  }
  async function* asPieces(whole: Uint8Array): AsyncGenerator<Uint8Array, void, void> {
    yield whole;
  }
  const serving = (served: Uint8Array, onAsked: () => void = () => undefined): FetchOriginal => (_hash, take) => {
    onAsked();
    return take({ mediaType, bytes: asPieces(served) });
  };
  const refusing = (code: 'not-found' | 'offline'): FetchOriginal => async () => failed(code);

  test('comes from the office once, is kept, and serves everybody who asked', async () => {
    let downloads = 0;
    const store = emptyStore();
    const { read } = evidenceReader(store, serving(bytes, () => (downloads += 1)));
    const both = await Promise.all([read(sha256), read(sha256)]);
    expect(both).toEqual([done({ bytes, mediaType }), done({ bytes, mediaType })]);
    expect(downloads).toBe(1);
    expect([...store.kept.keys()]).toEqual([sha256]);
  });

  test('is thrown away when it is not what its hash says', async () => {
    const store = emptyStore();
    expect(await evidenceReader(store, serving(Buffer.from('<html>请先登录</html>'))).read(sha256)).toEqual(failed('evidence-damaged', { sha256 }));
    expect(store.kept.size).toBe(0);
  });

  test('is on its way when the office has not got it either, and out of reach without a network', async () => {
    expect(await evidenceReader(emptyStore(), refusing('not-found')).read(sha256)).toEqual(failed('evidence-missing', { sha256 }));
    expect(await evidenceReader(emptyStore(), refusing('offline')).read(sha256)).toEqual(failed('offline'));
  });

  test('can be looked at even when the disk is too full to keep it', async () => {
    expect(await evidenceReader(emptyStore({ isFull: true }), serving(bytes)).read(sha256)).toMatchObject({ ok: true });
  });

  test('that is damaged here is mended from the office, or reported as damaged', async () => {
    expect(await evidenceReader(emptyStore({ missing: 'evidence-damaged' }), serving(bytes)).read(sha256)).toMatchObject({ ok: true });
    expect(await evidenceReader(emptyStore({ missing: 'evidence-damaged' }), refusing('offline')).read(sha256)).toMatchObject(failed('evidence-damaged'));
  });

  test('too long for a window is fetched into its place and given piece by piece', async () => {
    const reader = evidenceReader(emptyStore(), serving(bytes));
    const given = await reader.pieces(sha256);
    expect(given.ok && (await wholeOf(given.value)).equals(bytes)).toBe(true);
    expect(await evidenceReader(emptyStore(), refusing('not-found')).pieces(sha256)).toEqual(failed('evidence-missing', { sha256 }));
  });
});
