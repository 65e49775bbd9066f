import { caseOpening } from '#shared/domain/casework/case-opening.ts';
import type { Finding } from '#shared/domain/casework/case-record.ts';
import { findingsOf } from '#shared/domain/casework/findings.ts';
import { roomsThatCount } from '#shared/domain/documents/late-rooms.ts';
import type { InspectionLock } from '#shared/domain/inspection/inspection.ts';
import { readRoomCheck } from '#shared/domain/room-check/read-room-check.ts';
import type { RecordState } from '#shared/sync/record-state.ts';
import type { Desk, Edit } from '../../store/desk.ts';
import { hashText } from '../../store/hash-text.ts';

/** The findings of a concluded inspection: of the rooms it was locked with and of accepted supplements, never of others. */
export async function findingsIn(inspection: RecordState, desk: Pick<Desk, 'children'>): Promise<readonly Finding[]> {
  const [rooms, amendments] = await Promise.all([desk.children('roomCheck', inspection.recordId), desk.children('amendment', inspection.recordId)]);
  return findingsOf(roomsThatCount((inspection.fields['lock'] ?? null) as InspectionLock | null, rooms, amendments).map(readRoomCheck));
}

/** The case of an inspection as this officer opens it: the same record on every desk (case-opening.ts). */
export function openingOf(inspection: RecordState, findings: readonly Finding[], desk: Pick<Desk, 'session' | 'newId'>, at: string): Edit {
  const { recordId, values } = caseOpening(inspection, findings, { by: desk.session.officerId, at, newId: () => desk.newId(), hashText });
  return { recordType: 'case', recordId, kind: 'create', values };
}
