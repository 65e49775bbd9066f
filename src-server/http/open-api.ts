import * as z from 'zod';
import { officeCalls, officeReplyEnvelope, type OfficeCallName } from '#shared/sync/office-calls.ts';
import { CARRIED_PATH, CarriedReply, CarriedRequest } from '#shared/sync/carried.ts';
import {
  ChallengeReply, ChallengeRequest, EnrolReply, EnrolRequest, ErrorReply, ExchangeReply, ExchangeRequest, paths, SessionReply, SessionRequest, WIRE_VERSION,
} from '#shared/sync/wire.ts';
import { MAX_EVIDENCE_BYTES, TUS_VERSION, UPLOAD_CONTENT_TYPE } from '#shared/sync/media.ts';
import { statusesInWords } from '../problems.ts';

export type Operation = {
  readonly summary: string;
  readonly security?: readonly Record<string, readonly string[]>[];
  readonly parameters?: readonly unknown[];
  readonly requestBody?: unknown;
  readonly responses: Readonly<Record<string, unknown>>;
};
export type OpenApi = { readonly openapi: '3.1.0'; readonly info: { readonly title: string; readonly version: string; readonly description: string }; readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>; readonly components: unknown };

/** The contract as OpenAPI 3.1, made from the schemas that parse the requests: it can not be out of date. */
export function openApiDocument(): OpenApi {
  return {
    openapi: '3.1.0',
    info: { title: 'Xuncha office server', version: String(WIRE_VERSION), description: `Every error has the body ErrorReply. HTTP status by problem code: ${statusesInWords()}.` },
    paths: {
      [paths.enrol]: { post: json('Enrol a laptop by a one-time code; the console code also makes the first account', EnrolRequest, EnrolReply, false) },
      [paths.challenge]: { post: json('Ask for a challenge to sign', ChallengeRequest, ChallengeReply, false) },
      [paths.session]: { post: json('Open a session by signing the challenge', SessionRequest, SessionReply, false) },
      [paths.exchange]: { post: json('Push own changes, pull a page of the office\'s feed', ExchangeRequest, ExchangeReply, true) },
      [CARRIED_PATH]: { post: json('Bring changes of another laptop out of an exchange package, for: section-head', CarriedRequest, CarriedReply, true) },
      ...Object.fromEntries((Object.keys(officeCalls) as OfficeCallName[]).map((name) => [
        `${paths.office}/${name}`, { post: json(`An act of the server, for: ${officeCalls[name].roles.join(', ')}`, officeCalls[name].request, officeReplyEnvelope(name), true) },
      ])),
      [paths.hints]: { get: { summary: 'Server-sent events: `event: news`, `data: {"cursor":n}`', security: signedIn, responses: { 200: { description: 'text/event-stream' }, ...errors } } },
      ...evidencePaths,
      [paths.health]: { get: { summary: 'Is the server up, and its database?', responses: { 200: { description: 'it is' }, ...errors } } },
    },
    components: { securitySchemes: { session: { type: 'http', scheme: 'bearer' } }, schemas: { ErrorReply: schemaOf(ErrorReply) } },
  };
}

const signedIn = [{ session: [] }];
const sha256 = { name: 'sha256', in: 'path', required: true, schema: { type: 'string', pattern: '^[0-9a-f]{64}$' } };
const errors = { default: { description: 'A problem', content: { 'application/json': { schema: { $ref: '#/components/schemas/ErrorReply' } } } } };

/** tus 1.0 (https://tus.io/protocols/resumable-upload); docs/sync.md says what is particular here. */
const tus = header('tus-resumable', { const: TUS_VERSION });
const offset = header('upload-offset', { type: 'integer', minimum: 0 });
const checksum = { ...header('upload-checksum', { type: 'string', pattern: '^sha256 [A-Za-z0-9+/]{43}=$' }), required: false };
const bytes = { content: { [UPLOAD_CONTENT_TYPE]: { schema: { type: 'string', format: 'binary' } } } };
const evidencePaths = {
  [paths.evidence]: {
    options: { summary: 'Which part of tus is spoken', security: signedIn, responses: { 204: told('tus-version', 'tus-extension', 'tus-checksum-algorithm', 'tus-max-size'), ...errors } },
    post: {
      summary: 'Announce an original, with its first bytes if wanted; one that is held already is answered with its whole length', security: signedIn,
      parameters: [tus, header('upload-length', { type: 'integer', minimum: 0, maximum: MAX_EVIDENCE_BYTES }), header('upload-metadata', { type: 'string', description: 'sha256 <base64>,mediaType <base64>' }), checksum],
      requestBody: { required: false, ...bytes }, responses: { 201: told('location', 'upload-offset', 'upload-length'), ...errors },
    },
  },
  [`${paths.evidence}/{sha256}`]: {
    head: { summary: 'How much of an original is held for sure; all of it only after it was hashed', security: signedIn, parameters: [sha256, tus], responses: { 200: told('upload-offset', 'upload-length', 'upload-metadata'), ...errors } },
    patch: { summary: 'Send bytes of an original where it stands', security: signedIn, parameters: [sha256, tus, offset, checksum], requestBody: { required: true, ...bytes }, responses: { 204: told('upload-offset'), ...errors } },
    get: { summary: 'The original, as an attachment', security: signedIn, parameters: [sha256], responses: { 200: { description: 'the bytes' }, ...errors } },
  },
};

function told(...headers: readonly string[]): unknown {
  return { description: 'Done', headers: Object.fromEntries(headers.map((name) => [name, { schema: { type: 'string' } }])) };
}

function json(summary: string, request: z.ZodType, answer: z.ZodType, needsSession: boolean): Operation {
  return {
    summary, ...(needsSession ? { security: signedIn } : {}),
    requestBody: { required: true, content: { 'application/json': { schema: schemaOf(request) } } },
    responses: { 200: reply(answer), ...errors },
  };
}

function reply(schema: z.ZodType): unknown {
  return { description: 'Done', content: { 'application/json': { schema: schemaOf(schema) } } };
}

function header(name: string, schema: object): object {
  return { name, in: 'header', required: true, schema };
}

function schemaOf(schema: z.ZodType): unknown {
  const { $schema: _dialect, ...body } = z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' });
  return body;
}
