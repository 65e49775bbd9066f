import type { FastifyInstance } from 'fastify';
import type * as z from 'zod';
import { failed } from '#shared/kit/outcome.ts';
import { officeCalls, type OfficeRequest } from '#shared/sync/office-calls.ts';
import { paths, WIRE_VERSION } from '#shared/sync/wire.ts';
import { valueOf } from '../http/answer.ts';
import { noNul, parseBody } from '../http/parse-body.ts';
import type { Callers } from '../http/signed-in.ts';
import { isOfficeCall, officeCall } from '../office/call.ts';
import type { Services } from '../services.ts';

/** POST /v1/office/<name>. How the act itself ended is in the reply's outcome; an error reply means it was never begun. */
export function officeRoutes(app: FastifyInstance, services: Services, callers: Callers): void {
  app.post<{ Params: { name: string } }>(`${paths.office}/:name`, async (request) => {
    const { name } = request.params;
    if (!isOfficeCall(name)) return valueOf(failed('not-found', { call: name.slice(0, 60) }));
    const schema: z.ZodType = officeCalls[name].request;
    const input = valueOf(noNul(valueOf(parseBody(schema, request.body)))) as OfficeRequest<typeof name>;
    return { v: WIRE_VERSION, outcome: await officeCall(services, callers.of(request), name, input) };
  });
}
