import Button from '@mui/material/Button';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '#shared/kit/problem.ts';
import { shanghaiDateTime } from '#shared/kit/shanghai-time.ts';
import type { JsonValue } from '#shared/kit/values.ts';
import type { RecordState } from '#shared/sync/record-state.ts';
import { useDesk } from '../../store/desk-context.tsx';
import { useNames } from '../../store/use-names.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { ChoiceEntry, TextEntry } from '../../ui/fields.tsx';
import { Panel } from '../../ui/page.tsx';
import { ProblemLine } from '../../ui/problem-line.tsx';

/** 补正: a new record that points at a locked one and says what is wrong in it. The locked one is never touched. */
export function AmendmentPanel({ inspectionId, mayWork, rooms, amendments }: { readonly inspectionId: string; readonly mayWork: boolean; readonly rooms: readonly RecordState[]; readonly amendments: readonly RecordState[] }) {
  const { t } = useTranslation('documents');
  const nameOf = useNames();
  const [asking, setAsking] = useState(false);
  const corrections = amendments.filter((record) => record.fields['decision'] === 'corrected').sort((a, b) => (String(a.fields['at']) < String(b.fields['at']) ? -1 : 1));
  const roomName = (id: string): string => (id === inspectionId ? t('amendWhole') : String(rooms.find((room) => room.recordId === id)?.fields['room'] ?? ''));
  return (
    <Panel title={t('amendments')} about={t('amendHint')}>
      {corrections.map((record) => (
        <p key={record.recordId} className="documents-line">
          {t('amendRow', { at: shanghaiDateTime(String(record.fields['at'])), name: nameOf(record.createdBy), reason: `${roomName(String(record.fields['targetRecordId']))} · ${String(record.fields['reason'])}` })}
          <small>{String(record.fields['text'] ?? '')}</small>
        </p>
      ))}
      {mayWork && <div className="ui-row"><Button size="small" variant="outlined" onClick={() => setAsking(true)}>{t('amend')}</Button></div>}
      {asking && <AmendmentDialog inspectionId={inspectionId} rooms={rooms} onClose={() => setAsking(false)} />}
    </Panel>
  );
}

function AmendmentDialog({ inspectionId, rooms, onClose }: { readonly inspectionId: string; readonly rooms: readonly RecordState[]; readonly onClose: () => void }) {
  const { t } = useTranslation('documents');
  const desk = useDesk();
  const [target, setTarget] = useState(inspectionId);
  const [reason, setReason] = useState('');
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<Problem | null>(null);
  const record = async (): Promise<boolean> => {
    const values: Record<string, JsonValue> = { inspectionId, targetRecordId: target, lateChangeIds: [], decision: 'corrected', reason: reason.trim(), text: text.trim(), at: new Date().toISOString() };
    const outcome = await desk.edit([{ recordType: 'amendment', recordId: desk.newId(), values }]);
    setProblem(outcome.ok ? null : outcome.problem);
    return outcome.ok;
  };
  const choices = [[inspectionId, t('amendWhole')] as const, ...rooms.map((room) => [room.recordId, String(room.fields['room'] ?? '')] as const)];
  return (
    <ConfirmDialog title={t('amend').replace('…', '')} confirm={t('amendSave')} cancel={t('cancel')} disabled={reason.trim() === ''} onConfirm={record} onClose={onClose}>
      <ChoiceEntry label={t('amendTarget')} value={target} choices={choices} onValue={(value) => setTarget(value ?? inspectionId)} />
      <TextEntry autoFocus needed rows={2} label={t('amendReason')} value={reason} maxLength={500} onValue={setReason} />
      <TextEntry rows={4} label={t('amendText')} value={text} maxLength={2000} onValue={setText} />
      {problem && <ProblemLine problem={problem} className="ui-problem" />}
    </ConfirmDialog>
  );
}
