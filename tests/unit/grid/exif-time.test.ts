import fc from 'fast-check';
import { expect, test } from 'vitest';
import { exifCaptureTime } from '#shared/domain/evidence/exif-time.ts';
import { jpegTakenAt } from '../../helpers/jpeg-with-time.ts';

test('the time a phone wrote into its photo is read as Shanghai time', () => {
  expect(exifCaptureTime(jpegTakenAt({ taken: '2026:08:12 14:03:07' }))).toBe('2026-08-12T06:03:07.000Z');
});

test('a photo taken just after midnight belongs to the evening before in UTC', () => {
  expect(exifCaptureTime(jpegTakenAt({ taken: '2026:01:01 00:30:00' }))).toBe('2025-12-31T16:30:00.000Z');
});

test('byte order, fraction of a second and a zone of its own are respected', () => {
  expect(exifCaptureTime(jpegTakenAt({ taken: '2026:08:12 14:03:07', bigEndian: true, fraction: '45', zone: '+09:00' }))).toBe('2026-08-12T05:03:07.450Z');
});

test('two photos of one second keep their order by the fraction', () => {
  const [first, second] = ['12', '87'].map((fraction) => exifCaptureTime(jpegTakenAt({ taken: '2026:08:12 14:03:07', fraction })));
  expect(String(first) < String(second)).toBe(true);
});

test('a date that does not exist, an empty one and a picture without EXIF have no time', () => {
  expect(exifCaptureTime(jpegTakenAt({ taken: '2026:02:30 14:03:07' }))).toBeNull();
  expect(exifCaptureTime(jpegTakenAt({ taken: '0000:00:00 00:00:00' }))).toBeNull();
  expect(exifCaptureTime(jpegTakenAt({ taken: '' }))).toBeNull();
  expect(exifCaptureTime(new Uint8Array([0xff, 0xd8, 0xff, 0xd9]))).toBeNull();
  expect(exifCaptureTime(new Uint8Array())).toBeNull();
});

test('a photo cut off anywhere never fails and never yields another time', () => {
  const whole = jpegTakenAt({ taken: '2026:08:12 14:03:07' });
  for (let length = 0; length < whole.length; length += 1) expect([null, '2026-08-12T06:03:07.000Z']).toContain(exifCaptureTime(whole.slice(0, length)));
});

test('garbage never fails', () => {
  const whole = jpegTakenAt({ taken: '2026:08:12 14:03:07' });
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 }), (damage) => {
      const bytes = whole.slice();
      for (const [at, value] of damage) bytes[at] = value;
      const time = exifCaptureTime(bytes);
      expect(time === null || /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/.test(time)).toBe(true);
    }),
  );
});
