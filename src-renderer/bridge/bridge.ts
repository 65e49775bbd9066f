import { bridgeCalls, bridgeEvents, textReplies, type BridgeCallName, type BridgeEvent, type BridgeEventName, type BridgeReply, type BridgeRequest, type RawBridge } from '#shared/bridge/calls.ts';
import { appliedChanges } from '#shared/sync/quick-checks.ts';
import { officeCalls, type OfficeCallName, type OfficeReply, type OfficeRequest } from '#shared/sync/office-calls.ts';
import { failed, type Outcome } from '#shared/kit/outcome.ts';
import type { JsonValue } from '#shared/kit/values.ts';

declare global {
  interface Window {
    readonly bridge: RawBridge;
  }
}

/** The typed way to the main process; the reply is parsed before anybody sees it. */
export async function ask<N extends BridgeCallName>(name: N, request: BridgeRequest<N>): Promise<BridgeReply<N>> {
  const reply = await window.bridge.call(name, request);
  return (textReplies.has(name) ? changesReply(name, reply) : bridgeCalls[name].reply.parse(reply)) as BridgeReply<N>;
}

/** Lists of changes are read by their own quick check, the rest of the reply by its schema. */
function changesReply(name: BridgeCallName, reply: unknown): unknown {
  const value: unknown = typeof reply === 'string' ? JSON.parse(reply) : reply;
  if (Array.isArray(value) || typeof value !== 'object' || value === null || !('changes' in value)) return appliedChanges(value);
  const changes = appliedChanges(value.changes);
  return { ...(bridgeCalls[name].reply.parse({ ...value, changes: [] }) as object), changes };
}

export function listen<N extends BridgeEventName>(name: N, listener: (event: BridgeEvent<N>) => void): () => void {
  return window.bridge.on(name, (payload) => listener(bridgeEvents[name].parse(payload) as BridgeEvent<N>));
}

/** An act that only the server performs. Fails with `offline` when it can not be reached; nothing is queued. */
export async function askOffice<N extends OfficeCallName>(name: N, input: OfficeRequest<N>): Promise<Outcome<OfficeReply<N>>> {
  const outcome = await ask('office.call', { name, input: input as JsonValue });
  if (!outcome.ok) return outcome;
  const parsed = officeCalls[name].reply.safeParse(outcome.value);
  return parsed.success ? { ok: true, value: parsed.data as OfficeReply<N> } : failed('not-our-server');
}

/** What the desk asks of the main process; several desks in one process each have their own. */
export type DeskBridge = { readonly ask: typeof ask; readonly listen: typeof listen };

export const windowBridge: DeskBridge = { ask, listen };
