import { done, failed } from '#shared/kit/outcome.ts';
import { officersOf } from '../accounts/officers.ts';
import { chainById, chainsOfOffice, revokeChain } from '../store/chains.ts';
import type { OfficeAct } from './acting.ts';
import { serverChainId } from './server-chain.ts';

export const listChains: OfficeAct<'chain.list'> = async ({ sql, caller: { office } }) => {
  const names = new Map((await officersOf(sql, office.officeId)).map(({ officerId, name }) => [officerId, name]));
  const chains = (await chainsOfOffice(sql, office.officeId)).filter(({ chainId }) => chainId !== serverChainId(office));
  return done(chains.map((chain) => ({
    chainId: chain.chainId, chainCode: chain.chainCode, deviceName: chain.deviceName, officerName: names.get(chain.officerId) ?? '',
    enrolledAt: new Date(chain.enrolledAt).toISOString(), lastContactAt: chain.lastContactAt === null ? null : new Date(chain.lastContactAt).toISOString(),
    revoked: chain.revokedAt !== null, seq: chain.head.seq,
  })));
};

/** From the commit on the chain's sessions are worth nothing: every request looks at the chain again. */
export const revoke: OfficeAct<'chain.revoke'> = async (acting, { chainId, reason }) => {
  const { sql, caller: { office, chain: own, officer }, at, services } = acting;
  const chain = await chainById(sql, office.officeId, chainId);
  if (!chain || chainId === serverChainId(office)) return failed('not-found', { field: 'chainId' });
  // Whoever locks himself out may be the last who could let anybody in.
  if (chainId === own.chainId) return failed('not-allowed', { reason: 'own-chain' });
  if (chain.revokedAt === null) await revokeChain(sql, chain, reason, at);
  acting.afterCommit(() => {
    services.log.warn({ chainId, by: officer.officerId }, 'laptop revoked');
    services.news.endChain(chainId);
  });
  return done({});
};
