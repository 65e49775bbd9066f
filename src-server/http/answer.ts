import type { FastifyReply } from 'fastify';
import type { Outcome } from '#shared/kit/outcome.ts';
import type { Problem } from '#shared/kit/problem.ts';
import { PROBLEM_HEADER } from '#shared/sync/media.ts';
import { WIRE_VERSION } from '#shared/sync/wire.ts';
import { httpStatus } from '../problems.ts';

/** Carries a problem through Fastify's hooks and parsers to the one place that answers errors. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.code);
    this.problem = problem;
  }
}

/** The value of an outcome; its problem goes to the error handler. */
export function valueOf<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value;
  throw new Refused(outcome.problem);
}

/** Every error has this body, so that a page of a proxy is never mistaken for ours. */
export function errorReply(problem: Problem): { readonly v: 1; readonly problem: Problem } {
  return { v: WIRE_VERSION, problem };
}

export function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  const code = problem.detail?.['waitSeconds'];
  if (typeof code === 'number') void reply.header('retry-after', String(code));
  return reply.code(httpStatus(problem)).header(PROBLEM_HEADER, problem.code).send(errorReply(problem));
}
