import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { readRoomCheck } from '#shared/domain/room-check/read-room-check.ts';
import { roomFigures, type RoomFigures } from '#shared/domain/room-check/room-figures.ts';
import { useDesk } from './desk-context.tsx';
import type { Desk } from './desk.ts';

/** More changed records at once than this are not looked at one by one: every inspection is counted again. */
const LOOK_AT_MOST = 50;
const REST_MS = 250;

/** Counts of inspections, each read once and again only when one of its rooms changed. */
export type FiguresStore = {
  of(inspectionId: string): RoomFigures | undefined;
  ask(inspectionIds: readonly string[]): void;
  version(): number;
  onChange(listener: () => void): () => void;
};

const stores = new WeakMap<Desk, FiguresStore>();

/** undefined for an inspection that is not counted yet. Counting runs after drawing, one inspection at a time. */
export function useRoomFigures(inspectionIds: readonly string[]): (inspectionId: string) => RoomFigures | undefined {
  const desk = useDesk();
  const store = useMemo(() => storeOf(desk), [desk]);
  const version = useSyncExternalStore(store.onChange, store.version);
  useEffect(() => store.ask(inspectionIds), [store, inspectionIds]);
  return useMemo(() => (version < 0 ? () => undefined : store.of), [store, version]);
}

function storeOf(desk: Desk): FiguresStore {
  const found = stores.get(desk) ?? figuresStore(desk);
  stores.set(desk, found);
  return found;
}

export function figuresStore(desk: Pick<Desk, 'children' | 'get' | 'onRecords'>): FiguresStore {
  const counted = new Map<string, RoomFigures>();
  const stale = new Set<string>();
  const asked = new Set<string>();
  const listeners = new Set<() => void>();
  let version = 0;
  let running = false;
  let timer: ReturnType<typeof setTimeout> | null = null;

  const count = async (): Promise<void> => {
    if (running) return;
    running = true;
    try {
      for (let id = next(); id !== undefined; id = next()) {
        stale.delete(id);
        const rooms = await desk.children('roomCheck', id);
        counted.set(id, roomFigures(rooms.filter((room) => room.fields['removed'] !== true).map(readRoomCheck)));
        version += 1;
        for (const listener of listeners) listener();
      }
    } finally {
      running = false;
    }
  };
  const next = (): string | undefined => [...asked].find((id) => !counted.has(id) || stale.has(id));
  const later = (): void => {
    if (timer) clearTimeout(timer);
    timer = setTimeout(() => void count(), REST_MS);
  };

  desk.onRecords((changed) => void note(changed));
  const note = async (changed: ReadonlySet<string>): Promise<void> => {
    if (counted.size === 0) return;
    if (changed.size > LOOK_AT_MOST) for (const id of counted.keys()) stale.add(id);
    else for (const id of changed) {
      const inspectionId = (await desk.get(id))?.fields['inspectionId'];
      if (typeof inspectionId === 'string') stale.add(inspectionId);
    }
    if (listeners.size > 0) later();
  };

  return {
    of: (id) => counted.get(id),
    ask(ids) {
      for (const id of ids) asked.add(id);
      void count();
    },
    version: () => version,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
