import { createPrivateKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import * as z from 'zod';
import { done, failed, type Outcome } from '#shared/kit/outcome.ts';
import type { Problem } from '#shared/kit/problem.ts';
import { chainKey, type ChainKey } from '../journal/chain-key.ts';
import type { Disk } from '../journal/disk.ts';
import { deriveKey, KdfCost } from './key-derivation.ts';
import { seal, SealedBox, unseal } from './sealed-box.ts';
import { placeTwins, readTwins } from './twin-file.ts';

/**
 * The keys of one chain at rest: passphrase → Argon2id → a key that opens the data key → which opens the Ed25519 private
 * key. No hash of the passphrase is kept anywhere: opening is the check. A new passphrase re-seals the data key only.
 */
export const KeysFile = z.strictObject({
  formatVersion: z.literal(0),
  kdf: z.strictObject({ name: z.literal('argon2id'), ...KdfCost.shape, salt: z.string().length(24) }),
  dataKey: SealedBox,
  privateKey: SealedBox,
  /** Ed25519, 32 bytes, base64. */
  publicKey: z.string().length(44),
});
export type KeysFile = Readonly<z.infer<typeof KeysFile>>;

const keysName = 'keys.json';
const dataKeyPurpose = 'xuncha-keys-v0:data-key';

/** Shortest passphrase in characters (OWASP ASVS 5, 6.2.1). Composition is not asked for (6.2.5). */
export const MIN_PASSPHRASE = 8;

/** Null when the passphrase may be used. */
export function passphraseProblem(passphrase: string): { readonly ok: false; readonly problem: Problem } | null {
  return [...passphrase.normalize('NFC')].length < MIN_PASSPHRASE ? failed('invalid-input', { field: 'passphrase', minimum: MIN_PASSPHRASE }) : null;
}

/** Makes a key pair and seals it into the folder. Rejects with the disk's error. */
export async function createVault(disk: Disk, folder: string, passphrase: string, cost: KdfCost): Promise<ChainKey> {
  const { privateKey } = generateKeyPairSync('ed25519');
  const key = chainKey(privateKey);
  const salt = randomBytes(16);
  const kek = await deriveKey(passphrase, salt, cost);
  const dataKey = randomBytes(32);
  const secret = privateKey.export({ type: 'pkcs8', format: 'der' });
  const file: KeysFile = {
    formatVersion: 0,
    kdf: { name: 'argon2id', ...cost, salt: salt.toString('base64') },
    dataKey: seal(kek, dataKey, dataKeyPurpose),
    privateKey: seal(dataKey, secret, privateKeyPurpose(key.publicKey)),
    publicKey: key.publicKey,
  };
  for (const wiped of [kek, dataKey, secret]) wiped.fill(0);
  await placeTwins(disk, folder, keysName, file);
  return key;
}

/** Fails with `wrong-passphrase`, or `profile-damaged` when no copy of the keys can be read. Rejects with the disk's error. */
export async function openVault(disk: Disk, folder: string, passphrase: string): Promise<Outcome<ChainKey>> {
  const copies = await readTwins(disk, folder, keysName, KeysFile);
  if (copies.length === 0) return failed('profile-damaged', { file: keysName });
  // The derivation takes no empty text, and no vault was ever made with one.
  if (passphrase === '') return failed('wrong-passphrase');
  let opensHalfway = false;
  for (const file of copies) {
    const kek = await deriveKey(passphrase, Buffer.from(file.kdf.salt, 'base64'), file.kdf);
    const dataKey = unseal(kek, file.dataKey, dataKeyPurpose);
    kek.fill(0);
    if (!dataKey) continue;
    opensHalfway = true;
    const secret = unseal(dataKey, file.privateKey, privateKeyPurpose(file.publicKey));
    dataKey.fill(0);
    if (!secret) continue;
    const key = chainKey(createPrivateKey({ key: secret, format: 'der', type: 'pkcs8' }));
    secret.fill(0);
    // Two copies that differ: one is damaged. The one that opened is put in the place of both.
    if (copies.length > 1) await placeTwins(disk, folder, keysName, file);
    return done(key);
  }
  return opensHalfway ? failed('profile-damaged', { file: keysName }) : failed('wrong-passphrase');
}

function privateKeyPurpose(publicKey: string): string {
  return `xuncha-keys-v0:private-key:${publicKey}`;
}
