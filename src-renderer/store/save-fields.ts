import type { Outcome } from '#shared/kit/outcome.ts';
import type { Problem } from '#shared/kit/problem.ts';
import type { Edit } from './desk.ts';
import { partOf, type StuckField } from './stuck-fields.ts';

/** Problems of a value, not of the journal: the same value will never be taken, and the others are none the worse for it. */
const spoiling: ReadonlySet<string> = new Set(['invalid-input', 'field-too-long', 'out-of-range', 'too-large']);

/** What came of saving: values that will never be taken, and what the journal could not take at this moment. */
export type SavedApart = { readonly stuck: readonly StuckField[]; readonly left: readonly Edit[]; readonly problem: Problem | null };

type Commit = (edits: readonly Edit[]) => Promise<Outcome<unknown>>;

/** Saves edits together; when a value spoils that, record by record, and within a record field by field. */
export async function saveApart(edits: readonly Edit[], commit: Commit): Promise<SavedApart> {
  const together = await commit(edits);
  if (together.ok) return { stuck: [], left: [], problem: null };
  if (!spoiling.has(together.problem.code)) return { stuck: [], left: edits, problem: together.problem };
  const stuck: StuckField[] = [];
  for (const [at, edit] of edits.entries()) {
    const saved = edits.length === 1 ? await withoutSpoilt(edit, together.problem, commit) : await saveOne(edit, commit);
    stuck.push(...saved.stuck);
    if (saved.problem) return { stuck, left: [...saved.left, ...edits.slice(at + 1)], problem: saved.problem };
  }
  return { stuck, left: [], problem: null };
}

async function saveOne(edit: Edit, commit: Commit): Promise<SavedApart> {
  const outcome = await commit([edit]);
  if (outcome.ok) return { stuck: [], left: [], problem: null };
  return spoiling.has(outcome.problem.code) ? await withoutSpoilt(edit, outcome.problem, commit) : { stuck: [], left: [edit], problem: outcome.problem };
}

/** The journal names the field that it does not take, and the rest is one change; when it names none, each field is tried alone. */
async function withoutSpoilt(edit: Edit, first: Problem, commit: Commit): Promise<SavedApart> {
  const stuck: StuckField[] = [];
  let paths = Object.keys(edit.values);
  let problem = first;
  let isCreated = false;
  const stick = (path: string, why: Problem): void => {
    const { values, ...rest } = partOf(edit, [path], isCreated);
    stuck.push({ ...rest, path, value: values[path] ?? null, problem: why });
  };
  const named = (): string | undefined => paths.find((path) => path === problem.detail?.['field']);
  for (let bad = named(); bad !== undefined && paths.length > 1; bad = named()) {
    stick(bad, problem);
    paths = paths.filter((path) => path !== bad);
    const rest = partOf(edit, paths, isCreated);
    const outcome = await commit([rest]);
    if (outcome.ok) return { stuck: stuck.map(withoutKind), left: [], problem: null };
    problem = outcome.problem;
    if (!spoiling.has(problem.code)) return { stuck, left: [rest], problem };
  }
  for (const [at, path] of paths.entries()) {
    const alone = partOf(edit, [path], isCreated);
    // The only one left has just been refused.
    const outcome: Outcome<unknown> = paths.length === 1 ? { ok: false, problem } : await commit([alone]);
    if (outcome.ok) isCreated = true;
    else if (spoiling.has(outcome.problem.code)) stick(path, outcome.problem);
    else return { stuck, left: [partOf(edit, paths.slice(at), isCreated)], problem: outcome.problem };
  }
  return { stuck: isCreated ? stuck.map(withoutKind) : stuck, left: [], problem: null };
}

function withoutKind({ kind: _kind, ...field }: StuckField): StuckField {
  return field;
}
