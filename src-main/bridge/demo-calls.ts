import path from 'node:path';
import { done, failed } from '#shared/kit/outcome.ts';
import type { Disk } from '../journal/disk.ts';
import { orDiskProblem } from '../journal/disk-problem.ts';
import { claimDemoProfile, clearEndedProfile, endDemoProfile } from '../keys/demo-profile.ts';
import type { SessionHolder } from '../keys/open-session.ts';
import type { BridgeHandlers } from './answer.ts';

/** How the program ends when a person has ended the demo: whoever started it (scripts/start.mjs) then removes its server's folder. */
const DEMO_ENDED_EXIT = 10;

/**
 * The profile's folder: the one named on the command line, else one for real work and one for the demo, which never meet. The
 * product name holds Chinese and a space; the folder name stays plain and never changes.
 */
export function profileFolder(given: string | null, appData: string, isDemo: boolean): string {
  const folder = given ?? path.join(appData, isDemo ? 'xuncha-demo' : 'xuncha');
  if (isDemo) claimDemoProfile(folder);
  return folder;
}

export type DemoParts = {
  readonly disk: Disk;
  readonly profileDir: string;
  readonly demoServer: string | null;
  readonly sessions: Pick<SessionHolder, 'close'>;
  /** The browser's own storage of our pages: working copy and preferences. */
  clearStorage(): Promise<void>;
  /** Calls back when all windows are gone, as the last thing; `end` ends the process with a code. */
  onQuit(listener: (end: (code: number) => void) => void): void;
};

/** Ends the demo of this profile, for a program that was started for a demo, and only for that. */
export function demoCalls(parts: DemoParts): Pick<BridgeHandlers, 'demo.end'> {
  const { disk, profileDir, demoServer, sessions } = parts;
  let ended = false;
  parts.onQuit((end) => {
    if (!ended) return;
    clearEndedProfile(profileDir);
    end(DEMO_ENDED_EXIT);
  });
  return {
    'demo.end': async () => {
      if (demoServer === null) return failed('not-allowed', { reason: 'no-demo' });
      await sessions.close('person');
      const removed = await orDiskProblem(() => endDemoProfile(disk, profileDir));
      if (!removed.ok) return removed;
      ended = true;
      await parts.clearStorage();
      return done({ profileDir });
    },
  };
}
