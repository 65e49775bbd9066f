import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chainBodies, chainStart, verifyBatch } from '#shared/journal/chain.ts';
import { hasLoneSurrogate } from '#shared/journal/canonical-json.ts';
import { crc32c } from '#shared/journal/crc32c.ts';
import { encodeFrame, findFrame, frameTypes, MAX_BODY_BYTES, readFrame } from '#shared/journal/frame.ts';
import type { BatchBody } from '#shared/journal/bodies.ts';
import { framesIn } from '../../../src-main/journal/frames-in.ts';
import { hashText, joinBytes, jsonBytes, utf8 } from '../../../src-main/journal/bytes.ts';
import { chain, key, pulled } from './desk-of-one.ts';
import { ForgetfulDisk } from './forgetful-disk.ts';

const body = fc.uint8Array({ minLength: 1, maxLength: 3000 });
const type = fc.constantFrom(...Object.values(frameTypes));

describe('the checksum', () => {
  test('is CRC-32C, by the vectors of RFC 3720', () => {
    expect(crc32c(utf8('123456789'))).toBe(0xe3069283);
    expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa);
    expect(crc32c(new Uint8Array(32).fill(0xff))).toBe(0x62a8ab43);
    expect(crc32c(Uint8Array.from({ length: 32 }, (_, n) => n))).toBe(0x46dd794e);
  });

  test('can be computed in parts', () => {
    fc.assert(fc.property(body, fc.nat(), (bytes, split) => {
      const at = split % bytes.length;
      expect(crc32c(bytes, at, bytes.length, crc32c(bytes, 0, at))).toBe(crc32c(bytes));
    }));
  });
});

describe('a frame', () => {
  test('gives its body back, wherever it lies', () => {
    fc.assert(fc.property(type, body, fc.uint8Array({ maxLength: 50 }), (kind, content, before) => {
      const bytes = joinBytes([before, encodeFrame(kind, content)]);
      const reading = readFrame(bytes, before.length);
      expect(reading).toEqual({ kind: 'frame', type: kind, body: content, start: before.length, end: bytes.length });
    }));
  });

  test('with any bit changed is no frame', () => {
    fc.assert(fc.property(type, fc.uint8Array({ minLength: 1, maxLength: 60 }), fc.nat(), (kind, content, at) => {
      const frame = encodeFrame(kind, content);
      const bit = at % (frame.length * 8);
      frame[bit >> 3] = (frame[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(readFrame(frame, 0).kind).not.toBe('frame');
    }), { numRuns: 2000 });
  });

  test('cut anywhere asks for exactly what is missing, or for its first bytes', () => {
    const frame = encodeFrame(frameTypes.batch, utf8('二十六度'));
    for (let length = 1; length < frame.length; length += 1) {
      const missing = (length < 9 ? 9 : frame.length) - length;
      expect(readFrame(frame.subarray(0, length), 0)).toEqual({ kind: 'short', missing });
    }
  });

  test('reading never throws, whatever the bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(), (bytes, at) => {
      expect(['frame', 'end', 'short', 'bad']).toContain(readFrame(bytes, at % (bytes.length + 1)).kind);
    }), { numRuns: 2000 });
  });

  test('above 20 MiB can not be made', () => {
    expect(() => encodeFrame(frameTypes.batch, new Uint8Array(MAX_BODY_BYTES + 1))).toThrow(/frame body/);
  });

  test('is found again behind bytes that are none', () => {
    fc.assert(fc.property(fc.uint8Array({ minLength: 1, maxLength: 400 }), body, (rubbish, content) => {
      const bytes = joinBytes([rubbish, encodeFrame(frameTypes.receipt, content)]);
      const at = findFrame(bytes, 0);
      expect(at).not.toBeNull();
      expect(at).toBeLessThanOrEqual(rubbish.length);
    }));
  });
});

describe('the frames of a file', () => {
  test('come back complete and in order, larger than a read or not, with gaps named', async () => {
    await fc.assert(fc.asyncProperty(fc.array(fc.record({ size: fc.integer({ min: 1, max: 400_000 }), gap: fc.integer({ min: 0, max: 30 }) }), { minLength: 1, maxLength: 6 }), async (plan) => {
      const parts = plan.flatMap(({ size, gap }) => [new Uint8Array(gap).fill(0xee), encodeFrame(frameTypes.page, new Uint8Array(size).fill(0x31))]);
      const bytes = joinBytes(parts);
      const disk = ForgetfulDisk.of([['/f', bytes]]);
      const found: [string, number, number][] = [];
      for await (const piece of framesIn(disk, '/f', 0, bytes.length)) found.push([piece.kind, piece.from, piece.to]);
      const expected: [string, number, number][] = [];
      let at = 0;
      for (const [n, part] of parts.entries()) {
        if (part.length > 0) expected.push([n % 2 === 0 ? 'gap' : 'frame', at, at + part.length]);
        at += part.length;
      }
      expect(found).toEqual(expected);
    }), { numRuns: 60 });
  }, 30_000);

  test('a file shorter than it should be ends in a gap', async () => {
    const frame = encodeFrame(frameTypes.page, utf8('{}'));
    const disk = ForgetfulDisk.of([['/f', frame]]);
    const found = [];
    for await (const piece of framesIn(disk, '/f', 0, frame.length + 40)) found.push([piece.kind, piece.from, piece.to]);
    expect(found).toEqual([['frame', 0, frame.length], ['gap', frame.length, frame.length + 40]]);
  });
});

describe('an append in the chain', () => {
  function batchOf(count: number): BatchBody {
    const bodies = Array.from({ length: count }, (_, n) => {
      const { cursor: _c, id: _i, deviceId: _d, officerId: _o, seq: _s, receivedAt: _r, ...rest } = pulled(n + 1);
      return rest;
    });
    const chained = chainBodies(bodies, chain, chainStart, hashText);
    const head = chained.at(-1)?.id ?? '';
    return {
      inWrite: 0, batchId: '0198a000-0000-7000-8000-00000000000b', count, firstSeq: 1, prev: chainStart.id,
      changes: chained.map(({ seq, body: each }) => ({ ...each, seq })), head, signature: key.sign(Buffer.from(head, 'hex')),
    };
  }
  const verify = (id: string, signature: string): boolean => key.verify(Buffer.from(id, 'hex'), signature);

  test('is proven by its one signature', () => {
    expect(verifyBatch(batchOf(3), chain, chainStart, hashText, verify).ok).toBe(true);
  });

  test.each([
    ['a changed value', (batch: BatchBody) => ({ ...batch, changes: batch.changes.map((each, n) => (n === 1 ? { ...each, patch: { remarks: { was: null, to: '改' } } } : each)) }), 'chain-mismatch'],
    ['a removed change', (batch: BatchBody) => ({ ...batch, changes: batch.changes.slice(1) }), 'chain-mismatch'],
    ['a repeated change', (batch: BatchBody) => ({ ...batch, changes: batch.changes.map(() => batch.changes[0] as never) }), 'gap'],
    ['another place', (batch: BatchBody) => ({ ...batch, firstSeq: 2 }), 'gap'],
    ['another past', (batch: BatchBody) => ({ ...batch, prev: 'f'.repeat(64) }), 'chain-mismatch'],
    ['a signature for something else', (batch: BatchBody) => ({ ...batch, signature: key.sign(utf8('else')) }), 'bad-signature'],
  ])('shows %s', (_what, change, code) => {
    const outcome = verifyBatch(change(batchOf(3)), chain, chainStart, hashText, verify);
    expect(outcome).toMatchObject({ ok: false, problem: { code } });
  });

  test('of another officer does not pass for ours', () => {
    expect(verifyBatch(batchOf(2), { ...chain, officerId: chain.deviceId }, chainStart, hashText, verify).ok).toBe(false);
  });

  test('survives its way through JSON', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => {
      if (hasLoneSurrogate(text)) return;
      const batch = batchOf(1);
      const parsed = JSON.parse(new TextDecoder().decode(jsonBytes({ ...batch, note: text }))) as BatchBody & { note: string };
      expect(parsed.note).toBe(text);
      expect(verifyBatch(parsed, chain, chainStart, hashText, verify).ok).toBe(true);
    }), { numRuns: 50 });
  });
});
