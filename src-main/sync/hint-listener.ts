import type { EndlessAnswer } from './http-transport.ts';
import type { OfficeConnection } from './office-connection.ts';

export type HintListener = {
  /** Opens the stream unless it is open. Called after each contact, so it needs no timer of its own. */
  ensure(): void;
  stop(): void;
};

export type HintParts = {
  readonly ask: OfficeConnection['ask'];
  readonly onNews: (cursor: number) => void;
  /** An open stream broke off, or none could be opened: perhaps the server is gone, or we are revoked. */
  readonly onBroken: () => void;
  /** Monotonic milliseconds. */
  readonly now: () => number;
};

/** A stream that ends sooner is as good as none. */
const shortLifeMs = 5_000;

/** Listens to the server's hints while somebody is signed in. A hint only wakes; what is new comes by the exchange. */
export function hintListener({ ask, onNews, onBroken, now }: HintParts): HintListener {
  let open: EndlessAnswer | null = null;
  let busy = false;
  let stopped = false;
  let failedBefore = false;

  const listenOnce = async (): Promise<void> => {
    let heard = false;
    const askedAt = now();
    await ask<never>(async (server, token) => {
      open = server.hints(token, (event) => {
        heard = true;
        if (event.kind === 'news' && !stopped) onNews(event.cursor);
      });
      if (stopped) open.stop();
      return await open.ended;
    });
    open = null;
    busy = false;
    const lived = heard && now() - askedAt >= shortLifeMs;
    // A stream that could not be opened tells something too, but once only: a proxy that lets none through would else
    // make a circle of it.
    const isNews = lived || !failedBefore;
    failedBefore = !lived;
    if (isNews && !stopped) onBroken();
  };

  return {
    ensure() {
      if (busy || stopped) return;
      busy = true;
      void listenOnce();
    },
    stop() {
      stopped = true;
      open?.stop();
    },
  };
}
