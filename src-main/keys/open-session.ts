import type { ProfileEntry } from '#shared/bridge/calls.ts';
import type { EvidenceStore } from '../evidence/store.ts';
import type { Journal } from '../journal/journal.ts';
import type { NotesFile } from '../sync/exchange-notes.ts';

/** A signed-in officer: what the other parts of main may work with until the session closes. */
export type OpenSession = {
  readonly entry: ProfileEntry;
  readonly deviceId: string;
  /** The server's own device id, learned at enrolment: its chain's changes bear it. */
  readonly serverDeviceId: string;
  /** Ed25519, base64: signs the receipts that somebody carries. Null: enrolled before it was kept. */
  readonly serverPublicKey: string | null;
  /** Of this chain, Ed25519, base64. */
  readonly publicKey: string;
  readonly journal: Journal;
  readonly evidence: EvidenceStore;
  readonly exchangeNotes: NotesFile;
  /** Ed25519 with the chain's key, base64. The key itself never leaves the vault. */
  sign(bytes: Uint8Array): string;
};

/** Why a session ended; `bridgeEvents['session.closed']` tells the renderer. */
export type SessionEnd = 'person' | 'revoked' | 'quit';

/** The one session of this process. Listeners are called after the change. */
export type SessionHolder = {
  current(): OpenSession | null;
  /** Closes the journal and forgets the keys; nothing happens when nobody is signed in. */
  close(reason: SessionEnd): Promise<void>;
  onOpened(listener: (session: OpenSession) => void): () => void;
  onClosed(listener: (reason: SessionEnd) => void): () => void;
};
