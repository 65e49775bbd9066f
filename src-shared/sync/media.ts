import * as z from 'zod';

/**
 * Originals on their way between laptop and server: tus 1.0 (https://tus.io/protocols/resumable-upload) with the extensions
 * creation, creation-with-upload and checksum. docs/sync.md says which part of it is used.
 */
export const TUS_VERSION = '1.0.0';

/** Largest original in bytes. Two hours of a body camera; nothing on the way ever holds one in memory. */
export const MAX_EVIDENCE_BYTES = 4 * 1024 * 1024 * 1024;

/** What a laptop sends in one request: a line cut at any byte costs at most this much once more. */
export const UPLOAD_CHUNK_BYTES = 4 * 1024 * 1024;

/** A request with a checksum is taken as a whole or not at all, so it has a limit. */
export const MAX_CHECKED_BYTES = 8 * 1024 * 1024;

/** Content type of bytes of an upload. */
export const UPLOAD_CONTENT_TYPE = 'application/offset+octet-stream';

/** What an original is, as its giver says; never interpreted. */
export const MediaType = z.string().max(100).regex(/^[a-z]+\/[a-z0-9.+-]{1,80}$/);

/** The code of a problem, for answers that have no body. */
export const PROBLEM_HEADER = 'xuncha-problem';
