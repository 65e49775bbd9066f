import type { JournalReceipt } from '#shared/bridge/calls.ts';
import type { AppliedChange, NewChange } from '#shared/journal/change.ts';
import type { Outcome } from '#shared/kit/outcome.ts';
import type { Problem } from '#shared/kit/problem.ts';
import type { PageItem, PushedChange, Refusal } from '#shared/sync/wire.ts';
import type { FeedPlace } from './scan-pages.ts';

/** Whose journal it is. chainId = `<deviceId>.<officerId>`. */
export type ChainIdentity = {
  readonly officeId: string;
  readonly deviceId: string;
  readonly officerId: string;
  readonly chainCode: string;
  readonly chainId: string;
};

/** One own change as the journal holds it. `id` and `prev` are recomputed from the bytes on disk, never stored. */
export type OwnChange = {
  readonly seq: number;
  readonly id: string;
  readonly prev: string;
  readonly body: PushedChange;
  readonly batchId: string;
  /** The last change of the same append: the signature (Ed25519, base64) is over the 32 bytes of *its* id. */
  readonly batchEnd: { readonly seq: number; readonly signature: string };
  /** The server's clock in the first receipt that covers the change; null while there is none. */
  readonly receivedAt: string | null;
};

/** The next piece for the server: whole appends only, so that `signature` belongs to the last change. */
export type Outgoing = {
  readonly fromSeq: number;
  readonly throughSeq: number;
  readonly changes: readonly PushedChange[];
  readonly signature: string;
};

export type Receipt = { readonly seq: number; readonly id: string; readonly receivedAt: string };

/**
 * The record of one chain: own changes (fsynced before they are acknowledged) and the pages pulled from the office.
 * The only writer of its folder. Every problem is an Outcome; the reading functions reject with the disk's own error.
 */
export type Journal = {
  readonly chain: ChainIdentity;
  /** Another one once the pages that are read were pulled anew: a working copy of another generation is rebuilt. */
  readonly generationId: string;

  /**
   * Validates, chains, signs, appends and fdatasyncs; success means that the changes survive a power cut. All of the
   * batch or nothing. Calls may overlap: they are written in the order of the calls, and several may share one fdatasync.
   */
  append(changes: readonly NewChange[]): Promise<Outcome<JournalReceipt>>;
  /** Own changes with `seq` ≥ `fromSeq`, in order, at most `limit`. */
  own(fromSeq: number, limit: number): Promise<readonly OwnChange[]>;
  /** Whole appends from `fromSeq` (the first change of an append) within both limits; null when there is nothing. */
  outgoing(fromSeq: number, maxChanges: number, maxBytes: number): Promise<Outgoing | null>;
  /** The last acknowledged own change; seq 0 and GENESIS before the first. */
  head(): { readonly seq: number; readonly id: string };

  /** Highest own seq that the server durably holds, by its receipts. 0 = none. */
  receiptedThrough(): number;
  /** Own changes that the server keeps but does not publish, each with its reason; by seq. */
  refusals(): readonly Refusal[];
  /**
   * Keeps a receipt and the server's list of refusals: whole, so that one which is missing from it and lies below the
   * receipt is refused no more; null = as known. What is known already is not written again, so calling it after every
   * exchange is cheap. Fails with `fork` when the receipt names another id for one of our changes, with `chain-mismatch` when it
   * names a change that this journal does not have (an older copy of the profile was put back).
   */
  recordReceipt(receipt: Receipt | null, refused: readonly Refusal[] | null): Promise<Outcome<void>>;

  /**
   * Appends a pulled page with the feed position it reaches. Not fsynced: after a power cut it is pulled again.
   * Own changes inside are compared with the journal: `fork` or `chain-mismatch` as in recordReceipt (the page is kept).
   * `after` is where the kept pages ended when this one was asked for: when they end elsewhere by now, because a damaged file was
   * set aside, nothing is kept and `pulledTo` tells where to ask on. `cursorId`: of the change at `cursor`, when it is not the last item.
   */
  appendPage(items: readonly PageItem[], cursor: number, after?: number, cursorId?: string | null): Promise<Outcome<void>>;
  /** Pulled changes of others (own ones left out) after feed position `after`; `cursor` is the position they reach. */
  pages(after: number, limit: number): Promise<{ readonly items: readonly PageItem[]; readonly cursor: number; readonly more: boolean }>;
  /** The feed position that the page files reach. */
  cursor(): number;
  /** Where pulling goes on: `cursor()`, or the end of what is being pulled anew. */
  pulledTo(): FeedPlace;
  /** As `pages`, of what pulling adds to. */
  pulled(after: number, limit: number): ReturnType<Journal['pages']>;
  /** Pulls a feed from its beginning into new files, while the kept ones are read on: the server's feed is another one. */
  pullAnew(): Promise<Outcome<void>>;
  isPullingAnew(): boolean;
  /** The new files hold all of the feed: they are read from now on, under another `generationId`. */
  pulledAll(): Promise<Outcome<void>>;

  /** Every change of the records, own and pulled; the changes of one chain in the order of their seq. */
  changesOf(recordIds: ReadonlySet<string>): Promise<readonly AppliedChange[]>;

  /** Why nothing may be written (damage, fork), or null. Everything that can be read is still read. */
  readOnly(): Problem | null;
  /** Stops writing for good in this session, for a fork or a revocation that the server reported. */
  halt(problem: Problem): void;
  /** Called after each acknowledged append. */
  onAppended(listener: () => void): () => void;
  /** Finishes what is under way, marks a clean end and releases the lock. */
  close(): Promise<void>;
};
