import { demoOffice, demoOrgans, demoPeople } from '#shared/domain/demo/demo-people.ts';
import { demoRecords } from '#shared/domain/demo/demo-records.ts';
import { openServerChain, writeAsServer, type ServerEdit } from '../office/server-chain.ts';
import type { Services } from '../services.ts';
import { insertOffice } from '../store/offices.ts';

/** Fills an empty folder with the demo office: its people, fictional units and inspections. */
export async function seedDemo(services: Services): Promise<void> {
  const { officeId, officeName, serverDeviceId } = demoOffice;
  const office = { officeId, name: officeName, serverDeviceId, demo: true };
  await services.store.write(async (sql) => {
    await insertOffice(sql, office, services.now());
    await openServerChain(sql, office, services);
    await writeAsServer(sql, office, services, [...organs(), ...people(), ...demoRecords()]);
  });
  services.log.info({ officeId }, 'demo office made');
}

function organs(): readonly ServerEdit[] {
  return Object.values(demoOrgans).map(({ organId, ...values }) => ({ recordType: 'organ', recordId: organId, kind: 'create', values }));
}

function people(): readonly ServerEdit[] {
  return Object.values(demoPeople).map(({ officerId, code: _code, roles, ...values }) => ({
    recordType: 'person', recordId: officerId, kind: 'create', values: { ...values, roles: [...roles], active: true },
  }));
}
