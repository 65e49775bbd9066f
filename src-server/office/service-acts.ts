import { serviceOriginals, type HeldOriginal, type Service, type ServiceReceipt } from '#shared/domain/casework/service.ts';
import type { ProposedAct } from '#shared/domain/casework/opinion-workflow.ts';
import { done, failed, type Outcome } from '#shared/kit/outcome.ts';
import type { JsonValue } from '#shared/kit/values.ts';
import type { OfficeRequest } from '#shared/sync/office-calls.ts';
import type { RecordState } from '#shared/sync/record-state.ts';
import { evidenceRow } from '../store/evidence-rows.ts';
import type { Acting, OfficeAct } from './acting.ts';

type ServiceRequest = NonNullable<OfficeRequest<'opinion.act'>['service']>;

/** What a paper may be imported as. */
export const paperTypes: ReadonlySet<string> = new Set(['application/pdf', 'image/png', 'image/jpeg', 'image/tiff']);

/** Does the server hold these bytes, whole? */
export async function holds({ sql, caller }: Acting, { sha256, byteLength }: HeldOriginal): Promise<boolean> {
  const row = await evidenceRow(sql, caller.office.officeId, sha256);
  return row?.completedAt != null && row.byteLength === byteLength;
}

/** A 送达 as the workflow judges it, with the first of its originals that is not here. Fails with invalid-input on one that is no picture, film or paper. */
export async function proposedService(acting: Acting, request: ServiceRequest | null): Promise<Outcome<NonNullable<ProposedAct['service']> | null>> {
  if (request === null) return done(null);
  const { statement, receipt } = request;
  const originals = [...serviceOriginals(statement), ...(receipt === null ? [] : [{ field: 'receipt', original: receipt }])];
  let missing: string | null = null;
  for (const { field, original } of originals) {
    const isUsable = paperTypes.has(original.mediaType) || (field === 'refusal.films' && original.mediaType.startsWith('video/'));
    if (!isUsable) return failed('invalid-input', { field });
    if (missing === null && !(await holds(acting, original))) missing = field;
  }
  return done({ statement, missing, now: acting.instant });
}

/** The record of a 送达, bound to the sealed original that was served. */
export function serviceValues({ caller, instant, newId }: Acting, opinion: RecordState, serviceId: string, { statement, receipt }: ServiceRequest): Record<string, JsonValue> {
  const by = caller.officer.officerId;
  const sealed = (opinion.fields['original'] ?? null) as HeldOriginal | null;
  const paper = sealed && { sha256: sealed.sha256, mediaType: sealed.mediaType, byteLength: sealed.byteLength };
  const service: Service = { ...statement, paper, by, at: instant };
  const values: Record<string, JsonValue> = { [`services/${serviceId}`]: service as unknown as JsonValue };
  if (receipt !== null) {
    const received: ServiceReceipt = { serviceId, original: receipt, note: '', by, at: instant };
    values[`serviceReceipts/${newId()}`] = received;
  }
  return values;
}

/** 回证已收, at the 送达 or later. Another scan of the same 回证 is kept beside the first; the same bytes are not. */
export const addServiceReceipt: OfficeAct<'opinion.service-receipt'> = async (acting, { opinionId, serviceId, receipt, note }) => {
  const opinion = await acting.record('opinion', opinionId);
  if (!opinion) return failed('not-found', { field: 'opinionId' });
  if ((opinion.fields[`services/${serviceId}`] ?? null) === null) return failed('not-found', { field: 'serviceId' });
  if (!paperTypes.has(receipt.mediaType)) return failed('invalid-input', { field: 'receipt' });
  const isThere = Object.entries(opinion.fields).some(([path, item]) => path.startsWith('serviceReceipts/') && (item as ServiceReceipt | null)?.original.sha256 === receipt.sha256);
  if (isThere) return failed('duplicate', { field: 'receipt' });
  if (!(await holds(acting, receipt))) return failed('evidence-missing', { field: 'receipt' });
  const receiptId = acting.newId();
  const received: ServiceReceipt = { serviceId, original: receipt, note, by: acting.caller.officer.officerId, at: acting.instant };
  await acting.write([{ recordType: 'opinion', recordId: opinionId, kind: 'service-receipt', values: { [`serviceReceipts/${receiptId}`]: received } }]);
  return done({ receiptId });
};
