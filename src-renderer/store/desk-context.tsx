import { createContext, useCallback, useContext, useEffect, useState, useSyncExternalStore, type ReactNode } from 'react';
import type { RecordTypeName } from '#shared/domain/records.ts';
import type { RecordState } from '#shared/sync/record-state.ts';
import type { Desk, SaveState } from './desk.ts';

const DeskContext = createContext<Desk | null>(null);

export function DeskProvider({ desk, children }: { readonly desk: Desk; readonly children: ReactNode }) {
  return <DeskContext value={desk}>{children}</DeskContext>;
}

/** The signed-in officer's desk. Using it outside a session is a bug. */
export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (!desk) throw new Error('no desk: not signed in');
  return desk;
}

export function useSaveState(): SaveState {
  const desk = useDesk();
  return useSyncExternalStore(desk.onSaveState, desk.saveState);
}

/** undefined while reading, null when there is no such record. */
export function useRecord(recordId: string): RecordState | null | undefined {
  const desk = useDesk();
  return useRead(recordId, useCallback(() => desk.get(recordId), [desk, recordId]), useCallback((changed) => changed.has(recordId), [recordId]));
}

/** undefined while reading. Records whose `removed` field is true are left out. */
export function useRecords(recordType: RecordTypeName): readonly RecordState[] | undefined {
  const desk = useDesk();
  return useRead(recordType, useCallback(async () => (await desk.list(recordType)).filter(present), [desk, recordType]), always);
}

/** Records whose parent (src-shared/domain/records.ts) is `parentId`; undefined while reading. */
export function useChildren(recordType: RecordTypeName, parentId: string): readonly RecordState[] | undefined {
  const desk = useDesk();
  const read = useCallback(async () => (await desk.children(recordType, parentId)).filter(present), [desk, recordType, parentId]);
  return useRead(`${recordType}/${parentId}`, read, always);
}

type Concerns = (changed: ReadonlySet<string>) => boolean;
const always: Concerns = () => true;

function present(record: RecordState): boolean {
  return record.fields['removed'] !== true;
}

/** What `read` found for `of`; never what was found for another one, however late that comes. */
function useRead<T>(of: string, read: () => Promise<T>, concerns: Concerns): T | undefined {
  const desk = useDesk();
  const [found, setFound] = useState<{ readonly of: string; readonly desk: Desk; readonly value: T } | null>(null);
  useEffect(() => watch(desk, read, (value) => setFound({ of, desk, value }), concerns), [desk, of, read, concerns]);
  return found?.of === of && found.desk === desk ? found.value : undefined;
}

/** Reads once, then again after each relevant change; a change during a read reads once more. */
function watch<T>(desk: Desk, read: () => Promise<T>, tell: (value: T) => void, concerns: Concerns): () => void {
  let stopped = false;
  let reading = false;
  let again = false;
  const run = async (): Promise<void> => {
    again = true;
    if (reading) return;
    reading = true;
    while (again && !stopped) {
      again = false;
      // A working copy that can not be read is made anew at the next commit or arrival, which then tells of every record.
      const value = await read().catch(() => failedRead);
      if (!stopped && value !== failedRead) tell(value as T);
    }
    reading = false;
  };
  void run();
  const stop = desk.onRecords((changed) => {
    if (!stopped && concerns(changed)) void run();
  });
  return () => {
    stopped = true;
    stop();
  };
}

const failedRead = Symbol('failed read');
