import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { canonicalJson } from '#shared/journal/canonical-json.ts';
import { changeId, coreOf, payloadHash, type ChainPlace } from '#shared/journal/change-id.ts';
import { problemCodes } from '#shared/kit/problem.ts';
import { officeCalls } from '#shared/sync/office-calls.ts';
import { refusedMark } from '#shared/sync/refused-mark.ts';
import { ExchangeReply, ExchangeRequest, paths, type PushedChange } from '#shared/sync/wire.ts';
import { openApiDocument } from '../../../src-server/http/open-api.ts';
import { httpStatus } from '../../../src-server/problems.ts';
import { sha256 } from '../../helpers/test-laptop.ts';

const repository = path.resolve(import.meta.dirname, '../../..');
const page = readFileSync(path.join(repository, 'docs/sync.md'), 'utf8');

type Example = {
  readonly privateKeySeed: string;
  readonly publicKey: string;
  readonly place: ChainPlace;
  readonly change: PushedChange;
  readonly canonicalPatch: string;
  readonly payloadHash: string;
  readonly canonicalCore: string;
  readonly id: string;
  readonly pushSignature: string;
  readonly challenge: string;
  readonly sessionSignature: string;
};

describe('what docs/sync.md says of the bytes', () => {
  test('its example is what the program computes', () => {
    const example = JSON.parse(/```json\n([\s\S]*?)```/.exec(page)?.[1] ?? '') as Example;
    const { place, change } = example;
    const core = coreOf(change, place, sha256);
    const key = createPrivateKey({ key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), Buffer.from(example.privateKeySeed, 'hex')]), format: 'der', type: 'pkcs8' });
    expect({
      ...example,
      publicKey: Buffer.from(createPublicKey(key).export({ format: 'jwk' }).x ?? '', 'base64url').toString('base64'),
      canonicalPatch: canonicalJson(change.patch as Parameters<typeof canonicalJson>[0]),
      payloadHash: payloadHash(change, sha256),
      canonicalCore: canonicalJson(core),
      id: changeId(core, sha256),
      pushSignature: sign(null, Buffer.from(changeId(core, sha256), 'hex'), key).toString('base64'),
      sessionSignature: sign(null, Buffer.from(`xuncha-session-v1:${example.challenge}`), key).toString('base64'),
    }).toEqual(example);
  });

  test('the mark of known refusals is as it is written there', () => {
    const [first, second] = [{ seq: 2, id: 'a'.repeat(64), problem: { code: 'locked' as const } }, { seq: 10, id: 'b'.repeat(64), problem: { code: 'newer-version' as const, detail: { recordType: 'x' } } }];
    const lines = `2 ${first.id} {"code":"locked"}\n10 ${second.id} {"code":"newer-version","detail":{"recordType":"x"}}`;
    expect(refusedMark([second, first], sha256)).toBe(sha256(lines).slice(0, 32));
    expect(refusedMark([], sha256)).toBe('');
  });

  test('every field of an exchange is explained', () => {
    const explained = [...page.matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name);
    expect(explained).toEqual(expect.arrayContaining([...Object.keys(ExchangeRequest.shape), ...Object.keys(ExchangeReply.shape).filter((name) => name !== 'v')]));
  });
});

test('every rule names a file in which a test has its name', () => {
  const rows = [...page.matchAll(/^\| ([a-z][^|]*) \| ([^|]*`tests\/[^|]*) \|$/gm)];
  expect(rows.length).toBeGreaterThanOrEqual(13);
  for (const [, rule = '', where = ''] of rows) {
    const files = [...where.matchAll(/`(tests\/[^`]+)`/g)].map(([, file = '']) => readFileSync(path.join(repository, file), 'utf8'));
    expect.soft(files.some((text) => text.includes(`'${rule}`)), rule).toBe(true);
  }
});

describe('the OpenAPI document', () => {
  const { paths: described, info } = openApiDocument();

  test('has every path of the contract', () => {
    expect(Object.keys(described)).toEqual(expect.arrayContaining([
      paths.enrol, paths.challenge, paths.session, paths.exchange, paths.hints, paths.health, paths.evidence, `${paths.evidence}/{sha256}`,
      ...Object.keys(officeCalls).map((name) => `${paths.office}/${name}`),
    ]));
  });

  test('has every problem with its status, and every operation answers with problems', () => {
    for (const code of problemCodes) expect(info.description).toContain(`${code} ${httpStatus({ code })}`);
    expect(info.description).toContain('evidence-damaged {offset} 460');
    for (const operations of Object.values(described)) for (const { responses } of Object.values(operations)) expect(responses).toHaveProperty('default');
  });
});
