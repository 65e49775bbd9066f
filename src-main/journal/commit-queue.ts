import type { ChainPosition } from '#shared/journal/chain.ts';
import { done, type Outcome } from '#shared/kit/outcome.ts';
import { joinBytes } from './bytes.ts';
import type { FieldNumbers } from './field-number.ts';
import type { SegmentWriter } from './segment-writer.ts';

/** What the next frame builds on. */
export type ChainState = { readonly position: ChainPosition; readonly fieldNumbers: FieldNumbers };

export type Built<T> = {
  readonly frame: Uint8Array;
  readonly after: ChainState;
  readonly value: T;
  /** Called once the frame is durable, before the caller hears of it. */
  committed(place: { readonly segment: number; readonly from: number }): void;
};

export type CommitQueue = {
  /**
   * `build` is called when its turn has come, on top of everything committed or about to be in the same write, of which
   * `inWrite` bytes come before it. Success means that the frame is durable.
   */
  commit<T>(build: Build<T>): Promise<Outcome<T>>;
  state(): ChainState;
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
};

export type Build<T> = (before: ChainState, inWrite: number) => Outcome<Built<T>> | Promise<Outcome<Built<T>>>;

type Waiting = {
  readonly build: Build<unknown>;
  readonly settle: (outcome: Outcome<unknown>) => void;
  readonly crash: (error: unknown) => void;
};

/** A write stays below this, so that one failure does not take many with it. */
const GROUP_BYTES = 4 * 1024 * 1024;

/**
 * Writes frames one group after the other: a group is written only once the one before is durable or taken back. What arrives while a write is in flight shares the next one and its
 * fdatasync; each commit still is a frame of its own, and succeeds or fails with its group.
 */
export function commitQueue(writer: SegmentWriter, start: ChainState): CommitQueue {
  const waiting: Waiting[] = [];
  let state = start;
  let running: Promise<void> | null = null;

  async function run(): Promise<void> {
    // One turn later: `running` is set, and appends of the same moment share the write.
    await Promise.resolve();
    while (waiting.length > 0) {
      const group = await takeGroup(waiting, state);
      if (group.entries.length === 0) continue;
      try {
        await write(group);
      } catch (error) {
        for (const { entry } of group.entries) entry.crash(error);
      }
    }
    running = null;
  }

  async function write(group: Group): Promise<void> {
    const put = await writer.put(joinBytes(group.entries.map(({ built }) => built.frame)), true);
    if (put.ok) state = group.after;
    let from = put.ok ? put.value.from : 0;
    for (const { entry, built } of group.entries) {
      if (put.ok) built.committed({ segment: put.value.segment, from });
      from += built.frame.length;
      entry.settle(put.ok ? done(built.value) : put);
    }
  }

  return {
    commit: (build) =>
      new Promise((settle, crash) => {
        waiting.push({ build, settle: settle as Waiting['settle'], crash });
        running ??= run();
      }),
    state: () => state,
    async idle() {
      while (running) await running;
    },
  };
}

type Group = {
  readonly entries: readonly { readonly entry: Waiting; readonly built: Built<unknown> }[];
  readonly after: ChainState;
};

async function takeGroup(waiting: Waiting[], before: ChainState): Promise<Group> {
  const entries: { entry: Waiting; built: Built<unknown> }[] = [];
  let after = before;
  let bytes = 0;
  while (waiting.length > 0 && bytes < GROUP_BYTES) {
    const entry = waiting.shift() as Waiting;
    try {
      const built = await entry.build(after, bytes);
      if (built.ok) {
        entries.push({ entry, built: built.value });
        after = built.value.after;
        bytes += built.value.frame.length;
      } else entry.settle(built);
    } catch (error) {
      // A bug in one commit must not take the others with it.
      entry.crash(error);
    }
  }
  return { entries, after };
}
