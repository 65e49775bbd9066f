import { canonicalJson } from '../../journal/canonical-json.ts';
import type { HashText } from '../../journal/change-id.ts';
import { derivedId } from '../../journal/derived-id.ts';
import type { Instant, JsonValue, Uuid } from '../../kit/values.ts';
import type { RecordState } from '../../sync/record-state.ts';
import type { CaseEvent, Finding } from './case-record.ts';

/**
 * The one case of an inspection: every desk derives the same id, so that two officers who open it without a network make one
 * record, whose events merge. Cases of earlier versions have an id of their own; a desk that has one opens that.
 */
export function caseIdOf(inspectionId: Uuid, hashText: HashText): Uuid {
  return derivedId(inspectionId, 'case', hashText);
}

export type Opening = { readonly by: Uuid; readonly at: Instant; readonly newId: () => string; readonly hashText: HashText };

/**
 * The first version of a case: its findings, that it was opened, and what was corrected on the spot. The same finding has the same
 * id on every desk, another one of the same room another: nothing that one officer saw takes the place of what another saw.
 * When it was opened stands in the event alone: each officer who opened it has his own.
 */
export function caseOpening(inspection: Pick<RecordState, 'recordId' | 'fields'>, findings: readonly Finding[], { by, at, newId, hashText }: Opening): { readonly recordId: Uuid; readonly values: Readonly<Record<string, JsonValue>> } {
  const values: Record<string, JsonValue> = {
    institutionId: inspection.fields['institutionId'] ?? '',
    institutionName: inspection.fields['institutionName'] ?? '',
    inspectionId: inspection.recordId,
    matter: 'room-temperature',
    procedureId: 'inspection-and-correction',
    procedureVersion: 1,
  };
  values[`events/${newId()}`] = caseEvent({ type: 'opened', by, at });
  const replyBy = inspection.fields['replyBy'];
  if (typeof replyBy === 'string') values[`events/${newId()}`] = caseEvent({ type: 'reply-requested', by, at, dueOn: replyBy });
  for (const finding of findings) {
    const findingId = derivedId(finding.roomCheckId, `finding ${canonicalJson(finding as unknown as JsonValue)}`, hashText);
    values[`findings/${findingId}`] = finding as unknown as JsonValue;
    if (finding.adjustedToC !== null) values[`events/${newId()}`] = caseEvent({ type: 'corrected-on-spot', findingId, by, at });
  }
  return { recordId: caseIdOf(inspection.recordId, hashText), values };
}

export function caseEvent(event: Partial<CaseEvent> & Pick<CaseEvent, 'type' | 'by' | 'at'>): JsonValue {
  const whole: CaseEvent = { findingId: null, follows: null, dueOn: null, complies: null, text: '', photos: [], documentId: null, ...event };
  return whole as unknown as JsonValue;
}
