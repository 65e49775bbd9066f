import type { PaperRecords } from '#shared/domain/documents/paper-sources.ts';
import { lockedRooms } from '#shared/domain/documents/late-rooms.ts';
import { readDocument } from '#shared/domain/documents/read-document.ts';
import type { SupplementRecords } from '#shared/domain/documents/supplement.ts';
import type { InspectionLock } from '#shared/domain/inspection/inspection.ts';
import type { Desk } from '../../store/desk.ts';

/** What papers are made from, as the desk holds it at this moment: a lock that was just written, a decision that just came. */
export type FreshRecords = { readonly locked: PaperRecords; readonly all: SupplementRecords };

export async function freshRecords(records: PaperRecords, inspectionId: string, desk: Pick<Desk, 'get' | 'children'>): Promise<FreshRecords> {
  const inspection = (await desk.get(inspectionId)) ?? records.inspection;
  const rooms = await desk.children('roomCheck', inspectionId);
  const lock = (inspection.fields['lock'] ?? null) as InspectionLock | null;
  const papers = (await desk.children('document', inspectionId)).map(readDocument);
  return {
    locked: { ...records, inspection, rooms: lock ? lockedRooms(lock, rooms) : rooms },
    all: { inspection, rooms, papers, amendments: await desk.children('amendment', inspectionId) },
  };
}
