import type { DecimalText } from '../../kit/values.ts';
import type { ConditionerMode, RoomOutcome } from './room-check.ts';

/** ok 符合, exceeds 超标, not-applicable 不适用, to-verify 待核, undetermined 无法判定. */
export const verdictKinds = ['ok', 'exceeds', 'not-applicable', 'to-verify', 'undetermined'] as const;
export type VerdictKind = (typeof verdictKinds)[number];

/** Why there is neither ok nor exceeds. */
export type VerdictReason =
  | 'not-running' | 'special-use' | 'approved-need'
  | 'special-use-without-reason' | 'need-without-document'
  | 'mode-unknown' | 'set-temperature-missing' | 'set-temperature-not-readable' | 'no-readings'
  | Exclude<RoomOutcome, 'checked'>;

export type Verdict = {
  readonly kind: VerdictKind;
  readonly why: VerdictReason | null;
  /** The limit it was held against, °C; null where none applies (not-applicable, mode unknown, room not entered). */
  readonly limitC: DecimalText | null;
};

/**
 * Limits, °C: cooling at least 26, heating at most 20; equal passes. Source: docs/sources.md#guobanfa-2007-42.
 * Winter is a ceiling: one "minimum" for both seasons would be wrong.
 */
export const temperatureLimits = { cooling: '26', heating: '20' } as const satisfies Record<string, DecimalText>;
export type RunningMode = keyof typeof temperatureLimits;

/** What decides whether a room is held against a limit at all; the same for the setting and for the air. */
export type RoomSituation = {
  /** Null while nobody has said yet: what is typed is judged as if the room was entered. */
  readonly outcome: RoomOutcome | null;
  readonly mode: ConditionerMode | null;
  readonly specialUse: { readonly reason: string } | null;
  readonly approvedNeed: { readonly approvalDocument: string | null } | null;
};

export type Applicability =
  | { readonly kind: 'applies'; readonly mode: RunningMode; readonly limitC: DecimalText; readonly claim: 'special-use-without-reason' | 'need-without-document' | null }
  | { readonly kind: 'settled'; readonly verdict: Verdict };

/**
 * Special use (a server room, a ward) with its reason, and a need with its approval document, are not applicable. A
 * claim without them is not an exemption: it only makes what would exceed a thing to verify.
 */
export function applicability(room: RoomSituation): Applicability {
  if (room.outcome !== null && room.outcome !== 'checked') return settled('undetermined', room.outcome);
  if (room.mode === 'fan' || room.mode === 'off') return settled('not-applicable', 'not-running');
  if (isWritten(room.specialUse?.reason)) return settled('not-applicable', 'special-use');
  if (isWritten(room.approvedNeed?.approvalDocument)) return settled('not-applicable', 'approved-need');
  if (room.mode === null) return settled('undetermined', 'mode-unknown');
  const claim = room.approvedNeed ? 'need-without-document' : room.specialUse ? 'special-use-without-reason' : null;
  return { kind: 'applies', mode: room.mode, limitC: temperatureLimits[room.mode], claim };
}

function settled(kind: VerdictKind, why: VerdictReason): Applicability {
  return { kind: 'settled', verdict: { kind, why, limitC: null } };
}

function isWritten(text: string | null | undefined): boolean {
  return text !== null && text !== undefined && text.trim() !== '';
}

/** The verdict of a value whose comparison with the limit is known: -1 below, 0 equal, 1 above. */
export function verdictOfComparison(room: Extract<Applicability, { kind: 'applies' }>, comparison: -1 | 0 | 1): Verdict {
  const exceeds = room.mode === 'cooling' ? comparison < 0 : comparison > 0;
  if (!exceeds) return { kind: 'ok', why: null, limitC: room.limitC };
  return room.claim === null ? { kind: 'exceeds', why: null, limitC: room.limitC } : { kind: 'to-verify', why: room.claim, limitC: room.limitC };
}
