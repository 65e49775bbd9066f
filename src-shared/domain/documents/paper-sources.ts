import type * as z from 'zod';
import { listItems, type RecordState } from '../../sync/record-state.ts';
import { inspectionFields, type Instrument } from '../inspection/inspection.ts';
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

/** Records → what the content builders read. The only place of the papers that knows field paths. */
export function paperSources(records: PaperRecords, making: PaperMaking): PaperSources {
  const people = new Map(records.people.map((record) => [record.recordId, record.fields as PersonFields]));
  const organs = new Map(records.organs.map((record) => [record.recordId, String(record.fields['name'] ?? '')]));
  return {
    ...making,
    inspection: {
      ...(records.inspection.fields as FieldsOf<Omit<typeof inspectionFields, 'instruments'>>),
      instruments: listItems(records.inspection, 'instruments').map(([, item]) => item as unknown as Instrument),
    },
    rooms: records.rooms.filter((record) => record.fields['removed'] !== true).map(readRoomCheck).sort(byDeskOrder),
    institution: (records.institution?.fields ?? {}) as InstitutionFields,
    person: (id) => people.get(id) ?? {},
    organName: (id) => (id ? (organs.get(id) ?? null) : null),
  };
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
