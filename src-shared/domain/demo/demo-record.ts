import type { JsonValue } from '../../kit/values.ts';
import type { RecordTypeName } from '../records.ts';

/** One record of the demo office, as `values` of its fields (list items as `readings/<id>`). */
export type DemoRecord = {
  readonly recordType: RecordTypeName;
  readonly recordId: string;
  readonly kind: string;
  readonly values: Readonly<Record<string, JsonValue>>;
};
