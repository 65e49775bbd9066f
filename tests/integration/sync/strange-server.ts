import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import type { AddressInfo } from 'node:net';

/** Somebody else at the address of the office. */
export type StrangeServer = { readonly url: string; requests(): number; stop(): Promise<void> };

export async function answering(handler: http.RequestListener, tls?: { readonly key: string; readonly cert: string }, port = 0): Promise<StrangeServer> {
  let requests = 0;
  const count: http.RequestListener = (request, response) => {
    requests += 1;
    handler(request, response);
  };
  const server = tls ? https.createServer(tls, count) : http.createServer(count);
  const heard = await listening(server, port);
  return {
    url: `${tls ? 'https' : 'http'}://127.0.0.1:${heard}`,
    requests: () => requests,
    stop: () => {
      server.closeAllConnections();
      return closed(server);
    },
  };
}

/** Answers every connection with the same bytes and hangs up after `end` of them; 'hang' never says anything. */
export function sayingBytes(bytes: Buffer, end: number | 'hang'): Promise<StrangeServer> {
  return onEveryConnection((socket) => {
    if (end !== 'hang') socket.end(bytes.subarray(0, end));
  });
}

/** Keeps connections open but answers only the first request on each; a second one finds it dead. */
export function dyingAfterOne(bytes: Buffer): Promise<StrangeServer> {
  return onEveryConnection((socket, requestsOnIt) => {
    if (requestsOnIt === 1) socket.write(bytes);
    else socket.resetAndDestroy();
  });
}

async function onEveryConnection(onData: (socket: net.Socket, piecesOnIt: number) => void): Promise<StrangeServer> {
  let requests = 0;
  const sockets = new Set<net.Socket>();
  const server = net.createServer((socket) => {
    let pieces = 0;
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    socket.on('data', () => {
      requests += 1;
      pieces += 1;
      onData(socket, pieces);
    });
  });
  const port = await listening(server);
  return {
    url: `http://127.0.0.1:${port}`,
    requests: () => requests,
    stop: () => {
      for (const socket of sockets) socket.destroy();
      return closed(server);
    },
  };
}

function listening(server: net.Server, port = 0): Promise<number> {
  return new Promise((resolve) => {
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

function closed(server: net.Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
  });
}
