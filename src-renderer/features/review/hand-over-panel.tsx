import Button from '@mui/material/Button';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Role } from '#shared/domain/people/people.ts';
import { mayWrite } from '#shared/domain/policy.ts';
import { handOver } from '#shared/domain/review/hand-over.ts';
import type { RoomCheck } from '#shared/domain/room-check/room-check.ts';
import type { Problem } from '#shared/kit/problem.ts';
import { shanghaiDateTime } from '#shared/kit/shanghai-time.ts';
import type { RecordState } from '#shared/sync/record-state.ts';
import { ask } from '../../bridge/bridge.ts';
import { useChildren, useDesk, useRecord } from '../../store/desk-context.tsx';
import { lockProblem } from '../../store/lock-check.ts';
import { useLockCheck } from '../../store/lock-check-context.tsx';
import { useMyRoles, useNames } from '../../store/use-names.ts';
import { ConflictPanel } from '../../ui/conflict-panel.tsx';
import { TextEntry } from '../../ui/fields.tsx';
import { ProblemLine } from '../../ui/problem-line.tsx';
import { sheetsToXlsx } from './sheets-to-xlsx.ts';
import { nowInstant } from '../../ui/now.ts';
import { useSeenRecord } from '../../ui/seen-record.ts';

/** One XLSX or JSON of the inspection for the provincial platform, and the tick 已录入 with its number there. */
export function HandOverPanel({ inspection, rooms }: { readonly inspection: RecordState; readonly rooms: readonly RoomCheck[] }) {
  const { t } = useTranslation('review');
  const desk = useDesk();
  const nameOf = useNames();
  const institution = useRecord(String(inspection.fields['institutionId'] ?? ''));
  const handovers = useChildren('handover', inspection.recordId);
  const record = handovers?.[0];
  const seen = useSeenRecord();
  const mayNote = mayWrite('handover', 'edit', useMyRoles(desk.session.officerId) as readonly Role[]);
  const enteredAt = (record?.fields['enteredAt'] ?? null) as string | null;
  const [newId] = useState(() => desk.newId());
  const recordId = record?.recordId ?? newId;
  const owner = record ? {} : { inspectionId: inspection.recordId };
  const [said, setSaid] = useState<{ readonly path: string } | Problem | null>(null);

  const { check, checkNow } = useLockCheck();
  const refused = check !== null && lockProblem(check) !== null;
  const save = async (kind: 'xlsx' | 'json'): Promise<void> => {
    const wrong = lockProblem(await checkNow());
    if (wrong) return setSaid(wrong);
    const made = handOver(inspection, institution ?? null, rooms, nameOf, nowInstant());
    const bytes = kind === 'json' ? new Uint8Array(new TextEncoder().encode(JSON.stringify(made.json, null, 2))) : await sheetsToXlsx(made.sheets);
    const outcome = await ask('file.save', { suggestedName: `${String(inspection.fields['institutionName'])}-${inspection.recordId.slice(0, 8)}.${kind}`, bytes });
    setSaid(outcome.ok ? outcome.value : outcome.problem);
  };
  const putNumber = (number: string): void => desk.draft({ recordType: 'handover', recordId, values: { ...owner, platformNumber: number.trim() === '' ? null : number }, over: seen.at(record ?? null) });
  const leaveNumber = (): void => {
    seen.leave();
    void desk.flush();
  };
  const tick = async (entered: boolean): Promise<void> => {
    await desk.flush();
    const outcome = await desk.edit([{ recordType: 'handover', recordId, values: { ...owner, enteredAt: entered ? nowInstant() : null }, over: record ?? null }]);
    if (!outcome.ok) setSaid(outcome.problem);
  };
  return (
    <section className="review-panel review-form">
      <div>
        <h2>{t('handOver')}</h2>
        <p className="review-hint">{t('handOverHint')}</p>
      </div>
      <div className="review-bar">
        <Button size="small" variant="outlined" disabled={refused} onClick={() => void save('xlsx')}>{t('xlsx')}</Button>
        <Button size="small" variant="outlined" disabled={refused} onClick={() => void save('json')}>{t('json')}</Button>
      </div>
      {said && ('code' in said ? <ProblemLine problem={said} className="review-problem" /> : <p className="review-hint">{t('saved', { path: said.path })}</p>)}
      {record && <ConflictPanel record={record} label={(path) => t(path === 'enteredAt' ? 'entered' : 'number')} show={(path, value) => (path === 'enteredAt' && typeof value === 'string' ? t('enteredAt', { at: shanghaiDateTime(value) }) : String(value ?? ''))} />}
      <TextEntry label={t('number')} value={String(record?.fields['platformNumber'] ?? '')} maxLength={80} disabled={!mayNote} onValue={putNumber} onLeave={leaveNumber} />
      <FormControlLabel control={<Checkbox size="small" disabled={!mayNote} checked={enteredAt !== null} onChange={(event) => void tick(event.target.checked)} />} label={t('entered')} />
      {enteredAt && <p className="review-hint">{t('enteredAt', { at: shanghaiDateTime(enteredAt) })}</p>}
    </section>
  );
}
