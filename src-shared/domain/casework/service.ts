import * as z from 'zod';
import { problem, type Problem } from '../../kit/problem.ts';
import { shanghaiDate } from '../../kit/shanghai-time.ts';
import { Instant, Sha256, Uuid } from '../../kit/values.ts';
import { listItems, type RecordState } from '../../sync/record-state.ts';

/**
 * document-exchange 公文交换、机要交换, oa-receipt OA 或浙政钉签收, direct 直接送达, refused 拒收后留置, post 邮寄, electronic 电子送达.
 * docs/sources.md#service
 */
export const serviceMethods = ['document-exchange', 'oa-receipt', 'direct', 'refused', 'post', 'electronic'] as const;
export type ServiceMethod = (typeof serviceMethods)[number];

/** Two lawful routes after a refusal, either is enough: a witness 见证人, or left and filmed 留置并拍照录像. */
export const refusalRoutes = ['witness', 'left-and-filmed'] as const;
export type RefusalRoute = (typeof refusalRoutes)[number];

/** Bytes that the server holds as evidence, named by their hash. */
export const HeldOriginal = z.strictObject({ sha256: Sha256, mediaType: z.string().max(100), byteLength: z.number().int().min(1) });
export type HeldOriginal = Readonly<z.infer<typeof HeldOriginal>>;

/** To the minute, as a 送达回证 says it. */
export const ServedAt = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:00\.000Z$/);

/** What a person states of one 送达. Texts may be empty here: `serviceGaps` says which may not, by method. */
const statement = {
  method: z.enum(serviceMethods),
  /** Who took it (or refused it), with his post, and of which unit. */
  recipient: z.strictObject({ name: z.string().max(40), post: z.string().max(40), unit: z.string().max(80) }),
  servedAt: ServedAt,
  place: z.string().max(120),
  /** Number of the exchange, the OA receipt or the mail; of an electronic service the address that it went to. */
  reference: z.string().max(120),
  refusal: z.strictObject({
    reason: z.string().max(500),
    route: z.enum(refusalRoutes),
    witness: z.strictObject({ name: z.string().max(40), unit: z.string().max(80) }),
    films: z.array(HeldOriginal).max(10),
  }).nullable(),
  /** The unit's signed consent to electronic service 电子送达确认书. */
  consent: HeldOriginal.nullable(),
  note: z.string().max(500),
} as const;

export const ServiceStatement = z.strictObject(statement);
export type ServiceStatement = Readonly<z.infer<typeof ServiceStatement>>;

/** One 送达 on record: `services/<id of the act>`. `paper` is the sealed original that was served. */
export const Service = z.strictObject({ ...statement, paper: HeldOriginal.nullable(), by: Uuid, at: Instant });
export type Service = Readonly<z.infer<typeof Service>>;

/** 回证已收: the 送达回证 that the unit signed (it never signs the 意见书 itself), as scan or photo. `serviceReceipts/<id>`. */
export const ServiceReceipt = z.strictObject({ serviceId: z.string().max(64), original: HeldOriginal, note: z.string().max(500), by: Uuid, at: Instant });
export type ServiceReceipt = Readonly<z.infer<typeof ServiceReceipt>>;

/** A statement while it is filled in. */
export type ServiceDraft = Omit<ServiceStatement, 'method' | 'servedAt'> & { readonly method: ServiceMethod | null; readonly servedAt: string | null };

export const serviceGapNames = [
  'method', 'recipient.unit', 'recipient.name', 'recipient.post', 'servedAt', 'service.place', 'reference', 'refusal.reason', 'refusal.witness.name', 'refusal.witness.unit', 'refusal.films', 'consent',
] as const;
export type ServiceGap = (typeof serviceGapNames)[number];

type MethodRule = { readonly person: boolean; readonly place: boolean; readonly reference: boolean };

/** What each method can not do without. Whoever refuses need not give his name; a letter and a mailbox have no hand that takes them. */
export const serviceRules: Readonly<Record<ServiceMethod, MethodRule>> = {
  'document-exchange': { person: true, place: false, reference: false },
  'oa-receipt': { person: true, place: false, reference: false },
  direct: { person: true, place: true, reference: false },
  refused: { person: false, place: true, reference: false },
  post: { person: false, place: false, reference: true },
  electronic: { person: false, place: false, reference: true },
};

/** What still has to be filled in, in the order of the form. */
export function serviceGaps(draft: ServiceDraft): readonly ServiceGap[] {
  const { method, recipient, refusal } = draft;
  const blank = (text: string): boolean => text.trim() === '';
  const rule = method === null ? null : serviceRules[method];
  const isRefused = method === 'refused';
  const gaps: Readonly<Record<ServiceGap, boolean>> = {
    method: method === null,
    'recipient.unit': blank(recipient.unit),
    'recipient.name': rule?.person === true && blank(recipient.name),
    'recipient.post': rule?.person === true && blank(recipient.post),
    servedAt: draft.servedAt === null,
    'service.place': rule?.place === true && blank(draft.place),
    reference: rule?.reference === true && blank(draft.reference),
    'refusal.reason': isRefused && blank(refusal?.reason ?? ''),
    'refusal.witness.name': isRefused && refusal?.route !== 'left-and-filmed' && blank(refusal?.witness.name ?? ''),
    'refusal.witness.unit': isRefused && refusal?.route !== 'left-and-filmed' && blank(refusal?.witness.unit ?? ''),
    'refusal.films': isRefused && refusal?.route === 'left-and-filmed' && refusal.films.length === 0,
    consent: method === 'electronic' && draft.consent === null,
  };
  return serviceGapNames.filter((name) => gaps[name]);
}

/** How far a clock may be ahead of the server's before what it says lies in the future, ms. */
export const CLOCK_DOUBT_MS = 90_000;

/**
 * Why a 送达 can not be recorded so, or null: incomplete {field}, invalid-input {field} (what belongs to another method), or
 * out-of-range {field: servedAt} before the day of the seal in Shanghai (before-seal) or beyond the server's clock (in-future).
 */
export function serviceProblem(service: ServiceStatement, { sealedAt, now }: { readonly sealedAt: Instant | null; readonly now: Instant }): Problem | null {
  const gap = serviceGaps(service)[0];
  if (gap) return problem('incomplete', { field: gap });
  if (service.refusal !== null && service.method !== 'refused') return problem('invalid-input', { field: 'refusal' });
  if (service.consent !== null && service.method !== 'electronic') return problem('invalid-input', { field: 'consent' });
  const servedAt = Date.parse(service.servedAt);
  if (Number.isNaN(servedAt)) return problem('invalid-input', { field: 'servedAt' });
  if (sealedAt !== null && shanghaiDate(service.servedAt) < shanghaiDate(sealedAt)) return problem('out-of-range', { field: 'servedAt', reason: 'before-seal', date: shanghaiDate(sealedAt) });
  return servedAt > Date.parse(now) + CLOCK_DOUBT_MS ? problem('out-of-range', { field: 'servedAt', reason: 'in-future' }) : null;
}

/** Everything a statement says is on the server, with the field that names it. */
export function serviceOriginals(service: ServiceStatement): readonly { readonly field: ServiceGap; readonly original: HeldOriginal }[] {
  const films = service.refusal?.films.map((original) => ({ field: 'refusal.films' as const, original })) ?? [];
  return service.consent === null ? films : [...films, { field: 'consent', original: service.consent }];
}

export type StoredService = Service & { readonly id: string; readonly receipts: readonly (ServiceReceipt & { readonly id: string })[] };

/** The 送达 of an opinion with the 回证 that came in, by their ids. One served before methods were asked for has none. */
export function servicesOf(opinion: RecordState): readonly StoredService[] {
  const receipts = listItems(opinion, 'serviceReceipts').map(([id, item]) => ({ ...(item as unknown as ServiceReceipt), id }));
  return listItems(opinion, 'services').map(([id, item]) => ({ ...(item as unknown as Service), id, receipts: receipts.filter(({ serviceId }) => serviceId === id) }));
}
