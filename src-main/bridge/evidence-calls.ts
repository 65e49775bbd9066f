import { failed } from '#shared/kit/outcome.ts';
import type { EvidenceBytes } from '../evidence/fetch.ts';
import type { Outcome } from '#shared/kit/outcome.ts';
import type { SessionHolder } from '../keys/open-session.ts';
import type { BridgeHandlers } from './answer.ts';

/**
 * Storing originals and reading them back, from this laptop or else from the server.
 * @param readEvidence answers for a hash; `not-signed-in` without a session
 */
export function evidenceCalls(
  holder: SessionHolder, readEvidence: (sha256: string) => Promise<Outcome<EvidenceBytes>>,
): Pick<BridgeHandlers, 'evidence.put' | 'evidence.read'> {
  return {
    'evidence.put': async ({ bytes, mediaType }) => (await holder.current()?.evidence.put(bytes, mediaType)) ?? failed('not-signed-in'),
    'evidence.read': async ({ sha256 }) => {
      const read = await readEvidence(sha256);
      if (!read.ok) return read;
      return { ok: true, value: { bytes: Uint8Array.from(read.value.bytes), mediaType: read.value.mediaType } };
    },
  };
}
