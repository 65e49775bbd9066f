import type { Disk } from '../../src-main/journal/disk.ts';
import type { ForgetfulDisk } from '../unit/journal/forgetful-disk.ts';

/** The disk as it is. Planted bugs of the disk take its place when the simulation is bundled. */
export function untouchedDisk(disk: ForgetfulDisk): Disk {
  return disk;
}
