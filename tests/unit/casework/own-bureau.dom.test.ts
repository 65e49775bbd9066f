import { expect, test } from 'vitest';
import { emptyRecord, type RecordState } from '#shared/sync/record-state.ts';
import { ownBureau } from '../../../src-renderer/features/casework/opinion-papers.tsx';

const organ = (recordId: string, name: string, kind: string, level: string): RecordState => ({ ...emptyRecord({ recordId, recordType: 'organ', officeId: 'o', officerId: 'p' }), fields: { name, kind, level } });
const district = organ('a', '示例区机关事务管理局', 'bureau', 'district');
const own = organ('b', '示例市机关事务管理局', 'bureau', 'municipal');
const joint = organ('c', '示例市能源监察中心', 'joint', 'municipal');

test('the paper goes out in the name of our own bureau, whatever others the list holds', () => {
  expect(ownBureau([district, joint, own], '示例市机关事务管理局')).toBe('示例市机关事务管理局');
  expect(ownBureau([district, own], '办公室另有名称'), 'the office is called otherwise').toBe('示例市机关事务管理局');
  expect(ownBureau([joint], '示例市机关事务管理局')).toBeNull();
});
