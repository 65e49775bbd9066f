import { describe, expect, test } from 'vitest';
import { levelOf, organChoices, organsAtStart, ownBureauOf } from '#shared/domain/people/own-bureau.ts';
import { emptyRecord, type RecordState } from '#shared/sync/record-state.ts';

const organ = (recordId: string, name: string, kind: string, level: string): RecordState => ({ ...emptyRecord({ recordId, recordType: 'organ', officeId: 'o', officerId: 'p' }), fields: { name, kind, level } });
const district = organ('a', '示例区机关事务管理局', 'bureau', 'district');
const own = organ('b', '示例市机关事务管理局', 'bureau', 'municipal');
const joint = organ('c', '示例市能源监察中心', 'joint', 'municipal');
const named = (organs: readonly RecordState[], officeName: string, organId: string | null = null): string => ownBureauOf(organs, { organId, officeName }).name;

describe('in whose name a paper goes out', () => {
  test('in that of our own bureau, whatever others the list holds', () => {
    expect(named([district, joint, own], '示例市机关事务管理局')).toBe('示例市机关事务管理局');
    expect(named([district, own], '办公室另有名称'), 'the office is called otherwise').toBe('示例市机关事务管理局');
  });

  test('an officer of a district’s bureau acts for that one, at its level', () => {
    expect(ownBureauOf([own, district], { organId: 'a', officeName: '示例市机关事务管理局' })).toEqual({ name: '示例区机关事务管理局', level: 'district', organ: district });
  });

  test('staff of a joint organ act for the bureau, and without one there is none', () => {
    expect(named([joint, own], '示例市机关事务管理局', 'c')).toBe('示例市机关事务管理局');
    expect(ownBureauOf([joint], { organId: 'c', officeName: '示例市机关事务管理局' }).organ).toBeNull();
  });

  test('a record without a level is municipal', () => {
    expect([levelOf(own), levelOf(district), levelOf({ ...own, fields: {} })]).toEqual(['municipal', 'district', 'municipal']);
  });
});

describe('who leads an inspection', () => {
  const ids = (organs: readonly RecordState[]): readonly string[] => organs.map(({ recordId }) => recordId);

  test('a bureau: a joint organ is offered as partner only', () => {
    const { lead, joint: partners } = organChoices([district, own, joint], 'b');
    expect(ids(lead)).toEqual(['a', 'b']);
    expect(ids(partners)).toEqual(['a', 'c']);
  });

  test('a joint organ that leads on record is still named, so that it can be put right', () => {
    expect(ids(organChoices([own, joint], 'c').lead)).toEqual(['b', 'c']);
  });

  test('an inspection begun by staff of the joint organ is led by the bureau, which their organ joins', () => {
    expect(organsAtStart([district, own, joint], 'c', '示例市机关事务管理局')).toEqual({ leadOrganId: 'b', jointOrganIds: ['c'] });
    expect(organsAtStart([own, joint], 'b', '示例市机关事务管理局')).toEqual({ leadOrganId: 'b', jointOrganIds: [] });
    expect(organsAtStart([], null, '示例市机关事务管理局')).toEqual({ leadOrganId: null, jointOrganIds: [] });
  });
});
