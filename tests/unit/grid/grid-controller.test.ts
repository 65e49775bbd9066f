import { expect, test } from 'vitest';
import { plainGrid } from './plain-grid.ts';

const three = [{ a: '1', b: 'x' }, { a: '2', b: 'y' }, { a: '3', b: 'z' }];

test('typing replaces what stands in the cell, Enter goes down', () => {
  const grid = plainGrid(three);
  grid.at('r0', 0);
  grid.type('24');
  grid.press('Enter');
  expect(grid.cells()[0]).toEqual(['r0', '24', 'x', '']);
  expect(grid.controller.state().active).toEqual({ rowId: 'r1', column: 0 });
});

test('every key is judged at once', () => {
  const grid = plainGrid(three);
  grid.at('r0', 0);
  grid.type('24');
  expect(grid.previews).toEqual(['r0.a=2', 'r0.a=24']);
});

test('Esc takes the typing back', () => {
  const grid = plainGrid(three);
  grid.at('r0', 0);
  grid.type('24');
  grid.press('Escape');
  expect(grid.previews.at(-1)).toBe('cancel');
  expect(grid.cells()[0]).toEqual(['r0', '1', 'x', '']);
  expect(grid.controller.state().editing).toBeNull();
});

test('F2 opens the cell with its text', () => {
  const grid = plainGrid(three);
  grid.at('r1', 1);
  grid.press('F2');
  expect(grid.field.text).toBe('y');
  grid.type('2');
  grid.press('Enter');
  expect(grid.cells()[1]).toEqual(['r1', '2', 'y2', '']);
});

test('a Chinese word is judged when it is finished, not while it is composed', () => {
  const grid = plainGrid(three);
  grid.at('r0', 1);
  grid.compose('huiyi', '会议室');
  expect(grid.previews).toEqual(['r0.b=会议室']);
  grid.press('Enter');
  expect(grid.cells()[0]).toEqual(['r0', '1', '会议室', '']);
});

test('an input method that is cancelled leaves the cell as it was', () => {
  const grid = plainGrid(three);
  grid.at('r0', 1);
  grid.compose('hui', '');
  grid.press('Escape');
  expect(grid.cells()[0]).toEqual(['r0', '1', 'x', '']);
});

test('Tab goes right past computed columns, and on to the next row', () => {
  const grid = plainGrid(three);
  grid.at('r0', 1);
  grid.press('Tab');
  expect(grid.controller.state().active?.column).toBe(2);
  grid.press('Tab');
  expect(grid.controller.state().active).toEqual({ rowId: 'r1', column: 0 });
  grid.press('Tab', { shift: true });
  expect(grid.controller.state().active).toEqual({ rowId: 'r0', column: 2 });
});

test('a number key and the first letters pick a choice', () => {
  const grid = plainGrid(three);
  grid.at('r0', 2);
  grid.type('2');
  grid.press('Enter');
  grid.type('zl');
  grid.press('Enter');
  expect(grid.cells().map((row) => row[3])).toEqual(['制热', '制冷', '']);
});

test('what fits two choices picks neither; the arrow chooses', () => {
  const grid = plainGrid(three);
  grid.at('r0', 2);
  grid.type('z');
  expect(grid.controller.state().editing).toMatchObject({ highlighted: -1, choices: [{ label: '制冷' }, { label: '制热' }] });
  grid.press('ArrowDown');
  grid.press('ArrowDown');
  grid.press('Enter');
  expect(grid.cells()[0]?.[3]).toBe('制热');
});

test('opening a choice and leaving it empty writes nothing', () => {
  const grid = plainGrid(three);
  grid.at('r0', 2);
  grid.press('F2');
  grid.press('Enter');
  expect(grid.cells()[0]?.[3]).toBe('');
});

test('Delete empties the selected block', () => {
  const grid = plainGrid(three);
  grid.at('r0', 0);
  grid.press('ArrowDown', { shift: true });
  grid.press('ArrowRight', { shift: true });
  grid.press('Delete');
  expect(grid.cells()).toEqual([['r0', '', '', ''], ['r1', '', '', ''], ['r2', '3', 'z', '']]);
});

test('Ctrl+D fills the block from its top row, a single cell from the row above', () => {
  const grid = plainGrid(three);
  grid.at('r0', 0);
  grid.press('ArrowDown', { shift: true });
  grid.press('d', { ctrl: true });
  expect(grid.cells()[1]).toEqual(['r1', '1', 'y', '']);
  grid.at('r2', 1);
  grid.press('d', { ctrl: true });
  expect(grid.cells()[2]).toEqual(['r2', '3', 'y', '']);
});

test('a block is copied for Excel, computed columns too', () => {
  const grid = plainGrid(three);
  grid.at('r0', 1);
  grid.press('ArrowDown', { shift: true });
  grid.press('End', { shift: true });
  expect(grid.controller.copy()).toBe('x\t\t1+x\r\ny\t\t2+y');
});

test('a block is pasted from its corner on, beyond the end as new rows, past computed columns', () => {
  const grid = plainGrid(three);
  grid.at('r2', 1);
  grid.paste('p\t制冷\t不收\r\nq\t制热\r\nr\r\n');
  expect(grid.cells().slice(2)).toEqual([['r2', '3', 'p', '制冷'], ['new', '', 'q', '制热'], ['added0', '', 'r', '']]);
});

test('one cell fills the whole block, one row goes down it', () => {
  const grid = plainGrid(three);
  grid.at('r0', 0);
  grid.press('ArrowDown', { shift: true });
  grid.paste('7');
  expect(grid.cells().map((row) => row[1])).toEqual(['7', '7', '3']);
  grid.at('r0', 0);
  grid.press('ArrowDown', { shift: true });
  grid.paste('8\tw');
  expect(grid.cells().map((row) => `${row[1]}${row[2]}`)).toEqual(['8w', '8w', '3z']);
});

test('pasting into an open cell is left to the text field', () => {
  const grid = plainGrid(three);
  grid.at('r0', 0);
  grid.press('F2');
  expect(grid.paste('7\t8')).toBe(false);
});

test('moving away, by mouse too, keeps what was typed', () => {
  const grid = plainGrid(three);
  grid.at('r0', 0);
  grid.type('24');
  grid.at('r2', 1);
  expect(grid.cells()[0]).toEqual(['r0', '24', 'x', '']);
});

test('a locked grid can be read and copied, nothing else', () => {
  const grid = plainGrid(three);
  grid.lock();
  grid.at('r0', 0);
  expect(grid.press('2')).toBe(true);
  grid.press('F2');
  grid.press('Delete');
  grid.paste('7');
  grid.press('d', { ctrl: true });
  expect(grid.controller.state().editing).toBeNull();
  expect(grid.cells()).toEqual([['r0', '1', 'x', ''], ['r1', '2', 'y', ''], ['r2', '3', 'z', '']]);
  expect(grid.controller.copy()).toBe('1');
});

test('when the active row goes, its neighbour is active', () => {
  const grid = plainGrid(three);
  grid.at('r1', 1);
  grid.remove('r1');
  expect(grid.controller.state().active).toEqual({ rowId: 'r2', column: 1 });
});

test('F6 leads out of the grid and keeps what was typed', () => {
  const grid = plainGrid(three);
  grid.at('r0', 0);
  grid.type('24');
  grid.press('F6');
  expect(grid.shown.at(-1)).toBe('leave');
});

test('Space, slash and Ctrl+; reach the room, the search and the clock', () => {
  const grid = plainGrid(three);
  grid.at('r1', 1);
  grid.press(' ');
  grid.press('/');
  grid.press(';', { ctrl: true });
  expect(grid.shown.slice(-2)).toEqual(['details r1', 'jump']);
  expect(grid.cells()[1]?.[2]).toBe('14:05');
});
