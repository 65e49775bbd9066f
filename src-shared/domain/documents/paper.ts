import type { JsonValue } from '../../kit/values.ts';
import { canonicalJson } from '../../journal/canonical-json.ts';
import type { HashText } from '../../journal/change-id.ts';

/** Printed on every page: 演示 (demo office), 样例 (fictional unit). */
export type PaperMarks = { readonly demo: boolean; readonly sample: boolean };

/** A mandatory place without a value. `path` is the field (or `people/<id>`, `rooms`) that fills it. */
export type Missing = { readonly path: string; readonly label: string };

/**
 * One labelled place of a paper. `value` null = mandatory and missing (a marked gap in the preview, a line to write on
 * in the final print); '' = nothing to say, printed as 无.
 */
export type PaperEntry = { readonly path: string; readonly label: string; readonly value: string | null };

/** Everything in a content model is text ready to print: a layout places it and adds no words about the facts. */
export type PaperBase = {
  readonly version: 1;
  readonly title: string;
  /** Heads the paper; null = missing. */
  readonly organ: string | null;
  readonly unit: string;
  /** 现场编号; null in a preview before the paper exists. */
  readonly fieldNumber: string | null;
  /** UTC instant of the paper's making: the PDF carries it instead of a clock reading, so equal content gives equal bytes. */
  readonly madeAt: string;
  readonly marks: PaperMarks;
  readonly missing: readonly Missing[];
};

export type Officer = { readonly name: string; readonly organ: string; readonly certificateNumber: string | null; readonly certificateOrgan: string; readonly validUntil: string };

/** The gaps among `entries`, in their order. */
export function missingOf(entries: readonly PaperEntry[]): Missing[] {
  return entries.filter((entry) => entry.value === null).map(({ path, label }) => ({ path, label }));
}

/**
 * SHA-256 of the canonical JSON of what is printed. `missing` is left out: it repeats the null values and is for the
 * screen. A copy of a paper has other bytes and the same content hash.
 */
export function contentSha256(content: PaperBase, hashText: HashText): string {
  const { missing: _missing, ...printed } = content;
  return hashText(canonicalJson(printed as unknown as JsonValue));
}
