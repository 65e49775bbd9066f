import http from 'node:http';
import { ippAnswer, jobRequest } from './ipp-message.ts';

/** What CUPS says of a job. `gone`: it knows it no more (a CUPS without history). */
export type JobReport = { readonly state: 'waiting' | 'stopped' | 'done' | 'failed' | 'cancelled' | 'gone'; readonly sheets: number | null };

/** Asks the CUPS at `server` (`host:port` or the path of a socket, as `lpstat -H` names it); null: no answer in time. */
export type AskJob = (server: string, printer: string, number: number) => Promise<JobReport | null>;

const answerMs = 5000;
const longestAnswer = 256 * 1024;
const notFound = 0x0406;

/**
 * Over IPP, because `lpstat` of CUPS 2.4 prints the same words for a finished, a cancelled and an aborted job.
 * job-state: 3 pending, 4 held, 5 processing, 6 stopped, 7 canceled, 8 aborted, 9 completed (RFC 8011, 5.3.7).
 */
export const askCupsJob: AskJob = async (server, printer, number) => {
  const queue = encodeURIComponent(printer);
  const wanted = ['job-state', 'job-media-sheets-completed'];
  const answered = await post(server, `/printers/${queue}`, jobRequest(`ipp://localhost/printers/${queue}`, number, wanted));
  const answer = answered && ippAnswer(answered);
  if (!answer) return null;
  if (answer.status === notFound) return { state: 'gone', sheets: null };
  const sheets = answer.attributes.get('job-media-sheets-completed')?.[0];
  const state = stateNames.get(answer.attributes.get('job-state')?.[0] ?? '');
  return state === undefined ? null : { state, sheets: typeof sheets === 'number' ? sheets : null };
};

const stateNames = new Map<string | number, JobReport['state']>([
  [3, 'waiting'], [4, 'waiting'], [5, 'waiting'], [6, 'stopped'], [7, 'cancelled'], [8, 'failed'], [9, 'done'],
]);

function post(server: string, path: string, body: Uint8Array): Promise<Buffer | null> {
  return new Promise((resolve) => {
    const where = server.startsWith('/') ? { socketPath: server } : hostAndPort(server);
    const headers = { host: 'localhost', 'content-type': 'application/ipp', 'content-length': body.byteLength };
    const request = http.request({ ...where, path, method: 'POST', headers, agent: false, timeout: answerMs });
    const pieces: Buffer[] = [];
    let bytes = 0;
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(null));
    request.on('close', () => resolve(null));
    request.on('response', (answer) => {
      answer.on('data', (piece: Buffer) => {
        bytes += piece.byteLength;
        if (bytes > longestAnswer) return void request.destroy();
        pieces.push(piece);
      });
      answer.on('error', () => resolve(null));
      answer.on('end', () => resolve(answer.statusCode === 200 && answer.complete ? Buffer.concat(pieces) : null));
    });
    request.end(body);
  });
}

function hostAndPort(server: string): { readonly host: string; readonly port: number } {
  const [, host = server, port = '631'] = /^(.*?)(?::(\d+))?$/.exec(server) ?? [];
  return { host: host.replace(/^\[|\]$/g, ''), port: Number(port) };
}
