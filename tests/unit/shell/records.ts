import type { JsonValue } from '#shared/kit/values.ts';
import type { RecordState } from '#shared/sync/record-state.ts';

export const me = '0190c5a0-0000-7000-8000-000000000002';
export const colleague = '0190c5a0-0000-7000-8000-000000000003';

/** A record as the desk hands it out. */
export function record(recordType: string, recordId: string, fields: Readonly<Record<string, JsonValue>>, createdBy = me): RecordState {
  return { recordId, recordType, officeId: '0190c5a0-0000-7000-8000-000000000001', createdBy, fields, by: {}, conflicts: {}, awaited: {}, through: {}, lockedThrough: null, late: [] };
}

export function inspection(id: string, fields: Readonly<Record<string, JsonValue>> = {}): RecordState {
  const state = record('inspection', id, { institutionName: `单位${id}`, title: '夏季检查', leadOfficerId: me, officerIds: [me], startedAt: '2026-08-12T01:00:00.000Z', ...fields });
  return fields['lock'] ? { ...state, by: { lock: lockId } } : state;
}

export const locked = { lock: { lockedAt: '2026-08-12T08:00:00.000Z', lockedBy: me, seen: {}, covers: [] } } as const;

/** The change that `locked` came in. */
export const lockId = 'c'.repeat(64);

export function review(id: string, inspectionId: string, verdict: 'approved' | 'sent-back', at: string, comment = '', more: Readonly<Record<string, JsonValue>> = { lockId, follows: [] }): RecordState {
  return record('review', id, { inspectionId, verdict, comment, at, ...more }, colleague);
}
