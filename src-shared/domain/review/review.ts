import * as z from 'zod';
import { Instant, Uuid } from '../../kit/values.ts';

/** recordType `review`: a section head approves an inspection or sends it back; never touches a signed paper. */
export const reviewFields = {
  inspectionId: Uuid,
  verdict: z.enum(['approved', 'sent-back']),
  comment: z.string().max(2000),
  at: Instant,
} as const;

/** recordType `handover`: hand-over of one inspection to the provincial platform, ticked 已录入 with its number. */
export const handoverFields = {
  inspectionId: Uuid,
  enteredAt: Instant.nullable(),
  platformNumber: z.string().max(80).nullable(),
} as const;
