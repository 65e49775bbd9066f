import type { JsonValue } from '#shared/kit/values.ts';
import type { RecordState } from '#shared/sync/record-state.ts';
import type { Desk } from '../../store/desk.ts';

export type Fields = Readonly<Record<string, JsonValue>>;
export type RoomValues = { readonly id: string; readonly values: Fields };

/**
 * The rooms of one inspection as the desk knows them, with what was typed since and is not stored yet. Typed values lie
 * over the stored ones until the desk says that it has them, so that a change from elsewhere never takes them away.
 */
export type RoomRecords = {
  load(): Promise<void>;
  ids(): readonly string[];
  state(id: string): RecordState | null;
  /** Stored and typed values of a room; undefined for a room nobody has made. */
  fields(id: string): Fields | undefined;
  /** `now`: commit at once as one batch, else after the desk's rest. */
  write(changes: readonly RoomValues[], now: boolean): void;
  /** From now on all writes to this room are over what it holds now; null: over what is shown at each. */
  typingIn(id: string | null): void;
  /** Called with the rooms whose values changed without a `write` of ours. */
  onArrived(listener: (ids: ReadonlySet<string>) => void): void;
  stop(): void;
};

/** Beyond this many changed rooms one read of all is quicker than one read each. */
const SINGLE_READS = 40;

export function createRoomRecords(desk: Desk, inspectionId: string): RoomRecords {
  const stored = new Map<string, RecordState>();
  const typed = new Map<string, Fields>();
  let typing: { readonly id: string; readonly over: RecordState | null } | null = null;
  const shownOf = (id: string): RecordState | null => (typing?.id === id ? typing.over : (stored.get(id) ?? null));
  let tellArrived: (ids: ReadonlySet<string>) => void = () => undefined;
  let waiting = new Set<string>();
  let reading: Promise<void> | null = null;
  let stopped = false;

  const adopt = (states: readonly RecordState[]): Set<string> => {
    const changed = new Set<string>();
    for (const state of states) {
      if (state.recordType !== 'roomCheck' || state.fields['inspectionId'] !== inspectionId) continue;
      stored.set(state.recordId, state);
      changed.add(state.recordId);
      const left = Object.entries(typed.get(state.recordId) ?? {}).filter(([path, value]) => !sameValue(state.fields[path], value));
      if (left.length > 0) typed.set(state.recordId, Object.fromEntries(left));
      else typed.delete(state.recordId);
    }
    return changed;
  };

  const readChanged = async (): Promise<void> => {
    while (waiting.size > 0 && !stopped) {
      const ids = [...waiting];
      waiting = new Set();
      const before = new Map(ids.map((id) => [id, typed.get(id)]));
      const states = ids.length > SINGLE_READS ? await desk.children('roomCheck', inspectionId) : await Promise.all(ids.map((id) => desk.get(id)));
      const wanted = new Set(ids);
      const changed = adopt(states.filter((state): state is RecordState => state !== null && wanted.has(state.recordId)));
      // The desk has everything: what still differs was settled otherwise and must not hide what is stored.
      if (desk.saveState().kind === 'saved') for (const id of changed) if (typed.get(id) !== undefined && typed.get(id) === before.get(id)) typed.delete(id);
      if (changed.size > 0 && !stopped) tellArrived(changed);
    }
  };
  const readSoon = (ids: Iterable<string>): void => {
    for (const id of ids) waiting.add(id);
    reading ??= readChanged().finally(() => {
      reading = null;
    });
  };

  const stops = [
    desk.onRecords((changed) => readSoon(changed)),
    desk.onSaveState(() => {
      if (desk.saveState().kind === 'saved' && typed.size > 0) readSoon(typed.keys());
    }),
  ];

  return {
    async load() {
      adopt(await desk.children('roomCheck', inspectionId));
    },
    ids: () => [...new Set([...stored.keys(), ...typed.keys()])],
    state: (id) => stored.get(id) ?? null,
    fields(id) {
      const state = stored.get(id);
      const over = typed.get(id);
      if (!over) return state?.fields;
      return state ? { ...state.fields, ...over } : over;
    },
    write(changes, now) {
      for (const { id, values } of changes) {
        typed.set(id, { ...typed.get(id), ...values });
        desk.draft({ recordType: 'roomCheck', recordId: id, values, over: shownOf(id) });
      }
      // Through the drafts, so that a batch can never overtake what was typed before it.
      if (now && changes.length > 0) void desk.flush();
    },
    typingIn(id) {
      typing = id === null ? null : { id, over: stored.get(id) ?? null };
    },
    onArrived(listener) {
      tellArrived = listener;
    },
    stop() {
      stopped = true;
      for (const stop of stops) stop();
    },
  };
}

/** Equality of stored values; the order of an object's keys does not matter. */
export function sameValue(left: JsonValue | undefined, right: JsonValue | undefined): boolean {
  if (left === right) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false;
  const names = Object.keys(left);
  return names.length === Object.keys(right).length && names.every((name) => sameValue((left as Fields)[name], (right as Fields)[name]));
}
