import type { JournalReceipt, Session } from '#shared/bridge/calls.ts';
import type { z } from 'zod';
import type { RecordTypeName } from '#shared/domain/records.ts';
import type { AppliedChange } from '#shared/journal/change.ts';
import type { Outcome } from '#shared/kit/outcome.ts';
import type { Problem } from '#shared/kit/problem.ts';
import type { JsonValue } from '#shared/kit/values.ts';
import type { RecordState } from '#shared/sync/record-state.ts';
import type { StuckField } from './stuck-fields.ts';

/** New values for some fields of one record; list items as `readings/<id>`, null removes a list item. */
export type Edit = {
  readonly recordType: RecordTypeName;
  readonly recordId: string;
  /** Default `create` for a record the desk does not have, else `edit`. */
  readonly kind?: string;
  readonly values: Readonly<Record<string, JsonValue>>;
  /**
   * The record as the person saw it when he decided (null: there was none). What others wrote since is then kept beside the
   * new value as a conflict, never put away unseen, and values that are as they were are not written at all. Without it the
   * edit goes over what the desk holds at the moment of writing: only for fields nobody else can have, such as a new list item.
   */
  readonly over?: RecordState | null;
};

/** `saved` only after main's fdatasync; `waiting` = typed, inside the 400 ms rest. */
export type SaveState =
  | { readonly kind: 'saved' }
  | { readonly kind: 'waiting' | 'saving' }
  | { readonly kind: 'failed'; readonly problem: Problem };

/**
 * The desk: the signed-in officer's records. Writing goes journal first (one bridge call, fdatasync), then one Dexie
 * transaction; reading comes from the working copy. One instance a session.
 */
export type Desk = {
  readonly session: Session;
  /** Commits now, as one batch: all of it or nothing. What changes nothing (see `Edit.over`) is a success without changes. */
  edit(edits: readonly Edit[]): Promise<Outcome<z.infer<typeof JournalReceipt>>>;
  /**
   * As `edit` for a whole table, up to 20,000 records: all of it or nothing, whenever it breaks off. `onStep` counts the records
   * that are prepared and then shown, each for a half. What fails leaves nothing behind.
   */
  editMany(edits: readonly Edit[], onStep: (records: number) => void): Promise<Outcome<void>>;
  /**
   * Keeps typed values and commits them after 400 ms of rest, on blur (`flush`), leaving and closing. What others write while
   * a value waits, or since `over`, is kept beside it.
   */
  draft(edit: Edit): void;
  /** Commits every draft now; resolves when saved or failed. */
  flush(): Promise<SaveState>;
  saveState(): SaveState;
  /** Typed values that the journal does not take, each with its reason; over a restart too. */
  stuck(): readonly StuckField[];
  /** A person gives one of them up. */
  drop(recordId: string, path: string): void;
  onSaveState(listener: () => void): () => void;
  get(recordId: string): Promise<RecordState | null>;
  list(recordType: RecordTypeName): Promise<readonly RecordState[]>;
  /** Records whose parent field (records.ts) is `parentId`. */
  children(recordType: RecordTypeName, parentId: string): Promise<readonly RecordState[]>;
  getMany(recordIds: readonly string[]): Promise<ReadonlyMap<string, RecordState>>;
  /** Ids of the records in which values of two people wait to be settled, ascending; costs no reading. */
  disputed(): readonly string[];
  /** Changes that a newer program wrote: kept, and shown after this one's update. */
  parked(): Promise<readonly AppliedChange[]>;
  /** Called after every commit or adoption with the ids of the records that changed; `foreign`: came from others. */
  onRecords(listener: (changed: ReadonlySet<string>, foreign: boolean) => void): () => void;
  newId(): string;
  close(): Promise<void>;
};
