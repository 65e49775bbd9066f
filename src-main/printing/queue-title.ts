/**
 * A title for the printer's queue: one line, no control or direction characters (they would disguise it in the queue's
 * list), at most 120 characters as CUPS and Windows show it.
 */
export function queueTitle(title: string): string {
  const clean = title.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]+/gu, ' ').replace(/\s+/g, ' ').trim();
  return [...clean].slice(0, 120).join('') || 'xuncha';
}
