import { createHash, randomUUID } from 'node:crypto';
import { GENESIS } from '#shared/journal/change.ts';
import { done, failed, type Outcome } from '#shared/kit/outcome.ts';
import { MAX_ENTRIES, MAX_PACKAGE_BYTES, originalName, PACKAGE_FORMAT, pieceName, type PackageEntry, type PackageManifest } from '#shared/package/manifest.ts';
import type { ExportedPackage } from '#shared/bridge/calls.ts';
import type { StoredOriginal } from '../evidence/store.ts';
import { jsonBytes } from '../journal/bytes.ts';
import type { Disk } from '../journal/disk.ts';
import type { Outgoing } from '../journal/journal.ts';
import type { OpenSession } from '../keys/open-session.ts';
import { writePackage } from './write-package.ts';

/** A piece is a request of its own later: well below what the server takes. */
const PIECE_CHANGES = 500;
const PIECE_BYTES = 8 * 1024 * 1024;
/** Room for magic and manifest. */
const HEAD_BYTES = 8 * 1024 * 1024;

type Piece = { readonly fromSeq: number; readonly throughSeq: number; readonly entry: PackageEntry };

/**
 * Writes everything that the server has not confirmed into one file: the own chain from the last receipt on (it has no holes, so
 * it goes whole) and the originals behind it, the oldest first, as many as one file of FAT32 holds. Nothing counts as sent by it.
 * Fails with `package-refused {reason: nothing}`, `evidence-damaged`; rejects with the disk's error.
 */
export async function exportChanges(disk: Disk, session: OpenSession, target: string, now: Date, maxBytes = MAX_PACKAGE_BYTES): Promise<Outcome<ExportedPackage>> {
  const pieces = await unsentPieces(session);
  const { taken, left } = await originalsThatFit(session, pieces, maxBytes);
  if (pieces.length + taken.length === 0) return failed(left > 0 ? 'too-large' : 'package-refused', left > 0 ? { limit: maxBytes } : { reason: 'nothing' });
  const manifest = await manifestOf(session, pieces, taken, now);
  const byName = new Map(pieces.map((piece) => [piece.entry.name, piece]));
  const written = await writePackage(disk, target, session, manifest, (entry) => {
    const piece = byName.get(entry.name);
    return piece ? pieceAgain(session, piece) : session.evidence.pieces(entry.sha256);
  });
  if (!written.ok) return written;
  const changes = pieces.reduce((sum, { fromSeq, throughSeq }) => sum + throughSeq - fromSeq + 1, 0);
  return done({ ...written.value, changes, originals: taken.length, originalsLeft: left });
}

async function unsentPieces({ journal }: OpenSession): Promise<readonly Piece[]> {
  const pieces: Piece[] = [];
  const { seq: last } = journal.head();
  for (let from = journal.receiptedThrough() + 1; from <= last;) {
    const outgoing = await journal.outgoing(from, PIECE_CHANGES, PIECE_BYTES);
    if (!outgoing) break;
    const bytes = pieceBytes(outgoing);
    pieces.push({
      fromSeq: from, throughSeq: outgoing.throughSeq,
      entry: { name: pieceName(pieces.length + 1), size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') },
    });
    from = outgoing.throughSeq + 1;
  }
  return pieces;
}

/** The same bytes once more, read back from the journal: nothing long is kept in memory between. */
async function* pieceAgain({ journal }: OpenSession, { fromSeq, throughSeq }: Piece): AsyncGenerator<Uint8Array> {
  const outgoing = await journal.outgoing(fromSeq, throughSeq - fromSeq + 1, PIECE_BYTES);
  if (outgoing) yield pieceBytes(outgoing);
}

function pieceBytes({ fromSeq, changes, signature }: Outgoing): Uint8Array {
  return jsonBytes({ fromSeq, changes, signature });
}

async function originalsThatFit({ evidence }: OpenSession, pieces: readonly Piece[], maxBytes: number): Promise<{ readonly taken: readonly StoredOriginal[]; readonly left: number }> {
  const taken: StoredOriginal[] = [];
  let room = maxBytes - HEAD_BYTES - pieces.reduce((sum, { entry }) => sum + entry.size, 0);
  const waiting = evidence.notUploaded();
  for (const original of waiting) {
    const { sha256, byteLength } = original;
    if (byteLength > room || pieces.length + taken.length >= MAX_ENTRIES || !(await evidence.isIntact(sha256))) continue;
    taken.push(original);
    room -= byteLength;
  }
  return { taken, left: waiting.length - taken.length };
}

async function manifestOf({ journal, deviceId }: OpenSession, pieces: readonly Piece[], originals: readonly StoredOriginal[], now: Date): Promise<PackageManifest> {
  const { officeId, officerId, chainCode } = journal.chain;
  const [first, last] = [pieces[0], pieces.at(-1)];
  const idAt = async (seq: number): Promise<string> => (seq === 0 ? GENESIS : ((await journal.own(seq, 1))[0]?.id ?? GENESIS));
  const stretch = first && last
    ? [{ deviceId, officerId, fromSeq: first.fromSeq, prev: await idAt(first.fromSeq - 1), toSeq: last.throughSeq, head: await idAt(last.throughSeq) }]
    : [];
  return {
    container: 'xcpkg', format: PACKAGE_FORMAT, kind: 'changes', packageId: randomUUID(), officeId, exporter: { deviceId, officerId, chainCode },
    createdAt: now.toISOString(), encryption: 'none', chains: stretch, cursor: null,
    entries: [...pieces.map(({ entry }) => entry), ...originals.map(({ sha256, byteLength, mediaType }) => ({ name: originalName(sha256), size: byteLength, sha256, mediaType: mediaType || 'application/octet-stream' }))],
  };
}
