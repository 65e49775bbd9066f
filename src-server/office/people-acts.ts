import { dayNumber } from '#shared/kit/calendar-date.ts';
import { done, failed } from '#shared/kit/outcome.ts';
import type { Problem } from '#shared/kit/problem.ts';
import { problem } from '#shared/kit/problem.ts';
import type { OfficeRequest } from '#shared/sync/office-calls.ts';
import { issuePersonCode } from '../accounts/codes.ts';
import { foldedLoginName, officerById, officersOf } from '../accounts/officers.ts';
import type { Acting, OfficeAct } from './acting.ts';

export const saveOrgan: OfficeAct<'organ.save'> = async (acting, { organId, drawnSignatures, ...named }) => {
  const values = drawnSignatures === undefined ? named : { ...named, drawnSignatures };
  const organs = await acting.records('organ');
  if (organId !== null && !organs.some(({ recordId }) => recordId === organId)) return failed('not-found', { field: 'organId' });
  if (organs.some(({ recordId, fields }) => recordId !== organId && fields['name'] === values.name)) return failed('duplicate', { field: 'name' });
  const recordId = organId ?? acting.newId();
  await acting.write([{ recordType: 'organ', recordId, kind: organId === null ? 'create' : 'edit', values }]);
  return done({ organId: recordId });
};

export const savePerson: OfficeAct<'person.save'> = async (acting, request) => {
  const flaw = await personFlaw(acting, request);
  if (flaw) return { ok: false, problem: flaw };
  const { officerId, ...values } = request;
  const recordId = officerId ?? acting.newId();
  await acting.write([{ recordType: 'person', recordId, kind: officerId === null ? 'create' : 'edit', values: { ...values, roles: [...new Set(values.roles)] } }]);
  if (!values.active) acting.afterCommit(() => endSessions(acting, recordId));
  return done({ officerId: recordId });
};

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
