/** Errors of a disk that can not take more, on the server's machine or the database's. */
const ofDisk: ReadonlySet<string> = new Set(['SQLITE_FULL', 'ENOSPC', 'EDQUOT', '53100', '58030']);
/** SQLSTATE classes and codes of a database that is not there, is going, is full of connections, or was too slow. */
const ofDatabase = [/^08/, /^53/, /^57P0/, /^57014$/, /^55P03$/, /^25P03$/, /^SQLITE_BUSY/, /^ECONN/, /^ETIMEDOUT$/, /^EPIPE$/];
/** What pg says without a code. */
const brokenConnection = /^(Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect|Query read timeout)/;

/**
 * What a failed statement says about the storage below: storage = the disk, database = the connection to it or its load.
 * Nothing was saved that has no receipt; the laptop asks again. Null: something else is wrong.
 */
export function storageTrouble(error: unknown): 'storage' | 'database' | null {
  if (!(error instanceof Error)) return null;
  const code = 'code' in error ? String(error.code) : '';
  if (ofDisk.has(code) || code.startsWith('SQLITE_IOERR')) return 'storage';
  return ofDatabase.some((pattern) => pattern.test(code)) || brokenConnection.test(error.message) ? 'database' : null;
}
