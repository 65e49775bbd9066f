import { createContext, useContext, useEffect, useState, useSyncExternalStore, type ReactNode } from 'react';
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
  const [state, setState] = useState<RecordState | null | undefined>(undefined);
  useEffect(() => watch(desk, async () => setState(await desk.get(recordId)), (changed) => changed.has(recordId)), [desk, recordId]);
  return state;
}

/** undefined while reading. Records whose `removed` field is true are left out. */
export function useRecords(recordType: RecordTypeName): readonly RecordState[] | undefined {
  const desk = useDesk();
  const [records, setRecords] = useState<readonly RecordState[] | undefined>(undefined);
  useEffect(() => watch(desk, async () => setRecords((await desk.list(recordType)).filter(present)), () => true), [desk, recordType]);
  return records;
}

/** Records whose parent (src-shared/domain/records.ts) is `parentId`; undefined while reading. */
export function useChildren(recordType: RecordTypeName, parentId: string): readonly RecordState[] | undefined {
  const desk = useDesk();
  const [records, setRecords] = useState<readonly RecordState[] | undefined>(undefined);
  useEffect(
    () => watch(desk, async () => setRecords((await desk.children(recordType, parentId)).filter(present)), () => true),
    [desk, recordType, parentId],
  );
  return records;
}

function present(record: RecordState): boolean {
  return record.fields['removed'] !== true;
}

/** Reads once, then again after each relevant change; a change during a read reads once more. */
function watch(desk: Desk, read: () => Promise<void>, concerns: (changed: ReadonlySet<string>) => boolean): () => void {
  let stopped = false;
  let reading = false;
  let again = false;
  const run = async (): Promise<void> => {
    if (reading) {
      again = true;
      return;
    }
    reading = true;
    do {
      again = false;
      if (!stopped) await read();
    } while (again && !stopped);
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
