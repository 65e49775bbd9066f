import { expect, test } from 'vitest';
import { enrolGaps, usualEnrolment } from '../../../src-renderer/features/session/enrol-draft.ts';

const filled = { ...usualEnrolment('笔记本一'), serverUrl: 'https://xuncha.example', code: 'ABCD-1234', passphrase: 'long enough', again: 'long enough' };

test('an enrolment with a code needs address, code, device name and a passphrase typed twice', () => {
  expect(enrolGaps(filled)).toEqual({});
  expect(enrolGaps(usualEnrolment(''))).toEqual({ serverUrl: 'needed', code: 'needed', deviceName: 'needed', passphrase: 'short' });
  expect(enrolGaps({ ...filled, again: 'long enoufh' })).toEqual({ again: 'different' });
  expect(enrolGaps({ ...filled, passphrase: '1234567', again: '1234567' })).toEqual({ passphrase: 'short' });
  expect(enrolGaps({ ...filled, serverUrl: 'xuncha.example' })).toEqual({ serverUrl: 'address' });
});

test('the first account also names the office and its administrator', () => {
  expect(enrolGaps({ ...filled, first: true })).toEqual({ officeName: 'needed', name: 'needed', loginName: 'needed' });
});
