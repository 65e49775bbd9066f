import type { ImportedPackage } from '#shared/bridge/calls.ts';
import { done, failed, type Outcome } from '#shared/kit/outcome.ts';
import { orDiskProblem } from '../journal/disk-problem.ts';
import type { Disk } from '../journal/disk.ts';
import type { OpenSession, SessionHolder } from '../keys/open-session.ts';
import { exportChanges } from '../packages/export-changes.ts';
import { importChanges, writeReceipt } from '../packages/import-changes.ts';
import { importReceipt } from '../packages/import-receipt.ts';
import { openPackage, type OpenPackage } from '../packages/read-package.ts';
import type { BridgeHandlers } from './answer.ts';
import { plainName } from './file-calls.ts';
import type { SyncCalls } from './sync-calls.ts';

export type PackageCallParts = {
  readonly sessions: Pick<SessionHolder, 'current'>;
  readonly office: SyncCalls['packages'];
  /** For files that belong to the person. */
  readonly disk: Disk;
  /** Asks the person for a place; null = cancelled. */
  askWhere(suggestedName: string): Promise<string | null>;
  /** Asks the person for a package; null = cancelled. */
  askWhich(): Promise<string | null>;
  now(): Date;
};

/** Exchange packages for networks that never meet; docs/package-format.md. */
export function packageCalls(parts: PackageCallParts): Pick<BridgeHandlers, 'package.export' | 'package.import'> {
  const { sessions, disk, askWhere, askWhich, now } = parts;
  return {
    'package.export': async () => {
      const chainCode = sessions.current()?.entry.chainCode;
      if (chainCode === undefined) return failed('not-signed-in');
      const target = await askWhere(fileName('交换包', chainCode, now()));
      if (target === null) return done(null);
      // Asked for again: the person may have signed out while the dialog was open.
      const session = sessions.current();
      return session ? await orDiskProblem(() => exportChanges(disk, session, target, now())) : failed('not-signed-in');
    },
    'package.import': async () => {
      if (!sessions.current()) return failed('not-signed-in');
      const file = await askWhich();
      if (file === null) return done(null);
      return await orDiskProblem(async () => {
        const opened = await openPackage(file);
        const session = sessions.current();
        if (!opened.ok) return opened;
        return session ? await taken(parts, session, opened.value) : failed('not-signed-in');
      });
    },
  };
}

async function taken(parts: PackageCallParts, session: OpenSession, opened: OpenPackage): Promise<Outcome<ImportedPackage>> {
  const { kind, officeId } = opened.manifest;
  if (officeId !== session.entry.officeId) return failed('package-refused', { reason: 'other-office' });
  if (kind === 'changes') return await brought(parts, session, opened);
  const receipt = await importReceipt(session, opened);
  if (!receipt.ok) return receipt;
  parts.office.receiptCarried();
  return done({ kind, ...receipt.value });
}

async function brought({ office, disk, askWhere, now }: PackageCallParts, session: OpenSession, opened: OpenPackage): Promise<Outcome<ImportedPackage>> {
  const carried = await importChanges(session, office, opened);
  if (!carried.ok) return carried;
  const { signed, receipt } = carried.value;
  const { chainCode } = opened.manifest.exporter;
  const target = await askWhere(fileName('回执包', chainCode, now()));
  if (target !== null) {
    const written = await writeReceipt(disk, session, target, signed, now());
    if (!written.ok) return written;
  }
  const named = opened.entries.filter(({ mediaType }) => mediaType !== undefined).length;
  return done({
    kind: 'changes', chainCode, heldThrough: receipt.receipt?.seq ?? 0, refused: receipt.refused.length,
    originals: receipt.originals.length, originalsMissing: named - receipt.originals.length, receiptPath: target,
  });
}

/** `交换包-A1-20260812T060300.xcpkg`, by UTC. */
function fileName(what: string, chainCode: string, at: Date): string {
  return plainName(`${what}-${chainCode}-${at.toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}.xcpkg`);
}
