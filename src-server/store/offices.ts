import { firstRow, numberOf, textOf, type Row, type Sql } from './sql.ts';

export type Office = { readonly officeId: string; readonly name: string; readonly demo: boolean; readonly serverDeviceId: string };

export async function insertOffice(sql: Sql, office: Office, at: number): Promise<void> {
  await sql.run('INSERT INTO offices (office_id, name, demo, server_device_id, created_at) VALUES (?, ?, ?, ?, ?)', [
    office.officeId, office.name, office.demo ? 1 : 0, office.serverDeviceId, at,
  ]);
}

export async function officeById(sql: Sql, officeId: string): Promise<Office> {
  const row = await firstRow(sql, 'SELECT * FROM offices WHERE office_id = ?', [officeId]);
  if (!row) throw new Error(`no office ${officeId}`);
  return officeIn(row);
}

/** Every office, the oldest first. */
export async function allOffices(sql: Sql): Promise<readonly Office[]> {
  return (await sql.all('SELECT * FROM offices ORDER BY created_at, office_id')).map(officeIn);
}

function officeIn(row: Row): Office {
  return { officeId: textOf(row, 'office_id'), name: textOf(row, 'name'), demo: numberOf(row, 'demo') === 1, serverDeviceId: textOf(row, 'server_device_id') };
}
