import { CHECKPOINT_CONTEXT, SignedCheckpoint, type Checkpoint } from '#shared/journal/bodies.ts';
import { canonicalJson } from '#shared/journal/canonical-json.ts';
import { jsonBytes, jsonOf, utf8 } from './bytes.ts';
import type { ChainKey } from './chain-key.ts';
import { inFolder, placeFile, readWhole, type Disk } from './disk.ts';

const checkpointName = 'checkpoint.json';

export async function writeCheckpoint(disk: Disk, folder: string, checkpoint: Checkpoint, key: ChainKey): Promise<void> {
  const signature = key.sign(signedBytes(checkpoint));
  await placeFile(disk, folder, checkpointName, jsonBytes({ checkpoint, signature } satisfies SignedCheckpoint));
}

/** Null when there is none or it is not ours: the whole journal is then read at the start. */
export async function readCheckpoint(disk: Disk, folder: string, generationId: string, key: ChainKey): Promise<Checkpoint | null> {
  const bytes = await readWhole(disk, inFolder(folder, checkpointName));
  if (bytes === null) return null;
  const signed = parsed(bytes);
  if (!signed || signed.checkpoint.generationId !== generationId) return null;
  return key.verify(signedBytes(signed.checkpoint), signed.signature) ? signed.checkpoint : null;
}

function parsed(bytes: Uint8Array): SignedCheckpoint | null {
  try {
    return SignedCheckpoint.safeParse(jsonOf(bytes)).data ?? null;
  } catch {
    return null;
  }
}

type SignedCheckpoint = ReturnType<(typeof SignedCheckpoint)['parse']>;

function signedBytes(checkpoint: Checkpoint): Uint8Array {
  return utf8(CHECKPOINT_CONTEXT + canonicalJson(checkpoint as Parameters<typeof canonicalJson>[0]));
}
