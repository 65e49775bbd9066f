/** Beyond it a number is a record's, not a room's. */
const HIGHEST_FLOOR = 60;

/**
 * The floor that a room number names: 0301 and 301 → 3, 1203 → 12, B105 → B1, 2-0417 → 4 (building 2), A座1203 → 12.
 * '' when it names none. Only a first guess for a new row; the floor is a field of its own.
 */
export function floorOfRoom(room: string): string {
  const text = room.normalize('NFKC').trim().toUpperCase();
  const basement = /(?:^|[^A-Z0-9])(?:B|负|地下)(\d)/.exec(text);
  if (basement) return `B${basement[1] ?? ''}`;
  const number = /(\d{3,5})[A-Z]?\D{0,3}$/.exec(text)?.[1];
  if (number === undefined) return '';
  const floor = Number(number.slice(0, -2));
  return floor === 0 || floor > HIGHEST_FLOOR ? '' : String(floor);
}

/** One spelling of a room number for comparison: full-width digits, spaces and 室 aside. */
export function roomKey(room: string): string {
  return room.normalize('NFKC').replace(/\s+/g, '').replace(/[室房]$/, '').toUpperCase();
}
