import type { TestProject } from 'vitest/node';
import { migrate } from '../../src-server/store/migrate.ts';
import { openPostgres } from '../../src-server/store/postgres.ts';
import { onDatabase, postgresCluster, type PostgresCluster } from './postgres-cluster.ts';
import { TEMPLATE } from './postgres-database.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the cluster for this run; absent where tests run on SQLite. */
    postgres: string | undefined;
  }
}

let cluster: PostgresCluster | null = null;

/** One cluster for all files of the project `postgres`, and an empty office in it that every test copies. */
export async function setup(project: TestProject): Promise<void> {
  cluster = await postgresCluster();
  await onDatabase(cluster.url, `CREATE DATABASE ${TEMPLATE}`);
  const store = await openPostgres({ url: cluster.urlOf(TEMPLATE) });
  await store.alone((desk) => migrate(desk, Date.now));
  await store.close();
  project.provide('postgres', cluster.url);
}

export async function teardown(): Promise<void> {
  await cluster?.remove();
}
