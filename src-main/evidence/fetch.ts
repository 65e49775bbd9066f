import { createHash } from 'node:crypto';
import { done, failed, type Outcome } from '#shared/kit/outcome.ts';
import type { EvidenceStore } from './store.ts';

export type EvidenceBytes = { readonly bytes: Uint8Array; readonly mediaType: string };

/** Asks the server for an original; `offline` and its kin when it can not be asked. */
export type FetchOriginal = (sha256: string) => Promise<Outcome<{ readonly bytes: Uint8Array; readonly mediaType: string }>>;

/**
 * Reads an original from this laptop, else from the server, and keeps what came. Bytes that do not hash to `sha256` are
 * thrown away (`evidence-damaged`), whoever sent them. A photo that its inspector has not uploaded yet is `evidence-missing`.
 */
export function evidenceReader(store: Pick<EvidenceStore, 'read' | 'keep'>, fetchOriginal: FetchOriginal): (sha256: string) => Promise<Outcome<EvidenceBytes>> {
  // A screen asks for the same thumbnail from several places: one download serves them all.
  const underWay = new Map<string, Promise<Outcome<EvidenceBytes>>>();
  const download = async (sha256: string): Promise<Outcome<EvidenceBytes>> => {
    const fetched = await fetchOriginal(sha256);
    if (!fetched.ok) return fetched.problem.code === 'not-found' ? failed('evidence-missing', { sha256 }) : fetched;
    const { bytes, mediaType } = fetched.value;
    if (createHash('sha256').update(bytes).digest('hex') !== sha256) return failed('evidence-damaged', { sha256 });
    const kept = await store.keep(sha256, bytes, mediaType);
    // Showing a photo needs no disk: the next look at it is one more download.
    if (!kept.ok && kept.problem.code !== 'disk-full') return kept;
    return done({ bytes, mediaType });
  };
  return async (sha256) => {
    const here = await store.read(sha256);
    if (here.ok) return here;
    const shared = underWay.get(sha256) ?? download(sha256).finally(() => underWay.delete(sha256));
    underWay.set(sha256, shared);
    const there = await shared;
    // Damage on this laptop is the graver news when the server can not help.
    return !there.ok && here.problem.code === 'evidence-damaged' ? here : there;
  };
}
