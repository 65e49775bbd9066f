import { describe, expect, test } from 'vitest';
import { findingsOf, leadsOf, roomsToVerify } from '#shared/domain/casework/findings.ts';
import { knownBases } from '#shared/domain/casework/legal-bases.ts';
import { ledgerRows } from '#shared/domain/casework/ledger.ts';
import { opinionTextFor } from '#shared/domain/casework/opinion-text.ts';
import { caseStanding } from '#shared/domain/casework/case-state.ts';
import { OpinionText, type CaseEvent, type Finding } from '#shared/domain/casework/case-record.ts';
import { emptyRecord, type RecordState } from '#shared/sync/record-state.ts';
import { room } from '../room-check/builders.ts';

const id = (n: number): string => `0190c5a0-0000-7000-8000-${String(n).padStart(12, '0')}`;
const finding: Finding = { roomCheckId: id(1), room: '0302', use: '办公', mode: 'cooling', setTemperatureC: '24', limitC: '26', adjustedToC: null };
const occasion = { form: 'opinion' as const, institutionName: '示例市档案局', checkedAt: '2026-08-12T06:03:00.000Z', replyBy: '2026-09-15', jointOrganId: id(7) };

function caseWith(findings: Record<string, Finding>, events: Record<string, Partial<CaseEvent>>): RecordState {
  const whole = (event: Partial<CaseEvent>): CaseEvent => ({ type: 'note', findingId: 'f1', follows: null, by: id(2), at: '2026-08-12T06:00:00.000Z', dueOn: null, complies: null, text: '', photos: [], documentId: null, ...event });
  return {
    ...emptyRecord({ recordId: id(5), recordType: 'case', officeId: id(6), officerId: id(2) }),
    fields: {
      institutionName: '示例市档案局', inspectionId: id(9), openedAt: '2026-08-12T16:30:00.000Z',
      ...Object.fromEntries(Object.entries(findings).map(([key, value]) => [`findings/${key}`, value])),
      ...Object.fromEntries(Object.entries(events).map(([key, event]) => [`events/${key}`, whole(event)])),
    },
  };
}

describe('what a case opens from', () => {
  test('only checked rooms whose setting exceeds', () => {
    const rooms = [
      room({ room: '0301', setTemperatureC: '24' }),
      room({ room: '0302', setTemperatureC: '26', readings: ['24.0'] }),
      room({ room: '0303', setTemperatureC: '22', specialUse: { reason: '机房' } }),
      room({ room: '0304', setTemperatureC: '22', approvedNeed: { reason: '档案', approvalDocument: null } }),
      room({ room: '0305', outcome: 'locked-door', setTemperatureC: '22' }),
      room({ room: '0306', outcome: null, setTemperatureC: '22' }),
      room({ room: '0307', mode: 'heating', setTemperatureC: '23' }),
    ];
    expect(findingsOf(rooms).map((each) => `${each.room} ${each.mode} ${each.setTemperatureC}/${each.limitC}`)).toEqual(['0301 cooling 24/26', '0307 heating 23/20']);
    expect(leadsOf(rooms, null).map((lead) => lead.room.room)).toEqual(['0302']);
    expect(roomsToVerify(rooms).map((each) => each.room.room)).toEqual(['0304']);
  });

  test('a room adjusted on the spot is still a finding, with what was found and what it was set to', () => {
    expect(findingsOf([room({ setTemperatureC: '24', adjusted: { toC: '26', at: '2026-08-12T06:00:00.000Z' } })])).toEqual([expect.objectContaining({ setTemperatureC: '24', adjustedToC: '26' })]);
  });

  test('a lead within the instrument’s error is flagged', () => {
    expect(leadsOf([room({ setTemperatureC: '26', readings: ['25.8'] })], '0.3')[0]?.measured.withinInstrumentError).toBe(true);
    expect(leadsOf([room({ setTemperatureC: '26', readings: ['25.0'] })], '0.3')[0]?.measured.withinInstrumentError).toBe(false);
  });
});

describe('the first wording of the 意见书', () => {
  test('names the waste room by room and asks, without an order and without a consequence', () => {
    const text = opinionTextFor([finding, { ...finding, room: '0303', use: '', adjustedToC: '26' }], occasion);
    expect(text.facts).toBe(
      '2026年8月12日，我局会同有关部门对示例市档案局空调温度设置情况进行监督检查，发现2间房间空调运行时的设定温度不符合“夏季室内空调温度设置不得低于26℃”的规定：\n1. 0302（办公），制冷，设定温度24℃；\n2. 0303，制冷，设定温度24℃，检查时已当场调整为26℃。',
    );
    expect(text.demand).toContain('制冷时不低于26℃');
    expect(`${text.facts}${text.demand}`).not.toMatch(/责令|限期|逾期|通报|处分|罚款|第三十七条|依法\d+日/);
    expect(text).toMatchObject({ replyBy: '2026-09-15', jointOrganId: id(7) });
  });

  test('without a joint organ it does not claim one', () => {
    expect(opinionTextFor([finding], { ...occasion, jointOrganId: null }).facts).not.toContain('会同');
  });

  test('heating is a ceiling in words too', () => {
    const text = opinionTextFor([{ ...finding, mode: 'heating', setTemperatureC: '23', limitC: '20' }], occasion);
    expect(text.facts).toContain('冬季室内空调温度设置不得高于20℃');
    expect(text.demand).toContain('制热时不高于20℃');
  });

  test('five hundred findings still fit the paper’s field and the rest is counted', () => {
    const text = opinionTextFor(Array.from({ length: 500 }, (_, index) => ({ ...finding, room: `A-${index}`, use: '办公室兼接待'.repeat(3) })), occasion);
    expect(OpinionText.safeParse(text).success).toBe(true);
    expect(text.facts).toMatch(/其余\d+间见《房间明细表》。$/);
  });
});

describe('the first wording of a letter to a district’s bureau', () => {
  const text = opinionTextFor([finding, { ...finding, room: '0401', mode: 'heating', setTemperatureC: '23', limitC: '20' }], { ...occasion, form: 'district-letter' });

  test('states what was recorded and whose unit it is', () => {
    expect(text.facts).toBe(
      '2026年8月12日，我局会同有关部门对示例市档案局进行现场检查，记录到2间房间空调运行时的设定温度制冷低于26℃或者制热高于20℃：\n1. 0302（办公），制冷，设定温度24℃；\n2. 0401（办公），制热，设定温度23℃。',
    );
    expect(text.demand).toBe('该单位属你局监督管理的范围，现将有关情况函告你局。');
  });

  test('asks nothing of the unit, judges nothing and needs no joint organ', () => {
    expect(`${text.facts}${text.demand}`).not.toMatch(/整改|调整到位|自查|不符合|规定|监督检查|浪费/);
    expect(text).toMatchObject({ replyBy: '2026-09-15', jointOrganId: null });
  });
});

describe('legal bases', () => {
  test('Article 37 is not offered: temperature is none of its eight items', () => {
    expect(knownBases.filter((basis) => basis.name.includes('公共机构节能条例') && basis.article.includes('三十七'))).toEqual([]);
  });

  test('Articles 30, 35 and 41 are offered ticked', () => {
    const ticked = knownBases.filter((basis) => basis.enabled && basis.name === '公共机构节能条例').map((basis) => basis.article);
    expect(ticked).toEqual(['第三十条', '第三十五条', '第四十一条']);
  });

  test('nothing unverified is enabled, and the Hangzhou regulation ships disabled', () => {
    expect(knownBases.filter((basis) => basis.enabled && basis.status !== 'verified')).toEqual([]);
    expect(knownBases.find((basis) => basis.name === '杭州市民用建筑节能条例')?.enabled).toBe(false);
  });
});

describe('the ledger 整改台账', () => {
  const events: Record<string, Partial<CaseEvent>> = {
    e0: { type: 'reply-requested', findingId: null, dueOn: '2026-08-30' },
    e1: { type: 'replied', at: '2026-08-20T01:00:00.000Z' },
    n1: { type: 'note', follows: 'e1' },
    e2: { type: 'rechecked', follows: 'n1', complies: true, at: '2026-08-21T17:00:00.000Z' },
    e3: { type: 'closed', follows: 'e2', at: '2026-08-22T01:00:00.000Z' },
  };

  test('one row a finding, with the Shanghai dates of its steps', () => {
    expect(ledgerRows([caseWith({ f1: finding }, events)], '2026-09-30')).toEqual([expect.objectContaining({
      institutionName: '示例市档案局', room: '0302', state: 'closed', openedOn: '2026-08-13', replyBy: '2026-08-30', repliedOn: '2026-08-20', recheckedOn: '2026-08-22', closedOn: '2026-08-22', isOverdue: false, forked: false,
    })]);
  });

  test('a reply date that has passed without a reply is overdue from the next day on', () => {
    const waiting = caseWith({ f1: finding }, { e0: events['e0'] ?? {} });
    expect(ledgerRows([waiting], '2026-08-30')[0]?.isOverdue).toBe(false);
    expect(ledgerRows([waiting], '2026-08-31')[0]?.isOverdue).toBe(true);
  });

  test('a note between two steps does not part them', () => {
    expect(caseStanding(caseWith({ f1: finding }, events)).findings[0]).toMatchObject({ state: 'closed', forked: false });
  });

  test('closing what nobody has seen moves nothing, and stays in the history', () => {
    const standing = caseStanding(caseWith({ f1: finding }, { e1: { type: 'closed' } })).findings[0];
    expect(standing).toMatchObject({ state: 'awaiting-reply' });
    expect(standing?.events).toHaveLength(1);
  });

  test('closed is reopened to 待反馈', () => {
    expect(caseStanding(caseWith({ f1: finding }, { ...events, e4: { type: 'reopened', follows: 'e3' } })).findings[0]?.state).toBe('awaiting-reply');
  });

  test('events that name each other in a circle end in a state, not in a loop', () => {
    expect(caseStanding(caseWith({ f1: finding }, { a: { type: 'replied', follows: 'b' }, b: { type: 'rechecked', follows: 'a' } })).findings[0]?.state).toBe('awaiting-reply');
  });
});
