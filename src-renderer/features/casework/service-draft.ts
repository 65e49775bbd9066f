import { serviceGaps, serviceRules, type ServiceGap, type ServiceMethod, type ServiceStatement } from '#shared/domain/casework/service.ts';
import { shanghaiTimeOfDay } from '#shared/kit/shanghai-time.ts';
import { heldOf, type NamedOriginal } from './original-entry.tsx';

/** What the form of a 送达 holds. What another method would use stays in it, so that a wrong choice of the method loses nothing. */
export type ServiceForm = {
  readonly method: ServiceMethod | null;
  readonly recipient: ServiceStatement['recipient'];
  readonly servedAt: string | null;
  readonly place: string;
  readonly reference: string;
  readonly reason: string;
  readonly route: 'witness' | 'left-and-filmed';
  readonly witness: { readonly name: string; readonly unit: string };
  readonly films: readonly NamedOriginal[];
  readonly consent: readonly NamedOriginal[];
  readonly receipt: readonly NamedOriginal[];
  readonly note: string;
};

export function emptyServiceForm(unit: string): ServiceForm {
  return {
    method: null, recipient: { name: '', post: '', unit }, servedAt: null, place: '', reference: '', reason: '', route: 'witness', witness: { name: '', unit: '' }, films: [], consent: [], receipt: [], note: '',
  };
}

/** Which fields a method shows. Exchange and OA may have a number; only mail and mailbox can not do without. */
export function shownFor(method: ServiceMethod | null): { readonly place: boolean; readonly reference: boolean; readonly refusal: boolean; readonly consent: boolean } {
  return { place: method !== null && serviceRules[method].place, reference: method !== null && method !== 'direct' && method !== 'refused', refusal: method === 'refused', consent: method === 'electronic' };
}

/** What the form says by its method, nothing of another one; or what is still missing. A date alone reads as midnight and is no time of service yet. */
export function statementOf(form: ServiceForm): { readonly statement: ServiceStatement | null; readonly gaps: readonly ServiceGap[] } {
  const { method, recipient, servedAt, place, reference, reason, route, witness, films, consent, note } = form;
  const shown = shownFor(method);
  const filmed = route === 'left-and-filmed';
  const draft = {
    method, servedAt: servedAt === null || shanghaiTimeOfDay(servedAt) === '00:00' ? null : toTheMinute(servedAt),
    recipient: { name: recipient.name.trim(), post: recipient.post.trim(), unit: recipient.unit.trim() },
    place: shown.place ? place.trim() : '', reference: shown.reference ? reference.trim() : '',
    refusal: shown.refusal ? { reason: reason.trim(), route, witness: filmed ? { name: '', unit: '' } : { name: witness.name.trim(), unit: witness.unit.trim() }, films: filmed ? films.map(heldOf) : [] } : null,
    consent: shown.consent && consent[0] ? heldOf(consent[0]) : null,
    note: note.trim(),
  };
  const gaps = serviceGaps(draft);
  return { statement: gaps.length === 0 && draft.method !== null && draft.servedAt !== null ? { ...draft, method: draft.method, servedAt: draft.servedAt } : null, gaps };
}

/** 「现在」 knows seconds; a 送达回证 does not. */
function toTheMinute(instant: string): string {
  return `${instant.slice(0, 16)}:00.000Z`;
}
