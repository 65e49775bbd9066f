import * as z from 'zod';
import { Instant, Sha256, Uuid } from '../kit/values.ts';
import { PageItem, PushedChange, Refusal } from '../sync/wire.ts';

/** The bodies of frames: JSON in UTF-8. What each file may hold stands in docs/journal-format.md. */
export const JOURNAL_FORMAT = 0;

const ChainOfFile = z.strictObject({
  officeId: Uuid, deviceId: Uuid, officerId: Uuid, chainCode: z.string().regex(/^[A-Z0-9]{2,6}$/),
});

/** First frame of every segment. */
export const SegmentHeader = z.strictObject({
  file: z.literal('journal'),
  format: z.literal(JOURNAL_FORMAT),
  chain: ChainOfFile,
  /** Ed25519, 32 bytes, base64: the segment can be verified with nothing else at hand. */
  publicKey: z.string().min(43).max(44),
  generationId: Uuid,
  segment: z.number().int().min(1),
  /**
   * The change this segment goes on from, and how many bytes of the segment before are the journal's. What lies behind
   * them there was never acknowledged (a torn or failed write) and is not read.
   */
  continues: z.strictObject({ seq: z.number().int().min(0), id: Sha256, bytesBefore: z.number().int().min(0) }),
});
export type SegmentHeader = Readonly<z.infer<typeof SegmentHeader>>;

/** First frame of every page file. */
export const PageFileHeader = z.strictObject({
  file: z.literal('pages'),
  format: z.literal(JOURNAL_FORMAT),
  generationId: Uuid,
  segment: z.number().int().min(1),
  /** The feed position this file goes on from, and the id of the change there. */
  cursor: z.number().int().min(0),
  cursorId: Sha256.nullable().optional(),
});
export type PageFileHeader = Readonly<z.infer<typeof PageFileHeader>>;

/**
 * Bytes of the same write ahead of the frame. Frames that share one write and one fdatasync are acknowledged together, so
 * a bad frame with only its own write behind it is a torn end; with any later write behind it, it is damage.
 */
const BytesInWrite = z.number().int().min(0);

/**
 * One append, or one part of a large one: all changes of all parts or none. The parts carry the same `batchId` and lie one
 * behind the other in one write; each is a link of the chain with a signature of its own, so that it can be sent alone.
 */
export const BatchBody = z.strictObject({
  inWrite: BytesInWrite,
  batchId: Uuid,
  part: z.strictObject({ no: z.number().int().min(1), of: z.number().int().min(2) }).optional(),
  count: z.number().int().min(1),
  firstSeq: z.number().int().min(1),
  prev: Sha256,
  changes: z.array(z.strictObject({ ...PushedChange.shape, seq: z.number().int().min(1) })).min(1),
  /** Id of the last change. */
  head: Sha256,
  /** Ed25519 over the 32 bytes of `head`, base64. */
  signature: z.string().min(80).max(100),
});
export type BatchBody = Readonly<z.infer<typeof BatchBody>>;

/** Beside the page files' folders: which of them is read, and which is being filled from the feed's beginning. */
const PageSet = z.strictObject({ folder: z.string().regex(/^pages(-[0-9a-f]{8})?$/), generationId: Uuid });
export const PageSetsFile = z.strictObject({ format: z.literal(JOURNAL_FORMAT), read: PageSet, filling: PageSet.nullable() });
export type PageSet = Readonly<z.infer<typeof PageSet>>;
export type PageSetsFile = Readonly<z.infer<typeof PageSetsFile>>;

/** What the server said it holds, and what of it it does not publish. */
export const ReceiptBody = z.strictObject({
  inWrite: BytesInWrite,
  receipt: z.strictObject({ seq: z.number().int().min(1), id: Sha256, receivedAt: Instant }).nullable(),
  refused: z.array(Refusal),
  /** Ids that an earlier frame names as refused and that are published now; left out when there are none. */
  published: z.array(Sha256).optional(),
});
export type ReceiptBody = Readonly<z.infer<typeof ReceiptBody>>;

/** A piece of a pulled page and the feed position it reaches; `cursorId`: of the change there, when it is not the last item. */
export const PageBody = z.strictObject({ cursor: z.number().int().min(0), cursorId: Sha256.nullable().optional(), items: z.array(PageItem) });
export type PageBody = Readonly<z.infer<typeof PageBody>>;

/**
 * The signed mark up to which a journal was whole: lets a start verify the tail first and the rest behind the scenes,
 * and shows a journal that was cut or put back from an older copy.
 */
export const Checkpoint = z.strictObject({
  format: z.literal(JOURNAL_FORMAT),
  generationId: Uuid,
  segment: z.number().int().min(1),
  /** Bytes of that segment up to and including the frame of `seq`. */
  bytes: z.number().int().min(1),
  seq: z.number().int().min(0),
  id: Sha256,
  receipt: z.strictObject({ seq: z.number().int().min(1), id: Sha256, receivedAt: Instant }).nullable(),
  refused: z.array(Refusal),
  /** Last number given a day (`YYYYMMDD`) by this chain. */
  fieldNumbers: z.record(z.string().regex(/^\d{8}$/), z.number().int().min(1)),
});
export type Checkpoint = Readonly<z.infer<typeof Checkpoint>>;

export const SignedCheckpoint = z.strictObject({ checkpoint: Checkpoint, signature: z.string().min(80).max(100) });

/** What is signed for a checkpoint, before its canonical JSON: no signature of one kind can stand for another. */
export const CHECKPOINT_CONTEXT = 'xuncha-checkpoint-v0:';
