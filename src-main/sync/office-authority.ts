import { readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * The office's own certificate authority, as PEM, from `office-ca.pem` in the profile folder; null when the office uses
 * a public one. With the file there, no other authority is believed.
 */
export function officeAuthority(profileDir: string): string | null {
  try {
    return readFileSync(path.join(profileDir, 'office-ca.pem'), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
