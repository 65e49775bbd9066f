import type { Problem } from '#shared/kit/problem.ts';
import type { JsonValue } from '#shared/kit/values.ts';
import type { Edit } from './desk.ts';

/** A typed value that the journal does not take, with its reason: kept until it is typed anew or given up by a person. */
export type StuckField = Pick<Edit, 'recordType' | 'recordId' | 'kind'> & { readonly path: string; readonly value: JsonValue; readonly problem: Problem };

/** At most one value a field, in the order in which they got stuck. */
export type StuckFields = {
  all(): readonly StuckField[];
  of(recordId: string): readonly string[];
  put(field: StuckField): void;
  drop(recordId: string, path: string): void;
};

/** `onChange` after each change, with all of them. */
export function stuckFields(onChange: (all: readonly StuckField[]) => void): StuckFields {
  const fields = new Map<string, StuckField>();
  const all = (): readonly StuckField[] => [...fields.values()];
  return {
    all,
    of: (recordId) => all().filter((field) => field.recordId === recordId).map(({ path }) => path),
    put(field) {
      fields.set(keyOf(field.recordId, field.path), field);
      onChange(all());
    },
    drop(recordId, path) {
      if (fields.delete(keyOf(recordId, path))) onChange(all());
    },
  };
}

/** The same as edits again, one a record. */
export function editsOf(fields: readonly StuckField[]): readonly Edit[] {
  const edits = new Map<string, Edit>();
  for (const { recordType, recordId, kind, path, value } of fields) {
    const values = { ...edits.get(recordId)?.values, [path]: value };
    edits.set(recordId, kind === undefined ? { recordType, recordId, values } : { recordType, recordId, kind, values });
  }
  return [...edits.values()];
}

/** A part of an edit; what was created by another part already is not created again. */
export function partOf({ kind, ...edit }: Edit, paths: readonly string[], isCreated: boolean): Edit {
  const values = Object.fromEntries(paths.map((path) => [path, edit.values[path] ?? null]));
  return { ...edit, ...(kind === undefined || isCreated ? {} : { kind }), values };
}

function keyOf(recordId: string, path: string): string {
  return `${recordId}/${path}`;
}
