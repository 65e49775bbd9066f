import { createHash, createHmac, randomUUID } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/**
 * A stand-in for an S3-compatible store, limited to the calls that the server makes (objects, multipart uploads, copies,
 * path style). It checks the signature (AWS Signature Version 4) of every request and of its body, refuses parts that are
 * too short, and forgets nothing. It is no S3: no listing of objects, no versions, no policies, one bucket, all in memory.
 */
export type ObjectStore = {
  readonly url: string;
  readonly bucket: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly objects: ReadonlyMap<string, Buffer>;
  /** Names of the calls so far, such as `UploadPart`. */
  readonly calls: string[];
  /** Changes stored bytes behind everybody's back. */
  spoil(key: string): void;
  /** The next `times` calls of this name are answered with 500 (`before`) or are done and then not answered (`after`). */
  failNext(call: string, when: 'before' | 'after', times: number): void;
};

type Stored = { readonly bytes: Buffer; readonly metadata: Readonly<Record<string, string>> };
type Upload = { readonly key: string; readonly parts: Map<number, Buffer> };
type Answer = { readonly status: number; readonly body?: string | Buffer; readonly headers?: Record<string, string> };
type Asked = { readonly method: string; readonly key: string; readonly query: URLSearchParams; readonly headers: http.IncomingHttpHeaders; readonly body: Buffer };

const MIN_PART_BYTES = 5 * 1024 * 1024;

export async function objectStore(): Promise<ObjectStore> {
  const [bucket, accessKeyId, secretAccessKey] = ['originals', 'AKIDTEST', 'a secret of the test'];
  const objects = new Map<string, Stored>();
  const uploads = new Map<string, Upload>();
  const calls: string[] = [];
  const failing = new Map<string, { readonly when: 'before' | 'after'; times: number }>();

  const server = http.createServer((request, response) => {
    void wholeBody(request).then((body) => {
      const url = new URL(request.url ?? '/', 'http://store');
      const [, named, ...rest] = url.pathname.split('/');
      const asked: Asked = { method: request.method ?? '', key: decodeURIComponent(rest.join('/')), query: url.searchParams, headers: request.headers, body };
      if (named !== bucket) return send(response, errorOf(404, 'NoSuchBucket'));
      if (!isSigned(request, url, body, accessKeyId, secretAccessKey)) return send(response, errorOf(403, 'SignatureDoesNotMatch'));
      const [name, act] = callOf(asked, objects, uploads, bucket);
      calls.push(name);
      const failure = failing.get(name);
      const fails = failure && failure.times > 0 ? failure.when : null;
      if (failure) failure.times -= 1;
      if (fails === 'before') return send(response, errorOf(500, 'InternalError'));
      const answer = act();
      if (fails === 'after') return void response.destroy();
      return send(response, answer);
    });
  });
  await new Promise<void>((listening) => { server.listen(0, '127.0.0.1', listening); });
  onTestFinished(() => new Promise<void>((closed) => {
    server.close(() => closed());
    server.closeAllConnections();
  }));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    bucket, accessKeyId, secretAccessKey, calls,
    get objects() { return new Map([...objects].map(([key, { bytes }]) => [key, bytes])); },
    spoil(key) {
      const stored = objects.get(key);
      if (!stored) throw new Error(`no object ${key}`);
      const bytes = Buffer.from(stored.bytes);
      bytes[0] = (bytes[0] ?? 0) ^ 1;
      objects.set(key, { ...stored, bytes });
    },
    failNext: (call, when, times) => void failing.set(call, { when, times }),
  };
}

function callOf({ method, key, query, headers, body }: Asked, objects: Map<string, Stored>, uploads: Map<string, Upload>, bucket: string): readonly [string, () => Answer] {
  const uploadId = query.get('uploadId') ?? '';
  const upload = uploads.get(uploadId);
  if (method === 'POST' && query.has('uploads')) {
    return ['CreateMultipartUpload', () => {
      const id = randomUUID();
      uploads.set(id, { key, parts: new Map() });
      return xml(`<InitiateMultipartUploadResult><Bucket>${bucket}</Bucket><Key>${key}</Key><UploadId>${id}</UploadId></InitiateMultipartUploadResult>`);
    }];
  }
  if (query.has('uploadId')) return ofUpload(method, key, query, body, upload, () => uploads.delete(uploadId), objects);
  switch (method) {
    case 'PUT': return headers['x-amz-copy-source'] === undefined
      ? ['PutObject', () => (objects.set(key, { bytes: body, metadata: metadataIn(headers) }), { status: 200, headers: { etag: etag(body) } })]
      : ['CopyObject', () => copied(String(headers['x-amz-copy-source']), key, objects, bucket)];
    case 'GET': return ['GetObject', () => found(objects.get(key), true)];
    case 'HEAD': return ['HeadObject', () => found(objects.get(key), false)];
    case 'DELETE': return ['DeleteObject', () => (objects.delete(key), { status: 204 })];
    default: return ['Unknown', () => errorOf(501, 'NotImplemented')];
  }
}

function ofUpload(method: string, key: string, query: URLSearchParams, body: Buffer, upload: Upload | undefined, forget: () => void, objects: Map<string, Stored>): readonly [string, () => Answer] {
  const name = { PUT: 'UploadPart', GET: 'ListParts', POST: 'CompleteMultipartUpload', DELETE: 'AbortMultipartUpload' }[method] ?? 'Unknown';
  if (!upload || upload.key !== key) return [name, () => errorOf(404, 'NoSuchUpload')];
  const parts = (): [number, Buffer][] => [...upload.parts].sort(([a], [b]) => a - b);
  switch (name) {
    case 'UploadPart': return [name, () => (upload.parts.set(Number(query.get('partNumber')), body), { status: 200, headers: { etag: etag(body) } })];
    case 'ListParts': return [name, () => xml(`<ListPartsResult><IsTruncated>false</IsTruncated>${parts().map(([number, bytes]) => `<Part><PartNumber>${number}</PartNumber><ETag>${etag(bytes).replaceAll('"', '&quot;')}</ETag><Size>${bytes.length}</Size></Part>`).join('')}</ListPartsResult>`)];
    case 'CompleteMultipartUpload': return [name, () => {
      const all = parts().map(([, bytes]) => bytes);
      if (all.slice(0, -1).some(({ length }) => length < MIN_PART_BYTES)) return errorOf(400, 'EntityTooSmall');
      objects.set(key, { bytes: Buffer.concat(all), metadata: {} });
      forget();
      return xml(`<CompleteMultipartUploadResult><Key>${key}</Key></CompleteMultipartUploadResult>`);
    }];
    default: return [name, () => (forget(), { status: 204 })];
  }
}

function copied(source: string, key: string, objects: Map<string, Stored>, bucket: string): Answer {
  const stored = objects.get(decodeURIComponent(source).replace(/^\//, '').slice(bucket.length + 1));
  if (!stored) return errorOf(404, 'NoSuchKey');
  objects.set(key, stored);
  return xml('<CopyObjectResult></CopyObjectResult>');
}

function found(stored: Stored | undefined, withBytes: boolean): Answer {
  if (!stored) return errorOf(404, 'NoSuchKey');
  const headers = { etag: etag(stored.bytes), 'content-length': String(stored.bytes.length), ...Object.fromEntries(Object.entries(stored.metadata).map(([name, value]) => [`x-amz-meta-${name}`, value])) };
  return { status: 200, headers, ...(withBytes ? { body: stored.bytes } : {}) };
}

function metadataIn(headers: http.IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).flatMap(([name, value]) => (name.startsWith('x-amz-meta-') ? [[name.slice('x-amz-meta-'.length), String(value)]] : [])));
}

function etag(bytes: Buffer): string {
  return `"${createHash('md5').update(bytes).digest('hex')}"`;
}

function xml(body: string): Answer {
  return { status: 200, body: `<?xml version="1.0" encoding="UTF-8"?>${body}`, headers: { 'content-type': 'application/xml' } };
}

function errorOf(status: number, code: string): Answer {
  return { ...xml(`<Error><Code>${code}</Code><Message>${code}</Message></Error>`), status };
}

function send(response: http.ServerResponse, { status, body, headers }: Answer): void {
  response.writeHead(status, headers);
  response.end(body);
}

async function wholeBody(request: http.IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}

/** AWS Signature Version 4 over method, path, query, the signed headers and the hash of the body. */
function isSigned(request: http.IncomingMessage, url: URL, body: Buffer, accessKeyId: string, secret: string): boolean {
  const given = /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/.exec(request.headers.authorization ?? '');
  if (!given || given[1] !== accessKeyId) return false;
  const [, , day = '', region = '', names = '', signature] = given;
  const bodyHash = String(request.headers['x-amz-content-sha256']);
  if (bodyHash !== 'UNSIGNED-PAYLOAD' && bodyHash !== createHash('sha256').update(body).digest('hex')) return false;
  const query = [...url.searchParams].map(([name, value]) => `${encoded(name)}=${encoded(value)}`).sort().join('&');
  const headers = names.split(';').map((name) => `${name}:${String(request.headers[name]).trim().replaceAll(/ +/g, ' ')}\n`).join('');
  const canonical = [request.method, url.pathname, query, headers, names, bodyHash].join('\n');
  const at = String(request.headers['x-amz-date']);
  const scope = `${day}/${region}/s3/aws4_request`;
  const text = ['AWS4-HMAC-SHA256', at, scope, createHash('sha256').update(canonical).digest('hex')].join('\n');
  const key = [day, region, 's3', 'aws4_request'].reduce<string | Buffer>((last, part) => createHmac('sha256', last).update(part).digest(), `AWS4${secret}`);
  return createHmac('sha256', key).update(text).digest('hex') === signature;
}

function encoded(text: string): string {
  return encodeURIComponent(text).replaceAll(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}
