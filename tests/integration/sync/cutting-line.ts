import net from 'node:net';
import type { AddressInfo } from 'node:net';

/**
 * A line on loopback to the real server that can be cut: at byte `n` of each answer, or wholly. What went up before the cut
 * has arrived, which is what makes cut lines dangerous.
 */
export type CuttingLine = {
  readonly url: string;
  /** Every later connection is cut after so many bytes of the answer; null: not at all. */
  cutAnswersAt(bytes: number | null): void;
  /** Every later connection breaks after so many bytes went up on it; null: not at all. */
  cutUploadsAt(bytes: number | null): void;
  /** Bytes that went up since the cut of uploads was set. */
  uploadedBytes(): number;
  /** Bytes each way and exchanges asked, since the line was made. */
  traffic(): { readonly up: number; readonly down: number; readonly exchanges: number };
  /** Nobody listens any more, and what is open breaks. */
  unplug(): Promise<void>;
  plugIn(): Promise<void>;
  /** The server moved; what is open breaks. */
  leadTo(serverUrl: string): void;
  stop(): Promise<void>;
};

export async function cuttingLine(serverUrl: string): Promise<CuttingLine> {
  let target = new URL(serverUrl);
  const open = new Set<net.Socket>();
  let cutAt: number | null = null;
  let cutUpAt: number | null = null;
  let uploaded = 0;
  const traffic = { up: 0, down: 0, exchanges: 0 };
  const server = net.createServer((laptop) => {
    const office = net.connect(Number(target.port), target.hostname);
    for (const socket of [laptop, office]) {
      open.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => open.delete(socket));
    }
    let answered = 0;
    let sent = 0;
    laptop.on('data', (piece: Buffer) => {
      traffic.up += piece.byteLength;
      if (piece.includes('POST /v1/exchange')) traffic.exchanges += 1;
      const rest = cutUpAt === null ? piece.byteLength : Math.max(0, cutUpAt - sent);
      sent += piece.byteLength;
      uploaded += Math.min(rest, piece.byteLength);
      if (!office.write(piece.subarray(0, rest))) {
        laptop.pause();
        office.once('drain', () => laptop.resume());
      }
      if (rest < piece.byteLength) office.end(() => laptop.destroy());
    });
    office.on('data', (piece: Buffer) => {
      traffic.down += piece.byteLength;
      const rest = cutAt === null ? piece.byteLength : Math.max(0, cutAt - answered);
      answered += piece.byteLength;
      laptop.write(piece.subarray(0, rest));
      if (rest < piece.byteLength) laptop.destroySoon();
    });
    office.on('close', () => laptop.destroySoon());
    laptop.on('close', () => office.destroy());
  });
  const listen = (port: number): Promise<number> => new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
  const breakOff = async (): Promise<void> => {
    for (const socket of open) socket.destroy();
    if (server.listening) await new Promise<void>((resolve) => { server.close(() => resolve()); });
  };
  const port = await listen(0);
  return {
    url: `http://127.0.0.1:${port}`,
    cutAnswersAt(bytes) {
      cutAt = bytes;
      for (const socket of open) socket.destroy();
    },
    cutUploadsAt(bytes) {
      cutUpAt = bytes;
      uploaded = 0;
      for (const socket of open) socket.destroy();
    },
    uploadedBytes: () => uploaded,
    traffic: () => ({ ...traffic }),
    unplug: breakOff,
    async plugIn() { await listen(port); },
    leadTo(url) {
      target = new URL(url);
      for (const socket of open) socket.destroy();
    },
    stop: breakOff,
  };
}
