import * as z from 'zod';
import { DateText, Instant, Sha256, Uuid } from '../../kit/values.ts';
import { EvidenceRef } from '../evidence/evidence.ts';

/**
 * record-of-inspection 现场检查笔录, room-list 房间明细表, feedback-sheet 现场检查情况反馈单, supplement-list 补充房间明细表, opinion 节能整改意见书,
 * district-letter 反馈函 (to a district's bureau), blank-form 空白纸质表.
 */
export const documentKinds = ['record-of-inspection', 'room-list', 'feedback-sheet', 'supplement-list', 'opinion', 'district-letter', 'blank-form'] as const;
export const DocumentKind = z.enum(documentKinds);
export type DocumentKind = z.infer<typeof DocumentKind>;

/** signed-print 签字件拍照或扫描, stamped 单位盖章件, drawn 屏幕手写 (only where the office allows it). */
export const SignatureWay = z.enum(['signed-print', 'stamped', 'drawn']);

export const BoundSignature = z.strictObject({
  way: SignatureWay,
  /** party 当事人, witness 见证人, officer 检查人员. */
  who: z.enum(['party', 'witness', 'officer']),
  name: z.string().max(40),
  /** The photograph, scan or drawing. */
  evidence: EvidenceRef,
  /** SHA-256 of the PDF that was signed: binds the picture to the bytes. */
  pdfSha256: Sha256,
  at: Instant,
});
export type BoundSignature = Readonly<z.infer<typeof BoundSignature>>;

/** sign 拒签, receive 拒收. (拒绝检查 is a field of the inspection.) Witness and video are optional. */
export const DocumentRefusal = z.strictObject({
  what: z.enum(['sign', 'receive']),
  reason: z.string().min(1).max(500),
  witness: z.string().max(80),
  videoSha256: Sha256.nullable(),
  at: Instant,
});
export type DocumentRefusal = Readonly<z.infer<typeof DocumentRefusal>>;

export const StoredPdf = z.strictObject({
  evidence: EvidenceRef, pages: z.number().int().min(1), contentSha256: Sha256,
  /** Characters that the font lacks, shown as 〓 on this paper; absent = none. */
  missingGlyphs: z.array(z.string().min(1).max(8)).max(200).optional(),
});

/** What a 补充房间明细表 adds, and to which paper: fixed when it gets its number, so that finishing it later adds nothing else. */
export const SupplementOf = z.strictObject({
  /** The 现场检查笔录 that it belongs to, and the hash of its PDF. */
  originalId: Uuid, originalSha256: Sha256,
  /** Id of the change that locked the inspection. */
  lockId: Sha256,
  /** The accepted rooms, each as it stood: hash as in a lock. */
  covers: z.array(z.strictObject({ recordId: Uuid, contentHash: Sha256 })).min(1).max(5000),
});
export type SupplementOf = Readonly<z.infer<typeof SupplementOf>>;

/** recordType `document`. */
export const documentFields = {
  kind: DocumentKind,
  inspectionId: Uuid.nullable(),
  caseId: Uuid.nullable(),
  institutionId: Uuid,
  title: z.string().max(120),
  /** 现场编号 `<chain code>-<YYYYMMDD>-<n>`, given by main in the frame that makes the document. */
  fieldNumber: z.string().regex(/^[A-Z0-9]{2,6}-\d{8}-\d{1,4}$/),
  createdAt: Instant,
  /** Made once from the locked record; reprints use these bytes. */
  pdf: StoredPdf.nullable(),
  /** list `signatures/<id>`. */
  signatures: BoundSignature.nullable(),
  /** list `refusals/<id>`. */
  refusals: DocumentRefusal.nullable(),
  /** list `prints/<id>`: when, which printer; copyNo 0 = the original, n = the n-th marked copy with its own bytes. */
  prints: z.strictObject({ at: Instant, printer: z.string().max(200), copyNo: z.number().int().min(0), copySha256: Sha256.optional() }).nullable(),
  officialNumber: z.string().max(60).nullable(),
  issuedOn: DateText.nullable(),
  voided: z.strictObject({ reason: z.string().min(1).max(200), at: Instant }).nullable(),
  /** Only of a 补充房间明细表. */
  supplement: SupplementOf.nullable(),
} as const;

/** recordType `amendment` 补正: a new record that points at a locked one; it never changes it. */
export const amendmentFields = {
  inspectionId: Uuid,
  targetRecordId: Uuid,
  /** For a 补充 (late room): the ids of the late changes, and the decision. */
  lateChangeIds: z.array(Sha256).max(500),
  decision: z.enum(['corrected', 'supplement-accepted', 'supplement-rejected']),
  reason: z.string().min(1).max(500),
  text: z.string().max(2000),
  at: Instant,
} as const;
