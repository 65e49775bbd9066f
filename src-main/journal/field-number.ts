import type { NewChange } from '#shared/journal/change.ts';

/** Last number given for each day `YYYYMMDD`, by this chain. */
export type FieldNumbers = Readonly<Record<string, number>>;

const LAST_NUMBER = 9999;

/** A change that makes a document: the one place where main looks into a record. */
function makesDocument(change: Pick<NewChange, 'recordType' | 'kind'>): boolean {
  return change.recordType === 'document' && change.kind === 'create';
}

/**
 * Gives a new document its 现场编号 `<chain code>-<YYYYMMDD>-<n>`: the day in Asia/Shanghai by the device's clock, n
 * counted on from the last one of that day, so that it never repeats even when the clock is set back. Null when the day
 * has no number left. A change that brings its own number keeps it.
 */
export function withFieldNumber(
  change: NewChange, given: FieldNumbers, chainCode: string, wall: string,
): { readonly change: NewChange; readonly given: FieldNumbers } | null {
  if (!makesDocument(change)) return { change, given };
  if (change.patch['fieldNumber']) return { change, given: noteFieldNumber(change, given, chainCode) };
  const day = shanghaiDay(wall);
  const number = (given[day] ?? 0) + 1;
  if (number > LAST_NUMBER) return null;
  const patch = { ...change.patch, fieldNumber: { was: null, to: `${chainCode}-${day}-${number}` } };
  return { change: { ...change, patch }, given: { ...given, [day]: number } };
}

/** Takes in the number of a document read back from the journal, or brought along. */
export function noteFieldNumber(change: Pick<NewChange, 'recordType' | 'kind' | 'patch'>, given: FieldNumbers, chainCode: string): FieldNumbers {
  const value = makesDocument(change) ? change.patch['fieldNumber']?.to : undefined;
  const match = typeof value === 'string' ? /^([A-Z0-9]{2,6})-(\d{8})-(\d{1,4})$/.exec(value) : null;
  const [, code, day = '', number] = match ?? [];
  if (code !== chainCode || Number(number) <= (given[day] ?? 0)) return given;
  return { ...given, [day]: Number(number) };
}

/** China has had one time zone and no summer time since 1991. */
function shanghaiDay(wall: string): string {
  return new Date(Date.parse(wall) + 8 * 3_600_000).toISOString().slice(0, 10).replaceAll('-', '');
}
