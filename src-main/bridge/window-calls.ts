import type { BridgeHandlers, SendEvent } from './answer.ts';

/** The window as closing sees it. */
export type ClosableWindow = {
  /** Calls back when the person, the system or the program wants the window closed; the window stays until `destroy`. */
  onCloseAsked(listener: () => void): void;
  /** Calls back when the page can not answer any more. */
  onPageGone(listener: () => void): void;
  destroy(): void;
};

/** How long typed text may take to get saved before the window closes all the same, in ms. */
const LONGEST_FLUSH_MS = 5000;

export type WindowCalls = {
  readonly handlers: Pick<BridgeHandlers, 'window.ready-to-close' | 'window.stay-open'>;
  guard(window: ClosableWindow): void;
};

/**
 * Lets the renderer save what is typed before the window goes; a page that does not answer holds nobody up. One that answers
 * that something can not be saved has the window until the person has decided.
 */
export function windowCalls(send: SendEvent, after: (ms: number, run: () => void) => () => void): WindowCalls {
  let finish: (() => void) | null = null;
  let wait: (() => void) | null = null;
  return {
    handlers: {
      'window.ready-to-close': () => {
        finish?.();
        return {};
      },
      'window.stay-open': () => {
        wait?.();
        return {};
      },
    },
    guard(window) {
      let isPageGone = false;
      let isClosing = false;
      const close = (): void => {
        finish = null;
        wait = null;
        window.destroy();
      };
      window.onPageGone(() => {
        isPageGone = true;
        finish?.();
      });
      window.onCloseAsked(() => {
        if (isClosing) return;
        isClosing = true;
        if (isPageGone) return close();
        const stop = after(LONGEST_FLUSH_MS, close);
        finish = () => {
          stop();
          close();
        };
        wait = () => {
          stop();
          isClosing = false;
        };
        send('window.closing', {});
      });
    },
  };
}
