import { expect, test } from 'vitest';
import { matchChoices } from '../../../src-renderer/ui/grid/choice-match.ts';

const modes = [
  { value: 'cooling', label: '制冷', shown: 'Cool', initials: 'zl' },
  { value: 'heating', label: '制热', shown: 'Heat', initials: 'zr' },
  { value: 'fan', label: '送风', shown: 'Fan', initials: 'sf' },
  { value: 'off', label: '关机', shown: 'Off', initials: 'gj' },
];
const found = (typed: string): readonly string[] => matchChoices(modes, typed).map((choice) => choice.label);

test('a number picks by the place in the list, full width too', () => {
  expect(found('1')).toEqual(['制冷']);
  expect(found('４')).toEqual(['关机']);
  expect(found('5')).toEqual([]);
});

test('the first letters of the pinyin pick', () => {
  expect(found('zl')).toEqual(['制冷']);
  expect(found('S')).toEqual(['送风']);
});

test('a beginning that fits two shows both', () => {
  expect(found('z')).toEqual(['制冷', '制热']);
  expect(found('制')).toEqual(['制冷', '制热']);
});

test('a word of the label and the word of an English screen pick', () => {
  expect(found('热')).toEqual(['制热']);
  expect(found('heat')).toEqual(['制热']);
});

test('nothing typed shows all, nonsense shows none', () => {
  expect(found('')).toHaveLength(4);
  expect(found('除湿')).toEqual([]);
});
