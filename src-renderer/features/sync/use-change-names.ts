import type { TFunction } from 'i18next';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppliedChange } from '#shared/journal/change.ts';
import type { RecordState } from '#shared/sync/record-state.ts';
import { useDesk } from '../../store/desk-context.tsx';

export type NamedChange = {
  readonly change: AppliedChange;
  /** Kind of record and its own name: `房间 0301`. */
  readonly what: string;
  /** The unit it belongs to; '' for none. */
  readonly unit: string;
  /** Where it can be looked at; null when there is no such screen. */
  readonly path: string | null;
};

/** Changes in words a person knows, from the records they belong to. */
export function useChangeNames(changes: readonly AppliedChange[]): readonly NamedChange[] {
  const { t } = useTranslation('sync');
  const desk = useDesk();
  const [named, setNamed] = useState<readonly NamedChange[]>([]);
  useEffect(() => {
    let stopped = false;
    void Promise.all(changes.map(async (change) => {
      const record = await desk.get(change.recordId);
      const parentId = record?.fields['inspectionId'];
      const parent = typeof parentId === 'string' ? await desk.get(parentId) : null;
      return { change, what: nameOfRecord(t, change.recordType, record), unit: unitOf(record) || unitOf(parent), path: pathOfRecord(record) };
    })).then((all) => {
      if (!stopped) setNamed(all);
    });
    return () => {
      stopped = true;
    };
  }, [desk, changes, t]);
  return named;
}

/** `房间 0301`: the kind of record and its own name. */
export function nameOfRecord(t: TFunction<'sync'>, recordType: string, record: RecordState | null): string {
  const name = String(record?.fields['room'] ?? record?.fields['name'] ?? record?.fields['title'] ?? '');
  return `${t([`types.${recordType}` as 'types.other', 'types.other'])} ${name}`.trim();
}

function unitOf(record: RecordState | null): string {
  return String(record?.fields['institutionName'] ?? '');
}

/** Where it can be looked at; null when there is no such screen. */
export function pathOfRecord(record: RecordState | null): string | null {
  if (!record) return null;
  const inspectionId = record.recordType === 'inspection' ? record.recordId : record.fields['inspectionId'];
  if (record.recordType === 'institution') return `/institutions/${record.recordId}`;
  if (record.recordType === 'case') return `/corrections/${record.recordId}`;
  if (typeof inspectionId !== 'string') return null;
  const tab = record.recordType === 'roomCheck' ? 'rooms' : record.recordType === 'document' ? 'papers' : record.recordType === 'review' ? 'review' : 'setup';
  return `/inspections/${inspectionId}/${tab}`;
}
