import type { Problem } from '#shared/kit/problem.ts';
import type { JsonValue } from '#shared/kit/values.ts';
import type { PhotoGroup } from './photo-allocation.ts';
import type { RoomsModel } from './rooms-model.ts';
import { storePhoto } from './store-photo.ts';

export type BatchProgress =
  | { readonly kind: 'working'; readonly done: number; readonly total: number }
  | { readonly kind: 'failed'; readonly name: string; readonly problem: Problem }
  | { readonly kind: 'stopped' };

/**
 * Stores every original first and names them in their rooms only then, as one step: stopped or failed half way, no room
 * shows half of its photos. Originals already kept stay kept; storing them again is harmless.
 */
export async function storeBatch(
  model: RoomsModel,
  groups: readonly PhotoGroup[],
  fileOf: (key: string) => { readonly file: Blob; readonly name: string } | null,
  onProgress: (progress: BatchProgress) => void,
  stopped: () => boolean,
): Promise<'stored' | 'stopped' | 'failed'> {
  const total = groups.reduce((sum, group) => sum + group.photos.length, 0);
  const values = new Map<string, Record<string, JsonValue>>();
  let done = 0;
  for (const { roomId, photos } of groups) {
    for (const photo of photos) {
      onProgress({ kind: 'working', done, total });
      if (stopped()) {
        onProgress({ kind: 'stopped' });
        return 'stopped';
      }
      const picked = fileOf(photo.key);
      if (roomId === null || !picked) continue;
      const stored = await storePhoto(picked.file, photo.subject, photo.capturedAt);
      if (!stored.ok) {
        onProgress({ kind: 'failed', name: picked.name, problem: stored.problem });
        return 'failed';
      }
      values.set(roomId, { ...values.get(roomId), [`photos/${model.newId()}`]: stored.value });
      done += 1;
    }
  }
  model.editRooms([...values].map(([id, fields]) => ({ id, values: fields })));
  return 'stored';
}
