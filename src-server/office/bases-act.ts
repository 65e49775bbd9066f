import { knownBases } from '#shared/domain/casework/legal-bases.ts';
import { done, failed } from '#shared/kit/outcome.ts';
import type { OfficeAct } from './acting.ts';

/**
 * The legal section signs off which texts may be presented as law: those of the shipped list whose text was read, each once. What is
 * kept is the list's own entry; a request can not make another text of it.
 */
export const signOffBases: OfficeAct<'bases.sign-off'> = async (acting, { bases, comment }) => {
  const shipped = bases.map(({ id }) => knownBases.find((known) => known.id === id));
  const doubtful = bases.find((_asked, at) => shipped[at]?.status !== 'verified');
  if (doubtful) return failed('not-allowed', { field: 'bases', id: doubtful.id });
  if (new Set(bases.map(({ id }) => id)).size < bases.length) return failed('duplicate', { field: 'bases' });
  const basisListId = acting.newId();
  const kept = shipped.flatMap((known) => (known ? [{ id: known.id, name: known.name, article: known.article, textVersion: known.textVersion, status: known.status, source: known.source }] : []));
  const values = { bases: kept, signedOffBy: acting.caller.officer.officerId, signedOffAt: acting.instant, comment };
  await acting.write([{ recordType: 'basisList', recordId: basisListId, kind: 'create', values }]);
  return done({ basisListId });
};
