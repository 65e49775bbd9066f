import type { EnrolAt } from '../keys/enrol-at.ts';
import { serverAddress } from './server-address.ts';
import { serverClient } from './server-client.ts';

/**
 * Enrols this laptop's new chain at the server by a one-time code. `caPem`: the office's own authority, else null.
 * Nothing is stored here; whoever asked makes the profile from the reply.
 */
export function enrolAtServer(caPem: () => string | null): EnrolAt {
  return async (serverUrl, request) => {
    const address = serverAddress(serverUrl, caPem());
    if (!address.ok) return address;
    const client = serverClient(address.value);
    try {
      return await client.enrol(request);
    } finally {
      client.close();
    }
  };
}
