import { describe, expect, test } from 'vitest';
import { encodeFrame, frameTypes, readFrame, type Frame } from '../../../src-shared/journal/frame.ts';
import { entryPlaces, verifyPackage } from '../../../src-shared/package/codec.ts';
import { PACKAGE_MAGIC, type PackageManifest } from '../../../src-shared/package/manifest.ts';
import { asRead, entries, manifest, packageOf, parts, photo, piece } from './kit.ts';

const whole = packageOf();
const read = (bytes: Uint8Array, pieceLength?: number) => verifyPackage(asRead(bytes, pieceLength), parts);
const reasonOf = async (bytes: Uint8Array): Promise<unknown> => {
  const outcome = await read(bytes);
  return outcome.ok ? 'accepted' : outcome.problem.detail?.['reason'];
};

describe('an exchange package', () => {
  test('is read as it was written, whatever pieces the disk gives', async () => {
    for (const pieceLength of [1, 7, 64, 100_000]) {
      const outcome = await read(whole, pieceLength);
      expect(outcome.ok && outcome.value.manifest).toEqual(manifest);
    }
  });

  test('tells where each file lies', async () => {
    const outcome = await read(whole);
    const places = outcome.ok ? entryPlaces(outcome.value) : [];
    expect(places.map(({ entry, from }) => Buffer.from(whole.subarray(from, from + entry.size)).toString())).toEqual([piece.toString(), photo.toString()]);
  });

  test('with any one byte altered is refused', async () => {
    const accepted: string[] = [];
    for (let at = 0; at < whole.length; at += 1) {
      for (const flip of [0x01, 0x80, 0xff]) {
        const altered = Uint8Array.from(whole);
        altered[at] = (altered[at] as number) ^ flip;
        if ((await read(altered)).ok) accepted.push(`${at}^${flip}`);
      }
    }
    expect(accepted).toEqual([]);
  });

  test('cut at any byte is refused as not whole', async () => {
    const others = new Map<number, unknown>();
    for (let length = 0; length < whole.length; length += 1) {
      const reason = await reasonOf(whole.subarray(0, length));
      if (reason !== 'truncated') others.set(length, reason);
    }
    expect([...others]).toEqual([]);
  });

  test('with something behind its end is refused', async () => {
    expect(await reasonOf(Buffer.concat([whole, Buffer.from([0])]))).toBe('more-behind');
  });

  test('with its files in another order is refused, naming the first that does not fit', async () => {
    const outcome = await read(packageOf(manifest, [photo, piece]));
    expect(outcome).toMatchObject({ ok: false, problem: { code: 'package-refused', detail: { reason: 'content', name: 'changes/000001.json' } } });
  });

  test('with a file left out, put in twice or exchanged is refused', async () => {
    expect(await reasonOf(packageOf(manifest, [piece]))).toBe('truncated');
    expect(await reasonOf(packageOf(manifest, [piece, photo, photo]))).toBe('more-behind');
    expect(await reasonOf(packageOf(manifest, [piece, Buffer.alloc(photo.length)]))).toBe('content');
  });

  test('that says less or more of a size than is there is refused', async () => {
    for (const lie of [-1, 1]) {
      const lying = { ...manifest, entries: [{ ...entries[0], size: entries[0].size + lie }, entries[1]] };
      expect(await reasonOf(packageOf(lying))).toBe('content');
    }
  });

  test.each<[string, PackageManifest]>([
    ['a file twice', { ...manifest, entries: [entries[0], entries[1], entries[1]] }],
    ['originals before changes', { ...manifest, entries: [entries[1], entries[0]] }],
    ['an original under another hash', { ...manifest, entries: [entries[0], { ...entries[1], name: `originals/${'b'.repeat(64)}` }] }],
    ['a piece left out of the count', { ...manifest, entries: [{ ...entries[0], name: 'changes/000002.json' }, entries[1]] }],
    ['a chain without changes', { ...manifest, entries: [entries[1]] }],
    ['changes of no chain', { ...manifest, chains: [] }],
    ['a receipt among changes', { ...manifest, entries: [...manifest.entries, { ...entries[0], name: 'receipt.json' }] }],
    ['changes in a receipt package', { ...manifest, kind: 'receipt', chains: [] }],
  ])('that lists %s is refused although it is signed', async (_what, signed) => {
    expect(await reasonOf(packageOf(signed, [piece, photo, photo]))).toBe('entries');
  });

  test.each(['../changes/000001.json', '/etc/passwd', 'C:\\x', 'changes\\000001.json', 'CON', 'changes/000001.json ', 'Changes/000001.json', 'changes/000001.json\u0000', 'originals/'])(
    'that names a file %j is refused although it is signed', async (name) => {
      expect(await reasonOf(packageOf({ ...manifest, entries: [{ ...entries[0], name }, entries[1]] }))).toBe('manifest');
    },
  );

  test('whose manifest was altered by somebody who mends its checksum is refused by its signature', async () => {
    const { body } = readFrame(whole, PACKAGE_MAGIC.length) as Frame;
    const text = Buffer.from(body).toString();
    const reframed = (altered: string) => Buffer.concat([Buffer.from(PACKAGE_MAGIC), encodeFrame(frameTypes.header, Buffer.from(altered)), piece, photo]);
    expect(await reasonOf(reframed(text)), 'the same text is the same package').toBe('accepted');
    expect(await reasonOf(reframed(text.replace('2026-08-12', '2026-08-13')))).toBe('signature');
    expect(await reasonOf(reframed(text.replace('"toSeq":3', '"toSeq":4')))).toBe('signature');
    expect(await reasonOf(reframed(text.replace(/"publicKey":"[^"]+"/, `"publicKey":"${Buffer.alloc(32, 7).toString('base64')}"`)))).toBe('signature');
  });

  test('whose manifest is spelt in another way is refused: one manifest has one spelling', async () => {
    const { body } = readFrame(whole, PACKAGE_MAGIC.length) as Frame;
    const text = Buffer.from(body).toString();
    for (const altered of [` ${text}`, text.replace('"kind":"changes"', '"kind":"receipt","kind":"changes"'), text.replace('"cursor":null,', ''), text.replace('{', '{"note":"x",')]) {
      const reframed = Buffer.concat([Buffer.from(PACKAGE_MAGIC), encodeFrame(frameTypes.header, Buffer.from(altered)), piece, photo]);
      expect(await reasonOf(reframed)).toBe('manifest');
    }
  });

  test('of a later format, or sealed, asks for a newer program', async () => {
    for (const later of [{ format: 1 }, { encryption: 'sm2-envelope' }]) {
      expect(await reasonOf(packageOf({ ...manifest, ...later } as unknown as PackageManifest))).toBe('newer');
    }
    expect(await reasonOf(Buffer.from('XCPKG-1\nsomething else altogether'))).toBe('newer');
  });

  test('is told from other files', async () => {
    expect(await reasonOf(Buffer.from('PK\u0003\u0004 a zip file renamed to .xcpkg'))).toBe('not-a-package');
  });

  test('whose manifest claims to be gigabytes long is refused at once', async () => {
    const claims = Uint8Array.from(whole);
    claims.set([0xff, 0xff, 0xff, 0xff], 8);
    expect(await reasonOf(claims)).toBe('manifest');
  });
});
