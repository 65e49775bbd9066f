import type * as z from 'zod';
import { AppliedChange } from '../journal/change.ts';
import { ExchangeReply, ExchangeRequest, MAX_PUSH, type PageItem, type PushedChange } from './wire.ts';

/**
 * Changes come by the thousand, and a general schema takes longer to walk them than everything else that is done with them. These
 * tests say yes to a part of what the schemas accept; whatever they say no to goes to the schema, which has the last word and names
 * the field. tests/unit/merge/quick-checks.test.ts holds the two against each other.
 */
type Reader<T> = Pick<z.ZodType<T>, 'safeParse'>;

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const sha256 = /^[0-9a-f]{64}$/;
const salt = /^[0-9a-f]{32}$/;
const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;
const recordType = /^[a-z][a-zA-Z]{1,39}$/;
const changeKind = /^[a-z][a-z-]{1,39}$/;
const fieldPath = /^[a-z][A-Za-z0-9]*(\/[a-z0-9-]{1,64})?$/;

type Fields = Readonly<Record<string, unknown>>;

const matches = (value: unknown, pattern: RegExp): boolean => typeof value === 'string' && pattern.test(value);
const isCount = (value: unknown, least: number): boolean => typeof value === 'number' && Number.isSafeInteger(value) && value >= least;

function fieldsOf(value: unknown, count: number): Fields | null {
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return null;
  return Object.keys(value).length === count ? (value as Fields) : null;
}

function isJson(value: unknown): boolean {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isSafeInteger(value);
  if (typeof value !== 'object') return false;
  if (Array.isArray(value)) return value.every(isJson);
  if (Object.getPrototypeOf(value) !== Object.prototype) return false;
  for (const key of Object.keys(value)) if (!isJson((value as Fields)[key])) return false;
  return true;
}

function isPatch(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return false;
  for (const path of Object.keys(value)) {
    // A patch that settles a conflict is rare, and the schema's.
    const field = fieldsOf((value as Fields)[path], 2);
    if (!field || !('to' in field) || !fieldPath.test(path)) return false;
    if (field['was'] !== null && !matches(field['was'], sha256)) return false;
    if (!isJson(field['to'])) return false;
  }
  return true;
}

function isBody(change: Fields): boolean {
  return (
    matches(change['recordType'], recordType) && matches(change['recordId'], uuid) && matches(change['kind'], changeKind) && matches(change['wall'], instant) && isPatch(change['patch'])
  );
}

function isOrigin(change: Fields): boolean {
  const bootId = change['bootId'];
  return isCount(change['mono'], 0) && typeof bootId === 'string' && bootId.length >= 1 && bootId.length <= 64 && matches(change['salt'], salt);
}

function isPushed(value: unknown): value is PushedChange {
  const change = fieldsOf(value, 8);
  return change !== null && isBody(change) && isOrigin(change);
}

function isPageItem(value: unknown): value is PageItem {
  const item = fieldsOf(value, 14);
  return (
    item !== null && isBody(item) && isOrigin(item) && isCount(item['cursor'], 1) && isCount(item['seq'], 1) && matches(item['id'], sha256) &&
    matches(item['deviceId'], uuid) && matches(item['officerId'], uuid) && matches(item['receivedAt'], instant)
  );
}

function isApplied(value: unknown): value is AppliedChange {
  const change = fieldsOf(value, 11);
  return (
    change !== null && isBody(change) && matches(change['id'], sha256) && typeof change['chainId'] === 'string' && isCount(change['seq'], 1) && matches(change['officeId'], uuid) &&
    matches(change['officerId'], uuid) && (change['receivedAt'] === null || matches(change['receivedAt'], instant))
  );
}

/** ExchangeReply.safeParse, many times as fast on a long page. */
export const exchangeReplyReader: Reader<ExchangeReply> = {
  safeParse(value) {
    const page = listIn(value, 'page', isPageItem);
    if (!page) return ExchangeReply.safeParse(value);
    const rest = ExchangeReply.safeParse({ ...(value as object), page: [] });
    return rest.success ? { success: true, data: { ...rest.data, page: [...page] } } : rest;
  },
};

/** ExchangeRequest.safeParse, many times as fast on a long push. */
export const exchangeRequestReader: Reader<ExchangeRequest> = {
  safeParse(value) {
    const push = typeof value === 'object' && value !== null && 'push' in value ? value.push : null;
    const changes = listIn(push, 'changes', isPushed);
    const [first] = changes ?? [];
    if (!changes || !first || changes.length > MAX_PUSH) return ExchangeRequest.safeParse(value);
    const rest = ExchangeRequest.safeParse({ ...(value as object), push: { ...(push as object), changes: [first] } });
    if (!rest.success || !rest.data.push) return ExchangeRequest.safeParse(value);
    return { success: true, data: { ...rest.data, push: { ...rest.data.push, changes: [...changes] } } };
  },
};

/** Throws for anything that is not a list of changes. */
export function appliedChanges(value: unknown): readonly AppliedChange[] {
  return Array.isArray(value) && value.every(isApplied) ? value : AppliedChange.array().parse(value);
}

function listIn<T>(value: unknown, name: string, isItem: (item: unknown) => item is T): readonly T[] | null {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return null;
  const list: unknown = (value as Fields)[name];
  return Array.isArray(list) && list.every(isItem) ? list : null;
}
