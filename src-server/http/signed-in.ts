import type { FastifyInstance, FastifyRequest } from 'fastify';
import { callerWith } from '../accounts/sessions.ts';
import type { Caller, Services } from '../services.ts';
import { valueOf } from './answer.ts';

/** Who asks. Settled before a byte of the body is read. */
export type Callers = {
  /** Lets only requests with a good session through to the routes of `app`. */
  require(app: FastifyInstance): void;
  of(request: FastifyRequest): Caller;
  chainOf(request: object): string | null;
};

export function signedInCallers(services: Services): Callers {
  const callers = new WeakMap<object, Caller>();
  return {
    require(app) {
      app.addHook('onRequest', async (request) => {
        callers.set(request, valueOf(await callerWith(services, request.headers.authorization)));
      });
    },
    of(request) {
      const caller = callers.get(request);
      if (!caller) throw new Error('a route without its sign-in check');
      return caller;
    },
    chainOf: (request) => callers.get(request)?.chain.chainId ?? null,
  };
}
