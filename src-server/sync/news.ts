/** Who wants to hear that an office's feed has grown. */
export type News = {
  /** `onNews` gets the feed's new end; `onEnd` is called once when the listener has to go. Returns how to leave. */
  listen(listener: NewsListener): () => void;
  tell(officeId: string, cursor: number): void;
  /** Ends what a chain, or a person on any laptop, listens to: revoked, or made inactive. */
  endChain(chainId: string): void;
  endOfficer(officeId: string, officerId: string): void;
  endAll(): void;
};

export type NewsListener = { readonly officeId: string; readonly chainId: string; readonly officerId: string; readonly onNews: (cursor: number) => void; readonly onEnd: () => void };

export function newsHub(): News {
  const listeners = new Set<NewsListener>();
  const end = (ended: readonly NewsListener[]): void => {
    for (const listener of ended) {
      listeners.delete(listener);
      listener.onEnd();
    }
  };
  return {
    listen(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    tell(officeId, cursor) {
      for (const listener of listeners) if (listener.officeId === officeId) listener.onNews(cursor);
    },
    endChain: (chainId) => end([...listeners].filter((listener) => listener.chainId === chainId)),
    endOfficer: (officeId, officerId) => end([...listeners].filter((listener) => listener.officeId === officeId && listener.officerId === officerId)),
    endAll: () => end([...listeners]),
  };
}
