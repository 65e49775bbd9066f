import type { Outcome } from '#shared/kit/outcome.ts';
import type { EnrolReply, EnrolRequest } from '#shared/sync/wire.ts';

/** Asks the server at `serverUrl` (an origin) to enrol this laptop. Implemented in src-main/sync/enrol.ts. */
export type EnrolAt = (serverUrl: string, request: EnrolRequest) => Promise<Outcome<EnrolReply>>;
