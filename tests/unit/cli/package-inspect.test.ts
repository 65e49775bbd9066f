import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { runCommand } from '../../../src-cli/run-command.ts';
import { manifest, packageOf, photo, publicKey } from '../package/kit.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'xuncha-cli-'));
const inspect = async (name: string, bytes: Uint8Array | null) => {
  const file = path.join(folder, name);
  if (bytes) writeFileSync(file, bytes);
  const { exitCode, output, message } = await runCommand(['package', 'inspect'], async () => JSON.stringify({ file }));
  return { exitCode, answer: output === null ? null : (JSON.parse(output) as unknown), message };
};

describe('package inspect', () => {
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('says what a package holds and that it fits', async () => {
    const { exitCode, answer } = await inspect('交换包.xcpkg', packageOf());
    expect(exitCode).toBe(0);
    expect(answer).toEqual({ ...manifest, verifies: true, publicKey, changes: 3, originals: 1, originalBytes: photo.length });
  });

  test('names the file at which a package breaks', async () => {
    const { exitCode, answer } = await inspect('cut.xcpkg', packageOf().subarray(0, -1));
    expect({ exitCode, answer }).toEqual({ exitCode: 0, answer: { verifies: false, problem: { code: 'package-refused', detail: { reason: 'truncated', name: manifest.entries[1]?.name } } } });
  });

  test('takes a file that is not there, and input that is not its own, for bad input', async () => {
    expect(await inspect('missing.xcpkg', null)).toMatchObject({ exitCode: 2, answer: null, message: expect.stringContaining('missing.xcpkg') });
    const misspelt = await runCommand(['package', 'inspect'], async () => '{"path":"x"}');
    expect(misspelt).toMatchObject({ exitCode: 2, output: null });
  });
});
