// `npm run -s xuncha -- <command>`: the headless companion. Documented in docs/cli.md.
import { runCommand } from './run-command.ts';
import { readStandardInput } from './standard-input.ts';

const { exitCode, output, message } = await runCommand(process.argv.slice(2), () => readStandardInput(process.stdin));
if (output !== null) process.stdout.write(`${output}\n`);
if (message !== null) process.stderr.write(`xuncha: ${message}\n`);
process.exitCode = exitCode;
