import path from 'node:path';

/** What the command line asked for. Everything is optional: an installed application starts with none of it. */
export type LaunchOptions = Readonly<{
  /** Absolute folder that replaces the user's profile folder, or null for the usual one. */
  profileDir: string | null;
  /** The server to talk to, as an origin without a trailing slash, or null when the profile decides. */
  server: Readonly<{ url: string; isDemo: boolean }> | null;
  /** Path of the first screen, such as `/inspections/<id>/rooms`; honoured with a demo server only. */
  firstPath: string | null;
  /** Where to save one picture of the open window; honoured with a demo server only. */
  screenshotFile: string | null;
}>;

/**
 * Reads `--profile-dir=`, `--demo-server=`, `--server=`, `--open=` and XUNCHA_SCREENSHOT.
 * Throws with a sentence for the person at the terminal when a value can not be used.
 */
export function launchOptions(argv: readonly string[], env: Readonly<Record<string, string | undefined>>): LaunchOptions {
  const profileDir = switchValue(argv, 'profile-dir');
  const demoServer = switchValue(argv, 'demo-server');
  const officeServer = switchValue(argv, 'server');
  if (demoServer !== null && officeServer !== null) throw new Error('--demo-server and --server exclude each other');
  const url = demoServer ?? officeServer;
  const isDemo = demoServer !== null;
  return {
    profileDir: profileDir === null ? null : path.resolve(profileDir),
    server: url === null ? null : { url: serverOrigin(url), isDemo },
    firstPath: isDemo ? firstPath(argv) : null,
    screenshotFile: isDemo && env['XUNCHA_SCREENSHOT'] ? path.resolve(env['XUNCHA_SCREENSHOT']) : null,
  };
}

function switchValue(argv: readonly string[], name: string): string | null {
  const prefix = `--${name}=`;
  const given = argv.find((argument) => argument.startsWith(prefix));
  if (given === undefined) return null;
  const value = given.slice(prefix.length);
  if (value === '') throw new Error(`${prefix} needs a value`);
  return value;
}

function firstPath(argv: readonly string[]): string | null {
  const given = switchValue(argv, 'open');
  if (given !== null && !/^(\/[a-z0-9-]+)+$/.test(given)) throw new Error(`not a screen: ${given}`);
  return given;
}

/** A server beyond loopback needs TLS; http is for this machine alone. */
function serverOrigin(value: string): string {
  const url = parsedUrl(value);
  if (url === null) throw new Error(`not a server address: ${value}`);
  const loopback = ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && loopback)) {
    throw new Error(`a server beyond this machine needs https: ${value}`);
  }
  return url.origin;
}

function parsedUrl(value: string): URL | null {
  try {
    return new URL(value);
  } catch {
    return null;
  }
}
