import type * as z from 'zod';
import { listItems, type RecordState } from '../../sync/record-state.ts';
import type { inspectionFields, InspectionLock, Instrument } from '../inspection/inspection.ts';
import type { PrintedFacts } from '../inspection/printed-facts.ts';
import type { institutionFields } from '../institutions/institution.ts';
import type { personFields } from '../people/people.ts';
import { readRoomCheck } from '../room-check/read-room-check.ts';
import type { RoomCheck } from '../room-check/room-check.ts';
import type { Officer, PaperMarks } from './paper.ts';

type FieldsOf<T extends Readonly<Record<string, z.ZodType>>> = { readonly [K in keyof T]?: z.infer<T[K]> };

/** Fields as recorded: absent = never set. */
export type InspectionFields = FieldsOf<Omit<typeof inspectionFields, 'instruments'>> & { readonly instruments: readonly Instrument[] };
export type InstitutionFields = FieldsOf<typeof institutionFields>;
export type PersonFields = FieldsOf<typeof personFields>;

/** The records a paper of one inspection is made from. */
export type PaperRecords = {
  readonly inspection: RecordState;
  /** Room checks of the inspection; removed ones are left out here. */
  readonly rooms: readonly RecordState[];
  readonly institution: RecordState | null;
  readonly people: readonly RecordState[];
  readonly organs: readonly RecordState[];
};

/** What only the making of a paper knows. */
export type PaperMaking = { readonly demo: boolean; readonly fieldNumber: string | null; readonly madeAt: string };

export type PaperSources = PaperMaking & {
  readonly inspection: InspectionFields;
  /** In the row order of the desk. */
  readonly rooms: readonly RoomCheck[];
  readonly institution: InstitutionFields;
  person(id: string): PersonFields;
  organName(id: string | null | undefined): string | null;
};

/**
 * Records → what the content builders read. The only place of the papers that knows field paths. What a lock holds of people, organs
 * and institution goes before the records of today, so that a later certificate or name alters no paper of it; locks from
 * before they held it are printed from the records of today.
 */
export function paperSources(records: PaperRecords, making: PaperMaking): PaperSources {
  return {
    ...making,
    ...(asLocked(records) ?? asToday(records)),
    inspection: {
      ...(records.inspection.fields as FieldsOf<Omit<typeof inspectionFields, 'instruments'>>),
      instruments: listItems(records.inspection, 'instruments').map(([, item]) => item as unknown as Instrument),
    },
    rooms: records.rooms.filter((record) => record.fields['removed'] !== true).map(readRoomCheck).sort(byDeskOrder),
  };
}

type Around = Pick<PaperSources, 'institution' | 'person' | 'organName'>;

function asToday(records: PaperRecords): Around {
  const people = new Map(records.people.map((record) => [record.recordId, record.fields as PersonFields]));
  const organs = new Map(records.organs.map((record) => [record.recordId, String(record.fields['name'] ?? '')]));
  return {
    institution: (records.institution?.fields ?? {}) as InstitutionFields,
    person: (id) => people.get(id) ?? {},
    organName: (id) => (id ? (organs.get(id) ?? null) : null),
  };
}

function asLocked(records: PaperRecords): Around | null {
  const printed = lockOfRecord(records.inspection)?.printed;
  if (!printed) return null;
  const people = new Map(printed.people.map(({ id, organId, ...person }): [string, PersonFields] => [id, organId === null ? person : { ...person, organId }]));
  const organs = new Map(printed.organs.map((organ) => [organ.id, organ.name]));
  return {
    institution: printed.institution ? institutionOf(printed.institution) : asToday(records).institution,
    person: (id) => people.get(id) ?? {},
    organName: (id) => (id ? (organs.get(id) ?? null) : null),
  };
}

function institutionOf({ level, ...rest }: NonNullable<PrintedFacts['institution']>): InstitutionFields {
  return level === null ? rest : { ...rest, level };
}

function lockOfRecord(inspection: RecordState): InspectionLock | null {
  return (inspection.fields['lock'] ?? null) as InspectionLock | null;
}

/** Locked before locks held what is printed of people: papers then print the records of today, and the screen says so. */
export function printsPresentPeople(inspection: RecordState): boolean {
  const lock = lockOfRecord(inspection);
  return lock !== null && !lock.printed;
}

export function marksOf(sources: PaperSources): PaperMarks {
  return { demo: sources.demo, sample: sources.institution.sample === true };
}

export function organNames(sources: PaperSources, ids: readonly string[] | undefined): string {
  return (ids ?? []).map((id) => sources.organName(id) ?? id.slice(0, 8)).join('、');
}

/** The officers of the inspection, the lead first; a person without a record keeps the place with a shortened id. */
export function officersOf(sources: PaperSources): readonly Officer[] {
  const { leadOfficerId, officerIds = [] } = sources.inspection;
  const ids = leadOfficerId ? [leadOfficerId, ...officerIds.filter((id) => id !== leadOfficerId)] : officerIds;
  return ids.map((id) => {
    const person = sources.person(id);
    return {
      name: person.name ?? id.slice(0, 8),
      organ: sources.organName(person.organId) ?? '',
      certificateNumber: person.certificate?.number ?? null,
      certificateOrgan: person.certificate?.issuingOrgan ?? '',
      validUntil: person.certificate?.validUntil ?? '',
    };
  });
}

function byDeskOrder(a: RoomCheck, b: RoomCheck): number {
  return a.order - b.order || (a.id < b.id ? -1 : 1);
}
