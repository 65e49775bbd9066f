import type { EvidenceRef } from '#shared/domain/evidence/evidence.ts';
import { failed, done, type Outcome } from '#shared/kit/outcome.ts';
import { ask } from '../../bridge/bridge.ts';

/** Over the bridge in one piece; longer ones are taken in by main (ui/import-evidence.tsx). */
const LIMIT_BYTES = 256 * 1024 * 1024;

/**
 * Stores chosen files as evidence, the original bytes as they are. `capturedAt` is the file's own time: the maker's claim,
 * not ours. Stops at the first that can not be stored.
 */
export async function storeFiles(files: readonly File[]): Promise<Outcome<readonly EvidenceRef[]>> {
  const stored: EvidenceRef[] = [];
  for (const file of files) {
    if (file.size > LIMIT_BYTES) return failed('too-large', { limit: LIMIT_BYTES });
    const outcome = await ask('evidence.put', { bytes: new Uint8Array(await file.arrayBuffer()), mediaType: file.type || 'application/octet-stream' });
    if (!outcome.ok) return failed(outcome.problem.code, outcome.problem.detail);
    const { sha256, mediaType, byteLength } = outcome.value;
    stored.push({ sha256, mediaType, byteLength, capturedAt: file.lastModified > 0 ? new Date(file.lastModified).toISOString() : null });
  }
  return done(stored);
}
