import { useTranslation } from 'react-i18next';
import { readPerson } from '#shared/domain/inspection/read-inspection.ts';
import { certificateOn } from '#shared/domain/inspection/signing-requirements.ts';
import { shanghaiDate } from '#shared/kit/shanghai-time.ts';
import type { RecordState } from '#shared/sync/record-state.ts';
import { useDesk, useRecords } from '../../store/desk-context.tsx';
import { useMyRoles, useNames } from '../../store/use-names.ts';
import { ChoiceEntry, ManyEntry } from '../../ui/fields.tsx';
import { nowInstant } from '../../ui/now.ts';
import { Panel } from '../../ui/page.tsx';
import type { SetupPanelProps } from './setup-panels.tsx';

const officerRoles = ['inspector', 'joint-staff', 'section-head'];

/** 检查人员: the lead, the officers, each with the certificate as it stands on that day, and assistants. */
export function PeoplePanel({ form, inspection, disabled }: SetupPanelProps) {
  const { t } = useTranslation('inspection');
  const { session } = useDesk();
  const nameOf = useNames();
  const myRoles = useMyRoles(session.officerId);
  const people = useRecords('person') ?? [];
  const day = shanghaiDate(inspection.startedAt ?? nowInstant());
  const chosen = new Set([inspection.leadOfficerId, ...inspection.officerIds]);
  const mayServe = (record: RecordState, roles: readonly string[]): boolean => record.fields['active'] !== false && roles.some((role) => ((record.fields['roles'] ?? []) as readonly string[]).includes(role));
  const officers = people.filter((record) => mayServe(record, officerRoles) || chosen.has(record.recordId));
  const assistants = people.filter((record) => mayServe(record, ['assistant']) || inspection.assistantIds.includes(record.recordId));
  const mayPassOn = inspection.leadOfficerId === session.officerId || myRoles.includes('section-head');
  return (
    <div id="setup-people">
      <Panel title={t('people')} about={t('peopleAbout')}>
        <div className="ui-form">
          <ChoiceEntry
            label={t('lead')} field="leadOfficerId" value={inspection.leadOfficerId} disabled={disabled || !mayPassOn} hint={t('leadHint')} choices={officers.map((record) => [record.recordId, nameOf(record.recordId)])}
            onValue={(value) => value && form.put('leadOfficerId', value)}
          />
          <ManyEntry
            label={t('officers')} field="officerIds" needed wide lines values={inspection.officerIds} disabled={disabled} none={t('noPeople')}
            choices={officers.map((record) => [record.recordId, <OfficerName key={record.recordId} record={record} day={day} organ={nameOf(record.fields['organId'] as string | null)} />])}
            onValues={(values) => form.put('officerIds', values)}
          />
          <ManyEntry label={t('assistants')} field="assistantIds" wide values={inspection.assistantIds} disabled={disabled} none={t('noAssistants')} hint={t('assistantsHint')} choices={assistants.map((record) => [record.recordId, nameOf(record.recordId)])} onValues={(values) => form.put('assistantIds', values)} />
        </div>
      </Panel>
    </div>
  );
}

function OfficerName({ record, day, organ }: { readonly record: RecordState; readonly day: string; readonly organ: string }) {
  const { t } = useTranslation('inspection');
  const { name, certificate } = readPerson(record);
  const gap = certificateOn(certificate, day);
  return (
    <span className="setup-person">
      {name} <small>{organ}</small>
      {gap === null && certificate ? <small>{t('certificateValid', { number: certificate.number, until: certificate.validUntil })}</small> : <small className="is-bad">{t(`gaps.officers.${gap ?? 'no-certificate'}`)}</small>}
    </span>
  );
}
