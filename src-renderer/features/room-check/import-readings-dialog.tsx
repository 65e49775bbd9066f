import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '#shared/kit/problem.ts';
import type { Outcome } from '#shared/kit/outcome.ts';
import { ChoiceEntry, ManyEntry } from '../../ui/fields.tsx';
import { useProblemText } from '../../ui/problem-text.ts';
import { roomKey } from './floor-of-room.ts';
import { readTextFile } from './read-text-file.ts';
import { planReadings, readReadingsTable, valuesOfPlan, type ReadingsPlan, type ReadingsTable } from './readings-table.ts';
import { ReadingsPreview } from './readings-preview.tsx';
import { roomOf } from './room-row.ts';
import type { RoomsModel } from './rooms-model.ts';

type Chosen = { readonly table: ReadingsTable; readonly room: string; readonly readings: readonly string[] };

/** Readings from a table: paste or file, choose the columns, see what would happen, then all of it or nothing. */
export function ImportReadingsDialog({ model, onClose }: { readonly model: RoomsModel; readonly onClose: () => void }) {
  const { t } = useTranslation('room-check');
  const sentence = useProblemText();
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const plan = useMemo(() => (chosen ? planOf(model, chosen) : null), [model, chosen]);

  const take = (text: Outcome<string>): void => {
    const table = text.ok ? readReadingsTable(text.value) : text;
    setProblem(table.ok ? null : table.problem);
    setChosen(table.ok ? { table: table.value, room: String(table.value.roomColumn), readings: table.value.readingColumns.map(String) } : null);
  };
  const run = (): void => {
    if (!plan) return;
    const known = model.roomIndex();
    const values = valuesOfPlan(plan, (number) => known.get(roomKey(number))?.room ?? null, model.newId, (id) => roomOf(id, {}));
    if (!values.ok) {
      setProblem(values.problem);
      return;
    }
    model.editRooms(values.value);
    onClose();
  };
  const columns = chosen?.table.header.map((title, at) => [String(at), title === '' ? t('import.column', { at: at + 1 }) : title] as const) ?? [];
  return (
    <Dialog open disableRestoreFocus onClose={onClose} maxWidth="md" fullWidth>
      <DialogTitle>{t('import.title')}</DialogTitle>
      <DialogContent className="rooms-import">
        <Source onText={take} />
        {problem ? <p className="ui-field-problem" role="alert">{problem.detail?.['reason'] === 'no-header' ? t('import.noHeader') : sentence(problem)}</p> : null}
        {chosen ? (
          <div className="rooms-part-two">
            <ChoiceEntry label={t('import.roomColumn')} value={chosen.room} choices={columns} onValue={(room) => setChosen({ ...chosen, room: room ?? '0' })} />
            <ManyEntry label={t('import.readingColumns')} values={chosen.readings} choices={columns.filter(([at]) => at !== chosen.room)} onValues={(readings) => setChosen({ ...chosen, readings })} />
          </div>
        ) : null}
        {plan ? <ReadingsPreview plan={plan} /> : null}
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('cancel')}</Button>
        <Button variant="contained" disabled={!plan || plan.readings === 0 || plan.bad > 0} onClick={run}>
          {plan && plan.bad > 0 ? t('import.blocked', { count: plan.bad }) : t('import.run', { readings: plan?.readings ?? 0, rooms: (plan?.made ?? 0) + (plan?.matched ?? 0) })}
        </Button>
        {plan && plan.bad > 0 && plan.readings > 0 ? <Button variant="outlined" onClick={run}>{t('import.runGood', { count: plan.bad })}</Button> : null}
      </DialogActions>
    </Dialog>
  );
}

function planOf(model: RoomsModel, { table, room, readings }: Chosen): ReadingsPlan {
  const known = model.roomIndex();
  return planReadings(table, Number(room), readings.map(Number), (number) => known.has(roomKey(number)));
}

function Source({ onText }: { readonly onText: (text: Outcome<string>) => void }) {
  const { t } = useTranslation('room-check');
  const input = useRef<HTMLInputElement>(null);
  const read = async (file: File | undefined): Promise<void> => {
    if (file) onText(await readTextFile(file));
    if (input.current) input.current.value = '';
  };
  return (
    <>
      <div className="ui-row">
        <input ref={input} className="rooms-file" type="file" accept=".csv,.tsv,.txt,text/csv" aria-label={t('import.file')} onChange={(event) => void read(event.target.files?.[0])} />
        <button type="button" className="ui-small-button" onClick={() => input.current?.click()}>{t('import.file')}</button>
        <span className="ui-field-hint">{t('import.about')}</span>
      </div>
      <textarea
        className="ui-input is-text"
        rows={3}
        aria-label={t('import.paste')}
        placeholder={t('import.paste')}
        spellCheck={false}
        onPaste={(event) => {
          event.preventDefault();
          onText({ ok: true, value: event.clipboardData.getData('text/plain') });
        }}
        readOnly
      />
    </>
  );
}
