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
  /** An open stream broke off: perhaps the server is gone. */
  readonly onBroken: () => void;
};

/** Listens to the server's hints while somebody is signed in. A hint only wakes; what is new comes by the exchange. */
export function hintListener({ ask, onNews, onBroken }: HintParts): HintListener {
  let open: EndlessAnswer | null = null;
  let busy = false;
  let stopped = false;

  const listenOnce = async (): Promise<void> => {
    let heard = false;
    await ask(async (server, token) => {
      open = server.hints(token, (event) => {
        heard = true;
        if (event.kind === 'news' && !stopped) onNews(event.cursor);
      });
      if (stopped) open.stop();
      return await open.ended;
    });
    open = null;
    busy = false;
    if (heard && !stopped) onBroken();
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
