import { shanghaiDate } from '#shared/kit/shanghai-time.ts';

/** This device's clock as an instant; the server says later what it thinks of it. */
export function nowInstant(): string {
  return new Date().toISOString();
}

/** Today's date in Asia/Shanghai by this device's clock. */
export function todayInShanghai(): string {
  return shanghaiDate(nowInstant());
}
