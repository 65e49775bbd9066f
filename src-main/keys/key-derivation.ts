import { argon2id } from 'hash-wasm';
import * as z from 'zod';

/** What one guess at a passphrase costs. Stored with the keys, so that it can grow with later machines. */
export const KdfCost = z.strictObject({
  memoryKiB: z.number().int().min(8).max(4 * 1024 * 1024),
  iterations: z.number().int().min(1).max(100),
  parallelism: z.number().int().min(1).max(16),
});
export type KdfCost = Readonly<z.infer<typeof KdfCost>>;

/** Above the floor of OWASP ASVS 5, appendix C (46 MiB, 1 pass, 1 lane). */
export const usualCost: KdfCost = { memoryKiB: 64 * 1024, iterations: 3, parallelism: 1 };

/** Nobody should wait longer for signing in, in ms. */
const LONGEST_MS = 600;

/**
 * The usual cost, or with fewer passes on a slow machine; never less memory and never less than one pass.
 * @param now a clock in ms
 */
export async function calibratedCost(now: () => number): Promise<KdfCost> {
  const startedAt = now();
  await deriveKey('calibration', new Uint8Array(16), { ...usualCost, iterations: 1 });
  const onePassMs = now() - startedAt;
  const passes = Math.floor(LONGEST_MS / Math.max(onePassMs, 1));
  return { ...usualCost, iterations: Math.max(1, Math.min(usualCost.iterations, passes)) };
}

/**
 * 32 bytes from a passphrase by Argon2id. The passphrase counts in its NFC form: the same text typed on another keyboard
 * opens the same lock.
 */
export async function deriveKey(passphrase: string, salt: Uint8Array, cost: KdfCost): Promise<Uint8Array> {
  return argon2id({
    password: passphrase.normalize('NFC'), salt, hashLength: 32, outputType: 'binary',
    memorySize: cost.memoryKiB, iterations: cost.iterations, parallelism: cost.parallelism,
  });
}
