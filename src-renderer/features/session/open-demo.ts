import type { Session } from '#shared/bridge/calls.ts';
import type { DemoPerson } from '#shared/domain/demo/demo-people.ts';
import type { Outcome } from '#shared/kit/outcome.ts';
import { ask } from '../../bridge/bridge.ts';
import type { Desk } from '../../store/desk.ts';

export type DemoAccount = Pick<DemoPerson, 'loginName' | 'code' | 'name' | 'roles'>;

/** Protects nothing: demo accounts are open to everybody and hold fictional records only. */
const demoPassphrase = 'xuncha-demo-2026';

/** Opens a demo account, enrolling this laptop for it at its first use. */
export async function openDemoSession(account: DemoAccount, serverUrl: string, deviceName: string): Promise<Outcome<Session>> {
  const profiles = await ask('profile.list', {});
  const known = profiles.find((profile) => profile.demo && profile.loginName === account.loginName);
  if (known) return ask('session.open', { chainId: known.chainId, passphrase: demoPassphrase });
  const enrolled = await ask('profile.enrol', { serverUrl, code: account.code, passphrase: demoPassphrase, deviceName, firstAccount: null });
  if (!enrolled.ok) return enrolled;
  return ask('session.open', { chainId: enrolled.value.chainId, passphrase: demoPassphrase });
}

/** Waits for the demo office's records at the very first start, as long as the server is there: an empty desk teaches nothing. */
export async function firstRecords(desk: Pick<Desk, 'list' | 'onRecords'>): Promise<void> {
  const arrived = new Promise<void>((resolve) => {
    const look = async (): Promise<void> => {
      const rooms = await desk.list('roomCheck');
      if (rooms.length === 0) return;
      stop();
      resolve();
    };
    const stop = desk.onRecords(() => void look());
    // They may have come while the desk was being opened.
    void look();
  });
  const { lastProblem } = await ask('sync.now', {});
  if (lastProblem !== null) return;
  await Promise.race([arrived, new Promise((resolve) => setTimeout(resolve, 10_000))]);
}
