import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Disk } from '../../../src-main/journal/disk.ts';
import { personsDisk } from '../../../src-main/journal/node-disk.ts';
import { openPackage } from '../../../src-main/packages/read-package.ts';
import { writePackage } from '../../../src-main/packages/write-package.ts';
import * as z from 'zod';
import { manifest, photo, piece, publicKey, signIt } from '../package/kit.ts';

const exporter = { publicKey, sign: signIt };

describe('writing an exchange package on a disk', () => {
  let folder = '';
  const file = (): string => path.join(folder, 'out.xcpkg');
  const content = new Map([[manifest.entries[0]?.name, piece], [manifest.entries[1]?.name, photo]]);
  const write = (disk: Disk, of = content) => writePackage(disk, file(), exporter, manifest, ({ name }) => [of.get(name) ?? Buffer.alloc(0)]);

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'xuncha-usb-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test('leaves one file, which reads back', async () => {
    expect(await write(personsDisk)).toEqual({ ok: true, value: { path: file() } });
    expect(readdirSync(folder)).toEqual(['out.xcpkg']);
    expect(await openPackage(file())).toMatchObject({ ok: true, value: { manifest } });
  });

  test('leaves nothing under the name when the disk is pulled out or full in the middle', async () => {
    for (const code of ['EIO', 'ENOSPC']) {
      const failing = (): Promise<never> => Promise.reject(Object.assign(new Error(code), { code }));
      const brokenAt = (method: 'writeAt' | 'fdatasync'): Disk => ({
        ...personsDisk, open: async (...place) => ({ ...(await personsDisk.open(...place)), [method]: failing }),
      });
      await expect(write(brokenAt('writeAt'))).rejects.toThrow(code);
      await expect(write(brokenAt('fdatasync'))).rejects.toThrow(code);
      expect(readdirSync(folder)).toEqual([]);
    }
  });

  test('keeps the earlier package of the name until the new one is whole', async () => {
    await write(personsDisk);
    const earlier = readFileSync(file());
    const damaged = new Map(content).set(manifest.entries[1]?.name, Buffer.from(photo).fill(0, 0, 1));
    expect(await write(personsDisk, damaged)).toMatchObject({ ok: false, problem: { code: 'evidence-damaged', detail: { sha256: manifest.entries[1]?.sha256 } } });
    expect(readFileSync(file())).toEqual(earlier);
  });

  test('refuses an original that is longer or shorter than it is listed', async () => {
    for (const other of [photo.subarray(1), Buffer.concat([photo, photo])]) {
      expect(await write(personsDisk, new Map(content).set(manifest.entries[1]?.name, other))).toMatchObject({ ok: false });
      expect(readdirSync(folder)).toEqual([]);
    }
  });

  test('what is exchanged on the disk after it was verified is not used', async () => {
    await write(personsDisk);
    const opened = await openPackage(file());
    const bytes = readFileSync(file());
    bytes.set(Buffer.from('{"fromSeq":2}'), bytes.indexOf(piece));
    writeFileSync(file(), bytes);
    const [first] = manifest.entries;
    const read = opened.ok && first ? await opened.value.json(first, z.unknown()) : null;
    expect(read).toMatchObject({ ok: false, problem: { code: 'package-refused', detail: { reason: 'content' } } });
  });
});
