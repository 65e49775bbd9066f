import * as z from 'zod';
import { Instant, Sha256 } from '../../kit/values.ts';

/** A stored original. It never enters IndexedDB; a record may arrive before its bytes. */
export const EvidenceRef = z.strictObject({
  sha256: Sha256,
  mediaType: z.string().regex(/^[a-z]+\/[a-z0-9.+-]{1,80}$/),
  byteLength: z.number().int().min(0),
  /** The maker's claim (camera or file time); null when unknown. */
  capturedAt: Instant.nullable(),
});
export type EvidenceRef = Readonly<z.infer<typeof EvidenceRef>>;

/** door-plate 门牌, panel 面板, thermometer 温度计. */
export const Photo = z.strictObject({
  evidence: EvidenceRef,
  subject: z.enum(['door-plate', 'panel', 'thermometer', 'after-correction', 'other']),
  note: z.string().max(200),
});
export type Photo = Readonly<z.infer<typeof Photo>>;
