import * as z from 'zod';
import { PIECE_CHANGES } from '../journal/append-limits.ts';
import { AppliedChange, NewChange } from '../journal/change.ts';
import { outcomeOf } from '../kit/outcome.ts';
import { Problem } from '../kit/problem.ts';
import { Instant, JsonValue, Sha256, Uuid } from '../kit/values.ts';
import { Refusal } from '../sync/wire.ts';

/** An enrolled officer on this laptop, before sign-in. */
export const ProfileEntry = z.strictObject({
  chainId: z.string(), officeId: Uuid, officeName: z.string(), officerId: Uuid, officerName: z.string(), loginName: z.string(),
  chainCode: z.string(), serverUrl: z.string(), demo: z.boolean(),
});
export type ProfileEntry = Readonly<z.infer<typeof ProfileEntry>>;

export const Session = z.strictObject({
  ...ProfileEntry.shape,
  deviceId: Uuid,
  /** Changes when the journal folder is made anew or its pages were pulled anew; a working copy of another generation is rebuilt. */
  generationId: Uuid,
  /** Last own seq in the journal and last feed position in the page files. */
  ownSeq: z.number().int().min(0),
  cursor: z.number().int().min(0),
  /** Set when the journal is damaged: everything can be read and exported, nothing written. */
  readOnly: Problem.nullable(),
});
export type Session = Readonly<z.infer<typeof Session>>;

/**
 * The server's feed is another one than this laptop's: an older backup was put back. The laptop sends again what was lost and
 * pulls the feed from its beginning. Times by the device clock.
 */
export const SetBack = z.strictObject({
  noticedAt: Instant,
  /** Null while it goes on. */
  finishedAt: Instant.nullable(),
  /** Own changes that the server had confirmed, had lost, and has got again. */
  resent: z.number().int().min(0),
});
export type SetBack = Readonly<z.infer<typeof SetBack>>;

/** The truth line's data, computed by main from the journal only. */
export const SyncStatus = z.strictObject({
  phase: z.enum(['offline', 'idle', 'exchanging', 'paused']),
  /** Own changes in the journal that the server does not hold, by its last word. */
  unsent: z.number().int().min(0),
  refused: z.array(Refusal),
  /** Also before this start; null: none is on record. */
  lastContactAt: Instant.nullable(),
  lastProblem: Problem.nullable(),
  /** Device clock minus server clock at the last contact, ms. */
  clockOffsetMs: z.number().nullable(),
  /** The last time that the server was found set back; null: never. */
  setBack: SetBack.nullable(),
  evidencePending: z.strictObject({ files: z.number().int(), bytes: z.number().int() }),
});
export type SyncStatus = Readonly<z.infer<typeof SyncStatus>>;

const OriginalOnItsWay = { sha256: Sha256, mediaType: z.string(), byteLength: z.number().int().min(0) } as const;

/** How far the uploads of photos, files and videos are. Bytes of all that waited since the queue was last empty. */
export const MediaStatus = z.strictObject({
  /** A person's wish: nothing goes over a line that costs. */
  paused: z.boolean(),
  /** Still to upload, those under way included. */
  files: z.number().int().min(0),
  sentBytes: z.number().int().min(0),
  totalBytes: z.number().int().min(0),
  /** Of the last 20 s; null while nobody knows. */
  bytesPerSecond: z.number().int().min(0).nullable(),
  secondsLeft: z.number().int().min(0).nullable(),
  uploading: z.array(z.strictObject({ ...OriginalOnItsWay, sentBytes: z.number().int().min(0) })),
  /** Those that the server does not take, or that are damaged here, each with its reason: tried again after the next sign-in. */
  refused: z.array(z.strictObject({ ...OriginalOnItsWay, problem: Problem })),
});
export type MediaStatus = Readonly<z.infer<typeof MediaStatus>>;

export const JournalReceipt = z.strictObject({
  batchId: Uuid,
  /** The committed changes in order, with what main added. A `document` change that creates holds its fieldNumber. */
  changes: z.array(AppliedChange),
});
export type JournalReceipt = Readonly<z.infer<typeof JournalReceipt>>;

export const StoredEvidence = z.strictObject({ sha256: Sha256, mediaType: z.string(), byteLength: z.number().int().min(0) });
/** A file that the person chose and main took in by itself. `capturedAt` is the file's own time: its maker's claim. */
export const ImportedEvidence = z.strictObject({ ...StoredEvidence.shape, name: z.string(), capturedAt: Instant.nullable() });
export type ImportedEvidence = Readonly<z.infer<typeof ImportedEvidence>>;
export const Bytes = z.instanceof(Uint8Array);

export const PrintReceipt = z.strictObject({ printer: z.string(), jobId: z.string().nullable(), pages: z.number().int().nullable() });
export type PrintReceipt = Readonly<z.infer<typeof PrintReceipt>>;

export const AppInfo = z.strictObject({
  version: z.string(), electron: z.string(), pinnedElectron: z.string(), isPinned: z.boolean(), chromium: z.string(),
  platform: z.string(), profileFormat: z.literal(0), profileDir: z.string(), demoServer: z.string().nullable(), deviceName: z.string(),
});
export type AppInfo = Readonly<z.infer<typeof AppInfo>>;

/** An exchange package as it was written. Nothing counts as sent by it. */
export const ExportedPackage = z.strictObject({
  path: z.string(), changes: z.number().int().min(0), originals: z.number().int().min(0),
  /** That did not fit into one file of a FAT32 disk, or are damaged here. */
  originalsLeft: z.number().int().min(0),
});
export type ExportedPackage = Readonly<z.infer<typeof ExportedPackage>>;

/** `changes`: another laptop's, brought to the server, which says what it holds. `receipt`: the server's word for this laptop. */
export const ImportedPackage = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('changes'), chainCode: z.string(), heldThrough: z.number().int().min(0), refused: z.number().int().min(0),
    originals: z.number().int().min(0), originalsMissing: z.number().int().min(0),
    /** Where the receipt for the other laptop was saved; null: the person did not want it now. */
    receiptPath: z.string().nullable(),
  }),
  z.strictObject({ kind: z.literal('receipt'), confirmed: z.number().int().min(0), originals: z.number().int().min(0), refused: z.number().int().min(0) }),
]);
export type ImportedPackage = Readonly<z.infer<typeof ImportedPackage>>;

/** Everything the renderer may ask of the main process; nothing else crosses. */
export const bridgeCalls = {
  'app.info': { request: z.strictObject({}), reply: AppInfo },
  /** Removes the demo's accounts and records from this laptop; the program then only closes. Only in a program started for a demo. */
  'demo.end': { request: z.strictObject({}), reply: outcomeOf(z.strictObject({ profileDir: z.string() })) },
  'profile.list': { request: z.strictObject({}), reply: z.array(ProfileEntry) },
  'profile.enrol': {
    request: z.strictObject({
      serverUrl: z.string().max(300), code: z.string().max(40), passphrase: z.string().max(200), deviceName: z.string().max(80),
      firstAccount: z.strictObject({ name: z.string().max(40), loginName: z.string().max(40), officeName: z.string().max(80) }).nullable(),
    }),
    reply: outcomeOf(ProfileEntry),
  },
  'session.open': { request: z.strictObject({ chainId: z.string(), passphrase: z.string().max(200) }), reply: outcomeOf(Session) },
  'session.current': { request: z.strictObject({}), reply: Session.nullable() },
  'session.close': { request: z.strictObject({}), reply: z.strictObject({}) },
  /** Validated, chained, signed, appended, fdatasynced: only its success may be shown as 已保存. */
  'journal.append': { request: z.strictObject({ changes: z.array(NewChange).min(1).max(PIECE_CHANGES) }), reply: outcomeOf(JournalReceipt) },
  /** A piece of a large append, kept in main's memory only: nothing is written before `journal.append-staged`. One append at a time. */
  'journal.stage': { request: z.strictObject({ batchId: Uuid, changes: z.array(NewChange).min(1).max(PIECE_CHANGES) }), reply: outcomeOf(z.strictObject({ staged: z.number().int() })) },
  /** Appends what was staged, `count` changes in all, as one: all of it or nothing. They are read back with `journal.read`. */
  'journal.append-staged': { request: z.strictObject({ batchId: Uuid, count: z.number().int().min(1) }), reply: outcomeOf(z.strictObject({ fromSeq: z.number().int(), throughSeq: z.number().int() })) },
  /** Own changes from `fromSeq` on, for rebuild and for catching up after a crash. */
  'journal.read': { request: z.strictObject({ fromSeq: z.number().int().min(1), limit: z.number().int().min(1).max(5000) }), reply: z.strictObject({ changes: z.array(AppliedChange), next: z.number().int().nullable() }) },
  /**
   * Pulled changes of others after feed position `after`. Own changes are left out (receivedAt is in receipts). Positions mean
   * something within one `generationId` only (Session); null: nobody is signed in.
   */
  'pages.read': { request: z.strictObject({ after: z.number().int().min(0), limit: z.number().int().min(1).max(5000) }), reply: z.strictObject({ changes: z.array(AppliedChange), cursor: z.number().int(), more: z.boolean(), generationId: Uuid.nullable() }) },
  /** Every change of the named records from both sources, for folding again under a lock and for the history drawer. */
  'journal.changes-of': { request: z.strictObject({ recordIds: z.array(Uuid).min(1).max(2000) }), reply: z.array(AppliedChange) },
  'sync.status': { request: z.strictObject({}), reply: SyncStatus },
  'sync.now': { request: z.strictObject({}), reply: SyncStatus },
  /** An act of the server (src-shared/sync/office-calls.ts); input and reply are checked against that contract. */
  'office.call': { request: z.strictObject({ name: z.string().max(60), input: JsonValue }), reply: outcomeOf(JsonValue) },
  /** Photos, files and videos on their way up. Pausing outlives a restart; what an act of the server needs goes up all the same. */
  'media.status': { request: z.strictObject({}), reply: MediaStatus },
  'media.pause': { request: z.strictObject({ paused: z.boolean() }), reply: outcomeOf(MediaStatus) },
  'evidence.put': { request: z.strictObject({ bytes: Bytes, mediaType: z.string().max(100) }), reply: outcomeOf(StoredEvidence) },
  /** Bytes from this laptop, else fetched from the server when online. */
  'evidence.read': { request: z.strictObject({ sha256: Sha256 }), reply: outcomeOf(z.strictObject({ bytes: Bytes, mediaType: z.string() })) },
  /**
   * Asks the person for a file (a dialog of main) and takes it in, of any length up to 4 GiB; its bytes never cross this bridge.
   * Value null = cancelled.
   */
  'evidence.import': { request: z.strictObject({ kind: z.enum(['video', 'picture-or-video', 'any']) }), reply: outcomeOf(ImportedEvidence.nullable()) },
  /** Asks the person where and copies an original there, from this laptop or else from the server; value null = cancelled. */
  'evidence.save': { request: z.strictObject({ sha256: Sha256, suggestedName: z.string().max(150) }), reply: outcomeOf(z.strictObject({ path: z.string() }).nullable()) },
  'print.printers': { request: z.strictObject({}), reply: outcomeOf(z.array(z.strictObject({ name: z.string(), isDefault: z.boolean() }))) },
  /** Prints stored bytes, never anything else. */
  'print.evidence': { request: z.strictObject({ sha256: Sha256, title: z.string().max(120), printer: z.string().max(200).nullable(), copies: z.number().int().min(1).max(20) }), reply: outcomeOf(PrintReceipt) },
  /** Asks the person where and writes everything unsent into one exchange package; value null = cancelled. */
  'package.export': { request: z.strictObject({}), reply: outcomeOf(ExportedPackage.nullable()) },
  /** Asks for a package, verifies all of it, then brings it to the server or takes its receipt; value null = cancelled. */
  'package.import': { request: z.strictObject({}), reply: outcomeOf(ImportedPackage.nullable()) },
  /** Asks the person where (a folder dialog) and writes there by temp + fsync + rename; value null = cancelled. */
  'file.save': { request: z.strictObject({ suggestedName: z.string().max(150), bytes: Bytes }), reply: outcomeOf(z.strictObject({ path: z.string() }).nullable()) },
  /** The renderer has flushed; main may close the window. */
  'window.ready-to-close': { request: z.strictObject({}), reply: z.strictObject({}) },
  /** Something can not be saved and the person is being asked: main waits for as long as that takes. */
  'window.stay-open': { request: z.strictObject({}), reply: z.strictObject({}) },
} as const;

/**
 * Calls whose reply crosses as JSON text and is parsed by who asked: lists of changes. An object is copied value by value between the
 * worlds of the window, which takes longer than everything that is done with it.
 */
export const textReplies: ReadonlySet<string> = new Set(['journal.read', 'journal.changes-of', 'pages.read'] satisfies readonly (keyof typeof bridgeCalls)[]);

export const bridgeEvents = {
  'sync.status': SyncStatus,
  /** At most twice a second while something is on its way up. */
  'media.status': MediaStatus,
  /** New pages are on disk: read them from your own cursor on. */
  'pages.arrived': z.strictObject({ cursor: z.number().int() }),
  'session.closed': z.strictObject({ reason: z.enum(['person', 'revoked', 'quit']) }),
  /** Save what is typed now, then call window.ready-to-close, or window.stay-open when it can not be saved. */
  'window.closing': z.strictObject({}),
} as const;

export type BridgeCallName = keyof typeof bridgeCalls;
export type BridgeRequest<N extends BridgeCallName> = z.infer<(typeof bridgeCalls)[N]['request']>;
export type BridgeReply<N extends BridgeCallName> = z.infer<(typeof bridgeCalls)[N]['reply']>;
export type BridgeEventName = keyof typeof bridgeEvents;
export type BridgeEvent<N extends BridgeEventName> = z.infer<(typeof bridgeEvents)[N]>;

/** What the preload puts on `window.bridge`. */
export type RawBridge = {
  call(name: string, payload: unknown): Promise<unknown>;
  on(name: string, listener: (payload: unknown) => void): () => void;
};
