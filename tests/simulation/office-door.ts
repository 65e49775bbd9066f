import type * as z from 'zod';
import { failed } from '#shared/kit/outcome.ts';
import { problem } from '#shared/kit/problem.ts';
import { officeCalls, type OfficeRequest } from '#shared/sync/office-calls.ts';
import { ChallengeRequest, ExchangeRequest, paths, SessionRequest, WIRE_VERSION } from '#shared/sync/wire.ts';
import type { Challenges } from '../../src-server/accounts/challenges.ts';
import { callerWith, openSession } from '../../src-server/accounts/sessions.ts';
import { errorReply, Refused, valueOf } from '../../src-server/http/answer.ts';
import { unpackedBody } from '../../src-server/http/packed-bodies.ts';
import { parseBody } from '../../src-server/http/parse-body.ts';
import { strictJson } from '../../src-server/http/strict-json.ts';
import { isOfficeCall, officeCall } from '../../src-server/office/call.ts';
import { httpStatus } from '../../src-server/problems.ts';
import type { Services } from '../../src-server/services.ts';
import { exchange } from '../../src-server/sync/exchange.ts';

export type Asked = { readonly path: string; readonly headers: Readonly<Record<string, string>>; readonly body: Uint8Array | null };
export type Answer = { readonly status: number; readonly body: Buffer };

/**
 * What src-server/app.ts makes of a request, without its sockets and timers: the bytes are unpacked, read strictly and parsed
 * by the same functions, and problems become the same answers.
 */
export async function answerTo(services: Services, issued: Challenges, asked: Asked, onFailure: (error: unknown) => void): Promise<Answer> {
  try {
    return { status: 200, body: Buffer.from(JSON.stringify(await route(services, issued, asked))) };
  } catch (error) {
    if (!(error instanceof Refused)) onFailure(error);
    const found = error instanceof Refused ? error.problem : problem('server-error');
    return { status: httpStatus(found), body: Buffer.from(JSON.stringify(errorReply(found))) };
  }
}

async function route(services: Services, issued: Challenges, { path, headers, body }: Asked): Promise<unknown> {
  const read = async (): Promise<unknown> => valueOf(strictJson(valueOf(await unpackedBody(headers['content-encoding'], Buffer.from(body ?? [])))));
  if (path === paths.challenge) {
    const { chainId } = valueOf(parseBody(ChallengeRequest, await read()));
    return { v: WIRE_VERSION, challenge: issued.make(chainId) };
  }
  if (path === paths.session) return valueOf(await openSession(services, issued, valueOf(parseBody(SessionRequest, await read()))));
  const caller = valueOf(await callerWith(services, headers['authorization']));
  if (path === paths.exchange) return valueOf(await exchange(services, caller, valueOf(parseBody(ExchangeRequest, await read()))));
  const name = path.slice(paths.office.length + 1);
  if (!path.startsWith(`${paths.office}/`) || !isOfficeCall(name)) return valueOf(failed('not-found'));
  const schema: z.ZodType = officeCalls[name].request;
  const input = valueOf(parseBody(schema, await read())) as OfficeRequest<typeof name>;
  return { v: WIRE_VERSION, outcome: await officeCall(services, caller, name, input) };
}
