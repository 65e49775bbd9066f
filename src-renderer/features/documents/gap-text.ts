import type { TFunction } from 'i18next';
import type { ConcludingGap, ConcludingGapCode } from '#shared/domain/inspection/conclude.ts';
import type { SigningGap } from '#shared/domain/inspection/signing-requirements.ts';

/** The field of the set-up screen, or the rooms, where a gap is closed. Null: nothing to fill in. */
const places: Readonly<Record<ConcludingGapCode, string | null>> = {
  'already-locked': null, 'not-lead-officer': 'leadOfficerId', signing: null, conflicts: 'rooms', 'started-missing': 'startedAt', 'ended-missing': 'endedAt', 'ended-before-started': 'endedAt',
  'no-rooms': 'rooms', 'room-without-number': 'rooms', 'room-without-outcome': 'rooms', 'same-room-twice': 'rooms', 'mode-missing': 'rooms', 'setting-missing': 'rooms', 'claim-without-reason': 'rooms',
  'accompanying-missing': 'accompanying', 'place-missing': 'place', 'sampling-missing': 'sampling', 'fewer-rooms-than-checked': 'totalRooms', 'instrument-missing': 'instruments', 'instrument-expired': 'instruments',
};

const signingPlaces: Readonly<Record<SigningGap['code'], string>> = {
  'two-officers-needed': 'officerIds', 'officer-does-not-count': 'officerIds', 'certificates-not-shown': 'certificatesShownAt', 'recusal-not-asked': 'recusal', 'recusal-answer-missing': 'recusal',
};

export function gapPlace(gap: ConcludingGap): string | null {
  return gap.signing ? signingPlaces[gap.signing.code] : places[gap.code];
}

export function gapText(t: TFunction<'documents'>, gap: ConcludingGap, nameOf: (id: string) => string): string {
  const { signing } = gap;
  if (!signing) return t(`gap.${gap.code as Exclude<ConcludingGapCode, 'signing'>}`, { count: gap.roomCheckIds.length });
  if (signing.code === 'officer-does-not-count') return t(`gap.${signing.why}`, { name: nameOf(signing.officerId) });
  return t(`gap.${signing.code}`, { count: signing.code === 'two-officers-needed' ? signing.counted : 0 });
}

/** Address of the place where a gap is closed: the rooms, or a field of the set-up screen by its name. */
export function placePath(inspectionId: string, place: string): string {
  return place === 'rooms' ? `/inspections/${inspectionId}/rooms` : `/inspections/${inspectionId}/setup/${place}`;
}
