import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { parseArgs } from 'node:util';
import { isLoopback } from './loopback.ts';
import { mediaIn, type MediaOptions } from './media-options.ts';
import { UnusableData } from './unusable-data.ts';

export type StartOptions = {
  readonly dataDir: string;
  readonly port: number;
  readonly host: string;
  readonly demo: boolean;
  readonly tls: { readonly cert: string; readonly key: string } | null;
  readonly logLevel: string;
  /** Print a code for one more office. */
  readonly addOffice: boolean;
  /** Print an enrolment code for the person with this login name: for an administrator who lost the only laptop. */
  readonly codeFor: string | null;
  /** The data folder came out of a backup: see docs/operations.md. */
  readonly restored: boolean;
  /** PostgreSQL instead of the SQLite file in the data folder. */
  readonly database?: DatabaseOptions | null;
  /** Addresses or networks of the balancers in front: the address that they name is believed. */
  readonly trustedProxies?: readonly string[];
  /** Where the originals lie; the folder `evidence` of the data folder unless told otherwise. */
  readonly media?: MediaOptions | null;
};

export type DatabaseOptions = {
  /** postgres://user:password@host:port/database?… */
  readonly url: string;
  readonly connections: number;
  /** Go on although a power cut would lose what has a receipt: for trials. */
  readonly allowFsyncOff: boolean;
};

export const usage = `usage: server --data <folder> [--port <n>] [--host 127.0.0.1] [--tls-cert <pem> --tls-key <pem>]
              [--database postgres://… [--database-connections 10] [--allow-fsync-off]] [--trusted-proxy <address or network>]…
              [--media-dir <shared folder> | --s3-bucket <name> [--s3-endpoint https://…] [--s3-region us-east-1]]
              [--demo] [--add-office] [--code-for <login name>] [--restored] [--log-level info]
DATABASE_URL in the environment is the same as --database, and is not seen by others on this machine.
The bucket's credentials are read from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or where AWS' own tools look for them.`;

/** Reads the command line and DATABASE_URL. Throws UnusableData with a sentence when they make no sense. */
export function startOptions(args: readonly string[], environment: Readonly<Record<string, string | undefined>> = {}): StartOptions {
  const values = parsed(args);
  if (values.data === undefined || values.data === '') throw new UnusableData(`--data is missing\n${usage}`);
  const port = Number(values.port);
  if (!/^\d{1,5}$/.test(values.port) || port > 65535) throw new UnusableData(`--port ${values.port} is no port`);
  const tls = tlsFiles(values['tls-cert'], values['tls-key']);
  if (!tls && !isLoopback(values.host)) throw new UnusableData(`--host ${values.host}: beyond this machine only with --tls-cert and --tls-key`);
  if (values.demo && !isLoopback(values.host)) throw new UnusableData('--demo: a demo is shown on this machine only');
  return {
    dataDir: values.data, port, host: values.host, demo: values.demo, tls, logLevel: values['log-level'], addOffice: values['add-office'],
    codeFor: values['code-for'] ?? null, restored: values.restored, database: databaseIn(values, environment['DATABASE_URL']), trustedProxies: proxiesIn(values['trusted-proxy']),
    media: mediaIn(values),
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        data: { type: 'string' }, port: { type: 'string', default: '8443' }, host: { type: 'string', default: '127.0.0.1' }, demo: { type: 'boolean', default: false },
        'tls-cert': { type: 'string' }, 'tls-key': { type: 'string' }, 'log-level': { type: 'string', default: 'info' }, 'add-office': { type: 'boolean', default: false },
        'code-for': { type: 'string' }, restored: { type: 'boolean', default: false }, database: { type: 'string' },
        'database-connections': { type: 'string', default: '10' }, 'allow-fsync-off': { type: 'boolean', default: false }, 'trusted-proxy': { type: 'string', multiple: true, default: [] },
        'media-dir': { type: 'string' }, 's3-bucket': { type: 'string' }, 's3-endpoint': { type: 'string' }, 's3-region': { type: 'string' },
      },
    }).values;
  } catch (error) {
    throw new UnusableData(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
  }
}

function databaseIn(values: ReturnType<typeof parsed>, fromEnvironment: string | undefined): DatabaseOptions | null {
  const url = values.database ?? fromEnvironment ?? '';
  if (url === '') return null;
  const connections = Number(values['database-connections']);
  if (!/^\d{1,4}$/.test(values['database-connections']) || connections < 2) throw new UnusableData('--database-connections: 2 or more');
  assertSafeAddress(url);
  return { url, connections, allowFsyncOff: values['allow-fsync-off'] };
}

/** Records and passwords do not travel in the clear. Never repeats the address: it holds the password. */
function assertSafeAddress(url: string): void {
  if (!/^postgres(ql)?:\/\//.test(url) || !URL.canParse(url)) throw new UnusableData('the database: an address like postgres://user@host:5432/xuncha is needed');
  const { hostname, searchParams } = new URL(url);
  const host = searchParams.get('host') ?? decodeURIComponent(hostname);
  const isHere = host === '' || host.startsWith('/') || isLoopback(host.replaceAll(/[[\]]/g, ''));
  if (!isHere && searchParams.get('sslmode') !== 'verify-full') throw new UnusableData('the database: beyond this machine only with ?sslmode=verify-full (and &sslrootcert=<pem> for an authority of your own)');
}

function proxiesIn(named: readonly string[]): readonly string[] {
  const wrong = named.find((each) => isIP(each.replace(/\/\d{1,3}$/, '')) === 0);
  if (wrong !== undefined) throw new UnusableData(`--trusted-proxy ${wrong} is no address`);
  return named;
}

function tlsFiles(cert: string | undefined, key: string | undefined): StartOptions['tls'] {
  if (cert === undefined && key === undefined) return null;
  if (cert === undefined || key === undefined) throw new UnusableData('--tls-cert and --tls-key belong together');
  return { cert: textOf(cert), key: textOf(key) };
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new UnusableData(`${file} can not be read`);
  }
}
