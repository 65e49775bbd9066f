import { SystemTypefaces, systemFontsPath, type TypefaceRole } from '#shared/bridge/system-typefaces.ts';
import type { WhyOwn } from './pdf-calls.ts';

/** A typeface of the system as it came from main, or why there is none. */
export type OfficialFace =
  | { readonly kind: 'file'; readonly family: string; readonly bytes: Uint8Array; readonly collectionFace: string | null }
  | { readonly kind: 'none'; readonly reason: WhyOwn };

/** Title: 小标宋. Body: 仿宋. */
export type OfficialFaces = { readonly title: OfficialFace; readonly body: OfficialFace };

const absent: OfficialFace = { kind: 'none', reason: { why: 'absent' } };
export const noOfficialFaces: OfficialFaces = { title: absent, body: absent };

/**
 * Asks main under our own origin (`base` = any address of it) for the system's 小标宋 and 仿宋. A face that can not be read
 * is one that we do without; rejects only when main does not answer at all.
 */
export async function fetchOfficialFaces(base: string): Promise<OfficialFaces> {
  const response = await fetch(new URL(systemFontsPath, base));
  if (!response.ok) throw new Error(`no list of typefaces: ${response.status}`);
  const list = SystemTypefaces.parse(await response.json());
  const [title, body] = await Promise.all([faceOf('xiaobiaosong', list, base), faceOf('fangsong', list, base)]);
  return { title, body };
}

async function faceOf(role: TypefaceRole, list: SystemTypefaces, base: string): Promise<OfficialFace> {
  const typeface = list[role];
  if (typeface.kind === 'absent') return absent;
  if (typeface.kind === 'not-embeddable') return { kind: 'none', reason: { why: 'not-embeddable', family: typeface.family } };
  const { family, collectionFace } = typeface;
  const response = await fetch(new URL(`${systemFontsPath}/${role}`, base));
  if (!response.ok) return { kind: 'none', reason: { why: 'unreadable', family } };
  return { kind: 'file', family, collectionFace, bytes: new Uint8Array(await response.arrayBuffer()) };
}
