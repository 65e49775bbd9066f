import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { OpinionText } from '#shared/domain/casework/case-record.ts';
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
const basis = { id: 'regulation-41', name: '公共机构节能条例', article: '第四十一条', textVersion: '2017-03-01', status: 'verified', source: 'docs/sources.md' } as const;

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
  return { server, at, signOff, begin, handOn, act, opinion, drafted, signed, caseId, institutionId, inspectionId };
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
  expectDone(await act(opinionId, 'inspector', 'serve', 'done', { comment: '公文交换送达' }));

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
  expect(problemIn(await legal.office('bases.sign-off', { bases: [{ ...basis, status: 'recalled' }], comment: '' }))).toEqual({ code: 'not-allowed', detail: { field: 'bases', id: basis.id } });
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
    inspector.write({ recordType: 'institution', recordId: institutionId, kind: 'edit', patch: { level: { was: created, to: 'district' } } });
    await inspector.sync();
    expect(problemIn(await handOn(opinionId))).toEqual({ code: 'not-own-level', detail: { form: 'district-letter' } });
  });
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
