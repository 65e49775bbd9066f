import type { Session } from '#shared/bridge/calls.ts';
import type { DemoPerson } from '#shared/domain/demo/demo-people.ts';
import type { Outcome } from '#shared/kit/outcome.ts';
import { ask } from '../../bridge/bridge.ts';

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
