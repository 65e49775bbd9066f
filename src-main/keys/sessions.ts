import type { Session } from '#shared/bridge/calls.ts';
import { failed, done, type Outcome } from '#shared/kit/outcome.ts';
import { problem } from '#shared/kit/problem.ts';
import { openEvidenceStore } from '../evidence/file-store.ts';
import type { BootClock } from '../journal/boot-clock.ts';
import type { ChainKey } from '../journal/chain-key.ts';
import { orDiskProblem } from '../journal/disk-problem.ts';
import { inFolder, type Disk } from '../journal/disk.ts';
import type { ChainIdentity, Journal } from '../journal/journal.ts';
import { openJournal, type JournalSizes } from '../journal/open-journal.ts';
import { oneAtATime } from '../journal/one-at-a-time.ts';
import { openExchangeNotes } from '../sync/exchange-notes.ts';
import { isProcessAlive, thisProcess } from '../journal/writer-lock.ts';
import { forgetFailures, noteFailure, secondsToWait } from './attempts.ts';
import type { OpenSession, SessionEnd, SessionHolder } from './open-session.ts';
import { chainFolder, findChain, type ChainFile } from './profile-files.ts';
import { openVault } from './vault.ts';

export type SessionParts = {
  readonly disk: Disk;
  readonly profileDir: string;
  readonly clock: BootClock;
  readonly sizes: JournalSizes;
  now(): Date;
};

export type Sessions = SessionHolder & {
  /**
   * Signs an officer in: opens the vault, then the journal. Whoever was signed in before is signed out first. Fails with
   * `wrong-passphrase` (detail `waitSeconds`: how long no further try counts; reason `not-tried`: this one came too early and was not even looked at), `not-found`, `profile-damaged`,
   * `already-open` and the disk's problems.
   */
  open(chainId: string, passphrase: string): Promise<Outcome<OpenSession>>;
};

/** The one session of this process. Opening and closing wait for each other. */
export function sessionHolder(parts: SessionParts): Sessions {
  let current: OpenSession | null = null;
  const opened = new Set<(session: OpenSession) => void>();
  const closed = new Set<(reason: SessionEnd) => void>();
  const serially = oneAtATime();

  async function close(reason: SessionEnd): Promise<void> {
    const closing = current;
    if (!closing) return;
    current = null;
    // Listeners first: they stop using the journal before it closes under them.
    for (const listener of closed) listener(reason);
    await closing.exchangeNotes.settle();
    await closing.journal.close();
  }

  return {
    current: () => current,
    close: (reason) => serially(() => close(reason)),
    open: (chainId, passphrase) =>
      serially(async () => {
        await close('person');
        const session = await orDiskProblem(() => signIn(parts, chainId, passphrase));
        if (!session.ok) return session;
        current = session.value;
        for (const listener of opened) listener(session.value);
        return session;
      }),
    onOpened: (listener) => listening(opened, listener),
    onClosed: (listener) => listening(closed, listener),
  };
}

function listening<T>(listeners: Set<T>, listener: T): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

async function signIn(parts: SessionParts, chainId: string, passphrase: string): Promise<Outcome<OpenSession>> {
  const { disk, profileDir } = parts;
  const chain = await findChain(disk, profileDir, chainId);
  if (!chain.ok) return chain;
  const folder = chainFolder(profileDir, chainId);
  const wait = await secondsToWait(disk, folder, parts.now());
  if (wait > 0) return failed('wrong-passphrase', { waitSeconds: wait, reason: 'not-tried' });
  const key = await openVault(disk, folder, passphrase);
  if (!key.ok) {
    if (key.problem.code !== 'wrong-passphrase') return key;
    return { ok: false, problem: problem('wrong-passphrase', { waitSeconds: await noteFailure(disk, folder, parts.now()) }) };
  }
  await forgetFailures(disk, folder);
  return openSession(parts, folder, chain.value, key.value);
}

async function openSession(parts: SessionParts, folder: string, file: ChainFile, key: ChainKey): Promise<Outcome<OpenSession>> {
  const { disk, clock, sizes } = parts;
  const { entry, deviceId, serverDeviceId, serverPublicKey = null } = file;
  const { officeId, officerId, chainCode, chainId } = entry;
  const chain: ChainIdentity = { officeId, deviceId, officerId, chainCode, chainId };
  // Keys of another chain would sign what nobody can verify.
  if (key.publicKey !== file.publicKey) return failed('profile-damaged', { file: 'keys.json' });
  const journal = await openJournal({ disk, folder, chain, key, clock, lock: { self: thisProcess(), isAlive: isProcessAlive }, sizes });
  if (!journal.ok) return journal;
  const evidence = await orDiskProblem(async () => done(await openEvidenceStore(disk, inFolder(folder, 'evidence'))));
  if (!evidence.ok) {
    await journal.value.close();
    return evidence;
  }
  const exchangeNotes = await openExchangeNotes(disk, folder);
  return done({ entry, deviceId, serverDeviceId, serverPublicKey, publicKey: key.publicKey, journal: journal.value, evidence: evidence.value, exchangeNotes, sign: key.sign });
}

/** What the renderer is told of a session. */
export function sessionReply(session: OpenSession): Session {
  const { entry, deviceId, journal } = session;
  return {
    ...entry, deviceId, generationId: journal.generationId, ownSeq: ownSeq(journal), cursor: journal.cursor(), readOnly: journal.readOnly(),
  };
}

function ownSeq(journal: Journal): number {
  return journal.head().seq;
}
