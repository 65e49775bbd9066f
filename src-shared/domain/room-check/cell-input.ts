import { readTimeInput } from '../../kit/calendar-date.ts';
import { readDecimalWithin } from '../../kit/decimal.ts';
import { done, failed, type Outcome } from '../../kit/outcome.ts';
import type { JsonValue } from '../../kit/values.ts';
import { shanghaiTimeOfDay } from '../../kit/shanghai-time.ts';
import { choiceLabel, roomColumn, type Choice, type RoomColumn, type RoomColumnId } from './columns.ts';
import type { RoomCheck } from './room-check.ts';
import { readTemperatureInput } from './temperature-input.ts';

const areaRange = { min: '0.1', max: '99999' };
const areaUnits = ['m2', 'm²', '平方米', '平米', '平'];

/**
 * Reads what was typed or pasted into one cell. The value per kind: text → string; decimal → decimal text or null;
 * choice → its value or null; flag → boolean or null; readings → array of decimal texts; time → `HH:MM` or null.
 * Empty is null (text: ''), never 0. Problems carry {field: column id, given, …}: `not-a-number` (reason),
 * `out-of-range` (min, max), `field-too-long` (limit), `invalid-input` (reason unknown-choice | ambiguous-choice with
 * `choices`, too-many-readings with `limit`, not-a-time).
 */
export function parseCell(columnId: RoomColumnId, text: string): Outcome<JsonValue> {
  const read = parseByKind(roomColumn(columnId), text);
  if (read.ok) return read;
  return failed(read.problem.code, { field: columnId, ...read.problem.detail });
}

function parseByKind(column: RoomColumn, text: string): Outcome<JsonValue> {
  switch (column.kind) {
    case 'text':
      return parseText(text, column.maxLength);
    case 'decimal':
      return column.id === 'areaM2' ? readDecimalWithin(text, areaRange, areaUnits) : readTemperatureInput(text, 'set');
    case 'choice':
      return parseChoice(column.choices, text);
    case 'flag': {
      const picked = parseChoice(column.choices, text);
      return picked.ok ? done(picked.value === null ? null : picked.value === 'yes') : picked;
    }
    case 'readings':
      return parseReadings(text);
    case 'time':
      return readTimeInput(text);
  }
}

/** What the cell shows and what is copied to Excel; `parseCell` reads it back to the same value. */
export function formatCell(columnId: RoomColumnId, room: RoomCheck): string {
  const column = roomColumn(columnId);
  switch (columnId) {
    case 'readings':
      return room.readings.map((reading) => reading.valueC).join(' ');
    case 'occupied':
      return room.occupied === null ? '' : choiceLabel(column.choices, room.occupied ? 'yes' : 'no');
    case 'adjustedToC':
      return room.adjusted?.toC ?? '';
    case 'adjustedAt':
      return room.adjusted ? shanghaiTimeOfDay(room.adjusted.at) : '';
    case 'specialUse':
      return room.specialUse?.reason ?? '';
    case 'approvedNeed':
      return room.approvedNeed?.reason ?? '';
    case 'approvalDocument':
      return room.approvedNeed?.approvalDocument ?? '';
    default: {
      const value = (room[columnId] ?? '') as string;
      return column.kind === 'choice' ? choiceLabel(column.choices, value) : value;
    }
  }
}

/** Control characters and half characters (lone surrogates) are dropped: neither hashing nor printing can take them. */
function parseText(text: string, limit: number): Outcome<string> {
  const plain = text.replaceAll(/\r\n?/g, '\n').replaceAll(/(?![\n\t])[\p{Cc}\p{Cs}]/gu, '').trim();
  return plain.length > limit ? failed('field-too-long', { limit, length: plain.length }) : done(plain);
}

/**
 * A choice by its exact label, an alias, its number key (1 is the first), its value, or the start of its pinyin
 * initials or label as long as only one choice starts so: `s` picks 送风, `z` could be 制冷 or 制热 and is refused.
 */
export function parseChoice(choices: readonly Choice[], text: string): Outcome<string | null> {
  const typed = text.normalize('NFKC').trim().toLowerCase();
  if (typed === '') return done(null);
  const byNumber = /^[1-9]$/.test(typed) ? choices[Number(typed) - 1] : undefined;
  const exact = byNumber ?? choices.find((each) => namesOf(each).includes(typed));
  if (exact) return done(exact.value);
  const started = choices.filter((each) => namesOf(each).some((name) => name.startsWith(typed)));
  const [only] = started;
  if (only && started.length === 1) return done(only.value);
  const options = (started.length > 0 ? started : choices).map((each) => each.zh).join('、');
  return failed('invalid-input', { reason: started.length > 0 ? 'ambiguous-choice' : 'unknown-choice', given: text.trim().slice(0, 40), choices: options });
}

function namesOf(choice: Choice): readonly string[] {
  return [choice.zh, choice.initials, choice.value, ...choice.aliases].map((name) => name.toLowerCase());
}

export const MAX_READINGS = 50;

/**
 * Readings of one room in one cell, divided by spaces, line breaks, `、` `，` `；` `;` or `/`. A half-width comma divides
 * only before a space: `26,5` could be one reading or two and is refused.
 */
function parseReadings(text: string): Outcome<readonly string[]> {
  const values: string[] = [];
  for (const part of text.split(/[\s、，；;/／]+|,\s+/)) {
    const read = readTemperatureInput(part, 'reading');
    if (!read.ok) return read;
    if (read.value !== null) values.push(read.value);
  }
  return values.length > MAX_READINGS ? failed('invalid-input', { reason: 'too-many-readings', limit: MAX_READINGS }) : done(values);
}
