import { expect, test, vi } from 'vitest';
import type { RecordState } from '#shared/sync/record-state.ts';
import { figuresStore } from '../../../src-renderer/store/use-room-figures.ts';
import { record } from './records.ts';

function desk() {
  const rooms = new Map<string, RecordState>();
  let tell: (changed: ReadonlySet<string>, foreign: boolean) => void = () => undefined;
  const counted: string[] = [];
  return {
    counted,
    put(id: string, inspectionId: string, setTemperatureC: string): void {
      rooms.set(id, record('roomCheck', id, { inspectionId, room: id, outcome: 'checked', mode: 'cooling', setTemperatureC, setReadBy: 'panel' }));
      tell(new Set([id]), false);
    },
    children: async (_: string, parentId: string) => {
      counted.push(parentId);
      return [...rooms.values()].filter((room) => room.fields['inspectionId'] === parentId);
    },
    get: async (id: string) => rooms.get(id) ?? null,
    onRecords: (listener: typeof tell) => {
      tell = listener;
      return () => undefined;
    },
  };
}

test('an inspection is counted once, and again only when one of its own rooms changes', async () => {
  const made = desk();
  made.put('r1', 'a', '24');
  made.put('r2', 'b', '26');
  const store = figuresStore(made);
  store.onChange(() => undefined);
  store.ask(['a', 'b']);
  await vi.waitFor(() => expect(store.of('b')?.total).toBe(1));
  store.ask(['a', 'b']);
  expect(store.of('a')?.exceeding).toBe(1);
  made.put('r3', 'a', '25');
  await vi.waitFor(() => expect(store.of('a')?.exceeding).toBe(2));
  expect(made.counted).toEqual(['a', 'b', 'a']);
});
