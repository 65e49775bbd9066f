import { createHash, createPublicKey, verify } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { BatchBody, SegmentHeader } from '#shared/journal/bodies.ts';
import { chainStart, verifyBatch, type ChainPosition } from '#shared/journal/chain.ts';
import { frameTypes, readFrame } from '#shared/journal/frame.ts';

export type FilesReport = { readonly changes: number; readonly ids: ReadonlySet<string>; readonly flaws: readonly string[]; readonly tornBytes: number };

/**
 * Reads a journal folder from the outside, without any code of the main process: every frame, every id recomputed, every
 * signature verified. Bytes behind the last whole frame are a torn end; anything else is a flaw.
 */
export function verifyFiles(folder: string): FilesReport {
  const journal = path.join(folder, 'journal');
  const names = readdirSync(journal).filter((name) => name.endsWith('.seg')).sort();
  const files = names.map((name) => new Uint8Array(readFileSync(path.join(journal, name))));
  const headers = files.map(headerOf);
  const ids = new Set<string>();
  const flaws: string[] = [];
  let position: ChainPosition = chainStart;
  let tornBytes = 0;
  for (const [at, file] of files.entries()) {
    const header = headers[at];
    if (!header || header.segment !== at + 1) return { changes: ids.size, ids, flaws: [...flaws, `segment ${at + 1} has no header of its own`], tornBytes };
    if (header.continues.seq !== position.seq || header.continues.id !== position.id) flaws.push(`segment ${at + 1} does not go on from ${position.seq}`);
    const end = headers[at + 1]?.continues.bytesBefore ?? file.length;
    const walk = walkSegment(file.subarray(0, end), header, position, ids);
    position = walk.position;
    if (walk.flaw) flaws.push(`segment ${at + 1}: ${walk.flaw}`);
    if (walk.end < end && at < files.length - 1) flaws.push(`segment ${at + 1} ends at ${walk.end} instead of ${end}`);
    if (at === files.length - 1) tornBytes = end - walk.end;
  }
  return { changes: ids.size, ids, flaws, tornBytes };
}

function headerOf(file: Uint8Array): SegmentHeader | null {
  const reading = readFrame(file, 0);
  if (reading.kind !== 'frame' || reading.type !== frameTypes.header) return null;
  return SegmentHeader.parse(JSON.parse(new TextDecoder().decode(reading.body)));
}

function walkSegment(file: Uint8Array, header: SegmentHeader, start: ChainPosition, ids: Set<string>) {
  const publicKey = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(header.publicKey, 'base64').toString('base64url') }, format: 'jwk' });
  const isSigned = (id: string, signature: string): boolean => verify(null, Buffer.from(id, 'hex'), publicKey, Buffer.from(signature, 'base64'));
  let position = start;
  let at = 0;
  /** What a large append is until its last part is there: it counts from its first part on or not at all. */
  let open: { readonly position: ChainPosition; readonly at: number; readonly ids: string[] } | null = null;
  for (;;) {
    const reading = readFrame(file, at);
    if (reading.kind !== 'frame') return open ? { position: open.position, end: open.at, flaw: null } : { position, end: at, flaw: null };
    if (reading.type === frameTypes.batch) {
      const batch = BatchBody.parse(JSON.parse(new TextDecoder().decode(reading.body)));
      const outcome = verifyBatch(batch, header.chain, position, (text) => createHash('sha256').update(text).digest('hex'), isSigned);
      if (!outcome.ok) return { position, end: at, flaw: outcome.problem.code };
      if (batch.part?.no === 1) open = { position, at, ids: [] };
      const taken = outcome.value.map((change) => change.id);
      if (open) open.ids.push(...taken);
      else for (const id of taken) ids.add(id);
      if (open && batch.part?.no === batch.part?.of) {
        for (const id of open.ids) ids.add(id);
        open = null;
      }
      position = { seq: batch.firstSeq + batch.count - 1, id: batch.head };
    }
    at = reading.end;
  }
}

export function tornPieces(folder: string): number {
  const torn = path.join(folder, 'torn');
  return existsSync(torn) ? readdirSync(torn).length : 0;
}
