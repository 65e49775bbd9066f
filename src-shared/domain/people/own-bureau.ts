import type { RecordState } from '../../sync/record-state.ts';

type Level = 'municipal' | 'district';

/**
 * The 机关事务管理局 in whose name an officer acts: his own organ where it is a bureau, else the one that the office is named after, else
 * the only one above the districts. The list may hold bureaus of districts too. Without any, the office's own name.
 */
export function ownBureauOf(organs: readonly RecordState[], of: { readonly organId: string | null; readonly officeName: string }): { readonly name: string; readonly level: Level; readonly organ: RecordState | null } {
  const bureaus = organs.filter(({ fields }) => fields['kind'] === 'bureau');
  const organ = bureaus.find(({ recordId }) => recordId === of.organId) ?? bureaus.find(({ fields }) => fields['name'] === of.officeName) ?? bureaus.find(({ fields }) => fields['level'] !== 'district') ?? bureaus[0] ?? null;
  return { name: String(organ?.fields['name'] ?? '') || of.officeName, level: organ ? levelOf(organ) : 'municipal', organ };
}

/** 市级 unless a record (an organ, an institution) says 区县. */
export function levelOf(record: RecordState): Level {
  return record.fields['level'] === 'district' ? 'district' : 'municipal';
}

/**
 * Who may lead an inspection or take part in it: a bureau leads, other organs join 会同; the lead is not its own partner. An organ that
 * leads on record is still named, so that it can be seen and changed.
 */
export function organChoices(organs: readonly RecordState[], leadOrganId: string | null): { readonly lead: readonly RecordState[]; readonly joint: readonly RecordState[] } {
  return {
    lead: organs.filter(({ recordId, fields }) => fields['kind'] === 'bureau' || recordId === leadOrganId),
    joint: organs.filter(({ recordId }) => recordId !== leadOrganId),
  };
}

/** With which organs an inspection begins: an officer of a joint organ begins one that our bureau leads and his own organ joins. */
export function organsAtStart(organs: readonly RecordState[], organId: string | null, officeName: string): { readonly leadOrganId: string | null; readonly jointOrganIds: string[] } {
  const own = organs.find(({ recordId }) => recordId === organId);
  if (own?.fields['kind'] !== 'joint') return { leadOrganId: organId, jointOrganIds: [] };
  return { leadOrganId: ownBureauOf(organs, { organId, officeName }).organ?.recordId ?? null, jointOrganIds: [own.recordId] };
}
