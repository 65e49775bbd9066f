import type { FastifyInstance } from 'fastify';
import { failed } from '#shared/kit/outcome.ts';
import type { ProblemCode } from '#shared/kit/problem.ts';
import { EnrolRequest, paths } from '#shared/sync/wire.ts';
import { enrol } from '../accounts/enrol.ts';
import { guessLimit, type GuessTerms } from '../accounts/guess-limit.ts';
import { valueOf } from '../http/answer.ts';
import { noNul, parseBody } from '../http/parse-body.ts';
import type { Services } from '../services.ts';

const terms: GuessTerms = { windowMs: 10 * 60 * 1000, mostOfAddress: 10, mostOverall: 100 };
const guessed = new Set<ProblemCode>(['code-invalid', 'code-used']);

/** POST /v1/enrol. Wrong codes are counted per address and over all. */
export function enrolRoutes(app: FastifyInstance, services: Services): void {
  const limit = guessLimit(services, terms);
  app.post(paths.enrol, async (request) => {
    const waitMs = await limit.waitMs(request.ip);
    if (waitMs > 0) valueOf(failed('rate-limited', { waitSeconds: Math.ceil(waitMs / 1000) }));
    const outcome = await enrol(services, valueOf(noNul(valueOf(parseBody(EnrolRequest, request.body)))));
    if (!outcome.ok && guessed.has(outcome.problem.code)) {
      await limit.failed(request.ip);
      services.log.warn({ address: request.ip, problem: outcome.problem }, 'enrolment refused');
    }
    return valueOf(outcome);
  });
}
