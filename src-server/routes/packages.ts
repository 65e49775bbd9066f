import type { FastifyInstance } from 'fastify';
import { CARRIED_PATH, CarriedRequest } from '#shared/sync/carried.ts';
import { WIRE_VERSION } from '#shared/sync/wire.ts';
import { valueOf } from '../http/answer.ts';
import { parseBody } from '../http/parse-body.ts';
import type { Callers } from '../http/signed-in.ts';
import type { Services } from '../services.ts';
import { takeCarried } from '../sync/carried-push.ts';

/** POST /v1/packages/changes: what a section head brings of a laptop that never meets the network. */
export function packageRoutes(app: FastifyInstance, services: Services, callers: Callers): void {
  app.post(CARRIED_PATH, async (request) => {
    const receipt = valueOf(await takeCarried(services, callers.of(request), valueOf(parseBody(CarriedRequest, request.body))));
    return { v: WIRE_VERSION, receipt };
  });
}
