import { sessionReply, type Sessions } from '../keys/sessions.ts';
import type { BridgeHandlers, SendEvent } from './answer.ts';

/** Signing in and out. The renderer hears of every end of a session, also of one it did not ask for. */
export function sessionCalls(sessions: Sessions, send: SendEvent): Pick<BridgeHandlers, 'session.open' | 'session.current' | 'session.close'> {
  sessions.onClosed((reason) => send('session.closed', { reason }));
  return {
    'session.open': async ({ chainId, passphrase }) => {
      const opened = await sessions.open(chainId, passphrase);
      return opened.ok ? { ok: true, value: sessionReply(opened.value) } : opened;
    },
    'session.current': () => {
      const current = sessions.current();
      return current ? sessionReply(current) : null;
    },
    'session.close': async () => {
      await sessions.close('person');
      return {};
    },
  };
}
