import { formatCell } from '#shared/domain/room-check/cell-input.ts';
import { roomColumns } from '#shared/domain/room-check/columns.ts';
import type { JsonValue } from '#shared/kit/values.ts';
import { roomOf } from './room-row.ts';
import type { RoomsT } from './verdict-words.ts';

/** The heading of the column a field path belongs to. */
export function fieldTitle(t: RoomsT, path: string): string {
  const field = path.split('/')[0] ?? path;
  const column = roomColumns.find((each) => each.field === field);
  return column ? t(`column.${column.id}`) : t(`field.${field}`, { defaultValue: field });
}

/** A stored value as the grid would write it. */
export function showField(path: string, value: JsonValue): string {
  if (value === null) return '';
  const field = path.split('/')[0] ?? path;
  if (path.startsWith('readings/')) return `${(value as { valueC: string }).valueC} ℃`;
  if (path.startsWith('photos/')) return (value as { evidence: { sha256: string } }).evidence.sha256.slice(0, 8);
  const columns = roomColumns.filter((each) => each.field === field);
  if (columns.length > 0) {
    const room = roomOf('', { [path]: value });
    return columns.map((column) => formatCell(column.id, room)).filter((text) => text !== '').join(' ');
  }
  if (typeof value !== 'object') return String(value);
  return 'reason' in value ? String(value.reason) : '';
}

export function floorName(t: RoomsT, floor: string): string {
  return /[层楼F]$/.test(floor) ? floor : t('floor.name', { floor });
}
