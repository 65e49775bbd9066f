import { createHash } from 'node:crypto';
import { DataStore, ERRORS, Upload } from '@tus/server';
import { problem } from '#shared/kit/problem.ts';
import { Refused } from '../http/answer.ts';
import type { Caller, Services } from '../services.ts';
import { dropEvidence, evidenceRow, insertEvidence, noteReceived, type EvidenceRow } from '../store/evidence-rows.ts';
import type { Originals } from './originals.ts';
import type { Checksum } from './upload-headers.ts';

/** What one request says of the original it is about. */
export type Announced = {
  readonly sha256: string;
  /** Null where the request only goes on with an upload that has begun. */
  readonly begins: { readonly mediaType: string; readonly byteLength: number } | null;
  /** Of this request's body; null when the sender gave none. */
  readonly checksum: Checksum | null;
};

export type OfficeUploads = {
  readonly dataStore: DataStore;
  /**
   * Resolves when no byte is being written any more, to what went wrong on the way. The package goes on as soon as a line is
   * cut, while the last bytes are still on their way to the disk, and tells only of the line.
   */
  written(): Promise<unknown>;
};

/**
 * What tus asks of a store, for one request of one caller. The offset that is told is what is held for sure; it reaches the
 * whole length only when the bytes were read back and hash to their name.
 */
export function officeUploads({ store, now, log }: Services, originals: Originals, { office: { officeId }, chain }: Caller, { sha256, begins, checksum }: Announced): OfficeUploads {
  let written: Promise<unknown> = Promise.resolve(null);
  const name = { officeId, sha256 };
  const uploadOf = (row: EvidenceRow, offset: number): Upload =>
    new Upload({ id: sha256, size: row.byteLength, offset, metadata: { sha256, mediaType: row.mediaType }, creation_date: new Date(now()).toISOString() });

  /** The row and how far it is; an upload that a crash left between its last byte and its hash is brought to its end. */
  const standing = async (): Promise<{ readonly row: EvidenceRow; readonly offset: number }> => {
    const row = await evidenceRow(store.sql, officeId, sha256);
    if (!row) throw ERRORS.FILE_NOT_FOUND;
    if (row.completedAt !== null) return { row, offset: row.byteLength };
    const offset = await originals.heldBytes(row);
    if (offset === row.byteLength) await settle(row);
    return { row, offset };
  };
  const settle = async (row: EvidenceRow): Promise<void> => {
    if (await originals.complete(name)) {
      await store.write((sql) => noteReceived(sql, officeId, sha256, row.byteLength, now()));
      return;
    }
    await store.write((sql) => dropEvidence(sql, officeId, sha256));
    log.error({ alarm: true, sha256, chainId: chain.chainId }, 'an original arrived damaged and was put aside');
    throw new Refused(problem('evidence-damaged', { sha256 }));
  };

  const create = async (upload: Upload): Promise<Upload> => {
    if (!begins) throw ERRORS.FILE_NOT_FOUND;
    const { mediaType, byteLength } = begins;
    const held = await evidenceRow(store.sql, officeId, sha256);
    if (held && (held.completedAt !== null || held.byteLength === byteLength)) return upload;
    const row: EvidenceRow = { officeId, sha256, mediaType, byteLength, receivedBytes: 0, completedAt: null };
    await originals.begin(name, mediaType, byteLength);
    await store.write(async (sql) => {
      await dropEvidence(sql, officeId, sha256);
      await insertEvidence(sql, row, chain.chainId, now());
    });
    if (byteLength === 0) await settle(row);
    return upload;
  };
  const write = async (bytes: AsyncIterable<Uint8Array>, offset: number): Promise<number> => {
    const { row, offset: held } = await standing();
    if (row.completedAt !== null) return row.byteLength;
    if (offset !== held) throw ERRORS.INVALID_OFFSET;
    const checked = checking(bytes, checksum);
    const end = await originals.writeAt(row, offset, checked.bytes, checked.isGood);
    if (!checked.isGood()) {
      log.warn({ sha256, offset, chainId: chain.chainId }, 'a piece of an original arrived damaged');
      throw new Refused(problem('evidence-damaged', { sha256, offset }));
    }
    if (end === row.byteLength) await settle(row);
    else await store.write((sql) => noteReceived(sql, officeId, sha256, end, null));
    return end;
  };
  const dataStore = Object.assign(new DataStore(), {
    extensions: ['creation', 'creation-with-upload'],
    create,
    write: (stream: AsyncIterable<Uint8Array>, _id: string, offset: number) => {
      const end = write(stream, offset);
      written = end.then(() => null, (error: unknown) => error);
      return end;
    },
    getUpload: async () => {
      const { row, offset } = await standing();
      return uploadOf(row, offset);
    },
  });
  return { dataStore, written: () => written };
}

/** Passes bytes on and hashes them. Bad when all of them came and hash to something else; of a part nobody can say. */
function checking(bytes: AsyncIterable<Uint8Array>, announced: Checksum | null): { readonly bytes: AsyncIterable<Uint8Array>; isGood(): boolean } {
  if (announced === null) return { bytes, isGood: () => true };
  const hash = createHash('sha256');
  let passedBytes = 0;
  let isBad = false;
  async function* passed(): AsyncIterable<Uint8Array> {
    for await (const piece of bytes) {
      hash.update(piece);
      passedBytes += piece.length;
      yield piece;
    }
    isBad = passedBytes === announced?.byteLength && hash.digest('hex') !== announced.sha256;
  }
  return { bytes: passed(), isGood: () => !isBad };
}
