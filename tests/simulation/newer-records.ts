import * as z from 'zod';
import { fieldSchema as knownSchema, recordTypeSpec as knownSpec } from '#shared/domain/records.ts';

/** The record types of a later version, for the laptop's check of what it writes: room checks have one more field there. */
export const recordTypeSpec = knownSpec;

export function fieldSchema(recordType: string, field: string): z.ZodType | null {
  return recordType === 'roomCheck' && field === 'humidityPercent' ? z.string() : knownSchema(recordType, field);
}
