import { performance } from 'node:perf_hooks';
import type { MediaStatus, SyncStatus } from '#shared/bridge/calls.ts';
import type { JsonValue } from '#shared/kit/values.ts';
import { done, type Outcome } from '#shared/kit/outcome.ts';
import type { CarriedRequest, SignedReceipt } from '#shared/sync/carried.ts';
import type { OfficeCallName } from '#shared/sync/office-calls.ts';
import { evidenceReader, type EvidenceReader } from '../evidence/fetch.ts';
import { evidenceUpload } from '../evidence/upload.ts';
import type { OpenSession } from '../keys/open-session.ts';
import { afterOnThisMachine, alarm } from './alarm.ts';
import { hintListener } from './hint-listener.ts';
import { watchNetwork } from './network-watch.ts';
import { officeConnection } from './office-connection.ts';
import { syncEngine } from './sync-engine.ts';

/** The exchange of one signed-in officer, running until `stop`. */
export type SyncService = {
  status(): SyncStatus;
  now(): Promise<SyncStatus>;
  /** The machine woke from sleep, or the network looks different. */
  networkChanged(): void;
  office(name: OfficeCallName, input: JsonValue): Promise<Outcome<JsonValue>>;
  /** Brings another laptop's changes, which came in an exchange package. */
  carry(request: CarriedRequest): Promise<Outcome<SignedReceipt>>;
  /** The journal got a receipt that somebody carried here. */
  receiptCarried(): void;
  /** Uploads one stored original at once, for an act of the server that names it. */
  ensureUploaded(sha256: string): Promise<Outcome<void>>;
  /** Originals from this laptop, else from the server. */
  readonly evidence: EvidenceReader;
  mediaStatus(): MediaStatus;
  /** Holds uploads back, or lets them go on; outlives a restart. */
  pauseMedia(paused: boolean): Promise<Outcome<MediaStatus>>;
  /** Resolves when neither an exchange nor an upload is under way. */
  settled(): Promise<void>;
  stop(): Promise<void>;
};

export type SyncEvents = {
  readonly onStatus: (status: SyncStatus) => void;
  readonly onMedia: (status: MediaStatus) => void;
  readonly onPages: (cursor: number) => void;
  readonly onRevoked: () => void;
};

/** How often a window hears of bytes on their way. */
const TELL_MEDIA_MS = 500;

/**
 * Starts exchange, uploads and listening for a session. `caPem`: the office's own authority, or null. An address that may
 * not be used (http beyond loopback) is shown as the status' problem; everything offline works on.
 */
export function startSync(session: OpenSession, caPem: string | null, events: SyncEvents): SyncService {
  const { journal, evidence } = session;
  const connection = officeConnection(session.entry.serverUrl, caPem, session.entry.chainId, (bytes) => session.sign(bytes));
  const { ask, askMedia } = connection;
  const tellMedia = alarm(afterOnThisMachine, () => events.onMedia(upload.status()));
  const upload = evidenceUpload({
    store: evidence,
    office: {
      standing: (sha256) => askMedia((media, token) => media.standing(token, sha256)),
      begin: (piece) => askMedia((media, token) => media.begin(token, piece)),
      send: (piece) => askMedia((media, token) => media.send(token, piece)),
    },
    recordsAreSent: () => journal.head().seq <= journal.receiptedThrough(),
    onProgress: () => {
      engine.refresh();
      tellMedia.setUnlessSet(TELL_MEDIA_MS);
    },
    now: () => performance.now(),
  });
  const engine = syncEngine({
    journal,
    exchange: (request) => ask((server, token) => server.exchange(token, request)),
    now: Date.now,
    after: afterOnThisMachine,
    random: Math.random,
    evidencePending: () => upload.pending(),
    onStatus: events.onStatus,
    onPages: events.onPages,
    onContact: () => {
      listener.ensure();
      upload.goOn();
    },
    onRevoked: events.onRevoked,
    recalled: session.exchangeNotes.recalled,
    onNotes: (notes) => session.exchangeNotes.keep(notes),
    onServerForgot: () => void evidence.doubtUploads().then(() => upload.goOn()),
  });
  const listener = hintListener({
    ask, onNews: (cursor) => engine.hint(cursor), onBroken: () => engine.networkChanged(), now: () => performance.now(),
  });
  const forgetNetwork = watchNetwork(() => engine.networkChanged());
  const forgetStored = evidence.onStored(() => {
    engine.refresh();
    tellMedia.setUnlessSet(TELL_MEDIA_MS);
    upload.goOn();
  });
  engine.start();
  return {
    status: () => engine.status(),
    now: () => engine.now(),
    networkChanged: () => engine.networkChanged(),
    async office(name, input) {
      const outcome = await ask((server, token) => server.office(token, name, input));
      // The server wrote its act into the feed: fetch it now rather than when the hint comes.
      if (outcome.ok) void engine.now();
      return outcome;
    },
    carry: (request) => ask((server, token) => server.carry(token, request)),
    receiptCarried: () => engine.receiptCarried(),
    ensureUploaded: (sha256) => upload.ensure(sha256),
    evidence: evidenceReader(evidence, (sha256, take) => askMedia((media, token) => media.fetch(token, sha256, take))),
    mediaStatus: () => upload.status(),
    async pauseMedia(paused) {
      const written = await evidence.pauseUploads(paused);
      if (written.ok && !paused) upload.goOn();
      return written.ok ? done(upload.status()) : written;
    },
    async settled() {
      await engine.settled();
      await upload.settled();
    },
    async stop() {
      forgetNetwork();
      forgetStored();
      tellMedia.clear();
      listener.stop();
      connection.close();
      await Promise.all([engine.stop(), upload.stop()]);
    },
  };
}
