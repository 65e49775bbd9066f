import type { Outcome } from '#shared/kit/outcome.ts';

/** A stored original. `mediaType` is what its first giver said it is; the bytes are never interpreted. */
export type StoredOriginal = { readonly sha256: string; readonly mediaType: string; readonly byteLength: number };

/** Bytes that are never held as a whole. */
export type Pieces = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/** Originals of one chain, by the SHA-256 of their bytes. Evidence never enters IndexedDB. */
export type EvidenceStore = {
  /**
   * Hashes, writes beside, fsyncs, renames. The same bytes twice are one file. Fails with `too-large`, `disk-full` (also
   * ahead of time, so that the last space stays for text), `storage-failed`.
   */
  put(bytes: Uint8Array, mediaType: string): Promise<Outcome<StoredOriginal>>;
  /** As `put`, for an original of any length that comes piece by piece and is never held as a whole. `expectedBytes`: as far as known. */
  import(pieces: Pieces, mediaType: string, expectedBytes: number): Promise<Outcome<StoredOriginal>>;
  /** As `import`, for bytes from the server: refused with `evidence-damaged` unless they hash to `sha256`; counts as uploaded. */
  keep(sha256: string, pieces: Pieces, mediaType: string): Promise<Outcome<StoredOriginal>>;
  /** Absolute path of the stored bytes, for reading ranges during an upload. */
  path(sha256: string): string;
  has(sha256: string): boolean;
  describe(sha256: string): StoredOriginal | null;
  /**
   * The bytes, hashed again while reading: `evidence-missing` or `evidence-damaged` rather than wrong bytes. `too-large` for
   * one that is not held in memory: `pieces` gives it.
   */
  read(sha256: string): Promise<Outcome<{ readonly bytes: Uint8Array; readonly mediaType: string }>>;
  /** The bytes piece by piece, not hashed: whoever copies them compares the hash at the end. Ends early where the file does. */
  pieces(sha256: string): AsyncIterable<Uint8Array>;
  /** True when the stored bytes still are the original. */
  isIntact(sha256: string): Promise<boolean>;
  /** Stored and not yet marked uploaded, oldest first. */
  notUploaded(): readonly StoredOriginal[];
  markUploaded(sha256: string): Promise<Outcome<void>>;
  /** The server may have forgotten what it once held: everything counts as not uploaded until it was asked again. */
  doubtUploads(): Promise<Outcome<void>>;
  /** A person's wish, kept over restarts: nothing large goes over a line that costs. */
  uploadsPaused(): boolean;
  pauseUploads(paused: boolean): Promise<Outcome<void>>;
  onStored(listener: () => void): () => void;
};
