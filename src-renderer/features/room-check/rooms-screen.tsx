import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { roomColumnIds } from '#shared/domain/room-check/columns.ts';
import type { Problem } from '#shared/kit/problem.ts';
import { useDesk, useRecord } from '../../store/desk-context.tsx';
import { DataGrid, type DataGridHandle } from '../../ui/grid/data-grid.tsx';
import { createGridController, type GridController } from '../../ui/grid/grid-controller.ts';
import { useProblemText } from '../../ui/problem-text.ts';
import { FloorLine } from './floor-line.tsx';
import { LockedLine } from './locked-line.tsx';
import { useRefusedNoted } from './note-refused.ts';
import { RoomDrawer } from './room-drawer.tsx';
import { roomGridColumns } from './room-grid-columns.tsx';
import { RoomsModelProvider } from './rooms-context.tsx';
import { RoomsBar } from './rooms-bar.tsx';
import type { RoomsModel } from './rooms-model.ts';
import { roomsModelOf } from './rooms-of-desk.ts';
import { StatusLine } from './status-line.tsx';
import { VerdictVoice } from './verdict-voice.tsx';
import './rooms.css';

/** The room grid of an inspection: the heart of the product. Fills its container. */
export function RoomsScreen({ inspectionId }: { readonly inspectionId: string }) {
  const desk = useDesk();
  const model = useMemo(() => roomsModelOf(desk, inspectionId), [desk, inspectionId]);
  const loaded = useLoaded(model);
  return (
    <RoomsModelProvider model={model}>
      {loaded ? <Rooms key={inspectionId} model={model} /> : <div className="rooms" aria-busy="true" />}
    </RoomsModelProvider>
  );
}

export function useLoaded(model: RoomsModel): boolean {
  const [loadedModel, setLoadedModel] = useState<RoomsModel | null>(null);
  useEffect(() => {
    let stopped = false;
    void model.load().then(() => {
      if (!stopped) setLoadedModel(model);
    });
    return () => {
      stopped = true;
    };
  }, [model]);
  return loadedModel === model || model.isLoaded();
}

function Rooms({ model }: { readonly model: RoomsModel }) {
  const { t } = useTranslation('room-check');
  const inspection = useRecord(model.inspectionId);
  const columns = useMemo(() => roomGridColumns(t), [t]);
  const controller = useMemo(() => createGridController(model, columns), [model, columns]);
  const grid = useRef<DataGridHandle>(null);
  const jump = useRef<HTMLInputElement>(null);
  const [drawerOpen, setDrawerOpen] = useState(false);
  const sentence = useProblemText();
  const explain = useCallback((problem: Problem, column: string) => sentence(problem, columns.find((each) => each.key === column)?.title), [sentence, columns]);
  const focusGrid = useCallback(() => grid.current?.focus(), []);
  const goTo = useCallback((rowId: string) => {
    controller.select({ rowId, column: controller.state().active?.column ?? 0 });
    grid.current?.focus();
  }, [controller]);
  useFirstCell(model, controller, focusGrid);
  useRefusedNoted(model, t);
  useEffect(() => () => void model.cancel(), [model]);
  const openDetails = useCallback(() => setDrawerOpen((open) => !open), []);
  const closeDrawer = useCallback(() => {
    setDrawerOpen(false);
    grid.current?.focus();
  }, []);
  return (
    <div className="rooms">
      <RoomsBar model={model} jump={jump} onGo={goTo} onLeave={focusGrid} />
      <LockedLine inspection={inspection ?? null} />
      <div className="rooms-middle">
        <DataGrid
          handle={grid}
          model={model}
          controller={controller}
          columns={columns}
          label={t('grid.label')}
          newRowText={model.writable() ? t('grid.newRow') : ''}
          group={FloorLine}
          explain={explain}
          openDetails={openDetails}
          openJump={() => jump.current?.select()}
          leave={() => leaveGrid(jump.current)}
        />
        {drawerOpen ? <ActiveDrawer model={model} controller={controller} onClose={closeDrawer} onGo={goTo} /> : null}
      </div>
      <StatusLine model={model} />
      <VerdictVoice model={model} />
    </div>
  );
}

/** Into the drawer where it is open, else to the bar above. */
function leaveGrid(jump: HTMLInputElement | null): void {
  const drawer = document.querySelector<HTMLElement>('.rooms-drawer');
  (drawer?.querySelector<HTMLElement>('input:not([type="file"]), select, textarea, button') ?? jump)?.focus();
}

/** The drawer follows the active row. */
function ActiveDrawer(props: { readonly model: RoomsModel; readonly controller: GridController; readonly onClose: () => void; readonly onGo: (rowId: string) => void }) {
  const { model, controller, onClose } = props;
  const state = useSyncExternalStore(controller.onState, controller.state);
  const rowId = state.active?.rowId ?? null;
  return rowId === null || rowId === model.newRowId() ? null : <RoomDrawer key={rowId} model={model} rowId={rowId} onClose={onClose} />;
}

/** The first cell to fill is ready to be typed into. */
function useFirstCell(model: RoomsModel, controller: GridController, focus: () => void): void {
  useEffect(() => {
    if (controller.state().active) return;
    const first = model.rooms().find((row) => row.room.outcome === null) ?? model.rooms()[0];
    controller.select({ rowId: first?.id ?? model.newRowId(), column: first ? firstToFill : 0 });
    focus();
  }, [model, controller, focus]);
}

/** Behind room, floor, outcome, use, area and the kind of air conditioner: what is read off the panel. */
const firstToFill = roomColumnIds.indexOf('mode');
