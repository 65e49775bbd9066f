import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { expect, test } from 'vitest';
import { emptyRecord, type RecordState } from '#shared/sync/record-state.ts';
import { DeskProvider, useRecord } from '../../../src-renderer/store/desk-context.tsx';
import type { Desk } from '../../../src-renderer/store/desk.ts';

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

const record = (recordId: string): RecordState => ({ ...emptyRecord({ recordId, recordType: 'roomCheck', officeId: 'o', officerId: 'p' }), fields: { room: recordId } });

/** A desk whose reads end when the test says so. */
function slowDesk() {
  const reads: { readonly id: string; readonly end: (found: RecordState | Error) => void }[] = [];
  const listeners = new Set<(changed: ReadonlySet<string>, foreign: boolean) => void>();
  const desk = {
    get: (id: string) => new Promise<RecordState | null>((resolve, reject) => reads.push({ id, end: (found) => (found instanceof Error ? reject(found) : resolve(found)) })),
    onRecords(listener: (changed: ReadonlySet<string>, foreign: boolean) => void) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  return { desk: desk as unknown as Desk, reads, changed: (id: string) => listeners.forEach((listener) => listener(new Set([id]), true)) };
}

function Shown({ id }: { readonly id: string }) {
  const found = useRecord(id);
  return <p>{found ? String(found.fields['room']) : 'reading'}</p>;
}

test('a room opened after another never shows the other one, however late that is read', async () => {
  const { desk, reads } = slowDesk();
  const place = document.createElement('div');
  const root = createRoot(place);
  const show = (id: string): Promise<void> => act(async () => root.render(<DeskProvider desk={desk}><Shown id={id} /></DeskProvider>));
  await show('first');
  await act(async () => reads[0]?.end(record('first')));
  expect(place.textContent).toBe('first');
  await show('second');
  expect(place.textContent, 'not the room that was open before').toBe('reading');
  await show('third');
  await act(async () => reads[2]?.end(record('third')));
  await act(async () => reads[1]?.end(record('second')));
  expect(place.textContent).toBe('third');
  await act(async () => root.unmount());
});
