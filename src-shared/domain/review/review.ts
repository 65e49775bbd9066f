import * as z from 'zod';
import { Instant, Sha256, Uuid } from '../../kit/values.ts';

/** recordType `review`: a section head approves an inspection or sends it back; never touches a signed paper. */
export const reviewFields = {
  inspectionId: Uuid,
  verdict: z.enum(['approved', 'sent-back']),
  comment: z.string().max(2000),
  at: Instant,
  /** Id of the change that locked what was judged; null: it was not concluded yet. Reviews from before this field lack it. */
  lockId: Sha256.nullable(),
  /** The reviews of this inspection that were the latest when this one was written. */
  follows: z.array(Uuid).max(100),
} as const;

/** recordType `handover`: hand-over of one inspection to the provincial platform, ticked 已录入 with its number. */
export const handoverFields = {
  inspectionId: Uuid,
  enteredAt: Instant.nullable(),
  platformNumber: z.string().max(80).nullable(),
} as const;
