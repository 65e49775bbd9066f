import type { Outcome } from '#shared/kit/outcome.ts';
import { mediaClient, type MediaClient } from '../evidence/media-client.ts';
import { serverAddress } from './server-address.ts';
import { serverClient, type ServerClient } from './server-client.ts';
import { signedIn, type Sign } from './session.ts';

/** The office server, as this officer. */
export type OfficeConnection = {
  /** Calls with a session's token, opened and renewed as needed. */
  ask<T>(call: (server: ServerClient, token: string) => Promise<Outcome<T>>): Promise<Outcome<T>>;
  /** The same for originals, which travel on connections of their own. */
  askMedia<T>(call: (media: MediaClient, token: string) => Promise<Outcome<T>>): Promise<Outcome<T>>;
  /** Ends what is under way. */
  close(): void;
};

/** Nothing is sent before the first `ask`. An address that may not be used (http beyond loopback) fails every one. */
export function officeConnection(serverUrl: string, caPem: string | null, chainId: string, sign: Sign): OfficeConnection {
  const address = serverAddress(serverUrl, caPem);
  if (!address.ok) return { ask: () => Promise.resolve(address), askMedia: () => Promise.resolve(address), close: () => undefined };
  const server = serverClient(address.value);
  const media = mediaClient(address.value);
  const { withToken } = signedIn(server, chainId, sign);
  return {
    ask: (call) => withToken((token) => call(server, token)),
    askMedia: (call) => withToken((token) => call(media, token)),
    close() {
      server.close();
      media.close();
    },
  };
}
