import { expect, test } from 'vitest';
import { allocatePhotos, inOrderTaken, noChoices, type BatchPhoto } from '../../../src-renderer/features/room-check/photo-allocation.ts';

const rooms = ['0301', '0302', '0303'];
const photos: readonly BatchPhoto[] = [1, 2, 3, 4, 5, 6].map((at) => ({ key: `p${at}`, name: `IMG_${at}.jpg`, capturedAt: `2026-08-12T06:0${at}:00.000Z` }));
const shown = (groups: ReturnType<typeof allocatePhotos>) => groups.map((group) => [group.roomId, ...group.photos.map((photo) => `${photo.key} ${photo.subject}`)]);

test('photos go to rooms as door plate, panel, thermometer', () => {
  expect(shown(allocatePhotos(photos, rooms, '0301', noChoices))).toEqual([
    ['0301', 'p1 door-plate', 'p2 panel', 'p3 thermometer'],
    ['0302', 'p4 door-plate', 'p5 panel', 'p6 thermometer'],
  ]);
});

test('a door plate in between starts the next room and moves all behind it', () => {
  const choices = { ...noChoices, starts: new Map([['p3', true]]) };
  expect(shown(allocatePhotos(photos, rooms, '0301', choices))).toEqual([
    ['0301', 'p1 door-plate', 'p2 panel'],
    ['0302', 'p3 door-plate', 'p4 panel', 'p5 thermometer'],
    ['0303', 'p6 door-plate'],
  ]);
});

test('a fourth photo can be kept in the room', () => {
  const choices = { ...noChoices, starts: new Map([['p4', false]]) };
  expect(shown(allocatePhotos(photos.slice(0, 4), rooms, '0301', choices))).toEqual([['0301', 'p1 door-plate', 'p2 panel', 'p3 thermometer', 'p4 other']]);
});

test('a group moved to another room takes the following ones along', () => {
  const choices = { ...noChoices, rooms: new Map([['p1', '0302']]) };
  expect(allocatePhotos(photos, rooms, '0301', choices).map((group) => group.roomId)).toEqual(['0302', '0303']);
});

test('photos beyond the last room have no room and say so', () => {
  expect(allocatePhotos(photos, rooms, '0303', noChoices).map((group) => group.roomId)).toEqual(['0303', null]);
});

test('a photo left out is in no room', () => {
  const choices = { ...noChoices, dropped: new Set(['p1']) };
  expect(shown(allocatePhotos(photos, rooms, '0301', choices))[0]).toEqual(['0301', 'p2 door-plate', 'p3 panel', 'p4 thermometer']);
});

test('photos are put in the order they were taken, then counted as cameras count, those without a time last', () => {
  const mixed = [
    { key: 'a', name: 'IMG_10.jpg', capturedAt: '2026-08-12T06:00:00.000Z' },
    { key: 'b', name: 'IMG_9.jpg', capturedAt: '2026-08-12T06:00:00.000Z' },
    { key: 'c', name: 'scan.jpg', capturedAt: null },
    { key: 'd', name: 'IMG_11.jpg', capturedAt: '2026-08-12T05:00:00.000Z' },
  ];
  expect(inOrderTaken(mixed).map((photo) => photo.key)).toEqual(['d', 'b', 'a', 'c']);
});
