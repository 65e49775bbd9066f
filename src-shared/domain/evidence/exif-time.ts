import { dateOfDay, dayNumber } from '../../kit/calendar-date.ts';
import type { Instant } from '../../kit/values.ts';

/**
 * When a photo was taken by the camera's own clock: DateTimeOriginal of a JPEG's EXIF block, with its fraction and its
 * zone where it has one, else as Shanghai time (cameras and phones here run on it). Null when there is none or the
 * bytes are damaged: garbage is never an error, only no time. The maker's claim, not a proof; the first 256 KB are
 * enough. Source: CIPA DC-008 (Exif 2.32), tags 0x9003, 0x9291, 0x9011.
 */
export function exifCaptureTime(bytes: Uint8Array): Instant | null {
  const tiff = tiffBlock(bytes);
  if (!tiff) return null;
  const exifAt = entryValue(tiff, tiff.u32(4), tags.exifPointer);
  if (exifAt === null) return null;
  const exif = tiff.u32(exifAt);
  const taken = textOf(tiff, exif, tags.dateTimeOriginal);
  return taken === null ? null : instantOf(taken, textOf(tiff, exif, tags.subSecond), textOf(tiff, exif, tags.offset));
}

const tags = { exifPointer: 0x8769, dateTimeOriginal: 0x9003, subSecond: 0x9291, offset: 0x9011 } as const;
/** More entries than any camera writes: beyond it the count is damage. */
const MOST_ENTRIES = 500;

/** Reads numbers in the byte order of the block; beyond its end everything is 0. */
type Tiff = { readonly length: number; u8(at: number): number; u16(at: number): number; u32(at: number): number };

function tiffBlock(bytes: Uint8Array): Tiff | null {
  const u8 = (at: number): number => bytes[at] ?? 0;
  if (u8(0) !== 0xff || u8(1) !== 0xd8) return null;
  for (let at = 2; at + 10 < bytes.length && u8(at) === 0xff; ) {
    const size = u8(at + 2) * 256 + u8(at + 3);
    // Exif\0\0
    const isExif = u8(at + 1) === 0xe1 && u8(at + 4) === 0x45 && u8(at + 5) === 0x78 && u8(at + 6) === 0x69 && u8(at + 7) === 0x66;
    if (isExif) return tiffAt(bytes.subarray(at + 10, at + 2 + size));
    if (size < 2 || u8(at + 1) === 0xda) return null;
    at += 2 + size;
  }
  return null;
}

function tiffAt(block: Uint8Array): Tiff | null {
  const u8 = (at: number): number => block[at] ?? 0;
  const little = u8(0) === 0x49 && u8(1) === 0x49;
  if (!little && !(u8(0) === 0x4d && u8(1) === 0x4d)) return null;
  const u16 = (at: number): number => (little ? u8(at) + u8(at + 1) * 256 : u8(at) * 256 + u8(at + 1));
  const u32 = (at: number): number => (little ? u16(at) + u16(at + 2) * 65536 : u16(at) * 65536 + u16(at + 2));
  return u16(2) === 42 ? { length: block.length, u8, u16, u32 } : null;
}

/** Where the value of a tag stands: in the entry itself, or where the entry points when it is longer than four bytes. */
function entryValue(tiff: Tiff, directory: number, tag: number): number | null {
  if (directory < 8 || directory + 2 > tiff.length) return null;
  const count = Math.min(tiff.u16(directory), MOST_ENTRIES);
  for (let index = 0; index < count; index += 1) {
    const entry = directory + 2 + index * 12;
    if (entry + 12 > tiff.length) return null;
    if (tiff.u16(entry) !== tag) continue;
    const isLong = tiff.u16(entry + 2) === 2 && tiff.u32(entry + 4) > 4;
    return isLong ? tiff.u32(entry + 8) : entry + 8;
  }
  return null;
}

function textOf(tiff: Tiff, directory: number, tag: number): string | null {
  const at = entryValue(tiff, directory, tag);
  if (at === null || at >= tiff.length) return null;
  let text = '';
  for (let offset = at; offset < at + 24; offset += 1) {
    const code = tiff.u8(offset);
    if (code < 0x20 || code > 0x7e) break;
    text += String.fromCharCode(code);
  }
  return text.trim();
}

function instantOf(taken: string, fraction: string | null, zone: string | null): Instant | null {
  const match = /^(\d{4})[:\-/](\d{2})[:\-/](\d{2})[ T](\d{2}):(\d{2}):(\d{2})/.exec(taken);
  if (!match) return null;
  const [, year = '', month = '', day = '', hour = '', minute = '', second = ''] = match;
  const days = dayNumber(`${year}-${month}-${day}`);
  if (days === null || Number(year) < 1970 || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return null;
  const minutes = Number(hour) * 60 + Number(minute) - offsetMinutes(zone);
  const shift = Math.floor(minutes / 1440);
  const left = minutes - shift * 1440;
  const ms = /^\d+/.exec(fraction ?? '')?.[0].slice(0, 3).padEnd(3, '0') ?? '000';
  return `${dateOfDay(days + shift)}T${two(Math.floor(left / 60))}:${two(left % 60)}:${second}.${ms}Z`;
}

function offsetMinutes(zone: string | null): number {
  const match = /^([+-])(\d{2}):(\d{2})/.exec(zone ?? '');
  if (!match) return 8 * 60;
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  return match[1] === '-' ? -minutes : minutes;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
