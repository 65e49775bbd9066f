import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { packageCalls } from '../../../src-main/bridge/package-calls.ts';
import { personsDisk } from '../../../src-main/journal/node-disk.ts';
import { exportChanges } from '../../../src-main/packages/export-changes.ts';
import { writeReceipt } from '../../../src-main/packages/import-changes.ts';
import { openPackage } from '../../../src-main/packages/read-package.ts';
import { writePackage } from '../../../src-main/packages/write-package.ts';
import type { PackageEntry } from '../../../src-shared/package/manifest.ts';
import { RECEIPT_CONTEXT } from '../../../src-shared/sync/carried.ts';
import type { ImportedPackage } from '../../../src-shared/bridge/calls.ts';
import type { JsonValue } from '../../../src-shared/kit/values.ts';
import type { Outcome } from '../../../src-shared/kit/outcome.ts';
import type { SyncStatus } from '../../../src-shared/bridge/calls.ts';
import { cuttingLine, type CuttingLine } from './cutting-line.ts';
import { enrolledDesk, roomCheck, uuid, valueOf, type Desk } from './desk.ts';
import { startOffice, type Office } from './office.ts';

const allSent = (status: SyncStatus): boolean => status.phase === 'idle' && status.unsent === 0;
const out = (status: SyncStatus): boolean => status.phase === 'offline';

describe('exchange packages between a laptop without a network and the office', () => {
  let office: Office;
  let supervisor: Desk;
  let field: Desk;
  let line: CuttingLine;
  let organId = '';
  /** The disk that is carried about. */
  let disk = '';
  const desks: Desk[] = [];

  const officeCall = async (name: string, input: JsonValue): Promise<{ [key: string]: JsonValue }> =>
    valueOf(await supervisor.calls.handlers['office.call']({ name, input })) as { [key: string]: JsonValue };
  const newDesk = async (name: string, roles: readonly string[], url: string): Promise<Desk> => {
    const person = await officeCall('person.save', { officerId: null, name, loginName: uuid(), organId, roles, certificate: null, telephone: null, active: true });
    const { code } = await officeCall('person.enrolment-code', { officerId: person['officerId'] ?? null });
    const desk = await enrolledDesk(url, String(code));
    desks.push(desk);
    await desk.signIn();
    await desk.until(allSent);
    return desk;
  };
  const file = (name: string): string => path.join(disk, name);
  const packagesOf = (desk: Desk, saveAs: string | null, open = '') => packageCalls({
    sessions: { current: () => desk.session() }, office: desk.calls.packages, disk: personsDisk, now: () => new Date(),
    askWhere: async () => (saveAs === null ? null : file(saveAs)), askWhich: async () => file(open),
  });
  const exported = async (desk: Desk, name: string) => valueOf(await packagesOf(desk, name)['package.export']({}));
  const imported = async (desk: Desk, name: string, receipt: string | null = 'receipt.xcpkg'): Promise<Outcome<ImportedPackage | null>> => await packagesOf(desk, receipt, name)['package.import']({});
  const roomsAtTheOffice = async (inspectionId: string): Promise<number> => {
    await supervisor.calls.handlers['sync.now']({});
    const seen = desks.find((desk) => desk !== field) ?? supervisor;
    await seen.calls.handlers['sync.now']({});
    return (await seen.pulled()).filter((item) => item.patch['inspectionId']?.to === inspectionId).length;
  };
  const writtenOffline = async (count: number): Promise<string> => {
    const inspectionId = uuid();
    await field.append(...Array.from({ length: count }, (_, index) => roomCheck(inspectionId, index)));
    return inspectionId;
  };

  beforeAll(async () => {
    office = await startOffice();
    supervisor = await enrolledDesk(office.url(), office.firstCode, { name: '赵处长', loginName: 'zhao', officeName: '示例市机关事务管理局' });
    await supervisor.signIn();
    await supervisor.until(allSent);
    organId = String((await officeCall('organ.save', { organId: null, name: '节能处', kind: 'bureau', level: 'municipal' }))['organId']);
  });
  beforeEach(async () => {
    disk = mkdtempSync(path.join(tmpdir(), 'xuncha-usb-'));
    line = await cuttingLine(office.url());
    field = await newDesk('钱一', ['inspector'], line.url);
    await line.stop();
    await field.calls.handlers['sync.now']({});
    await field.until(out);
  });
  afterEach(async () => {
    for (const desk of desks.splice(0)) await desk.discard();
    rmSync(disk, { recursive: true, force: true });
  });
  afterAll(async () => {
    await supervisor?.discard();
    await office?.stop();
  });

  test('what was written without a network reaches the office on a disk, and the receipt comes back on it', async () => {
    const inspectionId = await writtenOffline(3);
    const photo = valueOf(await field.session().evidence.put(Buffer.from('a thermometer at 24 degrees'), 'image/jpeg'));
    expect(await exported(field, 'out.xcpkg')).toMatchObject({ changes: 3, originals: 1, originalsLeft: 0 });
    expect((await field.status()).unsent, 'nothing counts as sent by an export').toBe(3);

    expect(valueOf(await imported(supervisor, 'out.xcpkg'))).toMatchObject({ kind: 'changes', heldThrough: 3, refused: 0, originals: 1, originalsMissing: 0 });
    expect(await roomsAtTheOffice(inspectionId)).toBe(3);

    expect(valueOf(await imported(field, 'receipt.xcpkg'))).toEqual({ kind: 'receipt', confirmed: 3, originals: 1, refused: 0 });
    expect(await field.status()).toMatchObject({ unsent: 0, evidencePending: { files: 0 } });
    expect(field.session().evidence.has(photo.sha256)).toBe(true);
  });

  test('the same package twice, and the same receipt twice, change nothing', async () => {
    const inspectionId = await writtenOffline(2);
    await exported(field, 'out.xcpkg');
    const first = valueOf(await imported(supervisor, 'out.xcpkg'));
    expect(valueOf(await imported(supervisor, 'out.xcpkg'))).toEqual(first);
    expect(await roomsAtTheOffice(inspectionId)).toBe(2);
    expect(valueOf(await imported(field, 'receipt.xcpkg'))).toMatchObject({ confirmed: 2 });
    expect(valueOf(await imported(field, 'receipt.xcpkg'))).toMatchObject({ confirmed: 0 });
  });

  test('an older package and an older receipt after newer ones change nothing', async () => {
    const inspectionId = await writtenOffline(2);
    await exported(field, 'older.xcpkg');
    await field.append(roomCheck(inspectionId, 9));
    await exported(field, 'newer.xcpkg');
    valueOf(await imported(supervisor, 'older.xcpkg', 'older-receipt.xcpkg'));
    valueOf(await imported(supervisor, 'newer.xcpkg', 'newer-receipt.xcpkg'));
    expect(valueOf(await imported(supervisor, 'older.xcpkg', null))).toMatchObject({ heldThrough: 3, receiptPath: null });
    expect(await roomsAtTheOffice(inspectionId)).toBe(3);
    expect(valueOf(await imported(field, 'newer-receipt.xcpkg'))).toMatchObject({ confirmed: 3 });
    expect(valueOf(await imported(field, 'older-receipt.xcpkg'))).toMatchObject({ confirmed: 0 });
    expect((await field.status()).unsent).toBe(0);
  });

  test('a package that was copied by half brings nothing', async () => {
    const inspectionId = await writtenOffline(2);
    await exported(field, 'out.xcpkg');
    const whole = readFileSync(file('out.xcpkg'));
    writeFileSync(file('half.xcpkg'), whole.subarray(0, whole.length - 1));
    expect(await imported(supervisor, 'half.xcpkg')).toMatchObject({ ok: false, problem: { code: 'package-refused', detail: { reason: 'truncated' } } });
    expect(await roomsAtTheOffice(inspectionId)).toBe(0);
    expect(existsSync(file('receipt.xcpkg'))).toBe(false);
  });

  test('only a section head may bring the changes of another', async () => {
    const colleague = await newDesk('孙二', ['inspector'], office.url());
    await writtenOffline(1);
    await exported(field, 'out.xcpkg');
    expect(await imported(colleague, 'out.xcpkg')).toMatchObject({ ok: false, problem: { code: 'not-allowed' } });
  });

  test('of a laptop that was revoked only what the office already holds is confirmed', async () => {
    const inspectionId = await writtenOffline(1);
    await exported(field, 'before.xcpkg');
    valueOf(await imported(supervisor, 'before.xcpkg'));
    await field.append(roomCheck(inspectionId, 2));
    await exported(field, 'after.xcpkg');
    await officeCall('chain.revoke', { chainId: field.chainId, reason: '电脑遗失' });
    expect(await imported(supervisor, 'after.xcpkg')).toMatchObject({ ok: false, problem: { code: 'revoked' } });
    expect(valueOf(await imported(supervisor, 'before.xcpkg'))).toMatchObject({ heldThrough: 1 });
    expect(await roomsAtTheOffice(inspectionId)).toBe(1);
  });

  test('a receipt for another laptop is refused', async () => {
    const colleague = await newDesk('孙二', ['inspector'], office.url());
    await writtenOffline(1);
    await exported(field, 'out.xcpkg');
    valueOf(await imported(supervisor, 'out.xcpkg'));
    expect(await imported(colleague, 'receipt.xcpkg')).toMatchObject({ ok: false, problem: { detail: { reason: 'other-chain' } } });
  });

  test('a receipt that the server did not sign is refused, whoever packed it', async () => {
    await writtenOffline(1);
    const word = { v: 1, officeId: field.session().entry.officeId, chainId: field.chainId, receipt: { seq: 1, id: field.session().journal.head().id, receivedAt: '2026-08-12T06:03:00.000Z' }, refused: [], originals: [], at: '2026-08-12T06:03:00.000Z' };
    const text = JSON.stringify(word);
    const signature = supervisor.session().sign(Buffer.from(RECEIPT_CONTEXT + text));
    valueOf(await writeReceipt(personsDisk, supervisor.session(), file('forged.xcpkg'), { text, signature }, new Date()));
    expect(await imported(field, 'forged.xcpkg')).toMatchObject({ ok: false, problem: { code: 'package-refused', detail: { reason: 'signature' } } });
    expect((await field.status()).unsent).toBe(1);
  });

  test('changes packed by another than their author are refused', async () => {
    await writtenOffline(1);
    await exported(field, 'out.xcpkg');
    const opened = valueOf(await openPackage(file('out.xcpkg')));
    const [piece] = opened.entries;
    const read: Buffer[] = [];
    for await (const each of opened.pieces(piece as PackageEntry)) read.push(Buffer.from(each));
    const bytes = Buffer.concat(read);
    valueOf(await writePackage(personsDisk, file('forged.xcpkg'), supervisor.session(), opened.manifest, () => [bytes]));
    expect(await imported(supervisor, 'forged.xcpkg')).toMatchObject({ ok: false, problem: { code: 'bad-signature' } });
  });

  test('a package of another office is refused before anything is sent', async () => {
    const inspectionId = await writtenOffline(1);
    await exported(field, 'out.xcpkg');
    const { manifest } = valueOf(await openPackage(file('out.xcpkg')));
    const bytes = readFileSync(file('out.xcpkg')).subarray(-manifest.entries.reduce((sum, { size }) => sum + size, 0));
    valueOf(await writePackage(personsDisk, file('foreign.xcpkg'), field.session(), { ...manifest, officeId: uuid() }, () => [bytes]));
    expect(await imported(supervisor, 'foreign.xcpkg')).toMatchObject({ ok: false, problem: { code: 'package-refused', detail: { reason: 'other-office' } } });
    expect(await roomsAtTheOffice(inspectionId)).toBe(0);
  });

  test('what the office refuses is told by the receipt, with its reason', async () => {
    await field.append(roomCheck(uuid(), 1, '长'.repeat(2001)));
    await exported(field, 'out.xcpkg');
    expect(valueOf(await imported(supervisor, 'out.xcpkg'))).toMatchObject({ heldThrough: 1, refused: 1 });
    expect(valueOf(await imported(field, 'receipt.xcpkg'))).toMatchObject({ confirmed: 1, refused: 1 });
    expect((await field.status()).refused).toMatchObject([{ seq: 1, problem: { code: 'field-too-long', detail: { field: 'remarks' } } }]);
  });

  test('with everything confirmed there is nothing to carry, and no file appears', async () => {
    expect(await packagesOf(field, 'none.xcpkg')['package.export']({})).toMatchObject({ ok: false, problem: { code: 'package-refused', detail: { reason: 'nothing' } } });
    expect(readdirSync(disk)).toEqual([]);
  });

  test('originals that do not fit into one file stay for the next one, and it is said', async () => {
    await writtenOffline(1);
    await field.session().evidence.put(Buffer.alloc(1000, 1), 'image/jpeg');
    await field.session().evidence.put(Buffer.alloc(5000, 2), 'image/jpeg');
    const written = await exportChanges(personsDisk, field.session(), file('small.xcpkg'), new Date(), 8 * 1024 * 1024 + 4000);
    expect(valueOf(written)).toMatchObject({ changes: 1, originals: 1, originalsLeft: 1 });
  });
});
