import path from 'node:path';
import { done } from '#shared/kit/outcome.ts';
import { orDiskProblem } from '../journal/disk-problem.ts';
import { placeFile, type Disk } from '../journal/disk.ts';
import type { BridgeHandlers } from './answer.ts';

export type FileParts = {
  readonly disk: Disk;
  /** Asks the person for a place; null = cancelled. */
  askWhere(suggestedName: string): Promise<string | null>;
};

/** Saving bytes where the person says. The renderer suggests a name and never a place. */
export function fileCalls({ disk, askWhere }: FileParts): Pick<BridgeHandlers, 'file.save'> {
  return {
    'file.save': async ({ suggestedName, bytes }) => {
      const chosen = await askWhere(plainName(suggestedName));
      if (chosen === null) return done(null);
      return orDiskProblem(async () => {
        await placeFile(disk, path.dirname(chosen), path.basename(chosen), bytes);
        return done({ path: chosen });
      });
    },
  };
}

/** A file name that every system takes: no folders, no reserved characters or names, no leading or trailing dots. */
export function plainName(suggested: string): string {
  const cleaned = [...suggested.normalize('NFC')].map((each) => (isReserved(each) ? '_' : each)).join('').replace(/^[.\s]+|[.\s]+$/g, '');
  const safe = /^(con|prn|aux|nul|com\d|lpt\d)(\..*)?$/i.test(cleaned) ? `_${cleaned}` : cleaned;
  return [...safe].slice(0, 100).join('') || 'xuncha';
}

/** Reserved by some file system, or a sign that makes a name read differently from what it is. */
function isReserved(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20 || code === 0x7f || '<>:"/\\|?*'.includes(character)) return true;
  return (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
}
