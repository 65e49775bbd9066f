import type { BridgeCallName, BridgeEvent, BridgeEventName, BridgeReply, BridgeRequest } from '#shared/bridge/calls.ts';

/** One function a call of the contract. The request is already parsed; an expected failure is an Outcome in the reply. */
export type BridgeHandlers = {
  readonly [N in BridgeCallName]: (request: BridgeRequest<N>) => BridgeReply<N> | Promise<BridgeReply<N>>;
};

/** Tells the window something; checked against the contract. Does nothing when there is no window. */
export type SendEvent = <N extends BridgeEventName>(name: N, payload: BridgeEvent<N>) => void;
