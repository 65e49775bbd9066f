import type { Readable } from 'node:stream';

/** One original of one office, by the SHA-256 of its bytes. */
export type OriginalName = { readonly officeId: string; readonly sha256: string };

export type Arriving = OriginalName & {
  /** Of the whole original. */
  readonly byteLength: number;
  /** How much the database says is held; bytes beyond it may not be on the disk. */
  readonly receivedBytes: number;
};

/**
 * Where the originals lie: files (file-originals.ts) or an object store (object-originals.ts). What is on its way or was
 * wrong lies apart: under its own name there is only what hashes to it.
 */
export type Originals = {
  /** Makes room for an upload; what an earlier one left is forgotten. */
  begin(name: OriginalName, mediaType: string, byteLength: number): Promise<void>;
  /** Bytes that are held for sure. All of them can be there without having been hashed: then `complete` is due. */
  heldBytes(arriving: Arriving): Promise<number>;
  /**
   * Writes what arrives at `offset`, durably, and returns how many bytes are held for sure, also when the sender went away
   * in the middle. `isGood` is asked when everything came: after a no, nothing of it counts and `offset` is returned.
   * Rejects with the disk's or the object store's error.
   */
  writeAt(arriving: Arriving, offset: number, bytes: AsyncIterable<Uint8Array>, isGood: () => boolean): Promise<number>;
  /** Reads all bytes back and hashes them: true when they are the original, from now on. Else they are put aside. */
  complete(name: OriginalName): Promise<boolean>;
  /** The bytes of a completed original; null when they are gone. */
  read(name: OriginalName): Promise<Readable | null>;
};
