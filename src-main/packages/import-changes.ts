import { randomUUID, createHash } from 'node:crypto';
import * as z from 'zod';
import { chainIdOf } from '#shared/journal/change.ts';
import { refusedPackage } from '#shared/package/codec.ts';
import { PACKAGE_FORMAT, type PackageManifest } from '#shared/package/manifest.ts';
import type { Problem } from '#shared/kit/problem.ts';
import { done, failed, type Outcome } from '#shared/kit/outcome.ts';
import { carriedReceiptIn, type CarriedReceipt, type CarriedRequest, type SignedReceipt } from '#shared/sync/carried.ts';
import { ExchangeRequest, WIRE_VERSION } from '#shared/sync/wire.ts';
import { jsonBytes } from '../journal/bytes.ts';
import type { Disk } from '../journal/disk.ts';
import type { OpenSession } from '../keys/open-session.ts';
import type { OpenPackage } from './read-package.ts';
import { writePackage } from './write-package.ts';

/** The line to the office, as its section head has it. */
export type Carrier = {
  carry(request: CarriedRequest): Promise<Outcome<SignedReceipt>>;
  ensureUploaded(sha256: string): Promise<Outcome<void>>;
};

export type Carried = { readonly signed: SignedReceipt; readonly receipt: CarriedReceipt };

const Push = ExchangeRequest.shape.push.unwrap();

/**
 * Brings another laptop's changes and originals to the office. Every step can be done twice: after a cut line the same package is
 * simply imported again. The value is the server's own word of what it holds now; only that counts as arrived.
 */
export async function importChanges(session: OpenSession, carrier: Carrier, opened: OpenPackage): Promise<Outcome<Carried>> {
  const { exporter } = opened.manifest;
  const originals = opened.entries.filter(({ mediaType }) => mediaType !== undefined);
  const whose = { v: WIRE_VERSION, chainId: chainIdOf(exporter.deviceId, exporter.officerId), publicKey: opened.publicKey } as const;
  for (const entry of opened.entries.filter(({ mediaType }) => mediaType === undefined)) {
    const push: Outcome<z.infer<typeof Push>> = await opened.json(entry, Push);
    if (!push.ok) return push;
    const taken = await carrier.carry({ ...whose, push: push.value, originals: [] });
    if (!taken.ok) return aboutAnother(taken.problem);
  }
  const ask = async (): Promise<Outcome<Carried>> => receiptIn(await carrier.carry({ ...whose, push: null, originals: originals.map(({ sha256 }) => sha256) }));
  const standing = await ask();
  if (!standing.ok) return standing;
  const held = new Set(standing.value.receipt.originals);
  const missing = originals.filter(({ sha256 }) => !held.has(sha256));
  for (const entry of missing) {
    const sent = await takeOver(session, carrier, opened, entry);
    if (!sent.ok) return sent;
  }
  return missing.length === 0 ? standing : await ask();
}

async function takeOver({ evidence }: OpenSession, carrier: Carrier, opened: OpenPackage, entry: OpenPackage['entries'][number]): Promise<Outcome<void>> {
  if (!evidence.has(entry.sha256)) {
    const stored = await evidence.import(opened.pieces(entry), entry.mediaType ?? 'application/octet-stream', entry.size);
    if (!stored.ok) return stored;
    if (stored.value.sha256 !== entry.sha256) return refusedPackage('content', entry.name);
  }
  return await carrier.ensureUploaded(entry.sha256);
}

/** What the server says of the other laptop's chain must not read as if it were said of this one. */
function aboutAnother({ code, detail }: Problem): { readonly ok: false; readonly problem: Problem } {
  return { ok: false, problem: { code, detail: { ...detail, where: 'carried' } } };
}

function receiptIn(signed: Outcome<SignedReceipt>): Outcome<Carried> {
  if (!signed.ok) return aboutAnother(signed.problem);
  const receipt = carriedReceiptIn(signed.value);
  return receipt ? done({ signed: signed.value, receipt }) : failed('please-update');
}

/** The server's word as a file for the laptop that made the package. */
export async function writeReceipt(disk: Disk, session: OpenSession, target: string, signed: SignedReceipt, now: Date): Promise<Outcome<{ readonly path: string }>> {
  const bytes = jsonBytes(signed);
  const { officeId, officerId, chainCode } = session.journal.chain;
  const manifest: PackageManifest = {
    container: 'xcpkg', format: PACKAGE_FORMAT, kind: 'receipt', packageId: randomUUID(), officeId, exporter: { deviceId: session.deviceId, officerId, chainCode },
    createdAt: now.toISOString(), encryption: 'none', chains: [], cursor: null,
    entries: [{ name: 'receipt.json', size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') }],
  };
  return await writePackage(disk, target, session, manifest, () => [bytes]);
}
