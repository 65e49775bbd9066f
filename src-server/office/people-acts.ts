import { dayNumber } from '#shared/kit/calendar-date.ts';
import { canonicalJson } from '#shared/journal/canonical-json.ts';
import { done, failed, type Outcome } from '#shared/kit/outcome.ts';
import type { Problem } from '#shared/kit/problem.ts';
import { problem } from '#shared/kit/problem.ts';
import type { JsonValue } from '#shared/kit/values.ts';
import type { OfficeRequest } from '#shared/sync/office-calls.ts';
import type { RecordState } from '#shared/sync/record-state.ts';
import { issuePersonCode } from '../accounts/codes.ts';
import { foldedLoginName, officerById, officersOf } from '../accounts/officers.ts';
import type { Acting, OfficeAct } from './acting.ts';
import type { ServerEdit } from './server-chain.ts';

export const saveOrgan: OfficeAct<'organ.save'> = async (acting, { organId, over, drawnSignatures, ...named }) => {
  const asked = drawnSignatures === undefined ? named : { ...named, drawnSignatures };
  const organs = await acting.records('organ');
  const known = organs.find(({ recordId }) => recordId === organId) ?? null;
  if (organId !== null && !known) return failed('not-found', { field: 'organId' });
  const changed = changedOver(known, asked, over);
  if (!changed.ok) return changed;
  const { name } = changed.value;
  if (name !== undefined && organs.some(({ recordId, fields }) => recordId !== organId && fields['name'] === name)) return failed('duplicate', { field: 'name' });
  const recordId = organId ?? acting.newId();
  await writeSome(acting, { recordType: 'organ', recordId, kind: known ? 'edit' : 'create', values: changed.value });
  return done({ organId: recordId });
};

export const savePerson: OfficeAct<'person.save'> = async (acting, request) => {
  const { officerId, over, ...asked } = request;
  const known = officerId === null ? null : await acting.record('person', officerId);
  const changed = changedOver(known, { ...asked, roles: [...new Set(asked.roles)] }, over);
  if (!changed.ok) return changed;
  // What somebody else has set meanwhile counts as well: the person as he will be has to be right.
  const flaw = await personFlaw(acting, { ...request, ...(over && known ? keptFields(known, asked) : {}), ...changed.value });
  if (flaw) return { ok: false, problem: flaw };
  const recordId = officerId ?? acting.newId();
  await writeSome(acting, { recordType: 'person', recordId, kind: known ? 'edit' : 'create', values: changed.value });
  if (changed.value.active === false) acting.afterCommit(() => endSessions(acting, recordId));
  return done({ officerId: recordId });
};

/** Of `asked` the fields that the person changed; fails when one of them is no longer as he saw it. */
function changedOver<T extends Readonly<Record<string, JsonValue>>>(known: RecordState | null, asked: T, over: Readonly<Record<string, string | null>> | undefined): Outcome<Partial<T>> {
  if (!known || over === undefined) return done(asked);
  const changed: Partial<T> = {};
  for (const [field, to] of Object.entries(asked)) {
    const saw = over[field];
    if (saw === undefined || isEqual(known.fields[field], to)) continue;
    if ((known.by[field] ?? null) !== saw) return failed('wrong-step', { reason: 'changed-meanwhile', field });
    Object.assign(changed, { [field]: to });
  }
  return done(changed);
}

function keptFields<T extends object>(known: RecordState, asked: T): Partial<T> {
  return Object.fromEntries(Object.keys(asked).filter((field) => known.fields[field] !== undefined).map((field) => [field, known.fields[field]])) as Partial<T>;
}

function isEqual(held: JsonValue | undefined, to: JsonValue): boolean {
  return held !== undefined && canonicalJson(held) === canonicalJson(to);
}

async function writeSome(acting: Acting, edit: ServerEdit): Promise<void> {
  if (Object.keys(edit.values).length > 0) await acting.write([edit]);
}

export const issueCode: OfficeAct<'person.enrolment-code'> = async (acting, { officerId }) => {
  const { officeId } = acting.caller.office;
  const officer = await officerById(acting.sql, officeId, officerId);
  if (!officer) return failed('not-found', { field: 'officerId' });
  if (!officer.active) return failed('revoked', { reason: 'person-inactive' });
  const { code, expiresAt } = await issuePersonCode(acting.sql, officeId, officerId, acting.at);
  return done({ code, expiresAt: new Date(expiresAt).toISOString() });
};

/** 系统、安全、审计管理员分设: nobody holds two of the three. */
const administrators = ['system-administrator', 'security-administrator', 'audit-administrator'] as const;

async function personFlaw(acting: Acting, request: OfficeRequest<'person.save'>): Promise<Problem | null> {
  const people = await officersOf(acting.sql, acting.caller.office.officeId);
  const others = people.filter(({ officerId }) => officerId !== request.officerId);
  if (request.officerId !== null && others.length === people.length) return problem('not-found', { field: 'officerId' });
  if (!(await acting.record('organ', request.organId))) return problem('not-found', { field: 'organId' });
  const folded = foldedLoginName(request.loginName);
  if (others.some(({ loginName }) => foldedLoginName(loginName) === folded)) return problem('duplicate', { field: 'loginName' });
  if (administrators.filter((role) => request.roles.includes(role)).length > 1) return problem('not-allowed', { field: 'roles' });
  const { certificate } = request;
  const [from, until] = certificate ? [dayNumber(certificate.validFrom), dayNumber(certificate.validUntil)] : [0, 0];
  if (from === null || until === null) return problem('not-a-date', { field: 'certificate' });
  if (until < from) return problem('out-of-range', { field: 'certificate' });
  const stays = request.active && request.roles.includes('system-administrator');
  const isLast = !stays && !others.some(({ active, roles }) => active && roles.includes('system-administrator'));
  return isLast ? problem('not-allowed', { field: 'roles', reason: 'last-administrator' }) : null;
}

function endSessions({ services, caller }: Acting, officerId: string): void {
  services.log.warn({ officeId: caller.office.officeId, officerId }, 'person made inactive');
  services.news.endOfficer(caller.office.officeId, officerId);
}
