/** Changes in one frame, in one call over the bridge, and in the piece that is folded in one go. */
export const PIECE_CHANGES = 500;

/** Changes in one append, all of them or none: the largest table that is imported in one go. */
export const MAX_APPEND_CHANGES = 20_000;

/** Bytes of all frames of one append: it is built in memory and written with one fdatasync. */
export const MAX_APPEND_BYTES = 64 * 1024 * 1024;
