import { done, failed, type Outcome } from '#shared/kit/outcome.ts';
import { carriedReceiptIn, RECEIPT_CONTEXT, SignedReceipt, type CarriedReceipt } from '#shared/sync/carried.ts';
import { utf8 } from '../journal/bytes.ts';
import type { OpenSession } from '../keys/open-session.ts';
import { isSignedBy } from './package-parts.ts';
import type { OpenPackage } from './read-package.ts';

export type TakenReceipt = {
  /** Own changes that this receipt confirms and no earlier one did. */
  readonly confirmed: number;
  /** Originals that it says have arrived. */
  readonly originals: number;
  readonly refused: number;
};

/**
 * Takes the server's word that somebody carried here: believed by the server's key alone, whoever packed it. One that is older than
 * what is known, or the same again, changes nothing. Fails with `package-refused`, and as `recordReceipt`.
 */
export async function importReceipt(session: OpenSession, opened: OpenPackage): Promise<Outcome<TakenReceipt>> {
  const word = await serversWord(session, opened);
  if (!word.ok) return word;
  const { receipt, refused, originals } = word.value;
  const { journal, evidence } = session;
  const before = journal.receiptedThrough();
  if (receipt && receipt.seq > before) {
    const kept = await journal.recordReceipt(receipt, refused);
    if (!kept.ok) return kept;
  }
  const waiting = new Set(evidence.notUploaded().map(({ sha256 }) => sha256));
  const arrived = originals.filter((sha256) => waiting.has(sha256));
  for (const sha256 of arrived) {
    const marked = await evidence.markUploaded(sha256);
    if (!marked.ok) return marked;
  }
  return done({ confirmed: journal.receiptedThrough() - before, originals: arrived.length, refused: journal.refusals().length });
}

async function serversWord({ serverPublicKey, entry }: OpenSession, opened: OpenPackage): Promise<Outcome<CarriedReceipt>> {
  const [file] = opened.entries;
  if (!file) throw new Error('a verified receipt package without its file');
  if (serverPublicKey === null) return failed('package-refused', { reason: 'no-server-key' });
  const signed = await opened.json(file, SignedReceipt);
  if (!signed.ok) return signed;
  const { text, signature } = signed.value;
  if (!isSignedBy(serverPublicKey, utf8(RECEIPT_CONTEXT + text), signature)) return failed('package-refused', { reason: 'signature' });
  const word = carriedReceiptIn(signed.value);
  if (!word) return failed('package-refused', { reason: 'newer' });
  if (word.officeId !== entry.officeId) return failed('package-refused', { reason: 'other-office' });
  return word.chainId === entry.chainId ? done(word) : failed('package-refused', { reason: 'other-chain' });
}
