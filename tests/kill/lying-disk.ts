import type { DiskFile } from '../../src-main/journal/disk.ts';
import { nodeDisk as honestDisk, personsDisk as honestPersonsDisk } from '../../src-main/journal/node-disk.ts';

/**
 * The fault that the kill kit must notice: a writer that acknowledges before it appends. Built into a copy of main in the
 * place of the real disk, for the negative control only. It writes in order, a little later.
 */
export const nodeDisk: typeof honestDisk = {
  ...honestDisk,
  // The journal's own appends go to files that are there already; everything else stays honest, so that it is one fault.
  open: async (path, how) => (how === 'existing' ? late(await honestDisk.open(path, how)) : honestDisk.open(path, how)),
};

export const personsDisk = honestPersonsDisk;

const DELAY_MS = 40;

function late(file: DiskFile): DiskFile {
  let writing: Promise<unknown> = Promise.resolve();
  return {
    async writeAt(bytes, offset) {
      const copy = bytes.slice();
      writing = writing.then(() => new Promise((resolve) => setTimeout(resolve, DELAY_MS))).then(() => file.writeAt(copy, offset));
    },
    fdatasync: async () => undefined,
    truncate: async (length) => void (await writing.then(() => file.truncate(length))),
    close: async () => void (await writing.then(() => file.close())),
  };
}
