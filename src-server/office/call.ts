import type { Outcome } from '#shared/kit/outcome.ts';
import { failed } from '#shared/kit/outcome.ts';
import { officeCalls, type OfficeCallName, type OfficeReply, type OfficeRequest } from '#shared/sync/office-calls.ts';
import type { Caller, Services } from '../services.ts';
import { holdOffice } from '../store/counters.ts';
import type { Sql } from '../store/sql.ts';
import { actingFor, type Acting, type OfficeAct } from './acting.ts';
import { signOffBases } from './bases-act.ts';
import { listChains, revoke } from './chain-acts.ts';
import { actOnOpinion, draftOpinion } from './opinion-acts.ts';
import { issueCode, saveOrgan, savePerson } from './people-acts.ts';
import { addServiceReceipt } from './service-acts.ts';

const acts: { readonly [N in OfficeCallName]: OfficeAct<N> } = {
  'organ.save': saveOrgan,
  'person.save': savePerson,
  'person.enrolment-code': issueCode,
  'chain.list': listChains,
  'chain.revoke': revoke,
  'bases.sign-off': signOffBases,
  'opinion.draft': draftOpinion,
  'opinion.act': actOnOpinion,
  'opinion.service-receipt': addServiceReceipt,
};

export function isOfficeCall(name: string): name is OfficeCallName {
  return Object.hasOwn(officeCalls, name);
}

/** One act of the server, in one transaction; the feed's news goes out after the commit. What fails leaves no trace but a log line. */
export async function officeCall<N extends OfficeCallName>(services: Services, caller: Caller, name: N, request: OfficeRequest<N>): Promise<Outcome<OfficeReply<N>>> {
  const { officer, chain, office } = caller;
  const allowed: readonly string[] = officeCalls[name].roles;
  const who = { call: name, officerId: officer.officerId, chainId: chain.chainId };
  if (!officer.roles.some((role) => allowed.includes(role))) {
    services.log.warn(who, 'office call not allowed');
    return failed('not-allowed', { call: name });
  }
  const { acting, outcome } = await services.store.write(async (sql) => {
    await holdOffice(sql, office.officeId);
    const acting = actingFor(sql, services, caller);
    const outcome = await acts[name](acting, request);
    if (outcome.ok) await noteAct(sql, acting, name);
    return { acting, outcome };
  }, (each) => each.outcome.ok);
  if (!outcome.ok) {
    services.log.warn({ ...who, problem: outcome.problem }, 'office call refused');
    return outcome;
  }
  services.log.info(who, 'office call done');
  acting.committed();
  const end = acting.feedEnd();
  if (end !== null) services.news.tell(office.officeId, end);
  return outcome;
}

async function noteAct(sql: Sql, { newId, at, caller }: Acting, name: string): Promise<void> {
  await sql.run('INSERT INTO office_acts (act_id, office_id, chain_id, officer_id, name, outcome, at) VALUES (?, ?, ?, ?, ?, ?, ?)', [
    newId(), caller.office.officeId, caller.chain.chainId, caller.officer.officerId, name, 'done', at,
  ]);
}
