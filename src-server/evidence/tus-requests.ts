import type { Readable } from 'node:stream';
import { Server } from '@tus/server';
import { problem, type Problem } from '#shared/kit/problem.ts';
import { MAX_EVIDENCE_BYTES } from '#shared/sync/media.ts';
import { paths } from '#shared/sync/wire.ts';
import { isOfStorage } from './file-originals.ts';
import { Refused } from '../http/answer.ts';
import type { Caller, Services } from '../services.ts';
import { officeUploads, type Announced } from './office-uploads.ts';
import type { Originals } from './originals.ts';
import { requestBody, type RequestBody } from './request-body.ts';
import { uploadLocks } from './upload-lock.ts';

export type TusRequest = {
  readonly method: 'POST' | 'HEAD' | 'PATCH';
  readonly path: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The body as it comes from the line; null without one. */
  readonly body: Readable | null;
};

/** A success as tus has it: a status and headers, no body. */
export type TusAnswer = { readonly status: number; readonly headers: Readonly<Record<string, string>> };

export type TusDesk = {
  /** Throws Refused with the problem, or what a disk or a database threw. */
  answer(caller: Caller, announced: Announced, request: TusRequest): Promise<TusAnswer>;
};

/** Everything else that the package would send is for browsers of other origins, and there are none here. */
const told = new Set(['location', 'upload-offset', 'upload-length', 'upload-metadata', 'tus-resumable', 'tus-version', 'tus-extension', 'tus-max-size']);
const heeded = ['tus-resumable', 'upload-offset', 'upload-length', 'upload-metadata', 'upload-defer-length', 'upload-concat', 'content-type', 'content-length'];

/**
 * tus 1.0 by `@tus/server`. The package keeps the protocol; who asks, what it is about and how errors look is ours. One of
 * its servers is made for each request, so that caller, lock and checksum are arguments and nothing is shared.
 */
export function tusDesk(services: Services, originals: Originals): TusDesk {
  const locks = uploadLocks(services);
  return {
    async answer(caller, announced, request) {
      let thrown: unknown = null;
      const name = { officeId: caller.office.officeId, sha256: announced.sha256 };
      const uploads = officeUploads(services, originals, caller, announced);
      const server = new Server({
        path: paths.evidence,
        datastore: uploads.dataStore,
        relativeLocation: true,
        maxSize: MAX_EVIDENCE_BYTES,
        namingFunction: () => announced.sha256,
        getFileIdFromRequest: () => announced.sha256,
        locker: request.method === 'HEAD' ? locks.lookerFor(name, caller.chain.chainId) : locks.lockerFor(name, caller.chain.chainId, uploads.written),
        // Asked to let go, a request does so at once: only its own laptop asks, on another line.
        lockDrainTimeout: 1,
        onResponseError: (_request, error) => void (thrown = error),
      });
      const body = request.body ? requestBody(request.body) : null;
      const response = await server.handleWeb(webRequest(request, body));
      body?.discard();
      if (response.status >= 400) throw failure((await uploads.written()) ?? thrown, response.status, await response.text());
      return { status: response.status, headers: Object.fromEntries([...response.headers].filter(([header]) => told.has(header))) };
    },
  };
}

function webRequest({ method, path, headers }: TusRequest, body: RequestBody | null): Request {
  const kept = heeded.flatMap((header): [string, string][] => (typeof headers[header] === 'string' ? [[header, headers[header]]] : []));
  return new Request(`http://office${path}`, { method, headers: kept, ...(body ? { body: body.stream, duplex: 'half' } : {}) } as RequestInit);
}

/** Problems and accidents go on as they are; what tus itself refuses becomes a problem with its status. */
function failure(thrown: unknown, status: number, text: string): Error {
  if (thrown instanceof Refused) return thrown;
  if (isOfStorage(thrown)) return new Refused(problem('server-error', { reason: 'storage' }));
  if (thrown instanceof Error && !('status_code' in thrown)) return thrown;
  return new Refused(problemOfTus(status, text.trim()));
}

function problemOfTus(status: number, text: string): Problem {
  switch (status) {
    case 404: return problem('not-found');
    case 409: return problem('invalid-input', { header: 'upload-offset', standing: 'elsewhere' });
    case 412: return problem('invalid-input', { header: 'tus-resumable' });
    case 413: return problem('too-large', { reason: 'more-than-announced' });
    case 400: case 403: case 501: return problem('invalid-input', { header: /(upload|tus|content)-[a-z-]+/i.exec(text)?.[0].toLowerCase() ?? 'request' });
    default: return problem('server-error');
  }
}
