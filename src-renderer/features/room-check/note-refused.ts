import { useEffect } from 'react';
import type { RoomColumnId } from '#shared/domain/room-check/columns.ts';
import { noteUnstored } from '../../ui/unstored.ts';
import type { RoomsModel } from './rooms-model.ts';
import type { RoomsT } from './verdict-words.ts';

/**
 * Texts that cells did not take are counted in the truth line and named before the window closes, also while another
 * screen is open: they live as long as the model does.
 */
export function useRefusedNoted(model: RoomsModel, t: RoomsT): void {
  useEffect(() => {
    const noted = new Map<string, string>();
    const note = (): void => {
      const now = new Set<string>();
      for (const row of model.counts().refused > 0 ? model.rooms() : []) {
        for (const [column, refused] of Object.entries(row.refused)) {
          const key = `${row.id}/cell/${column}`;
          const label = `${row.room.room} ${t(`column.${column as RoomColumnId}`)}`;
          now.add(key);
          noted.set(key, label);
          noteUnstored(key, label, refused.text.slice(0, 200));
        }
      }
      for (const [key, label] of noted) {
        if (now.has(key)) continue;
        noteUnstored(key, label, null);
        noted.delete(key);
      }
    };
    note();
    return model.onCounts(note);
  }, [model, t]);
}
