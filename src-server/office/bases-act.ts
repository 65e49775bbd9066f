import { done, failed } from '#shared/kit/outcome.ts';
import type { OfficeAct } from './acting.ts';

/** The legal section signs off which texts may be presented as law: verified ones only, each once. */
export const signOffBases: OfficeAct<'bases.sign-off'> = async (acting, { bases, comment }) => {
  const doubtful = bases.find(({ status }) => status !== 'verified');
  if (doubtful) return failed('not-allowed', { field: 'bases', id: doubtful.id });
  if (new Set(bases.map(({ id }) => id)).size < bases.length) return failed('duplicate', { field: 'bases' });
  const basisListId = acting.newId();
  const values = { bases, signedOffBy: acting.caller.officer.officerId, signedOffAt: acting.instant, comment };
  await acting.write([{ recordType: 'basisList', recordId: basisListId, kind: 'create', values }]);
  return done({ basisListId });
};
