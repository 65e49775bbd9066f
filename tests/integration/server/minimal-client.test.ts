import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import type { PageItem } from '#shared/sync/wire.ts';
import { openTestServer, tempDir } from '../../helpers/server.ts';
import { enrolLaptop, expectDone, sha256, type TestLaptop } from '../../helpers/test-laptop.ts';

const script = path.resolve(import.meta.dirname, '../../../docs/examples/minimal-client.mjs');

type Said = {
  readonly problem?: { readonly code: string };
  readonly receipt: { readonly seq: number; readonly id: string; readonly receivedAt: string } | null;
  readonly refused: readonly unknown[];
  readonly cursor: number;
  readonly pulled: number;
  readonly proven: number;
  readonly trusted: number;
  readonly original: { readonly sha256: string; readonly byteLength: number; readonly sentBytes: number } | null;
};

/** Runs the client of docs/examples as anybody would, in a process of its own. */
async function minimalClient(url: string, folder: string, options: readonly string[] = []): Promise<{ readonly code: number | null; readonly said: Said }> {
  const child = spawn(process.execPath, [script, url, folder, ...options], { stdio: ['ignore', 'pipe', 'pipe'] });
  const [out, errors, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit') as Promise<[number | null]>]);
  if (out === '') throw new Error(`the client said nothing: ${errors}`);
  return { code, said: JSON.parse(out) as Said };
}

/** What a client of this folder pulled, own changes too. */
function pulledIn(folder: string): readonly PageItem[] {
  return (JSON.parse(readFileSync(path.join(folder, 'client.json'), 'utf8')) as { pulled: PageItem[] }).pulled;
}

async function officeWithInspectors(): Promise<{ readonly url: string; readonly admin: TestLaptop; code(name: string): Promise<string> }> {
  const server = await openTestServer();
  const admin = await enrolLaptop(server.url, { code: server.firstAccountCode ?? '', firstAccount: { name: '钟守正', loginName: 'zhong', officeName: '甲市机关事务管理局' } });
  await admin.sync();
  const organId = admin.pulled.find(({ recordType }) => recordType === 'organ')?.recordId ?? '';
  return {
    url: server.url,
    admin,
    async code(name) {
      const person = { officerId: null, name, loginName: name, organId, roles: ['inspector' as const], certificate: null, telephone: null, active: true };
      const { officerId } = expectDone(await admin.office('person.save', person));
      return expectDone(await admin.office('person.enrolment-code', { officerId })).code;
    },
  };
}

describe('a client written from docs/sync.md alone', () => {
  test('has 200 lines at most and nothing of the product', () => {
    const source = readFileSync(script, 'utf8');
    expect(source.trimEnd().split('\n').length).toBeLessThanOrEqual(200);
    expect([...source.matchAll(/^import .* from '(.*)';$/gm)].map(([, from]) => from?.slice(0, 5))).toEqual(Array(4).fill('node:'));
  });

  test('enrols, pushes, pulls, uploads; run again it sends nothing twice; a second one sees the record of the first', async () => {
    const office = await officeWithInspectors();
    const [mine, theirs] = [tempDir(), tempDir()];
    const photo = path.join(mine, 'photo.jpg');
    const bytes = randomBytes(4 * 1024 * 1024 + 4321);
    writeFileSync(photo, bytes);
    const wish = ['--institution', '甲单位 𠮷', '--original', photo];

    const first = await minimalClient(office.url, mine, ['--code', await office.code('林知夏'), ...wish]);
    expect(first).toMatchObject({ code: 0, said: { receipt: { seq: 1 }, refused: [], trusted: 0, original: { sha256: sha256(bytes), byteLength: bytes.length, sentBytes: bytes.length } } });
    expect(first.said.proven).toBe(first.said.pulled);
    const kept = await office.admin.fetch(`/v1/evidence/${sha256(bytes)}`);
    expect(Buffer.from(await kept.arrayBuffer()).equals(bytes)).toBe(true);

    const again = await minimalClient(office.url, mine, wish);
    expect(again.said).toEqual({ ...first.said, original: { ...first.said.original, sentBytes: 0 } });

    const second = await minimalClient(office.url, theirs, ['--code', await office.code('周明')]);
    expect(second.said).toMatchObject({ receipt: null, trusted: 0 });
    expect(pulledIn(theirs).find(({ id }) => id === first.said.receipt?.id)?.patch['name']?.to).toBe('甲单位 𠮷');
  });

  test('that forgot its receipt and its place, as after a crash, sends again and gets the same receipt', async () => {
    const office = await officeWithInspectors();
    const folder = tempDir();
    const { said } = await minimalClient(office.url, folder, ['--code', await office.code('林知夏'), '--institution', '甲单位']);
    const file = path.join(folder, 'client.json');
    const state = JSON.parse(readFileSync(file, 'utf8')) as object;
    writeFileSync(file, JSON.stringify({ ...state, receipt: null, cursor: 0, cursorId: null, pulled: [], proven: 0 }));
    expect((await minimalClient(office.url, folder)).said).toEqual(said);
  });

  test('whose place is in no feed of this server pulls from the beginning', async () => {
    const office = await officeWithInspectors();
    const folder = tempDir();
    const { said } = await minimalClient(office.url, folder, ['--code', await office.code('林知夏'), '--institution', '甲单位']);
    const file = path.join(folder, 'client.json');
    const state = JSON.parse(readFileSync(file, 'utf8')) as object;
    writeFileSync(file, JSON.stringify({ ...state, cursor: said.cursor + 10, cursorId: 'a'.repeat(64) }));
    expect((await minimalClient(office.url, folder)).said).toEqual(said);
  });

  test('believes no change whose id does not come of what it holds', async () => {
    const office = await officeWithInspectors();
    const folder = tempDir();
    await minimalClient(office.url, folder, ['--code', await office.code('林知夏'), '--institution', '甲单位']);
    const file = path.join(folder, 'client.json');
    const state = JSON.parse(readFileSync(file, 'utf8')) as { pulled: PageItem[] };
    // What it holds of the server's chain is altered: the next change of that chain names another one before it.
    writeFileSync(file, JSON.stringify({ ...state, pulled: state.pulled.map((item) => ({ ...item, id: 'b'.repeat(64) })) }));
    await office.code('周明');
    expect(await minimalClient(office.url, folder)).toMatchObject({ code: 1, said: { problem: { code: 'chain-mismatch' } } });
  });

  test('with a code that nobody gave is told so', async () => {
    const office = await officeWithInspectors();
    expect(await minimalClient(office.url, tempDir(), ['--code', 'AAAA-BBBB-CCCC-DDDD'])).toEqual({ code: 1, said: { problem: { code: 'code-invalid' } } });
  });
});
