import type { FastifyInstance } from 'fastify';
import { failed } from '#shared/kit/outcome.ts';
import type { ProblemCode } from '#shared/kit/problem.ts';
import { EnrolRequest, paths } from '#shared/sync/wire.ts';
import { enrol } from '../accounts/enrol.ts';
import { guessLimit } from '../accounts/guess-limit.ts';
import { valueOf } from '../http/answer.ts';
import { noNul, parseBody } from '../http/parse-body.ts';
import type { Services } from '../services.ts';

const WINDOW_MS = 10 * 60 * 1000;
const guessed = new Set<ProblemCode>(['code-invalid', 'code-used']);

/** POST /v1/enrol. Wrong codes are counted per address and over all: ten, and a hundred, in ten minutes. */
export function enrolRoutes(app: FastifyInstance, services: Services): void {
  const perAddress = guessLimit(10, WINDOW_MS, services.now);
  const overall = guessLimit(100, WINDOW_MS, services.now);
  app.post(paths.enrol, async (request) => {
    const waitMs = Math.max(perAddress.waitMs(request.ip), overall.waitMs(''));
    if (waitMs > 0) valueOf(failed('rate-limited', { waitSeconds: Math.ceil(waitMs / 1000) }));
    const outcome = await enrol(services, valueOf(noNul(valueOf(parseBody(EnrolRequest, request.body)))));
    if (!outcome.ok && guessed.has(outcome.problem.code)) {
      perAddress.failed(request.ip);
      overall.failed('');
      services.log.warn({ address: request.ip, problem: outcome.problem }, 'enrolment refused');
    }
    return valueOf(outcome);
  });
}
