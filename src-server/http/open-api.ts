import * as z from 'zod';
import { problemCodes } from '#shared/kit/problem.ts';
import { officeCalls, officeReplyEnvelope, type OfficeCallName } from '#shared/sync/office-calls.ts';
import {
  ChallengeReply, ChallengeRequest, EnrolReply, EnrolRequest, ErrorReply, EvidenceStatus, ExchangeReply, ExchangeRequest, paths, SessionReply, SessionRequest, WIRE_VERSION,
} from '#shared/sync/wire.ts';
import { httpStatus } from '../problems.ts';

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
    info: { title: 'Xuncha office server', version: String(WIRE_VERSION), description: `Every error has the body ErrorReply. HTTP status by problem code: ${statusList()}.` },
    paths: {
      [paths.enrol]: { post: json('Enrol a laptop by a one-time code; the console code also makes the first account', EnrolRequest, EnrolReply, false) },
      [paths.challenge]: { post: json('Ask for a challenge to sign', ChallengeRequest, ChallengeReply, false) },
      [paths.session]: { post: json('Open a session by signing the challenge', SessionRequest, SessionReply, false) },
      [paths.exchange]: { post: json('Push own changes, pull a page of the office\'s feed', ExchangeRequest, ExchangeReply, true) },
      ...Object.fromEntries((Object.keys(officeCalls) as OfficeCallName[]).map((name) => [
        `${paths.office}/${name}`, { post: json(`An act of the server, for: ${officeCalls[name].roles.join(', ')}`, officeCalls[name].request, officeReplyEnvelope(name), true) },
      ])),
      [paths.hints]: { get: { summary: 'Server-sent events: `event: news`, `data: {"cursor":n}`', security: signedIn, responses: { 200: { description: 'text/event-stream' }, ...errors } } },
      [`${paths.evidence}/{sha256}/status`]: { get: { summary: 'How much of an original the server holds', security: signedIn, parameters: [sha256], responses: { 200: reply(EvidenceStatus), ...errors } } },
      [`${paths.evidence}/{sha256}`]: {
        patch: {
          summary: 'Send a piece of an original where it stands; the reply says where it stands then', security: signedIn,
          parameters: [sha256, header('upload-offset', 'integer'), header('upload-length', 'integer'), header('upload-media-type', 'string')],
          requestBody: { required: true, content: { 'application/octet-stream': {} } }, responses: { 200: reply(EvidenceStatus), ...errors },
        },
        get: { summary: 'The original, as an attachment', security: signedIn, parameters: [sha256], responses: { 200: { description: 'the bytes' }, ...errors } },
      },
      [paths.health]: { get: { summary: 'Is the server up, and its database?', responses: { 200: { description: 'it is' }, ...errors } } },
    },
    components: { securitySchemes: { session: { type: 'http', scheme: 'bearer' } }, schemas: { ErrorReply: schemaOf(ErrorReply) } },
  };
}

const signedIn = [{ session: [] }];
const sha256 = { name: 'sha256', in: 'path', required: true, schema: { type: 'string', pattern: '^[0-9a-f]{64}$' } };
const errors = { default: { description: 'A problem', content: { 'application/json': { schema: { $ref: '#/components/schemas/ErrorReply' } } } } };

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

function header(name: string, type: string): unknown {
  return { name, in: 'header', required: true, schema: { type } };
}

function schemaOf(schema: z.ZodType): unknown {
  const { $schema: _dialect, ...body } = z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' });
  return body;
}

function statusList(): string {
  return problemCodes.map((code) => `${code} ${httpStatus({ code })}`).join(', ');
}
