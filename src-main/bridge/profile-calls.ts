import { enrol, type EnrolParts } from '../keys/enrol.ts';
import { listChains } from '../keys/profile-files.ts';
import type { BridgeHandlers } from './answer.ts';

/** Who is enrolled on this laptop, and enrolling one more. */
export function profileCalls(parts: EnrolParts): Pick<BridgeHandlers, 'profile.list' | 'profile.enrol'> {
  return {
    'profile.list': async () => (await listChains(parts.disk, parts.profileDir)).map((chain) => chain.entry),
    'profile.enrol': (request) => enrol(parts, request),
  };
}
