import { done, failed, type Outcome } from '#shared/kit/outcome.ts';
import { problem } from '#shared/kit/problem.ts';
import type { HttpReply, HttpRequest, HttpTransport } from '../../src-main/sync/http-transport.ts';
import { errorReply } from '../../src-server/http/answer.ts';
import type { Dice } from './dice.ts';
import type { Faults } from './faults.ts';
import type { OfficeServer } from './office.ts';
import { world } from './take-over.ts';

export type LineParts = {
  readonly office: OfficeServer;
  readonly dice: Dice;
  readonly faults: Faults;
  readonly isOnline: () => boolean;
  /** The laptop's program has ended: it hears nothing any more. */
  readonly isOver: () => boolean;
};

const PATIENCE_MS = 20_000;
const never = new Promise<never>(() => undefined);
const unreachable = (reason: string): Outcome<never> => failed('server-unreachable', { reason });

/**
 * What lies between a laptop and the server. TLS ends a connection at the first wrong bit, so a flipped bit is a connection
 * that breaks; a cut inside a proxy that had taken the TLS off is half an answer.
 */
export function lineTo(parts: LineParts): HttpTransport {
  const { dice, isOver } = parts;
  return {
    async send(request) {
      if (isOver()) return never;
      const late = world.delay(PATIENCE_MS).then((): Outcome<HttpReply> => unreachable('timeout'));
      const outcome = await Promise.race([across(parts, request), late]);
      return isOver() ? never : outcome;
    },
    listen: () => ({ ended: never, stop: () => undefined }),
    close: () => void dice,
  };
}

async function across({ office, dice, faults, isOnline }: LineParts, request: HttpRequest): Promise<Outcome<HttpReply>> {
  await world.delay(1 + dice.below(120));
  if (!isOnline()) return failed('offline', { reason: 'ENETUNREACH' });
  if (dice.chance(faults.strangeAnswer)) return strangeAnswer(dice, request);
  if (dice.chance(faults.late)) await world.delay(dice.below(15_000));
  if (dice.chance(faults.lostOnTheWay)) return dice.chance(0.5) ? unreachable('ECONNRESET') : never;
  const asked = { path: request.path, headers: request.headers, body: request.body };
  if (request.repeatable && dice.chance(faults.twice)) world.after(dice.below(90_000), () => void office.ask(asked));
  if (!office.isUp()) return unreachable('ECONNREFUSED');
  const answer = await office.ask(asked);
  if (!answer) return unreachable('ECONNRESET');
  await world.delay(1 + dice.below(120));
  if (!isOnline() || dice.chance(faults.lostOnTheWayBack)) return dice.chance(0.5) ? unreachable('ECONNRESET') : never;
  if (dice.chance(faults.late)) await world.delay(dice.below(15_000));
  if (dice.chance(faults.cutReply)) return cut(dice, answer.status, answer.body);
  return reply(answer.status, 'application/json; charset=utf-8', answer.body);
}

function reply(status: number, contentType: string, body: Buffer): Outcome<HttpReply> {
  return done({ status, contentType, headers: {}, body });
}

/** Either the transport sees that bytes are missing, or a proxy has made the length fit what came. */
function cut(dice: Dice, status: number, body: Buffer): Outcome<HttpReply> {
  return dice.chance(0.5) ? failed('half-reply') : reply(status, 'application/json; charset=utf-8', body.subarray(0, dice.below(body.length)));
}

const page = Buffer.from('<!doctype html><title>登录</title><form action="/login"></form>');

function strangeAnswer(dice: Dice, { path }: HttpRequest): Outcome<HttpReply> {
  const html = (status: number): Outcome<HttpReply> => reply(status, 'text/html', page);
  const ours = (status: number, code: 'server-error' | 'rate-limited' | 'too-large'): Outcome<HttpReply> => reply(status, 'application/json', Buffer.from(JSON.stringify(errorReply(problem(code)))));
  switch (dice.below(8)) {
    case 0: return html(200);
    case 1: return html(302);
    case 2: return html(500);
    case 3: return reply(503, 'application/json', Buffer.from('{"error":"upstream"}'));
    case 4: return ours(500, 'server-error');
    case 5: return ours(429, 'rate-limited');
    case 6: return html(413);
    default: return path.endsWith('/exchange') ? ours(413, 'too-large') : html(200);
  }
}
