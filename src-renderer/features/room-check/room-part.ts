import type { RoomRow } from './room-row.ts';
import type { RoomsModel } from './rooms-model.ts';

/** What each part of the drawer and of the walk is given. */
export type RoomPartProps = { readonly model: RoomsModel; readonly row: RoomRow; readonly disabled: boolean };
