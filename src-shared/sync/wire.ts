import * as z from 'zod';
import { ChangeKind, Patch, RecordType } from '../journal/change.ts';
import { Problem } from '../kit/problem.ts';
import { Instant, Sha256, Uuid } from '../kit/values.ts';

/** The HTTP contract between a laptop's main process and the office server. Version 1; documented in docs/sync.md. */
export const WIRE_VERSION = 1;
export const MAX_PUSH = 1000;
export const MAX_PAGE = 2000;
/** Bytes of one request body. */
export const MAX_BODY_BYTES = 24 * 1024 * 1024;

/** A change on its way up. officeId, deviceId, officerId come from the session; seq, prev and id are recomputed. */
export const PushedChange = z.strictObject({
  recordType: RecordType,
  recordId: Uuid,
  kind: ChangeKind,
  wall: Instant,
  mono: z.number().int().min(0),
  bootId: z.string().min(1).max(64),
  salt: z.string().regex(/^[0-9a-f]{32}$/),
  patch: Patch,
});
export type PushedChange = Readonly<z.infer<typeof PushedChange>>;

export const ExchangeRequest = z.strictObject({
  v: z.literal(WIRE_VERSION),
  /** Everything up to this position of the office's feed is on the laptop. */
  cursor: z.number().int().min(0),
  /** Id of the change at `cursor`: tells this feed from another one with the same numbers. Null or left out: not known. */
  cursorId: Sha256.nullable().optional(),
  pageLimit: z.number().int().min(0).max(MAX_PAGE),
  /** Leave this chain's own changes out of the page: the laptop has them in its journal. Left out: no. */
  omitOwn: z.boolean().optional(),
  /** `refusedMark` of the refusals that the laptop knows; left out: none. */
  refusedMark: z.string().regex(/^([0-9a-f]{32})?$/).optional(),
  push: z.strictObject({
    fromSeq: z.number().int().min(1),
    changes: z.array(PushedChange).min(1).max(MAX_PUSH),
    /** Ed25519 over the 32 bytes of the last change's id, base64. */
    signature: z.string().min(80).max(100),
  }).nullable(),
});
export type ExchangeRequest = Readonly<z.infer<typeof ExchangeRequest>>;

/** A change on its way down, in the order of the office's feed. */
export const PageItem = z.strictObject({
  cursor: z.number().int().min(1),
  id: Sha256,
  deviceId: Uuid,
  officerId: Uuid,
  seq: z.number().int().min(1),
  recordType: RecordType,
  recordId: Uuid,
  kind: ChangeKind,
  wall: Instant,
  mono: z.number().int().min(0),
  bootId: z.string().min(1).max(64),
  salt: z.string().regex(/^[0-9a-f]{32}$/),
  patch: Patch,
  receivedAt: Instant,
});
export type PageItem = Readonly<z.infer<typeof PageItem>>;

export const Refusal = z.strictObject({ seq: z.number().int().min(1), id: Sha256, problem: Problem });
export type Refusal = Readonly<z.infer<typeof Refusal>>;

export const ExchangeReply = z.strictObject({
  v: z.literal(WIRE_VERSION),
  /** Receipt: the server durably holds this chain through `seq`, whose id is `id`. Null: it holds nothing of it. */
  receipt: z.strictObject({ seq: z.number().int().min(1), id: Sha256, receivedAt: Instant }).nullable(),
  /** Every change of this chain that is kept but not published, each with its reason; null: those that `refusedMark` names. */
  refused: z.array(Refusal).nullable(),
  page: z.array(PageItem),
  next: z.number().int().min(0),
  /** Id of the change at `next` when the page does not end with it. */
  nextId: Sha256.nullable().optional(),
  more: z.boolean(),
  serverTime: Instant,
});
export type ExchangeReply = Readonly<z.infer<typeof ExchangeReply>>;

export const EnrolRequest = z.strictObject({
  v: z.literal(WIRE_VERSION),
  /** One-time code shown by an administrator (or, for the first account, on the server's console). */
  code: z.string().min(6).max(40),
  deviceId: Uuid,
  deviceName: z.string().min(1).max(80),
  /** Ed25519 public key, 32 bytes, base64. */
  publicKey: z.string().min(43).max(44),
  /** Only with the console's first-account code: who the first administrator is. */
  firstAccount: z.strictObject({
    name: z.string().min(1).max(40),
    loginName: z.string().min(1).max(40),
    officeName: z.string().min(1).max(80),
  }).optional(),
});
export type EnrolRequest = Readonly<z.infer<typeof EnrolRequest>>;

export const EnrolReply = z.strictObject({
  v: z.literal(WIRE_VERSION),
  officeId: Uuid,
  officeName: z.string(),
  officerId: Uuid,
  officerName: z.string(),
  loginName: z.string(),
  /** Short code of this chain, printed in field numbers; unique in the office. */
  chainCode: z.string().regex(/^[A-Z0-9]{2,6}$/),
  demo: z.boolean(),
  serverDeviceId: Uuid,
  /** Ed25519, 32 bytes, base64: by it a laptop believes a receipt that somebody carries. Servers before it leave it out. */
  serverPublicKey: z.string().min(43).max(44).optional(),
});
export type EnrolReply = Readonly<z.infer<typeof EnrolReply>>;

export const ChallengeRequest = z.strictObject({ v: z.literal(WIRE_VERSION), chainId: z.string().max(80) });
export const ChallengeReply = z.strictObject({ v: z.literal(WIRE_VERSION), challenge: z.string().min(32).max(128) });
export const SessionRequest = z.strictObject({
  v: z.literal(WIRE_VERSION),
  chainId: z.string().max(80),
  challenge: z.string().min(32).max(128),
  /** Ed25519 over UTF-8 of `xuncha-session-v1:<challenge>`, base64. */
  signature: z.string().min(80).max(100),
});
export const SessionReply = z.strictObject({ v: z.literal(WIRE_VERSION), token: z.string().min(32).max(128), expiresAt: Instant });

/** Every error reply has this body, so that an HTML page or a proxy's answer is never mistaken for ours. */
export const ErrorReply = z.strictObject({ v: z.literal(WIRE_VERSION), problem: Problem });

/**
 * POST /v1/enrol, /v1/session/challenge, /v1/session, /v1/exchange, /v1/office/<call>
 * GET  /v1/hints (server-sent events, `event: news`, data = {"cursor":n}), /v1/health, /openapi.json, /docs
 * Originals up by tus 1.0 (media.ts): OPTIONS and POST /v1/evidence, HEAD and PATCH /v1/evidence/<sha256>; down: GET /v1/evidence/<sha256>
 * Authorization: Bearer <token> on everything but enrol, session, health, docs.
 */
export const paths = {
  enrol: '/v1/enrol', challenge: '/v1/session/challenge', session: '/v1/session', exchange: '/v1/exchange',
  hints: '/v1/hints', health: '/v1/health', office: '/v1/office', evidence: '/v1/evidence',
} as const;
