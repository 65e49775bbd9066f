import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { InspectionStanding } from '#shared/domain/review/inspection-standing.ts';
import type { RoomFigures } from '#shared/domain/room-check/room-figures.ts';
import { shanghaiDate } from '#shared/kit/shanghai-time.ts';
import type { RecordState } from '#shared/sync/record-state.ts';
import { useRecords } from '../../store/desk-context.tsx';
import { useNames } from '../../store/use-names.ts';
import { useRoomFigures } from '../../store/use-room-figures.ts';
import { navigate } from '../../ui/navigation.ts';
import { Tag, type TagTone } from '../../ui/page.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';

export type InspectionRow = { readonly record: RecordState; readonly standing: InspectionStanding; readonly comment: string };

const tones: Readonly<Record<InspectionStanding, TagTone>> = { 'in-work': 'quiet', concluded: 'toVerify', approved: 'ok', 'sent-back': 'exceeds' };

export function InspectionTable({ rows }: { readonly rows: readonly InspectionRow[] }) {
  const { t } = useTranslation('inspection');
  const nameOf = useNames();
  const institutions = useRecords('institution');
  const ids = useMemo(() => rows.map(({ record }) => record.recordId), [rows]);
  const figuresOf = useRoomFigures(ids);
  const samples = useMemo(() => new Set((institutions ?? []).filter(({ fields }) => fields['sample'] === true).map(({ recordId }) => recordId)), [institutions]);
  return (
    <div className="ui-table-wrap">
      <table className="ui-table" aria-label={t('title')}>
        <thead><tr>{(['unit', 'task', 'date', 'lead', 'progress', 'findings', 'state'] as const).map((name) => <th key={name} scope="col">{t(`columns.${name}`)}</th>)}</tr></thead>
        <tbody>
          {rows.map(({ record, standing, comment }) => {
            const { fields, recordId } = record;
            const path = `/inspections/${recordId}/${fields['lock'] ? 'papers' : fields['startedAt'] ? 'rooms' : 'setup'}`;
            return (
              <tr key={recordId} className="is-link" onClick={() => navigate(path)}>
                <td><a href={`#${path}`} onClick={(event) => event.stopPropagation()}>{String(fields['institutionName'] ?? '')}</a>{samples.has(String(fields['institutionId'])) && <> <Tag tone="demo">{t('sample')}</Tag></>}</td>
                <td>{String(fields['title'] ?? '')}</td>
                <td className="is-nowrap">{fields['startedAt'] ? shanghaiDate(String(fields['startedAt'])) : <span className="ui-muted">{t('notStarted')}</span>}</td>
                <td className="is-nowrap">{nameOf(fields['leadOfficerId'] as string | null)}</td>
                <td className="is-nowrap"><Progress figures={figuresOf(recordId)} /></td>
                <td className="is-nowrap"><Findings figures={figuresOf(recordId)} /></td>
                <td className="is-nowrap"><span title={comment}><Tag tone={tones[standing]}>{t(`standings.${standing}`)}</Tag></span></td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {rows.length === 0 && <p className="ui-empty">{t('notFound')}</p>}
    </div>
  );
}

function Progress({ figures }: { readonly figures: RoomFigures | undefined }) {
  const { t } = useTranslation('inspection');
  if (!figures) return null;
  return <span className="inspections-progress"><progress value={figures.done} max={Math.max(1, figures.total)} aria-hidden="true" />{t('rooms', { done: figures.done, total: figures.total })}</span>;
}

function Findings({ figures }: { readonly figures: RoomFigures | undefined }) {
  const { t } = useTranslation('inspection');
  if (!figures) return null;
  if (figures.exceeding === 0 && figures.toVerify === 0) return <span className="ui-muted">{figures.applicable > 0 ? t('noneExceeding') : ''}</span>;
  return (
    <span className="inspections-findings">
      {figures.exceeding > 0 && <VerdictMark verdict="exceeds" text={t('exceeding', { count: figures.exceeding })} />}
      {figures.toVerify > 0 && <VerdictMark verdict="to-verify" text={t('toVerify', { count: figures.toVerify })} />}
    </span>
  );
}
