import * as z from 'zod';
import { fieldSchema as schemaIn, recordTypes, recordTypeSpec as specIn, type RecordRegistry, type RecordTypeSpec } from '#shared/domain/records.ts';

/** The record types of a later version: room checks have one more field there. */
export const newerRecords: RecordRegistry = {
  ...recordTypes,
  roomCheck: { ...recordTypes.roomCheck, fields: { ...recordTypes.roomCheck.fields, humidityPercent: z.string() } },
};

/** In the place of `domain/records.ts` for the laptop's check of what it writes: every laptop may be the later version. */
export function recordTypeSpec(name: string): RecordTypeSpec | null {
  return specIn(name, newerRecords);
}

export function fieldSchema(recordType: string, path: string): z.ZodType | null {
  return schemaIn(recordType, path, newerRecords);
}
