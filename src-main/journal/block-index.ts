/** Where reading may begin: `before` is the position (own seq and id, or feed cursor) ahead of the frame at `offset`. */
export type Block<P> = { readonly segment: number; readonly offset: number; readonly before: P };

/**
 * A sparse index over frames: one block about every 256 KiB, and for each record the blocks that hold something of it.
 * Small enough for years of work in memory, precise enough that nothing is read from the beginning.
 */
export type BlockIndex<P> = {
  /** Takes in one frame, in file order. */
  note(place: { readonly segment: number; readonly from: number }, before: P, recordIds: Iterable<string>): void;
  blocks(): readonly Block<P>[];
  /** Numbers of the blocks that hold something of these records, ascending. */
  blocksOf(recordIds: ReadonlySet<string>): readonly number[];
  /** Takes over the index of what lies before this one's first frame. */
  prepend(earlier: BlockIndex<P>): void;
  /** Every record with the numbers of its blocks. */
  records(): Iterable<readonly [string, readonly number[]]>;
};

const BLOCK_BYTES = 256 * 1024;

export function blockIndex<P>(): BlockIndex<P> {
  const blocks: Block<P>[] = [];
  const blocksByRecord = new Map<string, number[]>();
  return {
    note({ segment, from }, before, recordIds) {
      const last = blocks.at(-1);
      if (!last || last.segment !== segment || from - last.offset >= BLOCK_BYTES) blocks.push({ segment, offset: from, before });
      const number = blocks.length - 1;
      for (const recordId of recordIds) {
        const known = blocksByRecord.get(recordId);
        if (!known) blocksByRecord.set(recordId, [number]);
        else if (known.at(-1) !== number) known.push(number);
      }
    },
    blocks: () => blocks,
    blocksOf(recordIds) {
      const numbers = new Set<number>();
      for (const recordId of recordIds) for (const number of blocksByRecord.get(recordId) ?? []) numbers.add(number);
      return [...numbers].sort((a, b) => a - b);
    },
    prepend(earlier) {
      const shift = earlier.blocks().length;
      blocks.unshift(...earlier.blocks());
      for (const [recordId, numbers] of blocksByRecord) blocksByRecord.set(recordId, numbers.map((number) => number + shift));
      for (const [recordId, numbers] of earlier.records()) blocksByRecord.set(recordId, [...numbers, ...(blocksByRecord.get(recordId) ?? [])]);
    },
    records: () => blocksByRecord,
  };
}

/** The number of the last block whose `before` is not beyond what is looked for; 0 when all are. */
export function lastBlock<P>(blocks: readonly Block<P>[], isBeyond: (before: P) => boolean): number {
  let low = 0;
  let high = blocks.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    const block = blocks[middle];
    if (block && isBeyond(block.before)) high = middle - 1;
    else low = middle;
  }
  return low;
}
