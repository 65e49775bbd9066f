import type { SyncStatus } from '../../../src-shared/bridge/calls.ts';
import type { Outcome } from '../../../src-shared/kit/outcome.ts';
import type { ExchangeReply, ExchangeRequest } from '../../../src-shared/sync/wire.ts';
import type { ExchangeNotes } from '../../../src-main/sync/exchange-notes.ts';
import { syncEngine } from '../../../src-main/sync/sync-engine.ts';
import { journalModel, type LaptopDisk } from './journal-model.ts';
import type { RealOffice } from './real-office.ts';
import type { VirtualTime } from './virtual-time.ts';

/** What lies between the laptop and the office: by default a line that works. */
export type Line = (request: ExchangeRequest, reachOffice: () => Promise<Outcome<ExchangeReply>>) => Promise<Outcome<ExchangeReply>>;

/** An engine over a disk and a line that the test holds in its hands. */
export function laptop(disk: LaptopDisk, office: RealOffice, time: VirtualTime, recalled: ExchangeNotes | null = null) {
  let line: Line = async (_request, reachOffice) => reachOffice();
  const statuses: SyncStatus[] = [];
  const arrived: number[] = [];
  const requests: ExchangeRequest[] = [];
  let contacts = 0;
  let revoked = 0;
  let forgotten = 0;
  let notes: ExchangeNotes | null = null;
  const journal = journalModel(disk);
  const engine = syncEngine({
    journal,
    exchange: (request) => {
      requests.push(request);
      return line(request, () => office.exchange(disk.chain, request));
    },
    now: time.now,
    after: time.after,
    random: () => 1,
    evidencePending: () => ({ files: 0, bytes: 0 }),
    onStatus: (status) => statuses.push(status),
    onPages: (cursor) => arrived.push(cursor),
    onContact: () => { contacts += 1; },
    onRevoked: () => { revoked += 1; },
    onServerForgot: () => { forgotten += 1; },
    recalled,
    onNotes: (next) => { notes = next; },
  });
  return {
    engine, journal, statuses, arrived, requests,
    contacts: () => contacts,
    /** What the next start will recall. */
    notes: () => notes,
    revoked: () => revoked,
    /** How often the originals were taken as not uploaded again. */
    forgotten: () => forgotten,
    setLine(next: Line) { line = next; },
    /** What the officer sees of others: the texts of their remarks. */
    seen: () => disk.pages.filter((item) => item.deviceId !== disk.chain.deviceId).map((item) => String(item.patch['remarks']?.to)),
  };
}
