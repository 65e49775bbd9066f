import { done, failed, type Outcome } from '#shared/kit/outcome.ts';
import { WIRE_VERSION, type EvidenceStatus } from '#shared/sync/wire.ts';
import type * as z from 'zod';
import type { Caller, Services } from '../services.ts';
import { dropEvidence, evidenceRow, insertEvidence, noteReceived, type EvidenceRow } from '../store/evidence-rows.ts';
import type { Originals } from './originals.ts';

/** Bytes of one original. */
export const MAX_EVIDENCE_BYTES = 512 * 1024 * 1024;

export type Piece = {
  readonly sha256: string;
  readonly mediaType: string;
  readonly offset: number;
  /** Length of the whole original in bytes. */
  readonly byteLength: number;
  readonly bytes: AsyncIterable<Uint8Array>;
};

type Status = z.infer<typeof EvidenceStatus>;

export type EvidenceDesk = {
  status(caller: Caller, sha256: string): Promise<Status>;
  /**
   * Takes a piece where the original stands; a piece for another place is left and answered with where it stands.
   * Another length than announced before begins it anew. Fails with too-large, rate-limited (somebody else is sending the
   * same original) or evidence-damaged (all bytes arrived and are not what their name says: it begins anew).
   */
  receive(caller: Caller, piece: Piece): Promise<Outcome<Status>>;
};

export function evidenceDesk({ store, now, log }: Services, originals: Originals): EvidenceDesk {
  /** Originals that somebody is writing to at this moment, in this process: the only one that has the folder open. */
  const busy = new Set<string>();

  const take = async (caller: Caller, piece: Piece): Promise<Outcome<Status>> => {
    const { officeId } = caller.office;
    const { sha256, byteLength } = piece;
    const held = await beginOrFind(caller, piece);
    if (held.completedAt !== null) return done(statusOf(sha256, held));
    // A crash may have come between the rename and its note.
    if (await originals.isInPlace(officeId, sha256)) return done(statusOf(sha256, await note(officeId, sha256, byteLength, now())));
    if (piece.offset !== held.receivedBytes) return done(statusOf(sha256, held));
    const { end, overflow } = await originals.writeAt(officeId, sha256, piece.offset, byteLength, piece.bytes);
    if (overflow) return failed('too-large', { limit: byteLength });
    if (end < byteLength) return done(statusOf(sha256, await note(officeId, sha256, end, null)));
    if (await originals.complete(officeId, sha256)) return done(statusOf(sha256, await note(officeId, sha256, end, now())));
    await store.write((sql) => dropEvidence(sql, officeId, sha256));
    log.error({ alarm: true, sha256, chainId: caller.chain.chainId }, 'an original arrived damaged and was put aside');
    return failed('evidence-damaged', { sha256 });
  };
  const beginOrFind = async (caller: Caller, { sha256, mediaType, byteLength }: Piece): Promise<EvidenceRow> => {
    const { officeId } = caller.office;
    const held = await evidenceRow(store.sql, officeId, sha256);
    if (held && (held.completedAt !== null || held.byteLength === byteLength)) return held;
    const row: EvidenceRow = { officeId, sha256, mediaType, byteLength, receivedBytes: 0, completedAt: null };
    await store.write(async (sql) => {
      await dropEvidence(sql, officeId, sha256);
      await insertEvidence(sql, row, caller.chain.chainId, now());
    });
    return row;
  };
  const note = async (officeId: string, sha256: string, receivedBytes: number, completedAt: number | null) => {
    await store.write((sql) => noteReceived(sql, officeId, sha256, receivedBytes, completedAt));
    return { receivedBytes, completedAt };
  };
  return {
    status: async (caller, sha256) => statusOf(sha256, await evidenceRow(store.sql, caller.office.officeId, sha256)),
    async receive(caller, piece) {
      if (piece.byteLength > MAX_EVIDENCE_BYTES) return failed('too-large', { limit: MAX_EVIDENCE_BYTES });
      const key = `${caller.office.officeId}/${piece.sha256}`;
      if (busy.has(key)) return failed('rate-limited', { reason: 'upload-under-way' });
      busy.add(key);
      try {
        return await take(caller, piece);
      } finally {
        busy.delete(key);
      }
    },
  };
}

function statusOf(sha256: string, row: Pick<EvidenceRow, 'receivedBytes' | 'completedAt'> | null): Status {
  return { v: WIRE_VERSION, sha256, receivedBytes: row?.receivedBytes ?? 0, complete: row !== null && row.completedAt !== null };
}
