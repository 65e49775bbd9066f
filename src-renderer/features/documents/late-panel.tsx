import Button from '@mui/material/Button';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { lateRooms, type LateRoom } from '#shared/domain/documents/late-rooms.ts';
import type { InspectionLock } from '#shared/domain/inspection/inspection.ts';
import type { Problem } from '#shared/kit/problem.ts';
import type { JsonValue } from '#shared/kit/values.ts';
import type { RecordState } from '#shared/sync/record-state.ts';
import { useDesk } from '../../store/desk-context.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { TextEntry } from '../../ui/fields.tsx';
import { Panel, Tag } from '../../ui/page.tsx';
import { ProblemLine } from '../../ui/problem-line.tsx';

type Decision = 'supplement-accepted' | 'supplement-rejected';

const words = { new: 'lateNew', changed: 'lateChanged', record: 'lateRecord' } as const;

/** 补充: what came after 定稿, rooms and entries into the inspection itself, each accepted or rejected by a person with a reason. What is locked stays. */
export function LatePanel(props: { readonly inspectionId: string; readonly mayWork: boolean; readonly lock: InspectionLock; readonly records: readonly RecordState[]; readonly amendments: readonly RecordState[] }) {
  const { inspectionId, mayWork, lock, records, amendments } = props;
  const { t } = useTranslation('documents');
  const [asking, setAsking] = useState<{ readonly room: LateRoom; readonly decision: Decision } | null>(null);
  const late = lateRooms(lock, records, amendments);
  if (late.length === 0) return null;
  return (
    <Panel title={t('late')} about={t('lateHint')}>
      <ul className="documents-late">
        {late.map((room) => (
          <li key={room.recordId}>
            <span>{t(words[room.what], { room: room.room })}</span>
            {room.decision ? (
              <Tag tone={room.decision === 'supplement-accepted' ? 'ok' : 'quiet'}>{t(room.decision === 'supplement-accepted' ? 'accepted' : 'rejected')}</Tag>
            ) : mayWork && (
              <span className="ui-row">
                <Button size="small" variant="outlined" onClick={() => setAsking({ room, decision: 'supplement-accepted' })}>{t('accept')}</Button>
                <Button size="small" variant="outlined" onClick={() => setAsking({ room, decision: 'supplement-rejected' })}>{t('reject')}</Button>
              </span>
            )}
          </li>
        ))}
      </ul>
      {asking && <DecisionDialog inspectionId={inspectionId} {...asking} onClose={() => setAsking(null)} />}
    </Panel>
  );
}

function DecisionDialog({ inspectionId, room, decision, onClose }: { readonly inspectionId: string; readonly room: LateRoom; readonly decision: Decision; readonly onClose: () => void }) {
  const { t } = useTranslation('documents');
  const desk = useDesk();
  const [reason, setReason] = useState('');
  const [problem, setProblem] = useState<Problem | null>(null);
  const decide = async (): Promise<boolean> => {
    const values: Record<string, JsonValue> = {
      inspectionId, targetRecordId: room.recordId, lateChangeIds: [...room.changeIds].slice(0, 500), decision, reason: reason.trim(), text: '', at: new Date().toISOString(),
    };
    const outcome = await desk.edit([{ recordType: 'amendment', recordId: desk.newId(), values }]);
    setProblem(outcome.ok ? null : outcome.problem);
    return outcome.ok;
  };
  const title = t(decision === 'supplement-accepted' ? 'accept' : 'reject');
  return (
    <ConfirmDialog title={`${title}：${room.what === 'record' ? t('amendWhole') : room.room}`} confirm={title} cancel={t('cancel')} disabled={reason.trim() === ''} onConfirm={decide} onClose={onClose}>
      <TextEntry autoFocus needed rows={2} label={t('decisionReason')} value={reason} maxLength={500} onValue={setReason} />
      {problem && <ProblemLine problem={problem} className="ui-problem" />}
    </ConfirmDialog>
  );
}
