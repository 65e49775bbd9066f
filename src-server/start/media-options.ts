import { existsSync } from 'node:fs';
import type { Bucket } from '../evidence/object-parts.ts';
import { fileOriginals } from '../evidence/file-originals.ts';
import type { Originals } from '../evidence/originals.ts';
import { isLoopback } from './loopback.ts';
import { UnusableData } from './unusable-data.ts';

/** Originals in a folder that several processes share, or in the bucket of an object store. */
export type MediaOptions = { readonly folder: string } | { readonly bucket: Bucket };

type Values = { readonly 'media-dir'?: string | undefined; readonly 's3-bucket'?: string | undefined; readonly 's3-endpoint'?: string | undefined; readonly 's3-region'?: string | undefined };

/** Reads --media-dir or --s3-…; null without any. Throws UnusableData with a sentence when they make no sense. */
export function mediaIn(values: Values): MediaOptions | null {
  const { 'media-dir': folder, 's3-bucket': name, 's3-endpoint': endpoint = null, 's3-region': region = 'us-east-1' } = values;
  if (folder !== undefined && name !== undefined) throw new UnusableData('--media-dir and --s3-bucket: originals lie in one of them');
  if (name === undefined && (endpoint !== null || values['s3-region'] !== undefined)) throw new UnusableData('--s3-endpoint and --s3-region belong to a --s3-bucket');
  if (folder !== undefined) {
    // A share that is not mounted must not be taken for an empty one.
    if (!existsSync(folder)) throw new UnusableData(`--media-dir ${folder} is not there`);
    return { folder };
  }
  if (name === undefined) return null;
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name)) throw new UnusableData(`--s3-bucket ${name} is no name of a bucket`);
  if (endpoint !== null) assertSafeEndpoint(endpoint);
  return { bucket: { name, endpoint, region } };
}

function assertSafeEndpoint(endpoint: string): void {
  if (!URL.canParse(endpoint)) throw new UnusableData(`--s3-endpoint ${endpoint} is no address`);
  const { protocol, hostname, username } = new URL(endpoint);
  if (username !== '') throw new UnusableData('--s3-endpoint: credentials belong into the environment');
  if (protocol !== 'https:' && !(protocol === 'http:' && isLoopback(hostname))) throw new UnusableData('--s3-endpoint: beyond this machine only with https');
}

/** Opens the place of the originals. @param usual the folder that is used unless told otherwise */
export async function openOriginals(media: MediaOptions | null | undefined, usual: string): Promise<Originals> {
  if (!media) return fileOriginals(usual);
  if ('folder' in media) return fileOriginals(media.folder);
  const { objectOriginals } = await import('../evidence/object-originals.ts');
  return await objectOriginals(media.bucket);
}
