import type { HashText } from './change-id.ts';
import type { Uuid } from '../kit/values.ts';

/**
 * An id that everybody derives alike from another id and a name: two desks that make the same thing without seeing each other
 * make one record. Shaped as UUID version 7: the first 48 bits are those of `of`, the other 74 come from SHA-256.
 */
export function derivedId(of: Uuid, name: string, hashText: HashText): Uuid {
  const hash = hashText(`xuncha-id-v1\n${name}\n${of}`);
  const variant = '89ab'.charAt(Number.parseInt(hash.charAt(3), 16) % 4);
  return `${of.slice(0, 13)}-7${hash.slice(0, 3)}-${variant}${hash.slice(4, 7)}-${hash.slice(7, 19)}`;
}
