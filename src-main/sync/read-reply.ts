import type * as z from 'zod';
import type { JsonValue } from '#shared/kit/values.ts';
import { done, failed, type Outcome } from '#shared/kit/outcome.ts';
import { ErrorReply, WIRE_VERSION } from '#shared/sync/wire.ts';
import type { HttpReply } from './http-transport.ts';

/** A schema, or what reads as one does. */
export type Reader<T> = Pick<z.ZodType<T>, 'safeParse'>;

/**
 * Believes an answer only when it is one of ours to the last field. Everything else has a name: a redirect or a page of
 * a captive portal (`not-our-server`), JSON that stops in the middle (`half-reply`), a server that speaks a later
 * version (`please-update`), an error of a proxy before ours (`server-error`).
 */
export function readReply<T>(reply: HttpReply, schema: Reader<T>): Outcome<T> {
  if (reply.status >= 300 && reply.status < 400) return failed('not-our-server', { status: reply.status });
  const json = parsedJson(reply);
  const isSuccess = reply.status >= 200 && reply.status < 300;
  if (json.ok) {
    const ours = isSuccess ? schema.safeParse(json.value) : null;
    if (ours?.success) return done(ours.data);
    const refusal = ErrorReply.safeParse(json.value);
    if (refusal.success) return { ok: false, problem: refusal.data.problem };
    const version = statedVersion(json.value);
    if (version !== null) return failed('please-update', { version });
    return strange(reply.status);
  }
  if (isSuccess && reply.contentType.startsWith('application/json')) return failed('half-reply');
  return strange(reply.status);
}

function strange(status: number): Outcome<never> {
  return failed(status >= 500 ? 'server-error' : 'not-our-server', { status });
}

function parsedJson(reply: HttpReply): { readonly ok: true; readonly value: unknown } | { readonly ok: false } {
  try {
    return { ok: true, value: JSON.parse(reply.body.toString('utf8')) as JsonValue };
  } catch {
    return { ok: false };
  }
}

/** The version of a reply that has one but is not of the shape we know: the same version too, when a field is new. */
function statedVersion(value: unknown): number | null {
  if (typeof value !== 'object' || value === null || !('v' in value)) return null;
  return typeof value.v === 'number' && value.v >= WIRE_VERSION ? value.v : null;
}
