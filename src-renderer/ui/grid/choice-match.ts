import type { GridChoice } from './grid-types.ts';

/**
 * The choices that fit what is typed, best first: the number in the list, the exact label, the start of the label, the
 * first letters of its pinyin. Nothing typed fits all.
 */
export function matchChoices(choices: readonly GridChoice[], typed: string): readonly GridChoice[] {
  const text = typed.normalize('NFKC').trim().toLowerCase();
  if (text === '') return choices;
  if (/^[1-9]$/.test(text)) {
    const picked = choices[Number(text) - 1];
    return picked ? [picked] : [];
  }
  const exact = choices.filter((choice) => choice.label.toLowerCase() === text);
  if (exact.length > 0) return exact;
  const starts = (choice: GridChoice): boolean => choice.label.toLowerCase().startsWith(text) || choice.initials.startsWith(text);
  const first = choices.filter(starts);
  return first.length > 0 ? first : choices.filter((choice) => choice.label.toLowerCase().includes(text));
}
