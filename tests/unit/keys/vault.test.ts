import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { nodeDisk } from '../../../src-main/journal/node-disk.ts';
import { calibratedCost, deriveKey, usualCost, type KdfCost } from '../../../src-main/keys/key-derivation.ts';
import { createVault, openVault, passphraseProblem } from '../../../src-main/keys/vault.ts';

/** Quick, for tests only: the product calibrates. */
const cheap: KdfCost = { memoryKiB: 64, iterations: 1, parallelism: 1 };
const passphrase = '二十六度不多不少';

let folder = '';
beforeEach(() => (folder = mkdtempSync(path.join(os.tmpdir(), 'xuncha-vault-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const file = (name: string): string => path.join(folder, name);

describe('the vault', () => {
  test('opens with its passphrase, to the same key', async () => {
    const made = await createVault(nodeDisk, folder, passphrase, cheap);
    const opened = await openVault(nodeDisk, folder, passphrase);
    if (!opened.ok) throw new Error(opened.problem.code);
    expect(opened.value.publicKey).toBe(made.publicKey);
    const message = Buffer.from('现场检查笔录');
    expect(made.verify(message, opened.value.sign(message))).toBe(true);
  });

  test('does not open with another one', async () => {
    await createVault(nodeDisk, folder, passphrase, cheap);
    for (const wrong of ['', `${passphrase} `, passphrase.slice(1), 'x'.repeat(200)]) {
      expect(await openVault(nodeDisk, folder, wrong)).toEqual({ ok: false, problem: { code: 'wrong-passphrase' } });
    }
  });

  test('takes the same text typed in another Unicode form', async () => {
    await createVault(nodeDisk, folder, 'Caf\u00e9 26 degrés', cheap);
    expect((await openVault(nodeDisk, folder, 'Cafe\u0301 26 degre\u0301s')).ok).toBe(true);
  });

  test('keeps neither passphrase nor private key in clear, and no hash to check a passphrase against', async () => {
    await createVault(nodeDisk, folder, passphrase, cheap);
    const text = readFileSync(file('keys.json'), 'utf8');
    expect(text).not.toContain(passphrase);
    expect(Object.keys(JSON.parse(text)).sort()).toEqual(['dataKey', 'formatVersion', 'kdf', 'privateKey', 'publicKey']);
    expect(Object.keys(JSON.parse(text).kdf).sort()).toEqual(['iterations', 'memoryKiB', 'name', 'parallelism', 'salt']);
  });

  test('seals anew each time: two vaults of one passphrase share nothing', async () => {
    await createVault(nodeDisk, folder, passphrase, cheap);
    const first = JSON.parse(readFileSync(file('keys.json'), 'utf8'));
    await createVault(nodeDisk, folder, passphrase, cheap);
    const second = JSON.parse(readFileSync(file('keys.json'), 'utf8'));
    expect(second.kdf.salt).not.toBe(first.kdf.salt);
    expect(second.dataKey.nonce).not.toBe(first.dataKey.nonce);
  });

  test.each([['missing', null], ['empty', ''], ['half a file', '{"formatVersion":0,'], ['something else', '{}']])('opens when one copy is %s', async (_what, content) => {
    await createVault(nodeDisk, folder, passphrase, cheap);
    if (content === null) rmSync(file('keys.json'));
    else writeFileSync(file('keys.json'), content);
    expect((await openVault(nodeDisk, folder, passphrase)).ok).toBe(true);
  });

  test('puts a good copy in the place of one whose sealed bytes were altered', async () => {
    await createVault(nodeDisk, folder, passphrase, cheap);
    const keys = JSON.parse(readFileSync(file('keys.json'), 'utf8'));
    keys.dataKey.sealed = Buffer.alloc(48).toString('base64');
    writeFileSync(file('keys.json'), JSON.stringify(keys));
    expect((await openVault(nodeDisk, folder, passphrase)).ok).toBe(true);
    expect(readFileSync(file('keys.json'))).toEqual(readFileSync(file('keys.copy.json')));
  });

  test('says that the profile is damaged when no copy can be read, and leaves the files alone', async () => {
    await createVault(nodeDisk, folder, passphrase, cheap);
    for (const name of ['keys.json', 'keys.copy.json']) writeFileSync(file(name), '{');
    expect(await openVault(nodeDisk, folder, passphrase)).toMatchObject({ ok: false, problem: { code: 'profile-damaged' } });
    expect(readFileSync(file('keys.json'), 'utf8')).toBe('{');
    expect(readdirSync(folder).sort()).toEqual(['keys.copy.json', 'keys.json']);
  });

  test('a private key from another vault under the same data key does not open', async () => {
    await createVault(nodeDisk, folder, passphrase, cheap);
    const keys = JSON.parse(readFileSync(file('keys.json'), 'utf8'));
    keys.publicKey = Buffer.alloc(32, 7).toString('base64');
    for (const name of ['keys.json', 'keys.copy.json']) writeFileSync(file(name), JSON.stringify(keys));
    expect(await openVault(nodeDisk, folder, passphrase)).toMatchObject({ ok: false, problem: { code: 'profile-damaged' } });
  });
});

describe('the passphrase', () => {
  test('needs eight characters as people count them, and nothing else', () => {
    for (const short of ['', '1234567', '二十六度够凉', '🌡️🌡️🌡️']) expect(passphraseProblem(short)).toMatchObject({ ok: false, problem: { code: 'invalid-input', detail: { field: 'passphrase', minimum: 8 } } });
    for (const good of ['12345678', '二十六度够凉快了', 'a b c d e f']) expect(passphraseProblem(good)).toBeNull();
  });
});

describe('the cost of a guess', () => {
  test('is Argon2id, the same as the reference program computes', async () => {
    // By the reference program: echo -n password | argon2 somesalt12345678 -id -t 1 -k 64 -p 1 -l 32 -r
    const key = await deriveKey('password', Buffer.from('somesalt12345678'), { memoryKiB: 64, iterations: 1, parallelism: 1 });
    expect(Buffer.from(key).toString('hex')).toBe('2a8bf2c64a9623c36221b9d54ec1c91ad59d6b4edac54aa825522e3e8b6a2027');
  });

  test('is 64 MiB and three passes on a quick machine, fewer passes on a slow one, never less memory', async () => {
    const ticks = (passMs: number) => {
      let calls = 0;
      return () => (calls++ === 0 ? 0 : passMs);
    };
    expect(await calibratedCost(ticks(100))).toEqual(usualCost);
    expect(await calibratedCost(ticks(250))).toEqual({ ...usualCost, iterations: 2 });
    expect(await calibratedCost(ticks(5000))).toEqual({ ...usualCost, iterations: 1 });
  }, 30_000);
});
