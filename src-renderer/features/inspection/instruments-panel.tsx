import Button from '@mui/material/Button';
import { useTranslation } from 'react-i18next';
import { readInspection } from '#shared/domain/inspection/read-inspection.ts';
import { readDecimalWithin } from '#shared/kit/decimal.ts';
import { shanghaiDate } from '#shared/kit/shanghai-time.ts';
import type { JsonValue } from '#shared/kit/values.ts';
import { useDesk, useRecords } from '../../store/desk-context.tsx';
import { DateEntry } from '../../ui/date-entry.tsx';
import { ReadEntry, TextEntry } from '../../ui/fields.tsx';
import { nowInstant } from '../../ui/now.ts';
import { Panel } from '../../ui/page.tsx';
import { UnstoredScope } from '../../ui/unstored.ts';
import type { SetupPanelProps } from './setup-panels.tsx';

const blank = { name: '', number: '', certificateNo: '', validUntil: null, errorC: null };

/** 仪器 with certificate, validity and permissible error. */
export function InstrumentsPanel({ form, inspection, disabled }: SetupPanelProps) {
  const { t } = useTranslation('inspection');
  const desk = useDesk();
  const earlier = useEarlierInstruments(inspection.id, inspection.leadOfficerId);
  const day = shanghaiDate(inspection.startedAt ?? nowInstant());
  const add = async (items: readonly JsonValue[]): Promise<void> => {
    await desk.flush();
    await desk.edit([{ recordType: 'inspection', recordId: inspection.id, values: Object.fromEntries(items.map((item) => [`instruments/${desk.newId()}`, item])) }]);
  };
  return (
    <div id="setup-instruments">
      <Panel title={t('instruments')} about={t('instrumentsAbout')}>
        {inspection.instruments.map((instrument) => {
          const path = `instruments/${instrument.id}`;
          const stored = (form.record.fields[path] ?? blank) as Readonly<Record<string, JsonValue>>;
          const text = (part: 'name' | 'number' | 'certificateNo') => (
            <TextEntry label={t(`instrument.${part}`)} value={instrument[part]} maxLength={60} disabled={disabled} onLeave={form.leave} onValue={(value) => form.putPart(path, part, value, stored)} />
          );
          return (
            <UnstoredScope key={instrument.id} value={`${inspection.id}/${path}`}><div className="setup-instrument">
              {text('name')}
              {text('number')}
              {text('certificateNo')}
              <DateEntry
                label={t('instrument.validUntil')} value={instrument.validUntil} disabled={disabled} onLeave={form.leave} onValue={(value) => form.putPart(path, 'validUntil', value, stored)}
                warning={instrument.validUntil !== null && instrument.validUntil < day ? t('instrument.expired') : null}
              />
              <ReadEntry<string | null> label={t('instrument.errorC')} unit="℃" value={instrument.errorC} disabled={disabled} read={(typed) => readDecimalWithin(typed.replace(/^\s*[±+]/, ''), { min: '0', max: '5' }, ['°C', '℃'])} onLeave={form.leave} onValue={(value) => form.putPart(path, 'errorC', value, stored)} />
              <Button size="small" disabled={disabled} onClick={() => form.put(path, null)}>{t('instrument.remove')}</Button>
            </div></UnstoredScope>
          );
        })}
        {!disabled && (
          <div className="ui-row">
            <Button size="small" variant="outlined" onClick={() => void add([blank])}>{t('instrument.add')}</Button>
            {inspection.instruments.length === 0 && earlier.length > 0 && <Button size="small" onClick={() => void add(earlier)}>{t('instrument.asLast', { names: earlier.map((each) => each.name).join('、') })}</Button>}
          </div>
        )}
      </Panel>
    </div>
  );
}

/** What the lead officer used the last time: the same case of instruments goes along every day. */
function useEarlierInstruments(inspectionId: string, leadOfficerId: string) {
  const inspections = (useRecords('inspection') ?? []).filter((record) => record.recordId !== inspectionId && record.fields['leadOfficerId'] === leadOfficerId).map(readInspection);
  const last = inspections.filter((each) => each.instruments.length > 0).sort((a, b) => ((a.startedAt ?? '') < (b.startedAt ?? '') ? 1 : -1))[0];
  return (last?.instruments ?? []).map(({ name, number, certificateNo, validUntil, errorC }) => ({ name, number, certificateNo, validUntil, errorC }));
}
