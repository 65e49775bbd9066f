import { describe, expect, test } from 'vitest';
import { printable } from '../../../src-renderer/pdf/printable-text.ts';

const inFont = (codePoint: number): boolean => codePoint < 0x20000;

describe('text on its way to paper', () => {
  test('a character the font lacks becomes 〓 and is reported once', () => {
    expect(printable({ name: '𠮷示例', also: ['𠮷𠮷'] }, inFont)).toEqual({ content: { name: '〓示例', also: ['〓〓'] }, missingGlyphs: ['𠮷'] });
  });

  test('numbers, nulls and line breaks stay', () => {
    expect(printable({ a: 1, b: null, c: '甲\r\n乙\t丙' }, inFont).content).toEqual({ a: 1, b: null, c: '甲\n乙 丙' });
  });

  test('marks that could make a line read other than it is stored are left out', () => {
    expect(printable('2\u202e46℃\u200b', inFont)).toEqual({ content: '246℃', missingGlyphs: [] });
  });

  test('half of a broken character is shown as missing, not dropped', () => {
    expect(printable('甲\ud842乙', (codePoint) => codePoint < 0xd800)).toEqual({ content: '甲〓乙', missingGlyphs: ['\ud842'] });
  });
});
