import type * as z from 'zod';
import { bridgeCalls, bridgeEvents, textReplies, type BridgeCallName, type BridgeEvent, type BridgeEventName, type BridgeReply, type BridgeRequest } from '#shared/bridge/calls.ts';
import { failed } from '#shared/kit/outcome.ts';
import type { Problem } from '#shared/kit/problem.ts';
import { problem } from '#shared/kit/problem.ts';
import { diskProblem, errorCode } from '../journal/disk-problem.ts';

/** One function a call of the contract. The request is already parsed; an expected failure is an Outcome in the reply. */
export type BridgeHandlers = {
  readonly [N in BridgeCallName]: (request: BridgeRequest<N>) => BridgeReply<N> | Promise<BridgeReply<N>>;
};

/** Tells the window something; checked against the contract. Does nothing when there is no window. */
export type SendEvent = <N extends BridgeEventName>(name: N, payload: BridgeEvent<N>) => void;

/** Who asks: what Electron knows of the frame behind a message. */
export type Asker = { readonly isTopFrame: boolean; readonly origin: string };

export type AnswerParts = {
  readonly handlers: BridgeHandlers;
  readonly origin: string;
  /** Parse replies too, lists of changes aside; the renderer does in any case, but here the mistake still has its stack. */
  readonly checkReplies: boolean;
  /** A call that was refused, or that failed for a reason nobody foresaw. */
  report(what: string, error: unknown): void;
};

export type Answer = (asker: Asker, name: unknown, payload: unknown) => Promise<unknown>;

/**
 * The one gate for every call of the renderer: our own top frame only, names of the contract only, requests of the
 * contract's shape only. What goes back is a reply of the contract, or an Error whose message is a Problem code and nothing
 * else: no stack, no path, no text of a library crosses.
 */
export function answerWith(parts: AnswerParts): Answer {
  return async (asker, name, payload) => {
    if (!asker.isTopFrame || asker.origin !== parts.origin) return refuse(parts, 'a foreign frame', name);
    if (typeof name !== 'string' || !Object.hasOwn(bridgeCalls, name)) return refuse(parts, 'an unknown call', name);
    const call = name as BridgeCallName;
    const request = parsedRequest(call, payload);
    if ('code' in request) return withProblem(call, request);
    try {
      const handler = parts.handlers[call] as (request: unknown) => unknown;
      const reply = await handler(request.value);
      if (textReplies.has(call)) return JSON.stringify(reply);
      return parts.checkReplies ? replySchema(call).parse(reply) : reply;
    } catch (error) {
      parts.report(`bridge call ${call}`, error);
      return withProblem(call, errorCode(error) === null ? problem('storage-failed') : diskProblem(error).problem);
    }
  };
}

function refuse(parts: AnswerParts, what: string, name: unknown): never {
  parts.report(`refused: ${what} asked for ${String(name).slice(0, 60)}`, null);
  throw new Error('not-allowed');
}

function parsedRequest(call: BridgeCallName, payload: unknown): { readonly value: unknown } | Problem {
  try {
    const parsed = bridgeCalls[call].request.safeParse(payload);
    return parsed.success ? { value: parsed.data } : problem('invalid-input', { field: fieldOf(parsed.error) });
  } catch (error) {
    // Values nested without end exhaust the stack of any recursive check.
    if (error instanceof RangeError) return problem('invalid-input', { field: 'depth' });
    throw error;
  }
}

/** The innermost place the schema names, such as `changes.0.patch.remarks`. */
function fieldOf(error: z.ZodError): string {
  return error.issues[0]?.path.map(String).join('.').slice(0, 200) ?? '';
}

/** A problem in the form that the call's reply has, or as the message of an Error where it has none. */
function withProblem(call: BridgeCallName, { code, detail }: Problem): unknown {
  const outcome = failed(code, detail);
  if (replySchema(call).safeParse(outcome).success) return outcome;
  throw new Error(code);
}

/** Without its type, which over all calls at once is more than the compiler follows. */
function replySchema(call: BridgeCallName): z.ZodType {
  return bridgeCalls[call].reply as z.ZodType;
}

/** Sends events of the contract's shape to whatever `post` reaches. */
export function sendWith(post: (name: BridgeEventName, payload: unknown) => void): SendEvent {
  return (name, payload) => post(name, bridgeEvents[name].parse(payload));
}
