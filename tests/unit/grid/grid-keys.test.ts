import { expect, test } from 'vitest';
import { keyAct, type KeySituation } from '../../../src-renderer/ui/grid/grid-keys.ts';

const selecting: KeySituation = { editing: null, listOpen: false, typable: true, ranged: false };
const press = (key: string, situation: Partial<KeySituation> = {}, held: { ctrl?: boolean; shift?: boolean; alt?: boolean } = {}) =>
  keyAct({ key, ctrl: false, shift: false, alt: false, ...held }, { ...selecting, ...situation });

test('a letter or digit on a cell that can be written is left to the text field', () => {
  expect(press('2')).toBeNull();
});

test('a letter on a verdict does nothing at all', () => {
  expect(press('2', { typable: false })).toEqual({ kind: 'nothing' });
});

test('Space shows the room, a slash looks for another', () => {
  expect(press(' ')).toEqual({ kind: 'details' });
  expect(press('/')).toEqual({ kind: 'jump' });
  expect(press('f', {}, { ctrl: true })).toEqual({ kind: 'jump' });
});

test('Space and slash are letters while typing', () => {
  expect(press(' ', { editing: 'over' })).toBeNull();
  expect(press('/', { editing: 'in' })).toBeNull();
});

test('arrows leave a cell typed over, and move the caret in one opened by F2', () => {
  expect(press('ArrowLeft', { editing: 'over' })).toEqual({ kind: 'move', step: 'left', extend: false });
  expect(press('ArrowLeft', { editing: 'in' })).toBeNull();
});

test('with the list of choices open, arrows choose', () => {
  expect(press('ArrowDown', { editing: 'over', listOpen: true })).toEqual({ kind: 'highlight', by: 1 });
});

test('Shift and an arrow extend the block', () => {
  expect(press('ArrowDown', {}, { shift: true })).toEqual({ kind: 'move', step: 'down', extend: true });
});

test('Ctrl+; is now, on a Chinese keyboard too', () => {
  expect(press(';', {}, { ctrl: true })).toEqual({ kind: 'now' });
  expect(press('；', { editing: 'over' }, { ctrl: true })).toEqual({ kind: 'now' });
});

test('undo inside an open cell belongs to the text field', () => {
  expect(press('z', { editing: 'over' }, { ctrl: true })).toBeNull();
  expect(press('z', {}, { ctrl: true })).toEqual({ kind: 'undo' });
  expect(press('Z', {}, { ctrl: true, shift: true })).toEqual({ kind: 'redo' });
});
