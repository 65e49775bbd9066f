import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { readInspection } from '#shared/domain/inspection/read-inspection.ts';
import type { Role } from '#shared/domain/people/people.ts';
import { mayWrite } from '#shared/domain/policy.ts';
import type { JsonValue } from '#shared/kit/values.ts';
import type { RecordState } from '#shared/sync/record-state.ts';
import { useDesk, useRecord } from '../../store/desk-context.tsx';
import { useMyRoles, useNames } from '../../store/use-names.ts';
import { ConflictPanel } from '../../ui/conflict-panel.tsx';
import { EmptyState } from '../../ui/page.tsx';
import { useRecordForm } from '../../ui/record-form.ts';
import { usePathParts } from '../../ui/navigation.ts';
import { useScreenReady } from '../../ui/screen-ready.ts';
import { UnstoredScope } from '../../ui/unstored.ts';
import { goTo } from './go-to-field.ts';
import { ConductPanel, PlacePanel, SamplingPanel, TaskPanel } from './setup-panels.tsx';
import { InstrumentsPanel } from './instruments-panel.tsx';
import { NeededPanel } from './needed-panel.tsx';
import { PeoplePanel } from './people-panel.tsx';
import { FromPaperPanel, RefusalPanel } from './exception-panels.tsx';
import './inspection.css';

/** Everything about an inspection but its rooms. Any of it at any time; the side says what signing still needs. */
export function SetupScreen({ inspectionId }: { readonly inspectionId: string }) {
  const { t } = useTranslation('inspection');
  const record = useRecord(inspectionId);
  useScreenReady(record !== undefined);
  if (record === undefined) return <div className="setup" aria-busy="true" />;
  if (record === null) return <EmptyState title={t('gone')} text={t('goneText')} />;
  return <Setup record={record} />;
}

function Setup({ record }: { readonly record: RecordState }) {
  const { t } = useTranslation('inspection');
  const { session } = useDesk();
  const roles = useMyRoles(session.officerId) as readonly Role[];
  const form = useRecordForm(record);
  const inspection = useMemo(() => readInspection(form.record), [form.record]);
  const isLocked = inspection.lock !== null;
  const disabled = isLocked || session.readOnly !== null || !mayWrite('inspection', 'edit', roles);
  const show = useShownValue();
  const panel = { form, inspection, disabled };
  // /inspections/<id>/setup/<field>: a gap on a paper leads to its field.
  const [, , , field] = usePathParts();
  useEffect(() => {
    if (field) goTo(field);
    // What I may do is known a moment after the first drawing; a disabled field takes no cursor.
  }, [field, disabled]);
  return (
    <div className="setup">
      <UnstoredScope value={record.recordId}><div className="setup-main">
        {isLocked && <p className="ui-notice">{t('lockedNotice')}</p>}
        <ConflictPanel record={record} label={(path) => t([`problems:fields.${path.split('/')[0] ?? path}`, 'problems:fields.this'])} show={show} />
        <TaskPanel {...panel} />
        <PeoplePanel {...panel} />
        <PlacePanel {...panel} />
        <ConductPanel {...panel} />
        <SamplingPanel {...panel} />
        <InstrumentsPanel {...panel} />
        <RefusalPanel {...panel} />
        <FromPaperPanel {...panel} />
      </div></UnstoredScope>
      <aside className="setup-side"><NeededPanel record={record} /></aside>
    </div>
  );
}

/** A field's value in words, for choosing between two. */
function useShownValue(): (path: string, value: JsonValue) => string {
  const { t } = useTranslation('inspection');
  const nameOf = useNames();
  const ids = new Set(['leadOrganId', 'leadOfficerId', 'jointOrganIds', 'officerIds', 'assistantIds']);
  const words = (value: JsonValue): string => {
    if (value === null) return '';
    if (Array.isArray(value)) return value.map((each: JsonValue) => words(each)).join('、');
    if (typeof value === 'object') return Object.values(value).map((each: JsonValue) => words(each)).filter((each) => each !== '').join(' ');
    if (typeof value === 'boolean') return t(value ? 'yes' : 'no');
    return String(value);
  };
  return (path, value) => (ids.has(path) ? [value].flat().map((id) => nameOf(id as string | null)).join('、') : words(value));
}
