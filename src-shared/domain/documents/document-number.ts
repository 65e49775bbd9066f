import { dayNumber } from '../../kit/calendar-date.ts';
import type { DateText } from '../../kit/values.ts';

/** 机关代字〔年份〕n号: given by the office at 编号, without gaps per prefix and year. */
export type OfficialNumber = { readonly prefix: string; readonly year: number; readonly n: number };

/** 现场编号 `<chain code>-<YYYYMMDD>-<n>`: given offline by the laptop, never collides, printed beside the official number. */
export type FieldNumber = { readonly chainCode: string; readonly date: DateText; readonly n: number };

/**
 * Reads an official number as people write it; other brackets and a padded number are read too, so that a typed one can be compared. Null
 * when it is none. Writing them is the server's (casework/official-number.ts). docs/sources.md#numbering
 */
export function parseOfficialNumber(text: string): OfficialNumber | null {
  const match = /^(\p{Script=Han}{1,20})[〔[(【]((?:19|20)\d{2})[〕\])】]第?0*([1-9]\d{0,5})号$/u.exec(text.normalize('NFKC').replaceAll(/\s/g, ''));
  return match ? { prefix: match[1] ?? '', year: Number(match[2]), n: Number(match[3]) } : null;
}

export function fieldNumberText(number: FieldNumber): string {
  return `${number.chainCode}-${number.date.replaceAll('-', '')}-${number.n}`;
}

/** Null when it is no field number or its date does not exist. */
export function parseFieldNumber(text: string): FieldNumber | null {
  const match = /^([A-Z0-9]{2,6})-(\d{4})(\d{2})(\d{2})-([1-9]\d{0,3})$/.exec(text.trim());
  if (!match) return null;
  const date = `${match[2] ?? ''}-${match[3] ?? ''}-${match[4] ?? ''}`;
  return dayNumber(date) === null ? null : { chainCode: match[1] ?? '', date, n: Number(match[5]) };
}
