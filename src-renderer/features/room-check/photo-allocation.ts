import type { Instant } from '#shared/kit/values.ts';
import { photoSequence, type PhotoSubject } from './store-photo.ts';

/** A photo of a batch before it is stored. */
export type BatchPhoto = { readonly key: string; readonly name: string; readonly capturedAt: Instant | null };

/** With its file and an address to look at it. */
export type PickedPhoto = BatchPhoto & { readonly file: File; readonly address: string };

/** What a person changed in the proposal. */
export type AllocationChoices = {
  /** Photos that start a room although the order does not say so, and those that do not although it does. */
  readonly starts: ReadonlyMap<string, boolean>;
  /** Room of the group that starts with this photo; the groups behind it follow from there. */
  readonly rooms: ReadonlyMap<string, string>;
  readonly subjects: ReadonlyMap<string, PhotoSubject>;
  /** Left out: not stored. */
  readonly dropped: ReadonlySet<string>;
};

export type AllocatedPhoto = BatchPhoto & { readonly subject: PhotoSubject };
/** Photos of one room; `roomId` null when there are more groups than rooms. */
export type PhotoGroup = { readonly roomId: string | null; readonly photos: readonly AllocatedPhoto[] };

export const noChoices: AllocationChoices = { starts: new Map(), rooms: new Map(), subjects: new Map(), dropped: new Set() };

/** By the time they were taken, then by name as cameras count; those without a time last. */
export function inOrderTaken<T extends BatchPhoto>(photos: readonly T[]): readonly T[] {
  return [...photos].sort((a, b) => compareTimes(a.capturedAt, b.capturedAt) || a.name.localeCompare(b.name, 'zh-CN', { numeric: true }));
}

/**
 * The proposed allocation: door plate → panel → thermometer, then the next room of the walk. A door plate always starts
 * a room. Nothing is stored by this: a person sees it and moves what is wrong.
 */
export function allocatePhotos(photos: readonly BatchPhoto[], roomIds: readonly string[], startRoomId: string | null, choices: AllocationChoices): readonly PhotoGroup[] {
  const groups: { roomId: string | null; photos: AllocatedPhoto[] }[] = [];
  let at = startRoomId === null ? 0 : Math.max(0, roomIds.indexOf(startRoomId));
  for (const photo of photos) {
    if (choices.dropped.has(photo.key)) continue;
    const group = groups.at(-1);
    const full = (group?.photos.length ?? photoSequence.length) >= photoSequence.length;
    if (!group || (choices.starts.get(photo.key) ?? full)) {
      if (group) at += 1;
      const chosen = choices.rooms.get(photo.key);
      if (chosen !== undefined) at = Math.max(0, roomIds.indexOf(chosen));
      groups.push({ roomId: roomIds[at] ?? null, photos: [] });
    }
    const into = groups.at(-1);
    const subject = choices.subjects.get(photo.key) ?? photoSequence[into?.photos.length ?? 0] ?? 'other';
    into?.photos.push({ ...photo, subject });
  }
  return groups;
}

/** Instants compare as text; no time comes last. */
function compareTimes(a: Instant | null, b: Instant | null): number {
  if (a === b) return 0;
  if (a === null || b === null) return a === null ? 1 : -1;
  return a < b ? -1 : 1;
}
