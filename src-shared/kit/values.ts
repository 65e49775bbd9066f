import * as z from 'zod';

/** Lower-case UUID (version 7 when we make it); its time part is never read. */
export const Uuid = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
export type Uuid = z.infer<typeof Uuid>;

/** SHA-256 as 64 lower-case hexadecimal digits. */
export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);
export type Sha256 = z.infer<typeof Sha256>;

/** UTC instant with milliseconds, `2026-08-12T06:03:00.000Z`. */
export const Instant = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/);
export type Instant = z.infer<typeof Instant>;

/** Calendar date in Asia/Shanghai, `YYYY-MM-DD`. */
export const DateText = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
export type DateText = z.infer<typeof DateText>;

/**
 * A measured value kept as written: optional minus, digits, optional fraction. `26.0` stays `26.0`. Loggers export
 * binary floats written out (`24.49933333333332`), hence the many decimals.
 */
export const DecimalText = z.string().regex(/^-?\d{1,9}(\.\d{1,18})?$/);
export type DecimalText = z.infer<typeof DecimalText>;

/** JSON without floats: what a Change may carry (RFC 8785 canonical form stays unambiguous). */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };
export const JsonValue: z.ZodType<JsonValue> = z.lazy(() =>
  z.union([z.null(), z.boolean(), z.number().int().safe(), z.string(), z.array(JsonValue), z.record(z.string(), JsonValue)]),
);
