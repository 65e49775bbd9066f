import { startOptions } from './start/options.ts';
import { openServer, type Announcement, type RunningServer } from './start/open-server.ts';
import { UnusableData } from './start/unusable-data.ts';

// The central server. Standard output: JSON lines for whoever started it (listening, one-time codes). Standard error:
// structured log lines, and one plain sentence for a person where a code has to be passed on.

function announce(said: Announcement): void {
  process.stdout.write(`${JSON.stringify(said)}\n`);
  if ('firstAccountCode' in said) process.stderr.write(`首个账号的一次性代码（仅显示这一次）/ one-time code for the first account: ${said.firstAccountCode}\n`);
  if ('enrolmentCode' in said) process.stderr.write(`${said.loginName} 的一次性登记码 / one-time enrolment code: ${said.enrolmentCode}\n`);
}

function closeOnSignal(server: RunningServer): void {
  let closing = false;
  const close = (): void => {
    // Asked twice, it does not wait for anybody: what has a receipt is on the disk.
    if (closing) process.exit(1);
    closing = true;
    void server.close().then(() => process.exit(0));
  };
  process.on('SIGTERM', close);
  process.on('SIGINT', close);
}

try {
  closeOnSignal(await openServer(startOptions(process.argv.slice(2), process.env), { announce, logTo: process.stderr }));
} catch (error) {
  if (!(error instanceof UnusableData)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
