import type { FastifyInstance } from 'fastify';
import { ChallengeRequest, paths, SessionRequest, WIRE_VERSION } from '#shared/sync/wire.ts';
import { challenges } from '../accounts/challenges.ts';
import { openSession } from '../accounts/sessions.ts';
import { valueOf } from '../http/answer.ts';
import { parseBody } from '../http/parse-body.ts';
import type { Services } from '../services.ts';

/** POST /v1/session/challenge and /v1/session. Whether a chain exists is told to nobody who does not hold its key. */
export function sessionRoutes(app: FastifyInstance, services: Services): void {
  const issued = challenges(services.now, services.key());
  app.post(paths.challenge, async (request) => {
    const { chainId } = valueOf(parseBody(ChallengeRequest, request.body));
    return { v: WIRE_VERSION, challenge: issued.make(chainId) };
  });
  app.post(paths.session, async (request) => valueOf(await openSession(services, issued, valueOf(parseBody(SessionRequest, request.body)))));
}
