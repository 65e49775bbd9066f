import * as z from 'zod';

/** Input that a person can put right: ends with exit code 2 and its message. Any other exception is a bug. */
export class BadInput extends Error {
  override readonly name = 'BadInput';
}

/** The input in the command's shape, or BadInput naming every field that is not: `readingsC[1]: expected number`. */
export function readInput<T extends z.ZodType>(schema: T, text: string): z.infer<T> {
  const parsed = schema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  throw new BadInput(parsed.error.issues.slice(0, 10).map((issue) => `${fieldName(issue.path)}: ${issue.message}`).join('; '));
}

function parseJson(text: string): unknown {
  if (text.trim() === '') throw new BadInput('standard input is empty, expected JSON');
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new BadInput(`standard input is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function fieldName(path: readonly PropertyKey[]): string {
  if (path.length === 0) return 'input';
  return path.map((part, index) => (typeof part === 'number' ? `[${part}]` : `${index > 0 ? '.' : ''}${String(part)}`)).join('');
}
