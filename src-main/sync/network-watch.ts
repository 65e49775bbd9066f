import { networkInterfaces } from 'node:os';

/**
 * Calls `onChange` when an address of this machine came or went: a cable plugged in, Wi-Fi joined, a tunnel opened.
 * Main has no event for it; reading the list every `everyMs` costs microseconds.
 */
export function watchNetwork(onChange: () => void, everyMs = 2000): () => void {
  let before = addresses();
  const timer = setInterval(() => {
    const after = addresses();
    if (after === before) return;
    before = after;
    onChange();
  }, everyMs);
  timer.unref();
  return () => clearInterval(timer);
}

function addresses(): string {
  return Object.values(networkInterfaces()).flatMap((each) => each ?? []).map((each) => each.cidr ?? each.address).sort().join(' ');
}
