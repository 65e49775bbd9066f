import { canonicalJson } from './canonical-json.ts';
import type { ChangeCore, ChangePayload, Patch } from './change.ts';

/** SHA-256 of the UTF-8 bytes of `text`, 64 hexadecimal digits. Passed in: shared code owns no crypto. */
export type HashText = (text: string) => string;

/** SHA-256(salt ‖ canonical patch): the payload can be erased later without breaking the chain. */
export function payloadHash(payload: ChangePayload, hashText: HashText): string {
  return hashText(payload.salt + canonicalJson(payload.patch as Parameters<typeof canonicalJson>[0]));
}

/** id = SHA-256 of the canonical JSON of the core. */
export function changeId(core: ChangeCore, hashText: HashText): string {
  return hashText(canonicalJson(core));
}

export type ChainPlace = {
  readonly officeId: string;
  readonly deviceId: string;
  readonly officerId: string;
  readonly seq: number;
  readonly prev: string;
};

/** What travels of a change; place and id are recomputed by whoever receives it. */
export type ChangeBody = {
  readonly recordType: string;
  readonly recordId: string;
  readonly kind: string;
  readonly wall: string;
  readonly mono: number;
  readonly bootId: string;
  readonly salt: string;
  readonly patch: Patch;
};

/** The core of `body` at `place`: the one way to build it, on the laptop and on the server. */
export function coreOf(body: ChangeBody, place: ChainPlace, hashText: HashText): ChangeCore {
  return {
    v: 1, alg: 'ed25519-sha256', officeId: place.officeId, deviceId: place.deviceId, officerId: place.officerId,
    seq: place.seq, prev: place.prev, recordType: body.recordType, recordId: body.recordId, kind: body.kind,
    payloadHash: payloadHash({ salt: body.salt, patch: body.patch }, hashText), wall: body.wall, mono: body.mono, bootId: body.bootId,
  };
}
