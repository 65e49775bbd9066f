import { knownBases } from '#shared/domain/casework/legal-bases.ts';
import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { OpinionText } from '#shared/domain/casework/case-record.ts';
import type { HeldOriginal, ServiceStatement } from '#shared/domain/casework/service.ts';
import { demoOrgans, type demoPeople } from '#shared/domain/demo/demo-people.ts';
import type { JsonValue } from '#shared/kit/values.ts';
import type { OfficeRequest } from '#shared/sync/office-calls.ts';
import { foldRecord, listItems, type RecordState } from '#shared/sync/record-state.ts';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { openTestServer, tempDir, type TestServerOptions } from '../../helpers/server.ts';
import { demoLaptop, expectDone, newChange, newId, problemIn, sha256, type TestLaptop } from '../../helpers/test-laptop.ts';

type Who = keyof typeof demoPeople;
type Act = OfficeRequest<'opinion.act'>;

const text: OpinionText = { facts: '3-0214 会议室空调设定 22 ℃。', demand: '调至 26 ℃ 以上，并加强巡查。', replyBy: '2026-09-30', jointOrganId: demoOrgans.energyCentre.organId, contact: '0571-0000-0001' };
const article41 = knownBases.find(({ id }) => id === 'public-institution-energy-41');
if (!article41) throw new Error('the list has lost article 41');
const { enabled: _enabled, note: _note, ...basis } = article41;

/** The present minute, as a person writes a time of service. */
const thisMinute = (): string => `${new Date().toISOString().slice(0, 16)}:00.000Z`;
const exchanged = (over: Partial<ServiceStatement> = {}): ServiceStatement => ({
  method: 'document-exchange', recipient: { name: '方晓岚', post: '办公室主任', unit: '示例市样例局' }, servedAt: thisMinute(), place: '', reference: '', refusal: null, consent: null, note: '', ...over,
});

/** The demo house with one case, everybody at his desk. */
async function house(level: 'municipal' | 'district' = 'municipal', options: TestServerOptions = {}) {
  const server = await openTestServer({ demo: true, ...options });
  const people = new Map<Who, TestLaptop>();
  const at = async (who: Who): Promise<TestLaptop> => {
    const laptop = people.get(who) ?? (await demoLaptop(server.url, who));
    people.set(who, laptop);
    return laptop;
  };
  const inspector = await at('inspector');
  const [institutionId, inspectionId, caseId] = [newId(), newId(), newId()];
  inspector.write(
    newChange('institution', institutionId, { name: '示例市样例局', level, authority: level === 'municipal' ? demoOrgans.bureau.name : '示例区机关事务中心' }),
    newChange('inspection', inspectionId, { institutionId, institutionName: '示例市样例局', leadOfficerId: inspector.entry.officerId }),
    newChange('document', newId(), { inspectionId, institutionId, kind: 'record-of-inspection', fieldNumber: 'A01-20260812-1' }),
    newChange('document', newId(), { inspectionId, institutionId, kind: 'feedback-sheet', fieldNumber: 'A01-20260812-2' }),
    newChange('case', caseId, { institutionId, institutionName: '示例市样例局', inspectionId, matter: 'room-temperature', procedureId: 'inspection-and-correction', procedureVersion: 1 }),
  );
  await inspector.sync();
  expect(inspector.refused).toEqual([]);

  const signOff = async () => expectDone(await (await at('legalSection')).office('bases.sign-off', { bases: [basis], comment: '' }));
  const begin = async (who: Who = 'inspector', over: Partial<OpinionText> = {}) => (await at(who)).office('opinion.draft', { opinionId: null, caseId, text: { ...text, ...over }, comment: '' });
  const handOn = async (opinionId: string, who: Who = 'inspector', over: Partial<OpinionText> = {}) => (await at(who)).office('opinion.draft', { opinionId, caseId, text: { ...text, ...over }, comment: '请审核' });
  const act = async (opinionId: string, who: Who, step: Act['step'], decision: Act['decision'], over: Partial<Act> = {}) =>
    (await at(who)).office('opinion.act', { opinionId, step, decision, comment: '同意', issuedOn: null, original: null, ...over });
  const opinion = async (opinionId: string): Promise<RecordState> => {
    const reader = await at('assistant');
    await reader.sync();
    const changes = reader.pulled.filter(({ recordId }) => recordId === opinionId).map((item) => ({ ...item, chainId: `${item.deviceId}.${item.officerId}`, officeId: reader.entry.officeId }));
    const state = foldRecord(changes, null);
    if (!state) throw new Error('no such opinion in the feed');
    return state;
  };
  const drafted = async (over: Partial<OpinionText> = {}): Promise<string> => {
    const { opinionId } = expectDone(await begin());
    expectDone(await handOn(opinionId, 'inspector', over));
    return opinionId;
  };
  /** Brings a drafted opinion up to the office's desk. */
  const signed = async (issuedOn = '2026-09-01'): Promise<string> => {
    const opinionId = await drafted();
    expectDone(await act(opinionId, 'sectionHead', 'section-review', 'agree'));
    expectDone(await act(opinionId, 'legalSection', 'legal-reading', 'agree'));
    expectDone(await act(opinionId, 'jointStaff', 'countersign', 'agree'));
    expectDone(await act(opinionId, 'leader', 'issue', 'agree', { issuedOn }));
    return opinionId;
  };
  const upload = async (who: Who, mediaType = 'application/pdf'): Promise<HeldOriginal> => {
    const bytes = randomBytes(500);
    const original = { sha256: sha256(bytes), mediaType, byteLength: bytes.length };
    expectDone(await (await at(who)).sendPiece(original.sha256, bytes.length, 0, bytes, mediaType));
    return original;
  };
  /** Brings an opinion as far as it can be served. */
  const sealed = async (): Promise<string> => {
    const opinionId = await signed();
    expectDone(await act(opinionId, 'office', 'number', 'done'));
    expectDone(await act(opinionId, 'office', 'seal', 'done', { original: await upload('office') }));
    return opinionId;
  };
  const serve = (opinionId: string, statement: ServiceStatement, over: Partial<NonNullable<Act['service']>> = {}, who: Who = 'inspector') => act(opinionId, who, 'serve', 'done', { service: { statement, receipt: null, ...over }, comment: '' });
  return { server, at, signOff, begin, handOn, act, opinion, drafted, signed, sealed, serve, upload, caseId, institutionId, inspectionId };
}

test('a 节能整改意见书 goes through the house, numbered, sealed and served, every act on record', async () => {
  const { at, signOff, act, opinion, signed } = await house();
  const { basisListId } = await signOff();
  const opinionId = await signed();
  expect(expectDone(await act(opinionId, 'office', 'number', 'done'))).toEqual({ officialNumber: '示机事整〔2026〕1号' });
  const office = await at('office');
  const scan = randomBytes(2000);
  const original = { sha256: sha256(scan), mediaType: 'application/pdf', byteLength: scan.length };
  expect(problemIn(await act(opinionId, 'office', 'seal', 'done'))).toEqual({ code: 'incomplete', detail: { field: 'original' } });
  expect(problemIn(await act(opinionId, 'office', 'seal', 'done', { original }))).toEqual({ code: 'evidence-missing', detail: { field: 'original' } });
  expectDone(await office.sendPiece(original.sha256, scan.length, 0, scan, 'application/pdf'));
  expect(problemIn(await act(opinionId, 'office', 'seal', 'done', { original: { ...original, byteLength: 1 } }))?.code).toBe('evidence-missing');
  expect(problemIn(await act(opinionId, 'office', 'seal', 'done', { original: { ...original, mediaType: 'text/html' } }))?.code).toBe('invalid-input');
  expectDone(await act(opinionId, 'office', 'seal', 'done', { original }));
  expect(problemIn(await act(opinionId, 'inspector', 'serve', 'done', { comment: '公文交换送达' })), 'said in a comment only').toEqual({ code: 'incomplete', detail: { field: 'method' } });
  expectDone(await act(opinionId, 'inspector', 'serve', 'done', { service: { statement: exchanged(), receipt: null }, comment: '' }));

  const { fields, conflicts } = await opinion(opinionId);
  expect(fields).toMatchObject({
    form: 'opinion', nextStep: 'finished', issuedOn: '2026-09-01', officialNumber: '示机事整〔2026〕1号', basisListId, institutionName: '示例市样例局',
    fieldNumbers: ['A01-20260812-1', 'A01-20260812-2'], original: { ...original, importedAt: expect.any(String) as unknown }, text,
  });
  expect(conflicts).toEqual({});
  const acts = listItems({ ...(await opinion(opinionId)) }, 'acts').map(([, item]) => item as { step: string; decision: string; by: string });
  expect(acts.map(({ step, decision }) => `${step} ${decision}`)).toEqual(['draft done', 'section-review agree', 'legal-reading agree', 'countersign agree', 'issue agree', 'number done', 'seal done', 'serve done']);
  expect(acts[4]?.by).toBe((await at('leader')).entry.officerId);
});

test('nothing leaves the draft before the legal section has signed off the bases', async () => {
  const { begin, handOn, signOff, opinion } = await house();
  const { opinionId } = expectDone(await begin());
  expect(problemIn(await handOn(opinionId))).toEqual({ code: 'bases-not-approved' });
  expect((await opinion(opinionId)).fields).toMatchObject({ nextStep: 'draft', basisListId: null });
  await signOff();
  expectDone(await handOn(opinionId));
  expect((await opinion(opinionId)).fields['nextStep']).toBe('section-review');
});

test('the newest list of bases goes with the opinion', async () => {
  const { signOff, drafted, opinion } = await house();
  await signOff();
  const { basisListId } = await signOff();
  expect((await opinion(await drafted())).fields['basisListId']).toBe(basisListId);
});

test('only verified texts are signed off, and only by the legal section', async () => {
  const { at } = await house();
  const [legal, inspector] = [await at('legalSection'), await at('inspector')];
  const unread = knownBases.find(({ status }) => status !== 'verified');
  for (const doubtful of [{ ...basis, id: 'invented-article', status: 'verified' as const }, { ...basis, id: unread?.id ?? '', status: 'verified' as const }]) {
    expect(problemIn(await legal.office('bases.sign-off', { bases: [doubtful], comment: '' })), 'whatever the request says of it').toEqual({ code: 'not-allowed', detail: { field: 'bases', id: doubtful.id } });
  }
  const { basisListId } = expectDone(await legal.office('bases.sign-off', { bases: [{ ...basis, name: '另一部条例', article: '第一条' }], comment: '' }));
  await legal.sync();
  expect(legal.pulled.findLast(({ recordId }) => recordId === basisListId)?.patch['bases']?.to, 'what is kept is our own entry').toEqual([basis]);
  expect(problemIn(await legal.office('bases.sign-off', { bases: [basis, basis], comment: '' }))).toMatchObject({ code: 'duplicate' });
  expect(problemIn(await inspector.office('bases.sign-off', { bases: [basis], comment: '' }))?.code).toBe('not-allowed');
});

describe('a unit of a district', () => {
  test('gets no opinion, only a letter to its own bureau, which needs no joint organ', async () => {
    const { begin, handOn, signOff, act, opinion } = await house('district');
    await signOff();
    const { opinionId } = expectDone(await begin('inspector', { jointOrganId: null }));
    expect((await opinion(opinionId)).fields['form']).toBe('district-letter');
    expectDone(await handOn(opinionId, 'inspector', { jointOrganId: null }));
    expectDone(await act(opinionId, 'sectionHead', 'section-review', 'agree'));
    expectDone(await act(opinionId, 'sectionHead', 'legal-reading', 'skip', { comment: '便函，不需核稿' }));
    expectDone(await act(opinionId, 'leader', 'issue', 'agree', { issuedOn: '2026-09-01' }));
    expect(expectDone(await act(opinionId, 'office', 'number', 'done'))).toEqual({ officialNumber: '示机事函〔2026〕1号' });
  });

  test('whose level was set right while an opinion was in draft: the opinion goes no further', async () => {
    const { at, begin, handOn, signOff, institutionId } = await house();
    await signOff();
    const { opinionId } = expectDone(await begin());
    const inspector = await at('inspector');
    const created = inspector.journal.find(({ body }) => body.recordId === institutionId)?.id ?? null;
    inspector.write({ recordType: 'institution', recordId: institutionId, kind: 'edit', patch: { level: { was: created, to: 'district' }, authority: { was: created, to: '示例区机关事务中心' } } });
    await inspector.sync();
    expect(problemIn(await handOn(opinionId))).toEqual({ code: 'not-own-level', detail: { form: 'district-letter' } });
  });
});

describe('送达', () => {
  const recipient = exchanged().recipient;

  test('is on record with method, recipient and minute, bound to the sealed paper; the 回证 may come later', async () => {
    const { at, signOff, sealed, serve, upload, opinion } = await house();
    await signOff();
    const opinionId = await sealed();
    const servedAt = thisMinute();
    expectDone(await serve(opinionId, exchanged({ method: 'direct', place: '示例市样例局一楼', note: '当面交付', servedAt })));
    const before = (await opinion(opinionId)).fields;
    const [service] = listItems(await opinion(opinionId), 'services');
    const acts = listItems(await opinion(opinionId), 'acts').filter(([, item]) => (item as { step: string }).step === 'serve');
    expect(service?.[0], 'the 送达 bears the id of its act').toBe(acts[0]?.[0]);
    const { sha256: paper } = before['original'] as { sha256: string };
    expect(service?.[1]).toMatchObject({ method: 'direct', recipient, servedAt, place: '示例市样例局一楼', note: '当面交付', paper: { sha256: paper }, by: (await at('inspector')).entry.officerId });
    expect(before['nextStep']).toBe('finished');

    const office = await at('office');
    const receipt = await upload('office', 'image/jpeg');
    const serviceId = service?.[0] ?? '';
    expect(problemIn(await office.office('opinion.service-receipt', { opinionId, serviceId: newId(), receipt, note: '' }))).toEqual({ code: 'not-found', detail: { field: 'serviceId' } });
    expect(problemIn(await office.office('opinion.service-receipt', { opinionId, serviceId, receipt: { ...receipt, sha256: 'b'.repeat(64) }, note: '' }))).toEqual({ code: 'evidence-missing', detail: { field: 'receipt' } });
    expect(problemIn(await office.office('opinion.service-receipt', { opinionId, serviceId, receipt: { ...receipt, mediaType: 'text/html' }, note: '' }))?.code).toBe('invalid-input');
    expect(problemIn(await (await at('assistant')).office('opinion.service-receipt', { opinionId, serviceId, receipt, note: '' }))?.code).toBe('not-allowed');
    expectDone(await office.office('opinion.service-receipt', { opinionId, serviceId, receipt, note: '回证已收' }));
    expect(problemIn(await office.office('opinion.service-receipt', { opinionId, serviceId, receipt, note: '再来一次' })), 'the same scan twice').toEqual({ code: 'duplicate', detail: { field: 'receipt' } });
    expect(listItems(await opinion(opinionId), 'serviceReceipts').map(([, item]) => item)).toMatchObject([{ serviceId, original: receipt, note: '回证已收', by: office.entry.officerId }]);
  });

  test('takes the 回证 at once when it is back already', async () => {
    const { signOff, sealed, serve, upload, opinion } = await house();
    await signOff();
    const opinionId = await sealed();
    const receipt = await upload('inspector', 'image/png');
    expect(problemIn(await serve(opinionId, exchanged(), { receipt: { ...receipt, byteLength: 1 } }))).toEqual({ code: 'evidence-missing', detail: { field: 'receipt' } });
    expectDone(await serve(opinionId, exchanged(), { receipt }));
    expect(listItems(await opinion(opinionId), 'serviceReceipts').map(([, item]) => (item as { original: unknown }).original)).toEqual([receipt]);
  });

  test('the server says what is missing and when it can not have been, and nothing is half done', async () => {
    const { signOff, sealed, serve, opinion } = await house();
    await signOff();
    const opinionId = await sealed();
    const day = 86_400_000;
    const at = (ms: number): string => `${new Date(Date.now() + ms).toISOString().slice(0, 16)}:00.000Z`;
    const wrong: readonly (readonly [ServiceStatement, object])[] = [
      [exchanged({ recipient: { ...recipient, name: '' } }), { code: 'incomplete', detail: { field: 'recipient.name' } }],
      [exchanged({ method: 'post' }), { code: 'incomplete', detail: { field: 'reference' } }],
      [exchanged({ servedAt: at(10 * 60_000) }), { code: 'out-of-range', detail: { field: 'servedAt', reason: 'in-future' } }],
      [exchanged({ servedAt: at(-2 * day) }), { code: 'out-of-range', detail: { field: 'servedAt', reason: 'before-seal' } }],
    ];
    for (const [statement, problem] of wrong) expect(problemIn(await serve(opinionId, statement))).toMatchObject(problem);
    expect(problemIn(await serve(opinionId, exchanged({ servedAt: '2026-09-03T06:03:12.000Z' })))?.code).toBe('invalid-input');
    const { fields } = await opinion(opinionId);
    expect(fields['nextStep']).toBe('serve');
    expect(Object.keys(fields).filter((path) => path.startsWith('services/'))).toEqual([]);
  });

  test('a refusal to receive is served with a witness, or left and filmed; the film is on the server', async () => {
    const { signOff, sealed, serve, upload } = await house();
    await signOff();
    const refusal = { reason: '称领导不在，拒收', route: 'witness' as const, witness: { name: '吴海', unit: '示例社区居委会' }, films: [] };
    const refused = (part: object): ServiceStatement => exchanged({ method: 'refused', place: '示例市样例局门卫处', recipient: { name: '', post: '', unit: '示例市样例局' }, refusal: { ...refusal, ...part } });
    expectDone(await serve(await sealed(), refused({})));
    const opinionId = await sealed();
    const nobody = { name: '', unit: '' };
    const film = await upload('inspector', 'video/mp4');
    expect(problemIn(await serve(opinionId, refused({ route: 'left-and-filmed', witness: nobody })))).toEqual({ code: 'incomplete', detail: { field: 'refusal.films' } });
    expect(problemIn(await serve(opinionId, refused({ route: 'left-and-filmed', witness: nobody, films: [{ ...film, sha256: 'c'.repeat(64) }] })))).toEqual({ code: 'evidence-missing', detail: { field: 'refusal.films' } });
    expectDone(await serve(opinionId, refused({ route: 'left-and-filmed', witness: nobody, films: [film] })));
  });

  test('electronic service needs the unit’s signed consent', async () => {
    const { signOff, sealed, serve, upload } = await house();
    await signOff();
    const opinionId = await sealed();
    const electronic = exchanged({ method: 'electronic', reference: 'bangongshi@example.gov.cn' });
    expect(problemIn(await serve(opinionId, electronic))).toEqual({ code: 'incomplete', detail: { field: 'consent' } });
    expectDone(await serve(opinionId, { ...electronic, consent: await upload('inspector') }));
  });
});

test('a draft that is kept stays a draft with its text, incomplete as it is, for whoever goes on with it', async () => {
  const { at, signOff, begin, act, opinion, caseId, drafted } = await house();
  const { opinionId } = expectDone(await begin());
  const keep = async (who: Who, over: Partial<OpinionText>) => (await at(who)).office('opinion.draft', { opinionId, caseId, text: { ...text, ...over }, comment: '', keep: true });
  expectDone(await keep('inspector', { facts: '写到一半', replyBy: null }));
  expect((await opinion(opinionId)).fields).toMatchObject({ nextStep: 'draft', text: { facts: '写到一半', replyBy: null } });
  expect(listItems(await opinion(opinionId), 'acts')).toEqual([]);
  expect(problemIn(await keep('assistant', {}))?.code).toBe('not-allowed');
  await signOff();
  const handedOn = await drafted();
  expect(problemIn(await (await at('inspector')).office('opinion.draft', { opinionId: handedOn, caseId, text, comment: '', keep: true }))).toMatchObject({ code: 'wrong-step' });
  expect(problemIn(await act(handedOn, 'inspector', 'section-review', 'agree'))?.code).toBe('not-allowed');
});

test('two who write on one draft do not overwrite each other unseen', async () => {
  const { at, signOff, begin, opinion, caseId } = await house();
  await signOff();
  const { opinionId } = expectDone(await begin());
  const seen = (await opinion(opinionId)).by['text'] ?? '';
  const write = async (who: Who, facts: string, over: string, keep: boolean) => (await at(who)).office('opinion.draft', { opinionId, caseId, text: { ...text, facts }, comment: '', keep, over });
  expectDone(await write('inspector', '林写的', seen, true));
  for (const keep of [true, false]) expect(problemIn(await write('secondInspector', '周写的', seen, keep))).toEqual({ code: 'wrong-step', detail: { reason: 'changed-meanwhile', field: 'text' } });
  expect((await opinion(opinionId)).fields).toMatchObject({ nextStep: 'draft', text: { facts: '林写的' } });
  expectDone(await write('secondInspector', '周看过再写的', (await opinion(opinionId)).by['text'] ?? '', false));
  expect((await opinion(opinionId)).fields).toMatchObject({ nextStep: 'section-review', text: { facts: '周看过再写的' } });
});

test('a unit of the own level that another organ looks after gets no opinion', async () => {
  const { at, begin, institutionId } = await house();
  const inspector = await at('inspector');
  const created = inspector.journal.find(({ body }) => body.recordId === institutionId)?.id ?? null;
  inspector.write({ recordType: 'institution', recordId: institutionId, kind: 'edit', patch: { authority: { was: created, to: '示例市人大常委会办公厅' } } });
  await inspector.sync();
  expect(problemIn(await begin())).toEqual({ code: 'not-own-level', detail: { reason: 'other-authority', authority: '示例市人大常委会办公厅' } });
});

describe('who may take which step', () => {
  test('nobody but the one whose step it is', async () => {
    const { signOff, drafted, act } = await house();
    await signOff();
    const opinionId = await drafted();
    const may: readonly (readonly [Act['step'], Act['decision'], readonly Who[]])[] = [
      ['section-review', 'agree', ['sectionHead']], ['legal-reading', 'agree', ['legalSection']], ['countersign', 'agree', ['jointStaff']],
      ['issue', 'agree', ['leader']], ['number', 'done', ['office']],
    ];
    const everybody: readonly Who[] = ['inspector', 'secondInspector', 'assistant', 'legalSection', 'leader', 'office', 'administrator', 'jointStaff', 'sectionHead'];
    for (const [step, decision, whose] of may) {
      for (const who of everybody.filter((each) => !whose.includes(each) && !(step === 'countersign' && each === 'sectionHead'))) {
        expect(problemIn(await act(opinionId, who, step, decision, { issuedOn: '2026-09-01' }))?.code).toBe('not-allowed');
      }
      expectDone(await act(opinionId, whose[0] ?? 'leader', step, decision, step === 'issue' ? { issuedOn: '2026-09-01' } : {}));
    }
  });

  test('no step twice, and none ahead of its turn', async () => {
    const { signOff, drafted, act } = await house();
    await signOff();
    const opinionId = await drafted();
    expect(problemIn(await act(opinionId, 'leader', 'issue', 'agree', { issuedOn: '2026-09-01' }))).toEqual({ code: 'wrong-step', detail: { step: 'section-review' } });
    expectDone(await act(opinionId, 'sectionHead', 'section-review', 'agree'));
    expect(problemIn(await act(opinionId, 'sectionHead', 'section-review', 'agree'))).toEqual({ code: 'wrong-step', detail: { step: 'legal-reading' } });
  });

  test('the section head who drafted it does not review it', async () => {
    const { signOff, begin, handOn, act } = await house();
    await signOff();
    const { opinionId } = expectDone(await begin('sectionHead'));
    expectDone(await handOn(opinionId, 'sectionHead'));
    expect(problemIn(await act(opinionId, 'sectionHead', 'section-review', 'agree'))).toEqual({ code: 'same-person', detail: { step: 'section-review' } });
  });

  test('what is sent back can be drafted anew, with the comment on record', async () => {
    const { signOff, drafted, act, handOn, opinion } = await house();
    await signOff();
    const opinionId = await drafted();
    expect(problemIn(await act(opinionId, 'sectionHead', 'section-review', 'return', { comment: '' }))).toMatchObject({ code: 'incomplete' });
    expectDone(await act(opinionId, 'sectionHead', 'section-review', 'return', { comment: '事实写明房间号' }));
    expectDone(await handOn(opinionId, 'secondInspector', { facts: '3-0214、3-0215 设定 22 ℃。' }));
    const { fields } = await opinion(opinionId);
    expect(fields).toMatchObject({ nextStep: 'section-review', text: { facts: '3-0214、3-0215 设定 22 ℃。' } });
    expect(Object.values(fields).filter((value: JsonValue) => typeof value === 'object' && value !== null && 'comment' in value).map((act) => (act as { comment: string }).comment)).toContain('事实写明房间号');
  });
});

describe('official numbers', () => {
  test('are given without gaps and never twice, also when fifty ask at once', async () => {
    const { signOff, signed, act } = await house();
    await signOff();
    const ids: string[] = [];
    for (let n = 0; n < 6; n += 1) ids.push(await signed());
    const asked = Array.from({ length: 50 }, (_, n) => ids[n % ids.length] ?? '');
    const answers = await Promise.all(asked.map((opinionId) => act(opinionId, 'office', 'number', 'done')));
    const given = answers.flatMap((answer) => (answer.ok ? [answer.value.officialNumber] : []));
    expect(given.toSorted()).toEqual([1, 2, 3, 4, 5, 6].map((n) => `示机事整〔2026〕${n}号`));
    expect(answers.filter((answer) => !answer.ok).every((answer) => problemIn(answer)?.code === 'wrong-step')).toBe(true);
  });

  test('count by the year of the date that the leader fixed', async () => {
    const { signOff, signed, act } = await house();
    await signOff();
    const [first, second, third] = [await signed('2026-09-01'), await signed('2025-12-31'), await signed('2026-09-02')];
    const numbers: (string | null)[] = [];
    for (const opinionId of [first, second, third]) numbers.push(expectDone(await act(opinionId, 'office', 'number', 'done')).officialNumber);
    expect(numbers).toEqual(['示机事整〔2026〕1号', '示机事整〔2025〕1号', '示机事整〔2026〕2号']);
  });

  test('bear the 机关代字 of the settings', async () => {
    const dataDir = tempDir();
    writeFileSync(path.join(dataDir, 'settings.json'), JSON.stringify({ numberPrefixes: { opinion: '示管节', 'district-letter': '示管函' } }));
    const { signOff, signed, act } = await house('municipal', { dataDir });
    await signOff();
    expect(expectDone(await act(await signed(), 'office', 'number', 'done')).officialNumber).toBe('示管节〔2026〕1号');
  });

  test('a laptop links a paper to a given number, and invents none', async () => {
    const { at, signOff, signed, act, inspectionId } = await house();
    await signOff();
    const { officialNumber } = expectDone(await act(await signed(), 'office', 'number', 'done'));
    const inspector = await at('inspector');
    const seq = inspector.journal.length;
    for (const number of [officialNumber, '示机事整〔2026〕2号']) inspector.write(newChange('document', newId(), { inspectionId, kind: 'opinion', officialNumber: number }));
    await inspector.sync();
    expect(inspector.refused.map((each) => [each.seq, each.problem])).toEqual([[seq + 2, { code: 'not-allowed', detail: { field: 'officialNumber' } }]]);
  });
});

test('a draft needs a case, a unit, a joint organ and a date that exist', async () => {
  const { at, begin, caseId } = await house();
  const inspector = await at('inspector');
  expect(problemIn(await inspector.office('opinion.draft', { opinionId: null, caseId: newId(), text, comment: '' }))).toEqual({ code: 'not-found', detail: { field: 'caseId' } });
  expect(problemIn(await inspector.office('opinion.draft', { opinionId: newId(), caseId, text, comment: '' }))).toEqual({ code: 'not-found', detail: { field: 'opinionId' } });
  expect(problemIn(await begin('inspector', { jointOrganId: demoOrgans.bureau.organId }))).toEqual({ code: 'not-found', detail: { field: 'jointOrganId' } });
  expect(problemIn(await begin('inspector', { replyBy: '2026-02-30' }))).toMatchObject({ code: 'not-a-date' });
  expect(problemIn(await begin('assistant'))).toMatchObject({ code: 'not-allowed' });
  expect(problemIn(await inspector.office('opinion.act', { opinionId: newId(), step: 'serve', decision: 'done', comment: '', issuedOn: null, original: null }))).toEqual({ code: 'not-found', detail: { field: 'opinionId' } });
});
