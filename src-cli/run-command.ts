import type { JsonNumberValue } from './command.ts';
import { BadInput } from './bad-input.ts';
import { calcCreditCode } from './commands/calc-credit-code.ts';
import { calcDeadline } from './commands/calc-deadline.ts';
import { calcRoomVerdict } from './commands/calc-room-verdict.ts';
import { packageInspect } from './commands/package-inspect.ts';

/** A command turns the text of standard input into JSON; it throws BadInput for what a person can put right. */
const commands: Readonly<Record<string, (input: string) => JsonNumberValue | Promise<JsonNumberValue>>> = {
  'calc room-verdict': calcRoomVerdict,
  'calc credit-code': calcCreditCode,
  'calc deadline': calcDeadline,
  'package inspect': packageInspect,
};

export type CommandResult = {
  /** 0 done, 1 a bug, 2 bad input. */
  readonly exitCode: 0 | 1 | 2;
  /** The one line for standard output, JSON; null when there is none. */
  readonly output: string | null;
  readonly message: string | null;
};

const usage = `usage: npm run -s xuncha -- <command> < input.json\ncommands: ${Object.keys(commands).join(', ')}\nshapes: docs/cli.md`;

export async function runCommand(args: readonly string[], readInput: () => Promise<string>): Promise<CommandResult> {
  const name = args.join(' ');
  if (name === '--help' || name === 'help') return { exitCode: 0, output: null, message: usage };
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) return { exitCode: 2, output: null, message: `${name === '' ? 'no command' : `unknown command "${name}"`}\n${usage}` };
  try {
    return { exitCode: 0, output: JSON.stringify(await command(await readInput())), message: null };
  } catch (error) {
    if (error instanceof BadInput) return { exitCode: 2, output: null, message: error.message };
    return { exitCode: 1, output: null, message: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
