import type { RecordTypeName } from '#shared/domain/records.ts';
import type { Outcome } from '#shared/kit/outcome.ts';
import type { OfficeCallName, OfficeReply, OfficeRequest } from '#shared/sync/office-calls.ts';
import type { RecordState } from '#shared/sync/record-state.ts';
import { newUuid } from '../ids.ts';
import type { Caller, Services } from '../services.ts';
import { recordShelf, recordsOfType } from '../store/record-shelf.ts';
import type { Sql } from '../store/sql.ts';
import { writeAsServer, type ServerEdit } from './server-chain.ts';

/** One act of the server for one person, inside one transaction: all of it or nothing. */
export type Acting = {
  readonly sql: Sql;
  readonly services: Services;
  readonly caller: Caller;
  /** The moment of the act: ms since 1970, and as an instant. */
  readonly at: number;
  readonly instant: string;
  newId(): string;
  /** A record of the caller's own office; null for one of another type, another office, or none. */
  record(recordType: RecordTypeName, recordId: string): Promise<RecordState | null>;
  /** All records of a type, below `parentId` when given. */
  records(recordType: RecordTypeName, parentId?: string): Promise<readonly RecordState[]>;
  /** Writes in the server's chain; the feed's end is told to everybody after the commit. */
  write(edits: readonly ServerEdit[]): Promise<void>;
  /** How far the feed reaches by what was written; null when nothing was. */
  feedEnd(): number | null;
  /** Runs once the transaction is committed. */
  afterCommit(run: () => void): void;
  committed(): void;
};

export type OfficeAct<N extends OfficeCallName> = (acting: Acting, request: OfficeRequest<N>) => Promise<Outcome<OfficeReply<N>>>;

export function actingFor(sql: Sql, services: Services, caller: Caller): Acting {
  const { officeId } = caller.office;
  const at = services.now();
  const later: (() => void)[] = [];
  let feedEnd: number | null = null;
  return {
    sql, services, caller, at, instant: new Date(at).toISOString(),
    newId: () => newUuid(at),
    async record(recordType, recordId) {
      const record = await recordShelf(sql, officeId).get(recordId);
      return record?.recordType === recordType ? record.state : null;
    },
    records: async (recordType, parentId) => (await recordsOfType(sql, officeId, recordType, parentId ?? null)).flatMap(({ state }) => (state ? [state] : [])),
    async write(edits) {
      feedEnd = await writeAsServer(sql, caller.office, services, edits);
    },
    feedEnd: () => feedEnd,
    afterCommit: (run) => void later.push(run),
    committed: () => later.forEach((run) => run()),
  };
}
