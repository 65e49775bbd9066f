/**
 * As much of Dexie as the working copy uses, in memory: transactions are all or nothing, readers see what is committed, and
 * what a window does after its end never happens. Stands in for the package when the simulation is bundled.
 */
type Key = string | number;
type Row = Readonly<Record<string, unknown>>;
type Tables = Map<string, Map<Key, Row>>;
type Op = (tables: Tables) => void;

/** A window's life: nothing answers any more once it is over. */
export type WindowLife = { over: boolean };

type Stored = { tables: Tables; earlier: Tables[]; life: WindowLife; dieAtCommit: number; onDeath: () => void };

const stored = new Map<string, Stored>();

/** Databases of machines that no seed knows any more. */
export function forgetDatabases(): void {
  stored.clear();
}

/** From now on the database called `name` belongs to this window. `onDeath` is called when the window dies of `dieAtCommit`. */
export function giveDatabase(name: string, life: WindowLife, onDeath: () => void): void {
  const known = stored.get(name);
  stored.set(name, { tables: known?.tables ?? new Map(), earlier: known?.earlier ?? [], life, dieAtCommit: Infinity, onDeath });
}

/** The window dies at its n-th commit from now, just before or just after it. */
export function dieAtCommit(name: string, commits: number): void {
  const database = stored.get(name);
  if (database) database.dieAtCommit = commits;
}

/** What a power cut or a broken store leaves: the copy as it was `steps` commits ago, or nothing at all. */
export function takeBack(name: string, steps: number | 'all'): void {
  const database = stored.get(name);
  if (!database) return;
  if (steps === 'all') stored.delete(name);
  else database.tables = copied(database.earlier.at(-steps) ?? database.tables);
}

export function copyDatabase(from: string, to: string): void {
  const database = stored.get(from);
  if (database) stored.set(to, { ...database, tables: copied(database.tables), earlier: [] });
}

function copied(tables: Tables): Tables {
  return new Map([...tables].map(([name, rows]) => [name, new Map(rows)]));
}

const never = new Promise<never>(() => undefined);

export class Dexie {
  private readonly store: Stored;
  private readonly life: WindowLife;
  private pending: Op[] | null = null;
  private last: Promise<unknown> = Promise.resolve();
  private readonly keyPaths = new Map<string, string>();

  constructor(name: string) {
    const known = stored.get(name) ?? { tables: new Map(), earlier: [], life: { over: false }, dieAtCommit: Infinity, onDeath: () => undefined };
    stored.set(name, known);
    this.store = known;
    this.life = known.life;
  }

  static async delete(name: string): Promise<void> {
    const known = stored.get(name);
    if (known) known.tables = new Map();
  }

  version(): { stores(schema: Readonly<Record<string, string>>): { upgrade(): void } } {
    return {
      stores: (schema) => {
        for (const [table, keys] of Object.entries(schema)) {
          this.keyPaths.set(table, keys.split(',')[0] ?? '');
          Object.assign(this, { [table]: this.table(table) });
        }
        return { upgrade: () => undefined };
      },
    };
  }

  open(): Promise<void> {
    return this.call(() => undefined);
  }

  close(): void {
    // Nothing is held open.
  }

  async transaction<T>(mode: string, ...given: readonly unknown[]): Promise<T> {
    const work = given.at(-1) as () => Promise<T>;
    if (mode === 'r') return work();
    const mine = this.last.then(() => this.inOneStep(work));
    this.last = mine.catch(() => undefined);
    return mine;
  }

  private async inOneStep<T>(work: () => Promise<T>): Promise<T> {
    this.pending = [];
    try {
      const result = await work();
      await this.commit(this.pending);
      return result;
    } finally {
      this.pending = null;
    }
  }

  private async commit(ops: readonly Op[]): Promise<void> {
    await this.call(() => undefined);
    this.store.dieAtCommit -= 1;
    if (this.store.dieAtCommit === 1) await this.die();
    this.store.earlier = [...this.store.earlier.slice(-5), copied(this.store.tables)];
    for (const op of ops) op(this.store.tables);
    if (this.store.dieAtCommit === 0) await this.die();
  }

  private async die(): Promise<never> {
    this.store.dieAtCommit = Infinity;
    this.life.over = true;
    this.store.onDeath();
    return never;
  }

  private async call<T>(work: () => T): Promise<T> {
    await Promise.resolve();
    return this.life.over ? never : work();
  }

  private table(name: string): object {
    const rows = (tables: Tables): Map<Key, Row> => tables.get(name) ?? tables.set(name, new Map()).get(name)!;
    const change = async (op: (rows: Map<Key, Row>) => void): Promise<void> => {
      await this.call(() => undefined);
      if (this.pending) this.pending.push((tables) => op(rows(tables)));
      else await this.commit([(tables) => op(rows(tables))]);
    };
    const keyOf = (row: Row): Key => row[this.keyPaths.get(name) ?? ''] as Key;
    const inOrder = (): readonly Key[] => [...rows(this.store.tables).keys()].sort((a, b) => (a < b ? -1 : 1));
    return {
      get: (key: Key) => this.call(() => rows(this.store.tables).get(key)),
      bulkGet: (keys: readonly Key[]) => this.call(() => keys.map((key) => rows(this.store.tables).get(key))),
      toArray: () => this.call(() => inOrder().map((key) => rows(this.store.tables).get(key))),
      count: () => this.call(() => rows(this.store.tables).size),
      toCollection: () => ({ primaryKeys: () => this.call(inOrder) }),
      put: (row: Row) => change((all) => void all.set(keyOf(row), row)),
      bulkPut: (added: readonly Row[]) => change((all) => added.forEach((row) => all.set(keyOf(row), row))),
      bulkDelete: (keys: readonly Key[]) => change((all) => keys.forEach((key) => all.delete(key))),
      clear: () => change((all) => all.clear()),
    };
  }
}
