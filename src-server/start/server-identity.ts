import { serverKey, type ServerKey } from '../keys.ts';
import { firstRow, textOf, type Desk } from '../store/sql.ts';
import { UnusableData } from './unusable-data.ts';

/**
 * The key with which every process on this database writes the server's own chains: made at the very first start, noted in
 * the database, and from then on looked for in each process's folder.
 * Throws UnusableData when the folder has none or another: going on would break the chains.
 */
export async function ownKey(desk: Desk, folder: string, hasOffices: boolean): Promise<ServerKey> {
  const row = await firstRow(desk.sql, 'SELECT public_key FROM server_identity WHERE one = 1');
  const key = keyIn(folder, row === null && !hasOffices);
  if (row && textOf(row, 'public_key') !== key.publicKey) throw new UnusableData(`${folder}/server-key.pem is not the key of this database: copy it from the folder of the first server`);
  if (!row) await desk.write((sql) => sql.run('INSERT INTO server_identity (one, public_key) VALUES (1, ?)', [key.publicKey]));
  return key;
}

function keyIn(folder: string, mayMake: boolean): ServerKey {
  try {
    return serverKey(folder, mayMake);
  } catch (error) {
    throw new UnusableData(`server-key.pem: without the key of this database's server nothing can be written in its name (${error instanceof Error ? error.message : String(error)})`);
  }
}
