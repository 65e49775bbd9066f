import { useEffect, useMemo, useState } from 'react';
import type { PaperRecords } from '#shared/domain/documents/paper-sources.ts';
import { lockedRooms } from '#shared/domain/documents/late-rooms.ts';
import type { InspectionLock } from '#shared/domain/inspection/inspection.ts';
import type { RecordState } from '#shared/sync/record-state.ts';
import { useDesk, useRecord, useRecords } from '../../store/desk-context.tsx';

/** The records that papers of one inspection print, out of all its `rooms`; undefined while reading, null when there is no such inspection. */
export function usePaperRecords(inspectionId: string, rooms: readonly RecordState[] | undefined): PaperRecords | null | undefined {
  const inspection = useRecord(inspectionId);
  const people = useRecords('person');
  const organs = useRecords('organ');
  const institution = useRecordOrNothing(String(inspection?.fields['institutionId'] ?? ''));
  return useMemo(() => {
    if (inspection === null) return null;
    if (inspection === undefined || rooms === undefined || people === undefined || organs === undefined || institution === undefined) return undefined;
    const lock = (inspection.fields['lock'] ?? null) as InspectionLock | null;
    return { inspection, rooms: (lock ? lockedRooms(lock, rooms) : rooms).filter((room) => room.fields['removed'] !== true), institution, people, organs };
  }, [inspection, rooms, people, organs, institution]);
}

/** As `useRecord`, with null for an id that nobody has chosen yet. */
function useRecordOrNothing(recordId: string): RecordState | null | undefined {
  const record = useRecord(recordId);
  return recordId === '' ? null : record;
}

/** Every room check of an inspection, removed ones too: a lock covers them, so that none comes back. */
export function useAllRooms(inspectionId: string): readonly RecordState[] | undefined {
  const desk = useDesk();
  const [rooms, setRooms] = useState<readonly RecordState[] | undefined>(undefined);
  useEffect(() => {
    let stopped = false;
    const readAll = async (): Promise<void> => {
      const found = await desk.children('roomCheck', inspectionId);
      if (!stopped) setRooms(found);
    };
    // Most changes are a paper or a signature: reading hundreds of rooms again for each would hold up the window.
    const readSome = async (ids: ReadonlySet<string>): Promise<void> => {
      const changed = (await Promise.all([...ids].map((id) => desk.get(id)))).filter((record) => record?.recordType === 'roomCheck' && record.fields['inspectionId'] === inspectionId);
      const byId = new Map(changed.flatMap((record) => (record ? [[record.recordId, record] as const] : [])));
      if (!stopped && byId.size > 0) setRooms((before) => [...(before ?? []).filter((room) => !byId.has(room.recordId)), ...byId.values()]);
    };
    let turn = readAll();
    const stop = desk.onRecords((changed) => {
      turn = turn.then(() => (changed.size > 40 ? readAll() : readSome(changed)));
    });
    return () => {
      stopped = true;
      stop();
    };
  }, [desk, inspectionId]);
  return rooms;
}
