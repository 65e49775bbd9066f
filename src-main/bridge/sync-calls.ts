import type { MediaStatus, SyncStatus } from '#shared/bridge/calls.ts';
import { failed, type Outcome } from '#shared/kit/outcome.ts';
import { problem } from '#shared/kit/problem.ts';
import type { JsonValue } from '#shared/kit/values.ts';
import { officeCalls, originalsNamed, type OfficeCallName } from '#shared/sync/office-calls.ts';
import type { SessionHolder } from '../keys/open-session.ts';
import { startSync, type SyncService } from '../sync/sync-service.ts';
import type { BridgeHandlers, SendEvent } from './answer.ts';

export type SyncCalls = {
  readonly handlers: Pick<BridgeHandlers, 'sync.status' | 'sync.now' | 'office.call' | 'media.status' | 'media.pause'>;
  /** Answers for `evidence.read` and `evidence.save`: from this laptop, else from the server. */
  readEvidence: SyncService['evidence']['read'];
  evidencePieces: SyncService['evidence']['pieces'];
  /** For exchange packages: the line to the office, and the word that a receipt came without it. */
  readonly packages: Pick<SyncService, 'carry' | 'ensureUploaded' | 'receiptCarried'>;
  /** The machine woke from sleep. */
  networkChanged(): void;
  /** Resolves when neither an exchange nor an upload is under way. */
  settled(): Promise<void>;
};

/** Locking pauses exchange and uploads, and the status says so. */
const signedOut: SyncStatus = {
  phase: 'paused', unsent: 0, refused: [], lastContactAt: null, lastProblem: problem('not-signed-in'), clockOffsetMs: null, setBack: null,
  evidencePending: { files: 0, bytes: 0 },
};

const nothingOnItsWay: MediaStatus = { paused: false, files: 0, sentBytes: 0, totalBytes: 0, bytesPerSecond: null, secondsLeft: null, uploading: [], refused: [] };

/**
 * Runs the exchange from sign-in to sign-out and answers the renderer's questions about it. A revocation closes the
 * session at once: a laptop is revoked when it is lost. Its journal stays as it is.
 * @param caPem the office's own certificate authority, or null
 */
export function syncCalls(holder: SessionHolder, caPem: () => string | null, send: SendEvent): SyncCalls {
  let service: SyncService | null = null;
  holder.onOpened((session) => {
    service = startSync(session, caPem(), {
      onStatus: (status) => send('sync.status', status),
      onMedia: (status) => send('media.status', status),
      onPages: (cursor) => send('pages.arrived', { cursor }),
      onRevoked: () => void holder.close('revoked'),
    });
  });
  holder.onClosed(() => {
    void service?.stop();
    service = null;
    send('sync.status', signedOut);
    send('media.status', nothingOnItsWay);
  });
  return {
    handlers: {
      'sync.status': () => service?.status() ?? signedOut,
      'sync.now': () => service?.now() ?? signedOut,
      'media.status': () => service?.mediaStatus() ?? nothingOnItsWay,
      'media.pause': ({ paused }) => service?.pauseMedia(paused) ?? failed('not-signed-in'),
      'office.call': ({ name, input }) => (service ? officeCall(service, name, input) : failed('not-signed-in')),
    },
    readEvidence: (sha256) => service?.evidence.read(sha256) ?? Promise.resolve(failed('not-signed-in')),
    evidencePieces: (sha256) => service?.evidence.pieces(sha256) ?? Promise.resolve(failed('not-signed-in')),
    packages: {
      carry: (request) => service?.carry(request) ?? Promise.resolve(failed('not-signed-in')),
      ensureUploaded: (sha256) => service?.ensureUploaded(sha256) ?? Promise.resolve(failed('not-signed-in')),
      receiptCarried: () => service?.receiptCarried(),
    },
    networkChanged: () => service?.networkChanged(),
    settled: () => service?.settled() ?? Promise.resolve(),
  };
}

async function officeCall(service: SyncService, name: string, input: JsonValue): Promise<Outcome<JsonValue>> {
  if (!isOfficeCall(name)) return failed('invalid-input', { field: 'name' });
  const request = officeCalls[name].request.safeParse(input);
  if (!request.success) return failed('invalid-input', { field: request.error.issues[0]?.path.join('.') ?? '' });
  // The server can only seal or serve with originals that it holds.
  for (const { sha256 } of originalsNamed(name, request.data)) {
    const uploaded = await service.ensureUploaded(sha256);
    if (!uploaded.ok) return uploaded;
  }
  return await service.office(name, request.data as JsonValue);
}

function isOfficeCall(name: string): name is OfficeCallName {
  return Object.hasOwn(officeCalls, name);
}
