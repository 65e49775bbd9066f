import type { Step } from './selection.ts';

export type GridKey = { readonly key: string; readonly ctrl: boolean; readonly shift: boolean; readonly alt: boolean };

export type GridAct =
  | { readonly kind: 'move'; readonly step: Step; readonly extend: boolean }
  | { readonly kind: 'tab'; readonly by: 1 | -1 }
  | { readonly kind: 'highlight'; readonly by: 1 | -1 }
  | { readonly kind: 'open'; readonly mode: 'over' | 'in' }
  | { readonly kind: 'caret' | 'commit' | 'cancel' | 'collapse' | 'clear' | 'fill-down' | 'select-all' | 'now' | 'undo' | 'redo' | 'details' | 'jump' | 'leave' | 'nothing' };

export type KeySituation = {
  readonly editing: 'over' | 'in' | null;
  readonly listOpen: boolean;
  /** The active cell takes text. */
  readonly typable: boolean;
  readonly ranged: boolean;
};

/** What a key means; null leaves it to the text field. Keys of an input method at work must not come here. */
export function keyAct(key: GridKey, situation: KeySituation): GridAct | null {
  return situation.editing ? whileEditing(key, situation) : whileSelecting(key, situation);
}

function whileEditing(key: GridKey, { editing, listOpen }: KeySituation): GridAct | null {
  if (key.key === 'Enter') return key.ctrl ? { kind: 'commit' } : { kind: 'move', step: key.shift ? 'up' : 'down', extend: false };
  if (key.key === 'Tab') return { kind: 'tab', by: key.shift ? -1 : 1 };
  if (key.key === 'Escape') return { kind: 'cancel' };
  if (key.key === 'F2') return { kind: 'caret' };
  if (key.key === 'F6') return { kind: 'leave' };
  if (listOpen && key.key === 'ArrowDown') return { kind: 'highlight', by: 1 };
  if (listOpen && key.key === 'ArrowUp') return { kind: 'highlight', by: -1 };
  if (isNow(key)) return { kind: 'now' };
  if (key.ctrl && key.key.toLowerCase() === 'd') return { kind: 'nothing' };
  if (editing === 'in' || key.shift || key.ctrl || key.alt) return null;
  const step = arrows[key.key] ?? pages[key.key];
  return step ? { kind: 'move', step, extend: false } : null;
}

function whileSelecting(key: GridKey, situation: KeySituation): GridAct | null {
  if (key.alt) return key.key === 'ArrowDown' ? { kind: 'open', mode: 'in' } : null;
  const step = (key.ctrl ? farSteps[key.key] : undefined) ?? arrows[key.key] ?? pages[key.key] ?? (key.ctrl ? undefined : edges[key.key]);
  if (step) return { kind: 'move', step, extend: key.shift };
  if (key.ctrl) return withControl(key);
  switch (key.key) {
    case 'Enter': return { kind: 'move', step: key.shift ? 'up' : 'down', extend: false };
    case 'Tab': return { kind: 'tab', by: key.shift ? -1 : 1 };
    case 'F2': return { kind: 'open', mode: 'in' };
    // Tab goes from cell to cell, so another key has to lead out.
    case 'F6': return { kind: 'leave' };
    case 'Delete':
    case 'Backspace': return { kind: 'clear' };
    case 'Escape': return situation.ranged ? { kind: 'collapse' } : null;
    case ' ': return { kind: 'details' };
    case '/': return { kind: 'jump' };
    default: return key.key.length === 1 && !situation.typable ? { kind: 'nothing' } : null;
  }
}

function withControl(key: GridKey): GridAct | null {
  if (isNow(key)) return { kind: 'now' };
  switch (key.key.toLowerCase()) {
    case 'a': return { kind: 'select-all' };
    case 'd': return { kind: 'fill-down' };
    case 'f': return { kind: 'jump' };
    case 'y': return { kind: 'redo' };
    case 'z': return { kind: key.shift ? 'redo' : 'undo' };
    default: return null;
  }
}

/** Ctrl+; also where the keyboard writes a full-width semicolon. */
function isNow(key: GridKey): boolean {
  return key.ctrl && (key.key === ';' || key.key === '；');
}

const arrows: Readonly<Record<string, Step>> = { ArrowUp: 'up', ArrowDown: 'down', ArrowLeft: 'left', ArrowRight: 'right' };
const pages: Readonly<Record<string, Step>> = { PageUp: 'page-up', PageDown: 'page-down' };
const edges: Readonly<Record<string, Step>> = { Home: 'row-start', End: 'row-end' };
const farSteps: Readonly<Record<string, Step>> = {
  Home: 'grid-start', End: 'grid-end', ArrowUp: 'column-start', ArrowDown: 'column-end', ArrowLeft: 'row-start', ArrowRight: 'row-end',
};
