import type { ReactNode } from 'react';
import { formatCell } from '#shared/domain/room-check/cell-input.ts';
import { choiceLabel, roomColumns, type Choice, type RoomColumn, type RoomColumnId } from '#shared/domain/room-check/columns.ts';
import { shanghaiTimeOfDay } from '#shared/kit/shanghai-time.ts';
import type { GridChoice, GridColumn } from '../../ui/grid/grid-types.ts';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import type { RoomRow } from './room-row.ts';
import { verdictReason, verdictWord, type RoomsT } from './verdict-words.ts';

type Look = { readonly widthPx: number; readonly grow?: number; readonly align?: 'end' };

/** Least widths: every heading and every usual value fits at 14 px, and nothing moves when a value comes. */
const looks: Readonly<Record<RoomColumnId, Look>> = {
  room: { widthPx: 92 }, floor: { widthPx: 48 }, outcome: { widthPx: 76 }, use: { widthPx: 84, grow: 1 }, areaM2: { widthPx: 52, align: 'end' },
  conditionerKind: { widthPx: 52 }, conditionerControl: { widthPx: 78 }, mode: { widthPx: 52 }, setTemperatureC: { widthPx: 52, align: 'end' },
  setReadBy: { widthPx: 78 }, readings: { widthPx: 118, grow: 1 }, openings: { widthPx: 78 }, occupied: { widthPx: 48 },
  adjustedToC: { widthPx: 70, align: 'end' }, adjustedAt: { widthPx: 70, align: 'end' }, specialUse: { widthPx: 88, grow: 1 },
  approvedNeed: { widthPx: 88, grow: 1 }, approvalDocument: { widthPx: 88, grow: 1 }, remarks: { widthPx: 110, grow: 2 },
};
const verdictWidthPx = { setting: 148, measured: 158 };

/** The columns of the room grid in the language of the screen: those of the record, the photos, and the two verdicts. */
export function roomGridColumns(t: RoomsT): readonly GridColumn<RoomRow>[] {
  return [...roomColumns.map((column) => recordColumn(t, column)), photosColumn(t), settingColumn(t), measuredColumn(t)];
}

function recordColumn(t: RoomsT, column: RoomColumn): GridColumn<RoomRow> {
  const { id } = column;
  const look = looks[id];
  const draw = drawing(t, column);
  return {
    key: id,
    title: t(`column.${id}`),
    hint: t(`hint.${id}`, { defaultValue: '' }),
    widthPx: look.widthPx,
    grow: look.grow ?? 0,
    align: look.align ?? 'start',
    clip: column.choices.length === 0 && column.kind !== 'time',
    pin: id === 'room' ? 'start' : null,
    editable: true,
    choices: column.choices.length > 0 ? column.choices.map((choice) => gridChoice(t, column, choice)) : null,
    text: (row) => row.refused[id]?.text ?? formatCell(id, row.room),
    rejection: (row) => row.refused[id]?.problem ?? null,
    ...(draw ? { draw } : {}),
  };
}

function gridChoice(t: RoomsT, column: RoomColumn, choice: Choice): GridChoice {
  return { value: choice.value, label: choice.zh, shown: shownChoice(t, column, choice), initials: choice.initials };
}

function shownChoice(t: RoomsT, column: RoomColumn, choice: Choice): string {
  return t(`choice.${column.id}.${choice.value}`, { defaultValue: choice.zh });
}

function drawing(t: RoomsT, column: RoomColumn): ((row: RoomRow) => ReactNode) | null {
  if (column.id === 'room') return (row) => <RoomNumber row={row} t={t} />;
  if (column.id === 'readings') return (row) => <span title={readingTimes(row)}>{formatCell('readings', row.room)}</span>;
  if (column.choices.length === 0) return null;
  const shown = new Map(column.choices.map((choice) => [choiceLabel(column.choices, choice.value), shownChoice(t, column, choice)]));
  return (row) => {
    const label = formatCell(column.id, row.room);
    return shown.get(label) ?? label;
  };
}

function readingTimes(row: RoomRow): string | undefined {
  if (row.room.readings.length === 0) return undefined;
  return row.room.readings.map((reading) => `${reading.valueC} ℃  ${reading.at ? shanghaiTimeOfDay(reading.at) : '—'}`).join('\n');
}

function RoomNumber({ row, t }: { readonly row: RoomRow; readonly t: RoomsT }) {
  return (
    <>
      {row.room.room}
      {row.conflicts > 0 ? <span className="rooms-flag is-conflict" title={t('mark.conflictHint', { count: row.conflicts })}>{t('mark.conflict')}</span> : null}
      {row.late > 0 ? <span className="rooms-flag is-late" title={t('mark.lateHint', { count: row.late })}>{t('mark.late')}</span> : null}
    </>
  );
}

const computed = { grow: 0, align: 'start', clip: false, editable: false, choices: null, rejection: () => null } as const;

function photosColumn(t: RoomsT): GridColumn<RoomRow> {
  const text = (row: RoomRow): string => (row.room.photos.length > 0 ? String(row.room.photos.length) : row.room.noPhoto ? t('photos.none') : '');
  return { ...computed, key: 'photos', title: t('column.photos'), hint: t('hint.photos'), widthPx: 48, pin: null, text };
}

function settingColumn(t: RoomsT): GridColumn<RoomRow> {
  const text = (row: RoomRow): string => (row.isNew ? '' : verdictWord(t, row.setting));
  const draw = (row: RoomRow): ReactNode =>
    row.isNew ? null : (
      <span className="rooms-verdict" title={verdictReason(t, row.setting)}>
        <VerdictMark verdict={row.setting.kind} text={verdictWord(t, row.setting)} />
        {row.room.adjusted ? <span className="rooms-flag" title={t('mark.adjustedHint', { to: row.room.adjusted.toC })}>{t('mark.adjusted')}</span> : null}
      </span>
    );
  return { ...computed, key: 'verdict-setting', title: t('column.verdictSetting'), hint: t('hint.verdictSetting'), widthPx: verdictWidthPx.setting, pin: 'end', text, draw };
}

function measuredColumn(t: RoomsT): GridColumn<RoomRow> {
  const text = (row: RoomRow): string => (row.isNew ? '' : verdictWord(t, row.measured));
  const draw = (row: RoomRow): ReactNode =>
    row.isNew ? null : (
      <span className="rooms-verdict" title={measuredHint(t, row)}>
        <VerdictMark verdict={row.measured.kind} text={verdictWord(t, row.measured)} />
        {row.lead ? <span className="rooms-flag is-lead">{row.measured.withinInstrumentError ? t('mark.withinError') : t('mark.lead')}</span> : null}
      </span>
    );
  return { ...computed, key: 'verdict-measured', title: t('column.verdictMeasured'), hint: t('hint.verdictMeasured'), widthPx: verdictWidthPx.measured, pin: 'end', text, draw };
}

function measuredHint(t: RoomsT, { measured, lead }: RoomRow): string {
  const parts = [verdictReason(t, measured)];
  if (measured.valueC !== null) parts.push(t('verdict.mean', { value: `${measured.valueExact ? '' : '≈'}${measured.valueC}` }));
  if (measured.withinInstrumentError) parts.push(t('mark.withinErrorHint'));
  else if (lead) parts.push(t('mark.leadHint'));
  return parts.join(' · ');
}
