import * as z from 'zod';
import { DateText, DecimalText, Instant, Sha256, Uuid } from '../../kit/values.ts';
import { Photo } from '../evidence/evidence.ts';
import { Service, ServiceReceipt } from './service.ts';

/** corrected-on-spot 当场已改, awaiting-reply 待反馈, replied 已反馈, rechecked 已复查, closed 已销号. */
export const findingStates = ['corrected-on-spot', 'awaiting-reply', 'replied', 'rechecked', 'closed'] as const;
export const FindingState = z.enum(findingStates);
export type FindingState = z.infer<typeof FindingState>;

/** A finding comes from the *setting* only; a low air reading alone is a lead 线索 and never opens a case. */
export const Finding = z.strictObject({
  roomCheckId: Uuid, room: z.string().max(40), use: z.string().max(60),
  mode: z.enum(['cooling', 'heating']), setTemperatureC: DecimalText, limitC: DecimalText,
  adjustedToC: DecimalText.nullable(),
});
export type Finding = Readonly<z.infer<typeof Finding>>;

/** `follows` names the event the author had before it (per finding): order never comes from a clock. */
export const CaseEvent = z.strictObject({
  type: z.enum(['opened', 'corrected-on-spot', 'reply-requested', 'replied', 'rechecked', 'reopened', 'closed', 'opinion-linked', 'note']),
  findingId: z.string().max(64).nullable(),
  follows: z.string().max(64).nullable(),
  by: Uuid,
  at: Instant,
  dueOn: DateText.nullable(),
  /** rechecked: does the room comply now? */
  complies: z.boolean().nullable(),
  text: z.string().max(2000),
  photos: z.array(Photo).max(20),
  documentId: Uuid.nullable(),
});
export type CaseEvent = Readonly<z.infer<typeof CaseEvent>>;

/** recordType `case`: a case is its events, with matter, procedure and version from the first version on. */
export const caseFields = {
  institutionId: Uuid,
  institutionName: z.string().max(80),
  inspectionId: Uuid,
  matter: z.literal('room-temperature'),
  procedureId: z.literal('inspection-and-correction'),
  procedureVersion: z.literal(1),
  /** Cases of earlier versions hold it; else it is the earliest event `opened` (case-state.ts). */
  openedAt: Instant,
  /** list `findings/<id>`. */
  findings: Finding.nullable(),
  /** list `events/<id>`. */
  events: CaseEvent.nullable(),
} as const;

/** 草拟 → 处室审核 → 法规核稿 (optional) → 会签 → 局领导签发 → 办公室编号 → 用印 → 送达. */
export const opinionSteps = ['draft', 'section-review', 'legal-reading', 'countersign', 'issue', 'number', 'seal', 'serve'] as const;
export const OpinionStep = z.enum(opinionSteps);
export type OpinionStep = z.infer<typeof OpinionStep>;

/** One recorded act of a person, written by the server. */
export const OpinionAct = z.strictObject({
  step: OpinionStep,
  decision: z.enum(['done', 'agree', 'return', 'skip']),
  by: Uuid,
  at: Instant,
  comment: z.string().max(1000),
});
export type OpinionAct = Readonly<z.infer<typeof OpinionAct>>;

export const OpinionText = z.strictObject({
  /** Facts found (waste shown), one line a finding or a paragraph. */
  facts: z.string().max(5000),
  demand: z.string().max(3000),
  /** 请于×日前书面反馈; an explicit date, never "依法15日内". */
  replyBy: DateText.nullable(),
  jointOrganId: Uuid.nullable(),
  contact: z.string().max(120),
});
export type OpinionText = Readonly<z.infer<typeof OpinionText>>;

/** recordType `opinion` 节能整改意见书 (or 反馈函 for a district's unit); an act of the organ, written by the server only. */
export const opinionFields = {
  form: z.enum(['opinion', 'district-letter']),
  caseId: Uuid,
  inspectionId: Uuid,
  institutionId: Uuid,
  institutionName: z.string().max(80),
  text: OpinionText,
  nextStep: z.enum([...opinionSteps, 'finished']),
  /** list `acts/<id>`. */
  acts: OpinionAct.nullable(),
  /** Fixed by the signing leader. */
  issuedOn: DateText.nullable(),
  officialNumber: z.string().max(60).nullable(),
  /** 现场编号 of the papers made offline that it follows. */
  fieldNumbers: z.array(z.string().max(40)).max(20),
  /** The sealed PDF or scan imported as the issued original. */
  original: z.strictObject({ sha256: Sha256, mediaType: z.string(), byteLength: z.number().int(), importedAt: Instant }).nullable(),
  basisListId: Uuid.nullable(),
  /** list `services/<id of the act 送达>`; none on opinions served before methods were asked for. */
  services: Service.nullable(),
  /** list `serviceReceipts/<id>`: 送达回证 that came in. */
  serviceReceipts: ServiceReceipt.nullable(),
} as const;

/** A legal basis with its text version and status; only `verified` may be presented as law. */
export const Basis = z.strictObject({
  id: z.string().max(60),
  name: z.string().max(120),
  article: z.string().max(60),
  textVersion: z.string().max(60),
  status: z.enum(['verified', 'verified-weak', 'recalled']),
  source: z.string().max(300),
});
export type Basis = Readonly<z.infer<typeof Basis>>;

/** recordType `basisList`: signed off by the legal section on the server; nothing leaves draft without one. */
export const basisListFields = {
  bases: z.array(Basis).min(1).max(30),
  signedOffBy: Uuid,
  signedOffAt: Instant,
  comment: z.string().max(500),
} as const;
