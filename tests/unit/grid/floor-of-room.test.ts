import { expect, test } from 'vitest';
import { floorOfRoom, roomKey } from '../../../src-renderer/features/room-check/floor-of-room.ts';

test.each([
  ['0301', '3'], ['301', '3'], ['1203', '12'], ['2-0417', '4'], ['A座1203', '12'], ['１２０３', '12'], ['1203室', '12'], ['B105', 'B1'], ['地下2层车库', 'B2'], ['门卫', ''], ['56302', ''], ['26', ''],
])('room %s lies on floor %s', (room, floor) => {
  expect(floorOfRoom(room)).toBe(floor);
});

test('one room in two spellings is one room', () => {
  expect(roomKey('０３０１ 室')).toBe(roomKey('0301'));
  expect(roomKey('b105')).toBe(roomKey('B105'));
});
