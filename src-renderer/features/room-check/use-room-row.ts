import { useCallback, useSyncExternalStore } from 'react';
import type { RoomRow } from './room-row.ts';
import type { RoomsModel } from './rooms-model.ts';

/** The row of one room, drawn again when it changes. */
export function useRoomRow(model: RoomsModel, rowId: string): RoomRow | undefined {
  const subscribe = useCallback((listener: () => void) => model.onRow(rowId, listener), [model, rowId]);
  return useSyncExternalStore(subscribe, () => model.row(rowId));
}
