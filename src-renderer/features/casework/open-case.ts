import type { CaseEvent, Finding } from '#shared/domain/casework/case-record.ts';
import { findingsOf } from '#shared/domain/casework/findings.ts';
import { roomsThatCount } from '#shared/domain/documents/late-rooms.ts';
import type { InspectionLock } from '#shared/domain/inspection/inspection.ts';
import { readRoomCheck } from '#shared/domain/room-check/read-room-check.ts';
import type { JsonValue } from '#shared/kit/values.ts';
import type { RecordState } from '#shared/sync/record-state.ts';
import type { Desk, Edit } from '../../store/desk.ts';

/** The findings of a concluded inspection: of the rooms it was locked with and of accepted supplements, never of others. */
export async function findingsIn(inspection: RecordState, desk: Pick<Desk, 'children'>): Promise<readonly Finding[]> {
  const [rooms, amendments] = await Promise.all([desk.children('roomCheck', inspection.recordId), desk.children('amendment', inspection.recordId)]);
  return findingsOf(roomsThatCount((inspection.fields['lock'] ?? null) as InspectionLock | null, rooms, amendments).map(readRoomCheck));
}

/** The first version of a case: its findings, that it was opened, and what was corrected on the spot. */
export function caseEdits(caseId: string, inspection: RecordState, findings: readonly Finding[], desk: Desk, at: string): Edit {
  const values: Record<string, JsonValue> = {
    institutionId: inspection.fields['institutionId'] ?? '',
    institutionName: inspection.fields['institutionName'] ?? '',
    inspectionId: inspection.recordId,
    matter: 'room-temperature',
    procedureId: 'inspection-and-correction',
    procedureVersion: 1,
    openedAt: at,
  };
  const by = desk.session.officerId;
  values[`events/${desk.newId()}`] = caseEvent({ type: 'opened', by, at });
  const replyBy = inspection.fields['replyBy'];
  if (typeof replyBy === 'string') values[`events/${desk.newId()}`] = caseEvent({ type: 'reply-requested', by, at, dueOn: replyBy });
  for (const finding of findings) {
    const findingId = desk.newId();
    values[`findings/${findingId}`] = finding as unknown as JsonValue;
    if (finding.adjustedToC !== null) values[`events/${desk.newId()}`] = caseEvent({ type: 'corrected-on-spot', findingId, by, at });
  }
  return { recordType: 'case', recordId: caseId, values };
}

export function caseEvent(event: Partial<CaseEvent> & Pick<CaseEvent, 'type' | 'by' | 'at'>): JsonValue {
  const whole: CaseEvent = { findingId: null, follows: null, dueOn: null, complies: null, text: '', photos: [], documentId: null, ...event };
  return whole as unknown as JsonValue;
}
