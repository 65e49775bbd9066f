import type * as z from 'zod';
import { basisListFields, caseFields, opinionFields } from './casework/case-record.ts';
import { amendmentFields, documentFields } from './documents/document.ts';
import { inspectionFields } from './inspection/inspection.ts';
import { institutionFields } from './institutions/institution.ts';
import { organFields, personFields } from './people/people.ts';
import { handoverFields, reviewFields } from './review/review.ts';
import { roomCheckFields } from './room-check/room-check.ts';

/** Every record type and its fields. `lists` are fields written as `name/<item id>`; `parent` is the indexed owner. */
export const recordTypes = {
  organ: { fields: organFields, lists: [], parent: null, authority: 'server' },
  person: { fields: personFields, lists: [], parent: null, authority: 'server' },
  institution: { fields: institutionFields, lists: [], parent: null, authority: 'laptop' },
  inspection: { fields: inspectionFields, lists: ['instruments'], parent: 'institutionId', authority: 'laptop' },
  roomCheck: { fields: roomCheckFields, lists: ['readings', 'photos'], parent: 'inspectionId', authority: 'laptop' },
  document: { fields: documentFields, lists: ['signatures', 'refusals', 'prints'], parent: 'inspectionId', authority: 'laptop' },
  amendment: { fields: amendmentFields, lists: [], parent: 'inspectionId', authority: 'laptop' },
  case: { fields: caseFields, lists: ['findings', 'events'], parent: 'inspectionId', authority: 'laptop' },
  review: { fields: reviewFields, lists: [], parent: 'inspectionId', authority: 'laptop' },
  handover: { fields: handoverFields, lists: [], parent: 'inspectionId', authority: 'laptop' },
  opinion: { fields: opinionFields, lists: ['acts', 'services', 'serviceReceipts'], parent: 'inspectionId', authority: 'server' },
  basisList: { fields: basisListFields, lists: [], parent: null, authority: 'server' },
} as const satisfies Record<string, RecordTypeSpec>;

export type RecordTypeName = keyof typeof recordTypes;

export type RecordTypeSpec = {
  readonly fields: Readonly<Record<string, z.ZodType>>;
  readonly lists: readonly string[];
  readonly parent: string | null;
  /** Who may write it: the server alone, or laptops through their journals. */
  readonly authority: 'server' | 'laptop';
};

/** The record types that a program knows. */
export type RecordRegistry = Readonly<Record<string, RecordTypeSpec>>;

export function recordTypeSpec(name: string, registry: RecordRegistry = recordTypes): RecordTypeSpec | null {
  return Object.hasOwn(registry, name) ? (registry[name] ?? null) : null;
}

/** The schema of what `path` of a record type may hold, or null when there is no such field. */
export function fieldSchema(recordType: string, path: string, registry: RecordRegistry = recordTypes): z.ZodType | null {
  const spec = recordTypeSpec(recordType, registry);
  if (!spec) return null;
  const [name = '', item] = path.split('/');
  if (!Object.hasOwn(spec.fields, name)) return null;
  if (spec.lists.includes(name) !== (item !== undefined)) return null;
  return spec.fields[name] ?? null;
}
