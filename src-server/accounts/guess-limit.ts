import { newUuid } from '../ids.ts';
import type { Services } from '../services.ts';
import { noteGuess, nthLatestGuess } from '../store/enrolment-guesses.ts';

/** Counts wrong enrolment codes in a sliding window, over all processes, so that guessing gets slow. */
export type GuessLimit = {
  /** How long until another guess from this address is heard, in ms; 0: now. */
  waitMs(address: string): Promise<number>;
  failed(address: string): Promise<void>;
};

export type GuessTerms = { readonly windowMs: number; readonly mostOfAddress: number; readonly mostOverall: number };

/** While an address, or everybody, has to wait nothing more is counted: there are never many rows. */
export function guessLimit({ store, now }: Pick<Services, 'store' | 'now'>, { windowMs, mostOfAddress, mostOverall }: GuessTerms): GuessLimit {
  const waitFor = async (address: string | null, most: number): Promise<number> => {
    const at = await nthLatestGuess(store.sql, address, now() - windowMs, most);
    return at === null ? 0 : Math.max(0, at + windowMs - now());
  };
  return {
    waitMs: async (address) => Math.max(await waitFor(address, mostOfAddress), await waitFor(null, mostOverall)),
    failed: async (address) => await store.write((sql) => noteGuess(sql, newUuid(now()), address, now(), now() - windowMs)),
  };
}
