import { useTranslation } from 'react-i18next';
import type { Inspection } from '#shared/domain/inspection/read-inspection.ts';
import { organChoices } from '#shared/domain/people/own-bureau.ts';
import { readTemperatureInput } from '#shared/domain/room-check/temperature-input.ts';
import { done, failed, type Outcome } from '#shared/kit/outcome.ts';
import type { RecordState } from '#shared/sync/record-state.ts';
import { useRecord, useRecords } from '../../store/desk-context.tsx';
import { DateEntry, MomentEntry } from '../../ui/date-entry.tsx';
import { ChoiceEntry, CheckEntry, ManyEntry, ReadEntry, TextEntry } from '../../ui/fields.tsx';
import { Panel, Tag } from '../../ui/page.tsx';
import type { RecordForm } from '../../ui/record-form.ts';

export type SetupPanelProps = { readonly form: RecordForm; readonly inspection: Inspection; readonly disabled: boolean };

/** 任务: unit, title, source, organs. */
export function TaskPanel({ form, inspection, disabled }: SetupPanelProps) {
  const { t } = useTranslation('inspection');
  const institution = useRecord(inspection.institutionId);
  const { lead, joint } = organChoices(useRecords('organ') ?? [], inspection.leadOrganId);
  return (
    <div id="setup-task">
      <Panel title={t('task')}>
        <div className="ui-row">
          <a href={`#/institutions/${inspection.institutionId}`}><strong>{inspection.institutionName}</strong></a>
          {institution?.fields['sample'] === true && <Tag tone="demo">{t('sample')}</Tag>}
          <span className="ui-muted">{t(institution?.fields['level'] === 'district' ? 'district' : 'municipal')}</span>
        </div>
        <div className="ui-form">
          <TextEntry label={t('taskTitle')} field="title" value={inspection.title} maxLength={80} disabled={disabled} onLeave={form.leave} onValue={(value) => form.put('title', value)} />
          <ChoiceEntry label={t('season')} field="season" value={inspection.season} disabled={disabled} choices={[['cooling', t('seasons.cooling')], ['heating', t('seasons.heating')]]} onValue={(value) => value && form.put('season', value)} />
          <TextEntry label={t('taskSource')} field="taskSource" wide value={inspection.taskSource} maxLength={200} disabled={disabled} hint={t('taskSourceHint')} onLeave={form.leave} onValue={(value) => form.put('taskSource', value)} />
          <ChoiceEntry label={t('leadOrgan')} field="leadOrganId" value={inspection.leadOrganId} empty={t('notChosen')} disabled={disabled} choices={lead.map(named)} hint={t('leadOrganHint')} onValue={(value) => form.put('leadOrganId', value)} />
          <ManyEntry label={t('jointOrgans')} field="jointOrganIds" values={inspection.jointOrganIds} disabled={disabled} choices={joint.map(named)} none={t('noOtherOrgan')} onValues={(values) => form.put('jointOrganIds', values)} />
        </div>
      </Panel>
    </div>
  );
}

/** 时间、地点、陪同人员. */
export function PlacePanel({ form, inspection, disabled }: SetupPanelProps) {
  const { t } = useTranslation('inspection');
  const { accompanying } = inspection;
  const nobody = { name: '', post: '', telephone: '' };
  const part = (name: 'name' | 'post' | 'telephone', label: string) => (
    <TextEntry label={label} field={name === 'name' ? 'accompanying' : `accompanying-${name}`} value={accompanying?.[name] ?? ''} maxLength={40} disabled={disabled} onLeave={form.leave} onValue={(value) => form.putPart('accompanying', name, value, nobody)} />
  );
  return (
    <div id="setup-place">
      <Panel title={t('place')}>
        <div className="ui-form">
          <TextEntry label={t('placeAddress')} field="place" wide value={inspection.place} maxLength={200} disabled={disabled} onLeave={form.leave} onValue={(value) => form.put('place', value)} />
          <MomentEntry label={t('startedAt')} field="startedAt" needed value={inspection.startedAt} disabled={disabled} onLeave={form.leave} onValue={(value) => form.put('startedAt', value)} />
          <MomentEntry label={t('endedAt')} field="endedAt" needed value={inspection.endedAt} disabled={disabled} onLeave={form.leave} onValue={(value) => form.put('endedAt', value)} />
          <ReadEntry<string | null>
            label={t('outdoor')} field="outdoorTemperatureC" unit="℃" value={inspection.outdoorTemperatureC} disabled={disabled} read={(text) => readTemperatureInput(text, 'outdoor')} onLeave={form.leave}
            onValue={(value) => form.put('outdoorTemperatureC', value)}
          />
          {part('name', t('accompanyingName'))}
          {part('post', t('accompanyingPost'))}
          {part('telephone', t('accompanyingTelephone'))}
        </div>
      </Panel>
    </div>
  );
}

function named({ recordId, fields }: RecordState): readonly [string, string] {
  return [recordId, String(fields['name'] ?? '')];
}

/** 现场程序: certificates shown, recusal, what the unit says, by when it is asked to answer. */
export function ConductPanel({ form, inspection, disabled }: SetupPanelProps) {
  const { t } = useTranslation('inspection');
  const { recusal } = inspection;
  const notAsked = { asked: false, answer: '' };
  return (
    <div id="setup-conduct">
      <Panel title={t('conduct')} about={t('conductAbout')}>
        <div className="ui-form">
          <MomentEntry label={t('certificatesShown')} field="certificatesShownAt" needed value={inspection.certificatesShownAt} disabled={disabled} onLeave={form.leave} onValue={(value) => form.put('certificatesShownAt', value)} />
          <CheckEntry label={t('recusalAsked')} field="recusal" checked={recusal?.asked ?? false} disabled={disabled} onValue={(value) => form.putPart('recusal', 'asked', value, notAsked)} hint={t('recusalHint')} />
          <TextEntry label={t('recusalAnswer')} needed value={recusal?.answer ?? ''} maxLength={200} disabled={disabled} onLeave={form.leave} onValue={(value) => form.put('recusal', { asked: true, answer: value })} hint={
            disabled || recusal?.answer ? undefined : <button type="button" className="ui-small-button" onClick={() => form.put('recusal', { asked: true, answer: '不申请回避' })}>不申请回避</button>
          } />
          <DateEntry label={t('replyBy')} field="replyBy" value={inspection.replyBy} disabled={disabled} hint={t('replyByHint')} onLeave={form.leave} onValue={(value) => form.put('replyBy', value)} />
          <TextEntry label={t('unitOpinion')} field="unitOpinion" wide rows={3} value={inspection.unitOpinion} maxLength={2000} disabled={disabled} hint={t('unitOpinionHint')} onLeave={form.leave} onValue={(value) => form.put('unitOpinion', value)} />
        </div>
      </Panel>
    </div>
  );
}

/** 抽样: how many rooms there are, and who picked which. */
export function SamplingPanel({ form, inspection, disabled }: SetupPanelProps) {
  const { t } = useTranslation('inspection');
  const { sampling } = inspection;
  const usual = { method: 'random', by: '', note: '' };
  return (
    <div id="setup-sampling">
      <Panel title={t('sampling')}>
        <div className="ui-form">
          <ReadEntry<string | null> label={t('totalRooms')} field="totalRooms" unit={t('roomUnit')} value={inspection.totalRooms === null ? null : String(inspection.totalRooms)} disabled={disabled} read={readRoomCount} onLeave={form.leave} onValue={(value) => form.put('totalRooms', value === null ? null : Number(value))} />
          <ChoiceEntry
            label={t('samplingMethod')} field="sampling" value={sampling?.method ?? null} empty={t('notChosen')} disabled={disabled} choices={(['random', 'by-floor', 'designated'] as const).map((method) => [method, t(`samplingMethods.${method}`)])}
            onValue={(value) => (value ? form.putPart('sampling', 'method', value, usual) : form.put('sampling', null))}
          />
          <TextEntry label={t('samplingBy')} value={sampling?.by ?? ''} maxLength={40} disabled={disabled} hint={t('samplingByHint')} onLeave={form.leave} onValue={(value) => form.putPart('sampling', 'by', value, usual)} />
          <TextEntry label={t('samplingNote')} wide value={sampling?.note ?? ''} maxLength={200} disabled={disabled} onLeave={form.leave} onValue={(value) => form.putPart('sampling', 'note', value, usual)} />
        </div>
      </Panel>
    </div>
  );
}

/** A whole number of rooms as typed; empty → null. */
export function readRoomCount(text: string): Outcome<string | null> {
  const typed = text.normalize('NFKC').trim().replace(/间$/, '');
  if (typed === '') return done(null);
  if (!/^\d+$/.test(typed)) return failed('not-a-number', { given: text.trim().slice(0, 40) });
  return Number(typed) > 100_000 ? failed('out-of-range', { given: typed, min: '0', max: '100000' }) : done(String(Number(typed)));
}
