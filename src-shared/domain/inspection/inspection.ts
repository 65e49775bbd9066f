import * as z from 'zod';
import { DateText, DecimalText, Instant, Sha256, Uuid } from '../../kit/values.ts';
import { PrintedFacts } from './printed-facts.ts';

export const Instrument = z.strictObject({
  name: z.string().max(60), number: z.string().max(60), certificateNo: z.string().max(60), validUntil: DateText.nullable(),
  /** Permissible error ± °C as on the certificate; a reading within it of the limit proves nothing. */
  errorC: DecimalText.nullable(),
});
export type Instrument = Readonly<z.infer<typeof Instrument>>;

/** Person of the inspected unit who accompanies. */
export const Accompanying = z.strictObject({ name: z.string().max(40), post: z.string().max(40), telephone: z.string().max(40) });
/** random 现场随机, by-floor 按楼层, designated 指定. */
export const Sampling = z.strictObject({ method: z.enum(['random', 'by-floor', 'designated']), by: z.string().max(40), note: z.string().max(200) });
export const Recusal = z.strictObject({ asked: z.boolean(), answer: z.string().max(200) });

/**
 * 定稿锁定. `seen` is the lead officer's view when concluding: per chain the highest seq that was on the desk.
 * A change to a covered record beyond it is late: a supplement that a person accepts or rejects. Order independent.
 */
export const InspectionLock = z.strictObject({
  lockedAt: Instant,
  lockedBy: Uuid,
  seen: z.record(z.string(), z.number().int().min(0)),
  /**
   * contentHash = SHA-256 of the canonical JSON of the record's fields as covered. The inspection itself is first; its hash also
   * covers `printed`.
   */
  covers: z.array(z.strictObject({ recordId: Uuid, contentHash: Sha256 })).max(5000),
  /** What papers print from other records, as it stood. Locks from before this field lack it. */
  printed: PrintedFacts.optional(),
});
export type InspectionLock = Readonly<z.infer<typeof InspectionLock>>;

/** recordType `inspection`. */
export const inspectionFields = {
  institutionId: Uuid,
  /** Frozen copy of what is printed of the institution. */
  institutionName: z.string().min(1).max(80),
  title: z.string().max(80),
  /** 任务来源, 通知文号. */
  taskSource: z.string().max(200),
  season: z.enum(['cooling', 'heating']),
  leadOrganId: Uuid.nullable(),
  jointOrganIds: z.array(Uuid).max(10),
  leadOfficerId: Uuid,
  officerIds: z.array(Uuid).max(20),
  assistantIds: z.array(Uuid).max(20),
  accompanying: Accompanying.nullable(),
  place: z.string().max(200),
  startedAt: Instant.nullable(),
  endedAt: Instant.nullable(),
  outdoorTemperatureC: DecimalText.nullable(),
  /** list `instruments/<id>`. */
  instruments: Instrument.nullable(),
  totalRooms: z.number().int().min(0).max(100000).nullable(),
  sampling: Sampling.nullable(),
  certificatesShownAt: Instant.nullable(),
  recusal: Recusal.nullable(),
  /** 被检查单位意见. */
  unitOpinion: z.string().max(2000),
  replyBy: DateText.nullable(),
  /** 拒绝检查, touches Article 37(8): reason needed. */
  inspectionRefused: z.strictObject({ reason: z.string().min(1).max(500), witness: z.string().max(80), videoSha256: Sha256.nullable() }).nullable(),
  /** 据纸质补录: entered later from a paper form, whose scan is stored. */
  fromPaper: z.strictObject({ scanSha256: Sha256, note: z.string().max(200) }).nullable(),
  lock: InspectionLock.nullable(),
  removed: z.boolean(),
} as const;
