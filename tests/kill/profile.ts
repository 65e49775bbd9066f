import { randomUUID } from 'node:crypto';
import { chainIdOf } from '#shared/journal/change.ts';
import { createJournal } from '../../src-main/journal/create-journal.ts';
import { nodeDisk } from '../../src-main/journal/node-disk.ts';
import { chainFolder, newDevice, placeChainFile } from '../../src-main/keys/profile-files.ts';
import { createVault } from '../../src-main/keys/vault.ts';

/** A profile with one enrolled officer, made without a server. */
export type KitProfile = { readonly dir: string; readonly chainId: string; readonly passphrase: string; readonly folder: string };

const passphrase = '二十六度不多不少';

/** The key derivation is cheap, as its parameters stand in keys.json anyway: the kit signs in hundreds of times. */
export async function makeProfile(dir: string): Promise<KitProfile> {
  const { deviceId } = await newDevice(nodeDisk, dir, false);
  const officerId = '0198a000-0000-7000-8000-000000000003';
  const officeId = '0198a000-0000-7000-8000-000000000001';
  const chainId = chainIdOf(deviceId, officerId);
  const folder = chainFolder(dir, chainId);
  await nodeDisk.makeFolder(folder);
  const key = await createVault(nodeDisk, folder, passphrase, { memoryKiB: 64, iterations: 1, parallelism: 1 });
  await createJournal(nodeDisk, folder, { officeId, deviceId, officerId, chainCode: 'K1', chainId }, key, randomUUID());
  await placeChainFile(nodeDisk, folder, {
    formatVersion: 0, deviceId, serverDeviceId: '0198a000-0000-7000-8000-0000000000ff', publicKey: key.publicKey,
    entry: {
      chainId, officeId, officeName: '示例市机关事务管理局', officerId, officerName: '断电测试', loginName: 'kill', chainCode: 'K1', demo: false,
      // Nobody listens there: the whole run is offline.
      serverUrl: 'http://127.0.0.1:9',
    },
  });
  return { dir, chainId, passphrase, folder };
}
