import { execFile } from 'node:child_process';
import path from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { runCommand } from '../../../src-cli/run-command.ts';
import { build } from '../../../scripts/build.mjs';

const root = path.resolve(import.meta.dirname, '../../..');
type Ran = Readonly<{ code: number; stdout: string; stderr: string }>;

/** The bundled companion as a child process, with `input` on its standard input. */
function run(args: readonly string[], input: string | Uint8Array, command: readonly string[] = [process.execPath, path.join(root, 'dist/cli/xuncha.mjs')]): Promise<Ran> {
  const [file = '', ...first] = command;
  return new Promise((resolve, reject) => {
    const child = execFile(file, [...first, ...args], { cwd: root }, (error, stdout, stderr) => {
      const code = error ? error.code : 0;
      if (typeof code === 'number') resolve({ code, stdout, stderr });
      else reject(error ?? new Error('the companion was killed'));
    });
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input);
  });
}

const answer = async (command: string, input: unknown): Promise<unknown> => {
  const { exitCode, output, message } = await runCommand(command.split(' '), () => Promise.resolve(JSON.stringify(input)));
  return exitCode === 0 && output !== null ? JSON.parse(output) : { exitCode, output, message };
};
const verdict = (input: Readonly<Record<string, unknown>>) => answer('calc room-verdict', { airConditioner: 'cooling', setTemperatureC: null, readingsC: [], ...input });

beforeAll(() => build({ only: ['cli'], quiet: true }), 120_000);

describe('the companion as a program', () => {
  test('a setting of 24 with air of exactly 26 on average', async () => {
    const ran = await run(['calc', 'room-verdict'], '{"airConditioner":"cooling","setTemperatureC":24,"readingsC":[25.9,26.0,26.1]}');
    expect(ran).toEqual({ code: 0, stdout: '{"setting":{"verdict":"exceeds","limitC":26},"measured":{"verdict":"ok","valueC":26,"limitC":26}}\n', stderr: '' });
  });

  test('npm run -s xuncha prints nothing but JSON on standard output', async () => {
    const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
    const ran = await run(['run', '-s', 'xuncha', '--', 'calc', 'deadline'], '{"start":"2026-09-25","amount":7,"unit":"workday"}', [npm]);
    expect(ran).toMatchObject({ code: 0, stdout: '{"due":"2026-10-12","provisional":false}\n' });
  }, 60_000);

  test.each([
    ['text that is not JSON', '{"code":', 'is not JSON'],
    ['nothing', '', 'is empty'],
    ['bytes that are not UTF-8', new Uint8Array([0x22, 0xb3, 0xac, 0x22]), 'is not UTF-8'],
    ['another shape', '{"kode":"91330100799655058B"}', 'code'],
    ['more than 10 MB', `"${'9'.repeat(11 * 1024 * 1024)}"`, 'larger than'],
  ])('%s on standard input: exit code 2, a message, nothing on standard output', async (_, input, message) => {
    const ran = await run(['calc', 'credit-code'], input);
    expect(ran).toMatchObject({ code: 2, stdout: '' });
    expect(ran.stderr).toContain(message);
  });

  test('a byte order mark before the JSON is no mistake', async () => {
    expect(await run(['calc', 'credit-code'], '\ufeff{"code":"91330100799655058B"}')).toMatchObject({ code: 0, stdout: '{"valid":true}\n' });
  });

  test.each([[[]], [['calc']], [['calc', 'room']], [['toString']]])('the command %j is unknown: exit code 2 and the list of commands', async (args) => {
    const ran = await run(args, '{}');
    expect(ran).toMatchObject({ code: 2, stdout: '' });
    expect(ran.stderr).toContain('calc room-verdict');
  });
});

describe('calc room-verdict', () => {
  test.each([
    [{ setTemperatureC: 26 }, { verdict: 'ok', limitC: 26 }],
    [{ setTemperatureC: 25.99 }, { verdict: 'exceeds', limitC: 26 }],
    [{ airConditioner: 'heating', setTemperatureC: 20 }, { verdict: 'ok', limitC: 20 }],
    [{ airConditioner: 'heating', setTemperatureC: 20.5 }, { verdict: 'exceeds', limitC: 20 }],
    [{ airConditioner: 'fan', setTemperatureC: 18 }, { verdict: 'not-applicable', limitC: null }],
    [{ airConditioner: 'off', setTemperatureC: 18 }, { verdict: 'not-applicable', limitC: null }],
    [{ setTemperatureC: 18, specialUse: { reason: '机房' } }, { verdict: 'not-applicable', limitC: null }],
    [{ setTemperatureC: 18, approvedNeed: { approvalDocument: '示机管〔2026〕3号' } }, { verdict: 'not-applicable', limitC: null }],
    [{ setTemperatureC: 18, approvedNeed: { approvalDocument: null } }, { verdict: 'to-verify', limitC: 26 }],
    [{ setTemperatureC: 26, approvedNeed: { approvalDocument: null } }, { verdict: 'ok', limitC: 26 }],
    [{ setTemperatureC: null }, { verdict: 'undetermined', limitC: 26 }],
  ])('%j', async (input, setting) => {
    expect(await verdict(input)).toMatchObject({ setting });
  });

  test('no readings: undetermined, without a value', async () => {
    expect(await verdict({ setTemperatureC: 26 })).toMatchObject({ measured: { verdict: 'undetermined', valueC: null, limitC: 26 } });
  });

  test('an exempt room keeps its mean, but is held against no limit', async () => {
    expect(await verdict({ specialUse: { reason: '机房' }, readingsC: [22, 23] })).toMatchObject({ measured: { verdict: 'not-applicable', valueC: 22.5, limitC: null } });
  });

  test('one-decimal readings whose mean is 26 pass, also where binary floating point falls below', async () => {
    // The last point brings the mean to 26.
    const around = fc.array(fc.integer({ min: 230, max: 290 }), { minLength: 2, maxLength: 9 }).map((tenths) => [...tenths, 260 * (tenths.length + 1) - tenths.reduce((sum, value) => sum + value, 0)]);
    let fooled = 0;
    await fc.assert(fc.asyncProperty(around, async (tenths) => {
      const readingsC = tenths.map((value) => value / 10);
      if (readingsC.reduce((sum, value) => sum + value, 0) / readingsC.length < 26) fooled += 1;
      expect(await verdict({ readingsC })).toMatchObject({ measured: { verdict: 'ok', valueC: 26 } });
    }), { numRuns: 2000, seed: 26 });
    expect(fooled).toBeGreaterThan(0);
  });

  test.each([
    [{ setTemperatureC: '26' }, 'setTemperatureC'], [{ setTemperatureC: '26。5' }, 'setTemperatureC'], [{ readingsC: [26, '二十六'] }, 'readingsC[1]'], [{ readingsC: [26, null] }, 'readingsC[1]'],
    [{ setTemperatureC: 260 }, 'setTemperatureC'], [{ readingsC: [-40] }, 'readingsC[0]'], [{ airConditioner: 'cool' }, 'airConditioner'], [{ readingsC: 26 }, 'readingsC'], [{ readingsC: undefined }, 'readingsC'],
    [{ specialUse: { reason: ' ' } }, 'specialUse.reason'], [{ specialUse: true }, 'specialUse'], [{ approvedNeed: {} }, 'approvedNeed.approvalDocument'], [{ aproved: 1 }, 'aproved'],
  ])('%j is refused and the field is named', async (input, field) => {
    const refused = await verdict(input);
    expect(refused).toMatchObject({ exitCode: 2, output: null });
    expect((refused as { message: string }).message).toContain(field);
  });
});

describe('calc credit-code', () => {
  test.each([
    ['91330100799655058B', { valid: true }], ['9144030071526726XG', { valid: true }], ['1133010000000000F0', { valid: true, reason: 'inner-check-digit' }],
    ['91330100799655058C', { valid: false, reason: 'check-digit' }], ['9133010079965505', { valid: false, reason: 'length' }], ['91330100799655O58B', { valid: false, reason: 'character' }], ['', { valid: false, reason: 'length' }],
  ])('%s', async (code, expected) => {
    expect(await answer('calc credit-code', { code })).toEqual(expected);
  });

  test('a number is not a code', async () => {
    expect(await answer('calc credit-code', { code: 911 })).toMatchObject({ exitCode: 2, output: null });
  });
});

describe('calc deadline', () => {
  test.each([
    [{ start: '2020-08-14', amount: 7, unit: 'workday' }, { due: '2020-08-25', provisional: false }],
    [{ start: '2020-09-17', amount: 15, unit: 'day' }, { due: '2020-10-09', provisional: false }],
    [{ start: '2027-03-01', amount: 5, unit: 'workday' }, { due: '2027-03-08', provisional: true }],
  ])('%j', async (input, expected) => {
    expect(await answer('calc deadline', input)).toEqual(expected);
  });

  test.each([
    [{ start: '2026-02-30', amount: 7, unit: 'workday' }, 'start'], [{ start: 'soon', amount: 7, unit: 'workday' }, 'start'], [{ start: '2026-02-10', amount: 1.5, unit: 'workday' }, 'amount'],
    [{ start: '2026-02-10', amount: -1, unit: 'workday' }, 'amount'], [{ start: '2026-02-10', amount: '7', unit: 'workday' }, 'amount'], [{ start: '2026-02-10', amount: 7, unit: 'week' }, 'unit'], [{ start: '2026-02-10', amount: 7 }, 'unit'],
  ])('%j is refused and the field is named', async (input, field) => {
    const refused = await answer('calc deadline', input);
    expect(refused).toMatchObject({ exitCode: 2, output: null });
    expect((refused as { message: string }).message).toContain(field);
  });
});
