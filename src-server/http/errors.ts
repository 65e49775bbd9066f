import type { FastifyError, FastifyInstance } from 'fastify';
import type { Socket } from 'node:net';
import { problem, type Problem } from '#shared/kit/problem.ts';
import { storageTrouble } from '../store/storage-trouble.ts';
import { errorReply, Refused, sendProblem } from './answer.ts';

/** One place for everything that goes wrong. A bug is logged whole and told to the laptop as `server-error`, without a trace. */
export function answerErrors(app: FastifyInstance): void {
  app.setNotFoundHandler((_request, reply) => sendProblem(reply, problem('not-found')));
  app.setErrorHandler((error, request, reply) => {
    const found = problemOf(error as FastifyError);
    if (found.code === 'server-error') request.log.error({ err: error }, 'failed');
    return sendProblem(reply, found);
  });
}

function problemOf(error: FastifyError): Problem {
  if (error instanceof Refused) return error.problem;
  // A line that was cut while the body came: nobody hears the answer, and it is nobody's bug. A database's cut line has no status.
  if (error.code === 'ECONNRESET' && error.statusCode === 400) return problem('invalid-input', { header: 'content-length' });
  switch (error.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE': return problem('too-large', { field: 'body' });
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE': return problem('invalid-input', { header: 'content-type' });
    case 'FST_ERR_CTP_EMPTY_TYPE': return problem('invalid-input', { header: 'content-type' });
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH': return problem('invalid-input', { header: 'content-length' });
    case 'FST_ERR_BAD_URL': return problem('not-found');
    case 'FST_ERR_MAX_PARAM_LENGTH': return problem('not-found');
    default: break;
  }
  const reason = storageTrouble(error);
  return reason ? problem('server-error', { reason }) : problem('server-error');
}

/** What is no HTTP at all, too long a header, or too slow: answered in our language as far as that goes, then closed. */
export function answerClientError(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const status = error.code === 'HPE_HEADER_OVERFLOW' ? '431 Request Header Fields Too Large' : error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? '408 Request Timeout' : '400 Bad Request';
  const body = JSON.stringify(errorReply(problem('invalid-input', { header: 'request' })));
  socket.end(`HTTP/1.1 ${status}\r\ncontent-type: application/json; charset=utf-8\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`);
}
