import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { expect, test } from 'vitest';
import type { JsonValue } from '#shared/kit/values.ts';
import { emptyRecord, type RecordState } from '#shared/sync/record-state.ts';
import { DeskProvider } from '../../../src-renderer/store/desk-context.tsx';
import type { Desk, SaveState } from '../../../src-renderer/store/desk.ts';
import { useRecordForm } from '../../../src-renderer/ui/record-form.ts';

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

const stored = (officerIds: readonly string[]): RecordState =>
  ({ ...emptyRecord({ recordId: 'i', recordType: 'inspection', officeId: 'o', officerId: 'p' }), fields: { officerIds: [...officerIds] } });

function Boxes({ record }: { readonly record: RecordState }) {
  const form = useRecordForm(record);
  const chosen = form.record.fields['officerIds'] as readonly string[];
  return ['lin', 'zhou', 'he'].map((id) => (
    <input key={id} id={id} type="checkbox" checked={chosen.includes(id)} onChange={(event) => form.put('officerIds', event.target.checked ? [...chosen, id] : chosen.filter((each) => each !== id))} />
  ));
}

async function opened(record: RecordState) {
  const drafted: JsonValue[] = [];
  let state: SaveState = { kind: 'saved' };
  const desk = {
    draft: ({ values }: { readonly values: Record<string, JsonValue> }) => {
      drafted.push(values['officerIds'] ?? null);
      state = { kind: 'waiting' };
    },
    saveState: () => state,
  } as unknown as Desk;
  const place = document.createElement('div');
  document.body.append(place);
  const root = createRoot(place);
  const show = (next: RecordState): Promise<void> => act(async () => root.render(<DeskProvider desk={desk}><Boxes record={next} /></DeskProvider>));
  await show(record);
  const box = (id: string): HTMLInputElement => place.querySelector(`#${id}`) as HTMLInputElement;
  return { drafted, show, box, tick: (id: string) => act(async () => box(id).click()), saved: () => (state = { kind: 'saved' }) };
}

test('two people ticked one right after the other are both taken, before anything is stored', async () => {
  const { tick, box, drafted } = await opened(stored(['lin']));
  await tick('zhou');
  expect(box('zhou').checked, 'a tick shows at once').toBe(true);
  await tick('he');
  expect(drafted.at(-1)).toEqual(['lin', 'zhou', 'he']);
});

test('what another person stored shows as soon as nothing of mine is waiting', async () => {
  const { tick, box, show, saved } = await opened(stored(['lin']));
  await tick('zhou');
  await show(stored(['lin', 'he']));
  expect(box('zhou').checked, 'my tick is not stored yet and stays').toBe(true);
  saved();
  await show(stored(['lin']));
  expect([box('lin').checked, box('zhou').checked, box('he').checked]).toEqual([true, false, false]);
});
