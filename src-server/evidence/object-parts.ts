import type { S3 } from '@aws-sdk/client-s3';
import type { MetadataValue } from '@tus/s3-store';
import { Upload } from '@tus/server';
import { Readable } from 'node:stream';

/** An S3-compatible bucket. Credentials come from the environment as AWS' own tools take them, never from here. */
export type Bucket = { readonly name: string; readonly endpoint: string | null; readonly region: string };

type Part = { readonly PartNumber?: number | undefined; readonly Size?: number | undefined; readonly ETag?: string | undefined };

/** What an object store holds of one upload: whole parts, and a tail too short to be one. */
export type Arrived = { readonly upload: MetadataValue; readonly parts: readonly Part[]; readonly tailBytes: number };

/** Below this the stores refuse a part that is not the last. */
export const MIN_PART_BYTES = 5 * 1024 * 1024;

export type ObjectParts = {
  /** Begins anew; what was there is forgotten. */
  begin(key: string, byteLength: number): Promise<void>;
  /** `whole` when the parts have been put together; null when there is no such upload. */
  arrived(key: string): Promise<Arrived | 'whole' | null>;
  tail(key: string, arrived: Arrived): Promise<Buffer>;
  /** Replaces the tail; it counts for as long as there are `afterParts` parts. */
  putTail(key: string, bytes: Buffer, afterParts: number): Promise<void>;
  putPart(arrived: Arrived, bytes: Buffer, partNumber: number): Promise<void>;
  putTogether(arrived: Arrived): Promise<void>;
  /** Null when there is no such object. */
  bytesOf(key: string): Promise<Readable | null>;
  copy(from: string, to: string): Promise<void>;
  /** Removes what belongs to the upload, and the object under `key` unless it is to stay. */
  forget(key: string, keepsObject?: boolean): Promise<void>;
};

/** The parts of the package's store that are used one by one. */
type Steps = {
  readonly client: S3;
  create(upload: Upload): Promise<Upload>;
  getMetadata(key: string): Promise<MetadataValue>;
  retrieveParts(key: string): Promise<readonly Part[]>;
  uploadPart(upload: MetadataValue, bytes: Buffer, partNumber: number): Promise<string>;
  finishMultipartUpload(upload: MetadataValue, parts: readonly Part[]): Promise<unknown>;
  clearCache(key: string): Promise<void>;
};

/**
 * The steps of `@tus/s3-store`, put together anew where their order can lose acknowledged bytes: the package deletes the tail
 * before the bytes after it are stored, so that a cut line costs tail and piece. Here a tail says after which part it comes;
 * it stops counting with the next part and is removed with the upload. The package is loaded only here, since it brings a
 * large client along.
 */
export async function objectParts(bucket: Bucket): Promise<ObjectParts> {
  const { S3Store } = await import('@tus/s3-store');
  const steps = new S3Store({ s3ClientConfig: clientOf(bucket) }) as unknown as Steps;
  const { client } = steps;
  const Bucket = bucket.name;
  const has = async (Key: string): Promise<boolean> => (await orNull(client.headObject({ Bucket, Key }))) !== null;
  const forget = async (key: string, keepsObject = false): Promise<void> => {
    const upload = keepsObject ? null : await orNull(steps.getMetadata(key));
    if (upload) await orNull(client.abortMultipartUpload({ Bucket, Key: key, UploadId: upload['upload-id'] }));
    for (const Key of [`${key}.info`, tailOf(key), ...(keepsObject ? [] : [key])]) await client.deleteObject({ Bucket, Key });
    await steps.clearCache(key);
  };
  return {
    async begin(key, byteLength) {
      await forget(key);
      await steps.create(new Upload({ id: key, size: byteLength, offset: 0, metadata: {} }));
    },
    async arrived(key) {
      // Another process may have begun it anew.
      await steps.clearCache(key);
      const upload = await orNull(steps.getMetadata(key));
      const parts = upload && (await orNull(steps.retrieveParts(key)));
      if (!upload || !parts) return (await has(key)) ? 'whole' : null;
      const tail = await orNull(client.headObject({ Bucket, Key: tailOf(key) }));
      const counts = tail?.Metadata?.['after-parts'] === String(parts.length);
      return { upload, parts, tailBytes: counts ? (tail?.ContentLength ?? 0) : 0 };
    },
    async tail(key, { tailBytes }) {
      if (tailBytes === 0) return Buffer.alloc(0);
      const { Body } = await client.getObject({ Bucket, Key: tailOf(key) });
      return Buffer.from((await Body?.transformToByteArray()) ?? []);
    },
    putTail: async (key, Body, afterParts) => void (await client.putObject({ Bucket, Key: tailOf(key), Body, Metadata: { 'after-parts': String(afterParts) } })),
    putPart: async ({ upload }, bytes, partNumber) => void (await steps.uploadPart(upload, bytes, partNumber)),
    putTogether: async ({ upload, parts }) => void (await steps.finishMultipartUpload(upload, [...parts])),
    async bytesOf(Key) {
      const found = await orNull(client.getObject({ Bucket, Key }));
      return found?.Body instanceof Readable ? found.Body : null;
    },
    copy: async (from, Key) => void (await client.copyObject({ Bucket, CopySource: `${Bucket}/${from}`, Key })),
    forget,
  };
}

function tailOf(key: string): string {
  return `${key}.part`;
}

function clientOf({ name, endpoint, region }: Bucket) {
  return {
    bucket: name, region,
    ...(endpoint === null ? {} : { endpoint, forcePathStyle: true }),
    // Stores other than AWS' do not know its newer checksums; the whole is hashed when it is complete.
    requestChecksumCalculation: 'WHEN_REQUIRED' as const, responseChecksumValidation: 'WHEN_REQUIRED' as const,
  };
}

async function orNull<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if ((error as { $metadata?: { httpStatusCode?: unknown } }).$metadata?.httpStatusCode === 404) return null;
    throw error;
  }
}
