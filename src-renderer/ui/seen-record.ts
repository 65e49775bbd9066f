import { useMemo, useRef, useState } from 'react';
import type { RecordState } from '#shared/sync/record-state.ts';

/** The record as the person saw it: the `over` of an edit (src-renderer/store/desk.ts). */
export type SeenRecord = {
  /** @param shown the record on the screen now */
  at(shown: RecordState | null): RecordState | null;
  /** The text field was left: from now on it shows what is stored. */
  leave(): void;
};

/**
 * A text field with the focus goes on showing what is typed there, whatever arrives, and saves it over and over: all of that is
 * over the record as it was at the first key. Anything else is decided over what the screen shows at that moment.
 */
export function useSeenRecord(): SeenRecord {
  const atFirstKey = useRef<RecordState | null | undefined>(undefined);
  return useMemo(() => ({
    at(shown) {
      if (!isTyping()) return shown;
      if (atFirstKey.current === undefined) atFirstKey.current = shown;
      return atFirstKey.current;
    },
    leave() {
      atFirstKey.current = undefined;
    },
  }), []);
}

/** The record as it was when the dialog opened: what its fields were filled with. */
export function useRecordAtOpening(record: RecordState | null): RecordState | null {
  return useState(record)[0];
}

/** Boxes, choices and buttons show what is stored at once. */
function isTyping(): boolean {
  const focused = document.activeElement;
  if (focused instanceof HTMLTextAreaElement) return true;
  return focused instanceof HTMLInputElement && (focused.type === 'text' || focused.type === 'password');
}
