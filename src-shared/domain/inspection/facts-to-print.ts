import type { RecordState } from '../../sync/record-state.ts';
import type { institutionFields } from '../institutions/institution.ts';
import type { personFields } from '../people/people.ts';
import type { PrintedFacts } from './printed-facts.ts';
import { readInspection } from './read-inspection.ts';

export type RecordsToPrint = {
  readonly inspection: RecordState;
  readonly institution: RecordState | null;
  readonly people: readonly RecordState[];
  readonly organs: readonly RecordState[];
};

/** The facts to keep with a lock. Whoever has no record on this desk is left out, and printed by a shortened id. */
export function printedFacts({ inspection, institution, people, organs }: RecordsToPrint): PrintedFacts {
  const { leadOfficerId, officerIds, assistantIds, leadOrganId, jointOrganIds } = readInspection(inspection);
  const named = byId(people);
  const persons = [...new Set([leadOfficerId, ...officerIds, ...assistantIds])].flatMap((id) => {
    const fields = named.get(id)?.fields;
    if (!fields) return [];
    const value = <T>(path: keyof typeof personFields): T | null => (fields[path] ?? null) as T | null;
    return [{ id, name: String(fields['name'] ?? '') || id.slice(0, 8), organId: value<string>('organId'), certificate: value<PrintedFacts['people'][number]['certificate']>('certificate'), telephone: id === leadOfficerId ? value<string>('telephone') : null }];
  });
  const known = byId(organs);
  const organIds = [leadOrganId, ...jointOrganIds, ...persons.map((person) => person.organId)].filter((id) => id !== null);
  const of = <T>(path: keyof typeof institutionFields): T | null => (institution?.fields[path] ?? null) as T | null;
  return {
    people: persons,
    organs: [...new Set(organIds)].flatMap((id) => {
      const organ = known.get(id);
      return organ ? [{ id, name: String(organ.fields['name'] ?? '') || id.slice(0, 8) }] : [];
    }),
    institution: institution && { creditCode: of<string>('creditCode'), creditCodeMissingReason: of<string>('creditCodeMissingReason'), level: of<'municipal' | 'district'>('level'), sample: of<boolean>('sample') === true },
  };
}

function byId(records: readonly RecordState[]): ReadonlyMap<string, RecordState> {
  return new Map(records.map((record) => [record.recordId, record]));
}
