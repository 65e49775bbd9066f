import * as z from 'zod';
import { Instant, Sha256, Uuid } from '../kit/values.ts';
import { ExchangeRequest, Refusal, WIRE_VERSION } from './wire.ts';

/** POST /v1/packages/changes: a section head brings another laptop's changes, which came to him in an exchange package. */
export const CARRIED_PATH = '/v1/packages/changes';

export const CarriedRequest = z.strictObject({
  v: z.literal(WIRE_VERSION),
  /** Whose changes they are. */
  chainId: z.string().regex(/^[0-9a-f-]{36}\.[0-9a-f-]{36}$/),
  /** The key that the package was verified with; another one than the chain's is refused. */
  publicKey: z.string().min(43).max(44),
  /** A piece of the chain, as that laptop would push it itself; null: only asks for the receipt. */
  push: ExchangeRequest.shape.push,
  /** Originals of the package: which of them does the office hold by now? */
  originals: z.array(Sha256).max(10_000),
});
export type CarriedRequest = Readonly<z.infer<typeof CarriedRequest>>;

/** `text` is the JSON of a CarriedReceipt, `signature` the server's own Ed25519 (base64) over RECEIPT_CONTEXT and the text in UTF-8. */
export const SignedReceipt = z.strictObject({ text: z.string().min(2).max(16 * 1024 * 1024), signature: z.string().min(80).max(100) });
export type SignedReceipt = Readonly<z.infer<typeof SignedReceipt>>;

export const CarriedReply = z.strictObject({ v: z.literal(WIRE_VERSION), receipt: SignedReceipt });

/** No signature of one kind can stand for another. */
export const RECEIPT_CONTEXT = 'xuncha-receipt-v1:';

/** What the server holds of a chain, in words that can be carried: as the receipt and refusals of an exchange. */
export const CarriedReceipt = z.strictObject({
  v: z.literal(WIRE_VERSION),
  officeId: Uuid,
  chainId: z.string().max(80),
  receipt: z.strictObject({ seq: z.number().int().min(1), id: Sha256, receivedAt: Instant }).nullable(),
  refused: z.array(Refusal),
  /** Of the originals that were asked for: those that are complete on the server, hashed by it. */
  originals: z.array(Sha256),
  at: Instant,
});
export type CarriedReceipt = Readonly<z.infer<typeof CarriedReceipt>>;

/** The receipt in its signed text; null when it is of another shape, as a later server may write it. */
export function carriedReceiptIn({ text }: Pick<SignedReceipt, 'text'>): CarriedReceipt | null {
  try {
    return CarriedReceipt.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
