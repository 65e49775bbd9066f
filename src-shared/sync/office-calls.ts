import * as z from 'zod';
import { Basis, OpinionText } from '../domain/casework/case-record.ts';
import { HeldOriginal, serviceOriginals, ServiceStatement } from '../domain/casework/service.ts';
import { Certificate, Role } from '../domain/people/people.ts';
import { DateText, Instant, Sha256, Uuid } from '../kit/values.ts';
import { outcomeOf } from '../kit/outcome.ts';

/**
 * The fields a person changed, each with the change that had set it when he opened the record (null: never set). Only these are
 * written, and none that somebody else has changed since (`wrong-step`, reason `changed-meanwhile`). Without it: all of them.
 */
const Over = z.record(z.string().max(40), Sha256.nullable()).optional();

/**
 * Acts that only the server performs (accounts, enrolment codes, the 意见书 workflow, official numbers): POST
 * /v1/office/<name>, body = request, reply = {v:1, outcome}. The server authors the resulting changes in its own chain;
 * every desk gets them by the ordinary feed. `roles`: who may ask (checked again against the state by the server).
 */
export const officeCalls = {
  'organ.save': {
    roles: ['system-administrator'],
    request: z.strictObject({ organId: Uuid.nullable(), name: z.string().trim().min(1).max(80), kind: z.enum(['bureau', 'joint']), level: z.enum(['municipal', 'district']), drawnSignatures: z.boolean().optional(), over: Over }),
    reply: z.strictObject({ organId: Uuid }),
  },
  'person.save': {
    roles: ['system-administrator'],
    request: z.strictObject({
      officerId: Uuid.nullable(), name: z.string().trim().min(1).max(40), loginName: z.string().trim().min(1).max(40), organId: Uuid,
      roles: z.array(Role).min(1).max(12), certificate: Certificate.nullable(), telephone: z.string().max(40).nullable(), active: z.boolean(), over: Over,
    }),
    reply: z.strictObject({ officerId: Uuid }),
  },
  'person.enrolment-code': {
    roles: ['system-administrator'],
    request: z.strictObject({ officerId: Uuid }),
    reply: z.strictObject({ code: z.string(), expiresAt: Instant }),
  },
  'chain.list': {
    roles: ['system-administrator', 'security-administrator'],
    request: z.strictObject({}),
    reply: z.array(z.strictObject({
      chainId: z.string(), chainCode: z.string(), deviceName: z.string(), officerName: z.string(), enrolledAt: Instant,
      lastContactAt: Instant.nullable(), revoked: z.boolean(), seq: z.number().int(),
    })),
  },
  'chain.revoke': {
    roles: ['system-administrator', 'security-administrator'],
    request: z.strictObject({ chainId: z.string().max(80), reason: z.string().trim().min(1).max(200) }),
    reply: z.strictObject({}),
  },
  'bases.sign-off': {
    roles: ['legal-section'],
    request: z.strictObject({ bases: z.array(Basis).min(1).max(30), comment: z.string().max(500) }),
    reply: z.strictObject({ basisListId: Uuid }),
  },
  'opinion.draft': {
    roles: ['inspector', 'section-head'],
    /**
     * Without an id: begins a draft. With it: hands the draft on, or with `keep` only keeps its text. `over`: the change that had set
     * the text when its author opened it; a text that somebody else has kept since is not written over (`changed-meanwhile`).
     */
    request: z.strictObject({ opinionId: Uuid.nullable(), caseId: Uuid, text: OpinionText, comment: z.string().max(1000), keep: z.boolean().optional(), over: Sha256.optional() }),
    reply: z.strictObject({ opinionId: Uuid }),
  },
  'opinion.act': {
    roles: ['inspector', 'section-head', 'legal-section', 'leader', 'office', 'joint-staff'],
    request: z.strictObject({
      opinionId: Uuid,
      step: z.enum(['section-review', 'legal-reading', 'countersign', 'issue', 'number', 'seal', 'serve']),
      decision: z.enum(['done', 'agree', 'return', 'skip']),
      comment: z.string().max(1000),
      /** step issue: the date the leader fixes. */
      issuedOn: DateText.nullable(),
      /** step seal: the sealed PDF or scan, already uploaded as evidence. */
      original: HeldOriginal.nullable(),
      /** step serve: how, to whom and when it was served; its originals, and the 送达回证 when it is back already, uploaded as evidence. */
      service: z.strictObject({ statement: ServiceStatement, receipt: HeldOriginal.nullable() }).nullable().optional(),
    }),
    reply: z.strictObject({ officialNumber: z.string().nullable() }),
  },
  /** 回证已收: the scan or photo of a 送达回证 that came back after the 送达 was recorded. */
  'opinion.service-receipt': {
    roles: ['inspector', 'office'],
    request: z.strictObject({ opinionId: Uuid, serviceId: Uuid, receipt: HeldOriginal, note: z.string().max(500) }),
    reply: z.strictObject({ receiptId: Uuid }),
  },
} as const satisfies Record<string, { roles: readonly Role[]; request: z.ZodType; reply: z.ZodType }>;

export type OfficeCallName = keyof typeof officeCalls;
export type OfficeRequest<N extends OfficeCallName> = z.infer<(typeof officeCalls)[N]['request']>;
export type OfficeReply<N extends OfficeCallName> = z.infer<(typeof officeCalls)[N]['reply']>;

/** The originals that a request names: the server takes the act only with their bytes, so they are uploaded first. */
export function originalsNamed(name: OfficeCallName, request: OfficeRequest<OfficeCallName>): readonly HeldOriginal[] {
  if (name === 'opinion.service-receipt') return [(request as OfficeRequest<'opinion.service-receipt'>).receipt];
  if (name !== 'opinion.act') return [];
  const { original, service } = request as OfficeRequest<'opinion.act'>;
  const served = service ? [...serviceOriginals(service.statement).map((each) => each.original), service.receipt] : [];
  return [original, ...served].filter((each) => each !== null);
}

export function officeReplyEnvelope(name: OfficeCallName) {
  return z.strictObject({ v: z.literal(1), outcome: outcomeOf(officeCalls[name].reply) });
}
