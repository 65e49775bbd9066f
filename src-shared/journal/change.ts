import * as z from 'zod';
import { Instant, JsonValue, Sha256, Uuid } from '../kit/values.ts';

/** The hash before the first change of a chain. */
export const GENESIS = '0'.repeat(64);

/**
 * One field of a patch. `was` is the id of the change that last set the field on the author's desk (null: never set);
 * a `was` that is not the field's present head is a conflict. `resolves` names further heads that a person settled.
 */
export const FieldPatch = z.strictObject({
  was: Sha256.nullable(),
  to: JsonValue,
  resolves: z.array(Sha256).max(50).optional(),
});
export type FieldPatch = Readonly<z.infer<typeof FieldPatch>>;

/** `name` or `list/<item id>`; list items have ids, never indexes. */
export const FieldPath = z.string().regex(/^[a-z][A-Za-z0-9]*(\/[a-z0-9-]{1,64})?$/);
export const Patch = z.record(FieldPath, FieldPatch);
export type Patch = Readonly<Record<string, FieldPatch>>;

export const RecordType = z.string().regex(/^[a-z][a-zA-Z]{1,39}$/);
export const ChangeKind = z.string().regex(/^[a-z][a-z-]{1,39}$/);

/** What the renderer asks main to commit: everything else of a Change is added by main. */
export const NewChange = z.strictObject({
  recordType: RecordType,
  recordId: Uuid,
  kind: ChangeKind,
  patch: Patch,
});
export type NewChange = Readonly<z.infer<typeof NewChange>>;

/** The hashed part of a Change; its canonical JSON (RFC 8785) hashed by SHA-256 is the change's id. */
export const ChangeCore = z.strictObject({
  v: z.literal(1),
  alg: z.literal('ed25519-sha256'),
  officeId: Uuid,
  deviceId: Uuid,
  officerId: Uuid,
  seq: z.number().int().min(1),
  prev: Sha256,
  recordType: RecordType,
  recordId: Uuid,
  kind: ChangeKind,
  payloadHash: Sha256,
  wall: Instant,
  /** Milliseconds since the boot named by bootId: shows a moved wall clock. */
  mono: z.number().int().min(0),
  bootId: z.string().min(1).max(64),
});
export type ChangeCore = Readonly<z.infer<typeof ChangeCore>>;

/** Salted, so that a payload can be erased later and its hash still tells nothing. salt: 32 hexadecimal digits. */
export const ChangePayload = z.strictObject({ salt: z.string().regex(/^[0-9a-f]{32}$/), patch: Patch });
export type ChangePayload = Readonly<z.infer<typeof ChangePayload>>;

/** A change as the fold sees it, whoever delivered it. chainId = `<deviceId>.<officerId>`. */
export const AppliedChange = z.strictObject({
  id: Sha256,
  chainId: z.string(),
  seq: z.number().int().min(1),
  officeId: Uuid,
  officerId: Uuid,
  recordType: RecordType,
  recordId: Uuid,
  kind: ChangeKind,
  patch: Patch,
  wall: Instant,
  /** The server's clock when it took the change; null while it is only here. */
  receivedAt: Instant.nullable(),
});
export type AppliedChange = Readonly<z.infer<typeof AppliedChange>>;

export function chainIdOf(deviceId: Uuid, officerId: Uuid): string {
  return `${deviceId}.${officerId}`;
}
