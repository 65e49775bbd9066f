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
  /** An open stream broke off, or is refused where it was not before: perhaps the server is gone, or we are revoked. */
  readonly onBroken: () => void;
};

/** Listens to the server's hints while somebody is signed in. A hint only wakes; what is new comes by the exchange. */
export function hintListener({ ask, onNews, onBroken }: HintParts): HintListener {
  let open: EndlessAnswer | null = null;
  let busy = false;
  let stopped = false;
  let wasRefused = false;

  const listenOnce = async (): Promise<void> => {
    let heard = false;
    const ended = await ask<never>(async (server, token) => {
      open = server.hints(token, (event) => {
        heard = true;
        if (event.kind === 'news' && !stopped) onNews(event.cursor);
      });
      if (stopped) open.stop();
      return await open.ended;
    });
    open = null;
    busy = false;
    const isRefused = !ended.ok && ended.problem.code === 'not-allowed';
    // Once only: a proxy that lets no stream through would else make a circle of it.
    const isNews = heard || (isRefused && !wasRefused);
    wasRefused = isRefused;
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
