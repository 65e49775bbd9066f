import { useCallback, useEffect, useRef, useState } from 'react';
import type { AppInfo, ProfileEntry, Session } from '#shared/bridge/calls.ts';
import { demoPeople } from '#shared/domain/demo/demo-people.ts';
import { problem, type Problem } from '#shared/kit/problem.ts';
import type * as z from 'zod';
import { ask, listen } from '../bridge/bridge.ts';
import { firstRecords, openDemoSession, type DemoAccount } from '../features/session/open-demo.ts';
import type { Desk } from '../store/desk.ts';
import { openDesk } from '../store/open-desk.ts';
import { forgetSyncStatus } from '../store/use-sync-status.ts';
import { forgetUnstored } from '../ui/unstored.ts';
import { forgetKept } from '../ui/kept.ts';
import { preferences, setPreferences } from '../ui/preferences.ts';

export type Info = z.infer<typeof AppInfo>;
/** `of` is what the files hold, `done` what is folded so far. */
export type Progress = { readonly done: number; readonly of: number };

export type SessionFlow =
  | { readonly kind: 'asking' }
  | { readonly kind: 'signed-out'; readonly info: Info; readonly profiles: readonly ProfileEntry[]; readonly notice: Problem | null }
  | { readonly kind: 'opening'; readonly progress: Progress }
  | { readonly kind: 'failed'; readonly session: Session; readonly message: string }
  | { readonly kind: 'open'; readonly desk: Desk }
  | { readonly kind: 'demo-ended'; readonly profileDir: string };

/**
 * Who is at the desk. A start with a demo server goes straight to the account used last there (the inspector at first);
 * signing out shows the choice. A session that main still holds (the page was reloaded) is taken up again.
 */
export function useSessionFlow() {
  const [flow, setFlow] = useState<SessionFlow>({ kind: 'asking' });
  const deskNow = useRef<Desk | null>(null);

  const open = useCallback(async (session: Session): Promise<void> => {
    const of = session.ownSeq + session.cursor;
    setFlow({ kind: 'opening', progress: { done: 0, of } });
    try {
      const desk = await openDesk(session, (done) => setFlow({ kind: 'opening', progress: { done, of } }));
      if (session.demo && session.cursor === 0) await firstRecords(desk);
      deskNow.current = desk;
      forgetSyncStatus();
      setFlow({ kind: 'open', desk });
    } catch (error) {
      setFlow({ kind: 'failed', session, message: error instanceof Error ? error.message : String(error) });
    }
  }, []);

  const showSignedOut = useCallback(async (notice: Problem | null): Promise<void> => {
    const [info, profiles] = await Promise.all([ask('app.info', {}), ask('profile.list', {})]);
    setFlow({ kind: 'signed-out', info, profiles, notice });
  }, []);

  const enterDemo = useCallback(async (account: DemoAccount): Promise<void> => {
    const info = await ask('app.info', {});
    if (info.demoServer === null) return;
    const outcome = await openDemoSession(account, info.demoServer, info.deviceName);
    if (!outcome.ok) return showSignedOut(outcome.problem);
    setPreferences({ demoAccount: account.loginName });
    return open(outcome.value);
  }, [open, showSignedOut]);

  useEffect(() => {
    void start();
    async function start(): Promise<void> {
      const [info, session] = await Promise.all([ask('app.info', {}), ask('session.current', {})]);
      if (session) await open(session);
      else if (info.demoServer !== null) await enterDemo(demoAccountUsedLast());
      else await showSignedOut(null);
    }
  }, [open, enterDemo, showSignedOut]);

  const leaveDesk = useCallback(async (notice: Problem | null): Promise<void> => {
    const desk = deskNow.current;
    deskNow.current = null;
    if (!desk) return;
    await desk.close();
    forgetSyncStatus();
    forgetUnstored();
    forgetKept();
    window.location.hash = '';
    await showSignedOut(notice);
  }, [showSignedOut]);

  // 'person' is our own doing and 'quit' ends the window: only a laptop that was retired needs a word.
  useEffect(() => listen('session.closed', ({ reason }) => void leaveDesk(reason === 'revoked' ? problem('revoked') : null)), [leaveDesk]);

  const signOut = useCallback(async (): Promise<Problem | null> => {
    const saved = (await deskNow.current?.flush()) ?? { kind: 'saved' };
    if (saved.kind === 'failed') return saved.problem;
    const desk = deskNow.current;
    deskNow.current = null;
    await desk?.close();
    await ask('session.close', {});
    forgetSyncStatus();
    forgetUnstored();
    forgetKept();
    window.location.hash = '';
    await showSignedOut(null);
    return null;
  }, [showSignedOut]);

  const endDemo = useCallback(async (): Promise<Problem | null> => {
    const desk = deskNow.current;
    deskNow.current = null;
    await desk?.close();
    const ended = await ask('demo.end', {});
    forgetSyncStatus();
    forgetUnstored();
    forgetKept();
    window.location.hash = '';
    if (ended.ok) setFlow({ kind: 'demo-ended', profileDir: ended.value.profileDir });
    else await showSignedOut(ended.problem);
    return null;
  }, [showSignedOut]);

  const openAgain = useCallback(() => {
    if (flow.kind === 'failed') void open(flow.session);
  }, [flow, open]);

  return { flow, open, enterDemo, endDemo, signOut, openAgain };
}

function demoAccountUsedLast(): DemoAccount {
  const last = preferences().demoAccount;
  return Object.values<DemoAccount>(demoPeople).find((account) => account.loginName === last) ?? demoPeople.inspector;
}
