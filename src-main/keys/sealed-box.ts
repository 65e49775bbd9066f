import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import * as z from 'zod';

/** AES-256-GCM: 12 bytes of nonce, then ciphertext and 16 bytes of tag; base64. */
export const SealedBox = z.strictObject({ nonce: z.string().length(16), sealed: z.string().min(24).max(4096) });
export type SealedBox = Readonly<z.infer<typeof SealedBox>>;

const TAG_BYTES = 16;

/** `purpose` is bound in: a box opened for another purpose than it was made for does not open. */
export function seal(key: Uint8Array, content: Uint8Array, purpose: string): SealedBox {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(purpose));
  const sealed = Buffer.concat([cipher.update(content), cipher.final(), cipher.getAuthTag()]);
  return { nonce: nonce.toString('base64'), sealed: sealed.toString('base64') };
}

/** Null when the key is not the right one or the box was altered; the two can not be told apart. */
export function unseal(key: Uint8Array, box: SealedBox, purpose: string): Buffer | null {
  const bytes = Buffer.from(box.sealed, 'base64');
  if (bytes.length < TAG_BYTES) return null;
  const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(box.nonce, 'base64'), { authTagLength: TAG_BYTES }).setAAD(Buffer.from(purpose));
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(0, -TAG_BYTES)), decipher.final()]);
  } catch {
    return null;
  }
}
