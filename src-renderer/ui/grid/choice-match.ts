import type { GridChoice } from './grid-types.ts';

/**
 * The choices that fit what is typed, best first: the number in the list, a whole word (label or pinyin
 * initials), the start of one, a part of one. Nothing typed fits all.
 */
export function matchChoices(choices: readonly GridChoice[], typed: string): readonly GridChoice[] {
  const text = typed.normalize('NFKC').trim().toLowerCase();
  if (text === '') return choices;
  if (/^[1-9]$/.test(text)) {
    const picked = choices[Number(text) - 1];
    return picked ? [picked] : [];
  }
  const words = (choice: GridChoice): readonly string[] => [choice.label.toLowerCase(), choice.shown.toLowerCase(), choice.initials];
  const fits = (test: (word: string) => boolean): readonly GridChoice[] => choices.filter((choice) => words(choice).some(test));
  for (const test of [(word: string) => word === text, (word: string) => word.startsWith(text), (word: string) => word.includes(text)]) {
    const found = fits(test);
    if (found.length > 0) return found;
  }
  return [];
}
