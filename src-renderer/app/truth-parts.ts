import type { SyncStatus } from '#shared/bridge/calls.ts';
import type { SaveState } from '../store/desk.ts';

export type TruthPart = {
  readonly key: 'save' | 'unstored' | 'disputed' | 'unsent' | 'refused' | 'phase' | 'contact' | 'clock';
  readonly word: 'saved' | 'saving' | 'failed' | 'readOnly' | 'unstored' | 'disputed' | 'unsent' | 'allSent' | 'refused' | 'offline' | 'heldUp' | 'paused' | 'exchanging' | 'contact' | 'noContact' | 'files' | 'clock';
  readonly tone?: 'ok' | 'danger' | 'warning';
  readonly count?: number;
  readonly at?: string;
};

/** A laptop clock further off than this is said, ms. */
export const CLOCK_DOUBT_MS = 90_000;

/** What the truth line says, in its order. `saved` stands only for what main has on the disk; `unstored`: fields whose text fits no record; `disputed`: records with values to settle. */
export function truthParts(save: SaveState, status: SyncStatus | null, readOnly: boolean, unstored = 0, disputed = 0): readonly TruthPart[] {
  const parts: TruthPart[] = [savePart(save, readOnly)];
  if (unstored > 0) parts.push({ key: 'unstored', word: 'unstored', count: unstored, tone: 'danger' });
  if (disputed > 0) parts.push({ key: 'disputed', word: 'disputed', count: disputed, tone: 'warning' });
  if (!status) return parts;
  if (status.unsent > 0) parts.push({ key: 'unsent', word: 'unsent', count: status.unsent, tone: 'warning' });
  else if (status.evidencePending.files > 0) parts.push({ key: 'unsent', word: 'files', count: status.evidencePending.files, tone: 'warning' });
  else if (status.lastContactAt) parts.push({ key: 'unsent', word: 'allSent' });
  if (status.refused.length > 0) parts.push({ key: 'refused', word: 'refused', count: status.refused.length, tone: 'danger' });
  if (status.phase !== 'idle') parts.push(isHeldUp(status) ? { key: 'phase', word: 'heldUp', tone: 'warning' } : { key: 'phase', word: status.phase });
  parts.push(status.lastContactAt ? { key: 'contact', word: 'contact', at: status.lastContactAt } : { key: 'contact', word: 'noContact' });
  if (Math.abs(status.clockOffsetMs ?? 0) > CLOCK_DOUBT_MS) parts.push({ key: 'clock', word: 'clock', tone: 'warning' });
  return parts;
}

/** The network is there and the exchange fails all the same (a full disk, a login page that answers): not what 离线 means. */
function isHeldUp({ phase, lastProblem }: SyncStatus): boolean {
  return phase === 'offline' && lastProblem !== null && lastProblem.code !== 'offline' && lastProblem.code !== 'server-unreachable';
}

function savePart(save: SaveState, readOnly: boolean): TruthPart {
  if (readOnly) return { key: 'save', word: 'readOnly', tone: 'danger' };
  switch (save.kind) {
    case 'saved': return { key: 'save', word: 'saved', tone: 'ok' };
    case 'waiting':
    case 'saving': return { key: 'save', word: 'saving' };
    case 'failed': return { key: 'save', word: 'failed', tone: 'danger' };
  }
}
