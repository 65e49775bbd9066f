import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
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
};

export const usage = `usage: server --data <folder> [--port <n>] [--host 127.0.0.1] [--tls-cert <pem> --tls-key <pem>]
              [--demo] [--add-office] [--code-for <login name>] [--restored] [--log-level info]`;

/** Reads the command line. Throws UnusableData with a sentence when it makes no sense. */
export function startOptions(args: readonly string[]): StartOptions {
  const values = parsed(args);
  if (values.data === undefined || values.data === '') throw new UnusableData(`--data is missing\n${usage}`);
  const port = Number(values.port);
  if (!/^\d{1,5}$/.test(values.port) || port > 65535) throw new UnusableData(`--port ${values.port} is no port`);
  const tls = tlsFiles(values['tls-cert'], values['tls-key']);
  if (!tls && !isLoopback(values.host)) throw new UnusableData(`--host ${values.host}: beyond this machine only with --tls-cert and --tls-key`);
  if (values.demo && !isLoopback(values.host)) throw new UnusableData('--demo: a demo is shown on this machine only');
  return {
    dataDir: values.data, port, host: values.host, demo: values.demo, tls, logLevel: values['log-level'], addOffice: values['add-office'],
    codeFor: values['code-for'] ?? null, restored: values.restored,
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        data: { type: 'string' }, port: { type: 'string', default: '8443' }, host: { type: 'string', default: '127.0.0.1' }, demo: { type: 'boolean', default: false },
        'tls-cert': { type: 'string' }, 'tls-key': { type: 'string' }, 'log-level': { type: 'string', default: 'info' }, 'add-office': { type: 'boolean', default: false },
        'code-for': { type: 'string' }, restored: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    throw new UnusableData(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
  }
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

/** Names that can only mean this machine. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host);
}
