import { createHash } from 'node:crypto';
import { done, failed, type Outcome } from '#shared/kit/outcome.ts';
import type { ArrivingOriginal } from './media-client.ts';
import type { EvidenceStore } from './store.ts';

export type EvidenceBytes = { readonly bytes: Uint8Array; readonly mediaType: string };

/** Asks the server for an original and hands on what arrives; `offline` and its kin when it can not be asked. */
export type FetchOriginal = <T>(sha256: string, take: (original: ArrivingOriginal) => Promise<Outcome<T>>) => Promise<Outcome<T>>;

export type EvidenceReader = {
  /**
   * Reads an original from this laptop, else from the server, and keeps what came. Bytes that do not hash to `sha256` are
   * thrown away (`evidence-damaged`), whoever sent them. A photo that its inspector has not uploaded yet is
   * `evidence-missing`; one that no window can take as a whole is `too-large`.
   */
  read(sha256: string): Promise<Outcome<EvidenceBytes>>;
  /** The bytes piece by piece, of any length; fetched before, when they are not here or not as they were. */
  pieces(sha256: string): Promise<Outcome<AsyncIterable<Uint8Array>>>;
};

/** What is shown without being kept, when the disk is full. */
const MAX_UNKEPT_BYTES = 32 * 1024 * 1024;

export function evidenceReader(store: Pick<EvidenceStore, 'read' | 'keep' | 'pieces' | 'isIntact'>, fetchOriginal: FetchOriginal): EvidenceReader {
  // A screen asks for the same thumbnail from several places: one download serves them all.
  const underWay = new Map<string, Promise<Outcome<unknown>>>();
  const download = async (sha256: string): Promise<Outcome<unknown>> => {
    const kept = await fetchOriginal(sha256, ({ mediaType, bytes }) => store.keep(sha256, bytes, mediaType));
    return !kept.ok && kept.problem.code === 'not-found' ? failed('evidence-missing', { sha256 }) : kept;
  };
  const fetched = async (sha256: string): Promise<Outcome<unknown>> => {
    const shared = underWay.get(sha256) ?? download(sha256).finally(() => underWay.delete(sha256));
    underWay.set(sha256, shared);
    return await shared;
  };
  return {
    async read(sha256) {
      const here = await store.read(sha256);
      if (here.ok || here.problem.code === 'too-large') return here;
      const there = await fetched(sha256);
      if (there.ok) return await store.read(sha256);
      // Showing a photo needs no disk: the next look at it is one more download.
      if (there.problem.code === 'disk-full') return await fetchOriginal(sha256, (original) => inMemory(sha256, original));
      // Damage on this laptop is the graver news when the server can not help.
      return here.problem.code === 'evidence-damaged' ? here : { ok: false, problem: there.problem };
    },
    async pieces(sha256) {
      if (await store.isIntact(sha256)) return done(store.pieces(sha256));
      const there = await fetched(sha256);
      return there.ok ? done(store.pieces(sha256)) : there;
    },
  };
}

async function inMemory(sha256: string, { mediaType, bytes }: ArrivingOriginal): Promise<Outcome<EvidenceBytes>> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of bytes) {
    length += piece.length;
    if (length > MAX_UNKEPT_BYTES) return failed('disk-full');
    pieces.push(piece);
  }
  const whole = Buffer.concat(pieces);
  return createHash('sha256').update(whole).digest('hex') === sha256 ? done({ bytes: whole, mediaType }) : failed('evidence-damaged', { sha256 });
}
