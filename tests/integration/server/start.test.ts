import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import https from 'node:https';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { startOptions } from '../../../src-server/start/options.ts';
import { migrate, migrations, type Migration } from '../../../src-server/store/migrate.ts';
import { emptyStore, inRecords, openTestServer, spawnTestServer, tempDir } from '../../helpers/server.ts';
import { demoLaptop, enrolLaptop, newChange, newId, tryToEnrol, problemIn } from '../../helpers/test-laptop.ts';

const account = { name: '钟守正', loginName: 'zhong', officeName: '甲局' };

describe('the command line', () => {
  test.each([
    [['--port', '1'], /--data is missing/],
    [['--data', 'x', '--port', '70000'], /no port/],
    [['--data', 'x', '--port', '-1'], /argument/],
    [['--data', 'x', '--host', '0.0.0.0'], /--tls-cert/],
    [['--data', 'x', '--host', '192.168.0.9'], /--tls-cert/],
    [['--data', 'x', '--host', '127.0.0.1.evil.example'], /--tls-cert/],
    [['--data', 'x', '--tls-cert', 'a.pem'], /belong together/],
    [['--data', 'x', '--tls-cert', '/nowhere/a.pem', '--tls-key', '/nowhere/b.pem'], /can not be read/],
    [['--data', 'x', '--open-everything'], /Unknown option/],
    [['--data', 'x', '--database', 'mysql://db/x'], /postgres:\/\//],
    [['--data', 'x', '--database', 'postgres://db.example/x'], /sslmode=verify-full/],
    [['--data', 'x', '--database', 'postgres://u:p@db.example/x?sslmode=require'], /sslmode=verify-full/],
    [['--data', 'x', '--database', 'postgres://127.0.0.1.evil.example/x'], /sslmode=verify-full/],
    [['--data', 'x', '--database', 'postgres://127.0.0.1/x', '--database-connections', '1'], /2 or more/],
    [['--data', 'x', '--trusted-proxy', 'everybody'], /no address/],
    [['--data', 'x', '--media-dir', '/tmp', '--s3-bucket', 'originals'], /one of them/],
    [['--data', 'x', '--media-dir', '/nowhere/mounted'], /is not there/],
    [['--data', 'x', '--s3-endpoint', 'https://store.example'], /belong to a --s3-bucket/],
    [['--data', 'x', '--s3-bucket', 'Originals'], /no name of a bucket/],
    [['--data', 'x', '--s3-bucket', 'originals', '--s3-endpoint', 'http://store.example'], /only with https/],
    [['--data', 'x', '--s3-bucket', 'originals', '--s3-endpoint', 'https://key:secret@store.example'], /environment/],
  ])('%j makes no sense and says why', (args, reason) => {
    expect(() => startOptions(args)).toThrow(reason);
  });

  test('a database is named on the command line or, unseen by others, in the environment', () => {
    const named = { url: 'postgres://127.0.0.1/x', connections: 10, allowFsyncOff: false };
    expect(startOptions(['--data', 'x', '--database', 'postgres://127.0.0.1/x']).database).toEqual(named);
    expect(startOptions(['--data', 'x'], { DATABASE_URL: 'postgres://127.0.0.1/x' }).database).toEqual(named);
    expect(startOptions(['--data', 'x'], { DATABASE_URL: 'postgres://db.example/x?sslmode=verify-full' }).database?.url).toContain('db.example');
    expect(startOptions(['--data', 'x'], {}).database).toBeNull();
  });

  test('what a refused database was named as is not repeated: it holds the password', () => {
    expect(() => startOptions(['--data', 'x', '--database', 'postgres://u:geheim@db.example/x'])).toThrow(/^(?!.*geheim)/s);
  });

  test('listens on this machine only unless told otherwise', () => {
    expect(startOptions(['--data', 'x'])).toMatchObject({ host: '127.0.0.1', port: 8443, demo: false, tls: null });
  });

  test('a mistake ends the process with code 2 and a sentence, not with a trace', async () => {
    const running = await spawnTestServer({ dataDir: tempDir() });
    const script = running.child.spawnargs[1] ?? '';
    const second = spawn(process.execPath, [script, '--data', tempDir(), '--port', '0', '--code-for', 'nobody'], { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    second.stderr.on('data', (text: Buffer) => (said += text.toString()));
    await once(second, 'close');
    expect(second.exitCode).toBe(2);
    expect(said).toMatch(/no active person has this login name\n$/);
    expect(said).not.toMatch(/at .*\.mjs/);
    expect(await running.stop()).toBe(0);
  });
});

describe('a data folder', () => {
  test('with demo data is no real office, and a real office is no demo', async () => {
    const demo = await openTestServer({ demo: true });
    await demo.stop();
    await expect(openTestServer({ dataDir: demo.dataDir })).rejects.toThrow(/demo-only/);
    const real = await openTestServer();
    await enrolLaptop(real.url, { code: real.firstAccountCode ?? '', firstAccount: account });
    await real.stop();
    await expect(openTestServer({ dataDir: real.dataDir, demo: true })).rejects.toThrow(/demo-only/);
  });

  test('that turned into a demo takes the console code of its former start no more', async () => {
    const empty = await openTestServer();
    await empty.stop();
    const demo = await openTestServer({ dataDir: empty.dataDir, demo: true });
    expect(problemIn((await tryToEnrol(demo.url, { code: empty.firstAccountCode ?? '', firstAccount: account })).outcome)).toEqual({ code: 'demo-only' });
  });

  test('of a newer program is not touched', async () => {
    const server = await openTestServer();
    await server.stop();
    await inRecords(server.dataDir, (sql) => sql.run("INSERT INTO migrations (version, name, applied_at) VALUES (99, 'of the future', 0)"));
    await expect(openTestServer({ dataDir: server.dataDir })).rejects.toThrow(`shape 99, this program knows ${migrations.at(-1)?.version}`);
    const known = migrations.map(({ version }) => ({ version }));
    expect(await inRecords(server.dataDir, (sql) => sql.all('SELECT version FROM migrations ORDER BY version'))).toEqual([...known, { version: 99 }]);
  });

  test('of an older program whose records were folded otherwise is read from its changes', async () => {
    const server = await openTestServer({ demo: true });
    const laptop = await demoLaptop(server.url, 'inspector');
    const id = newId();
    const lock = { lockedAt: '2026-08-12T08:00:00.000Z', lockedBy: laptop.entry.officerId, seen: {}, covers: [] };
    laptop.write(newChange('inspection', id, { leadOfficerId: laptop.entry.officerId }), newChange('inspection', id, { lock }, 'lock'));
    await laptop.sync();
    await server.stop();
    await inRecords(server.dataDir, (sql) => sql.run("UPDATE records SET state = '{}', fold = NULL"));
    const later = await openTestServer({ demo: true, dataDir: server.dataDir });
    laptop.moveTo(later.url);
    laptop.write(newChange('inspection', id, { title: '锁定后' }, 'edit'), newChange('institution', newId(), { name: '甲单位' }));
    await laptop.sync();
    expect(laptop.refused.map(({ seq, problem }) => [seq, problem.code])).toEqual([[3, 'locked']]);
  });

  test('keeps the server key to itself, and does not go on without it', async () => {
    const server = await openTestServer({ demo: true });
    await server.stop();
    const key = path.join(server.dataDir, 'server-key.pem');
    // Windows has no such bits; there the folder's own rights count.
    expect(statSync(key).mode & 0o777).toBe(process.platform === 'win32' ? 0o666 : 0o600);
    rmSync(key);
    await expect(openTestServer({ dataDir: server.dataDir, demo: true })).rejects.toThrow(/server-key\.pem/);
  });

  test('with settings that can not be meant is not started', async () => {
    const dataDir = path.join(tempDir(), '数据 目录');
    mkdirSync(dataDir);
    for (const [settings, reason] of [['{', /not JSON/], ['{"numberPrefix":"x"}', /Unrecognized key/], ['{"numberPrefixes":{"opinion":"第1","district-letter":"x"}}', /numberPrefixes/]] as const) {
      writeFileSync(path.join(dataDir, 'settings.json'), settings);
      await expect(openTestServer({ dataDir })).rejects.toThrow(reason);
    }
    writeFileSync(path.join(dataDir, 'settings.json'), '{}');
    await (await openTestServer({ dataDir })).stop();
  });
});

test('a migration is whole or not at all, and runs once', async () => {
  const store = await emptyStore();
  const one: Migration = { version: 1, name: 'one', statements: ['CREATE TABLE a (x TEXT)'] };
  const broken: Migration = { version: 2, name: 'two', statements: ['CREATE TABLE b (x TEXT)', 'CREATE TABLE a (x TEXT)'] };
  await expect(migrate(store, () => 7, [one, broken])).rejects.toThrow(/already exists/);
  expect(await store.sql.all('SELECT x FROM a')).toEqual([]);
  await expect(store.sql.all('SELECT x FROM b')).rejects.toThrow(/no such table|does not exist/);
  await migrate(store, () => 8, [one, { ...broken, statements: ['CREATE TABLE b (x TEXT)'] }]);
  await migrate(store, () => 9, [one, { ...broken, statements: ['CREATE TABLE b (x TEXT)'] }]);
  expect(await store.sql.all('SELECT version, applied_at FROM migrations ORDER BY version')).toEqual([{ version: 1, applied_at: 7 }, { version: 2, applied_at: 8 }]);
});

test('a transaction that throws, or is not to be kept, leaves nothing', async () => {
  const store = await emptyStore();
  await store.write((sql) => sql.run('CREATE TABLE t (x BIGINT)'));
  await expect(store.write(async (sql) => {
    await sql.run('INSERT INTO t VALUES (1)');
    throw new Error('no');
  })).rejects.toThrow('no');
  await store.write((sql) => sql.run('INSERT INTO t VALUES (2)'), () => false);
  await store.write((sql) => sql.run('INSERT INTO t VALUES (3)'));
  expect(await store.sql.all('SELECT x FROM t')).toEqual([{ x: 3 }]);
});

test('SIGTERM lets a push finish that is under way, and ends listeners', async () => {
  const server = await spawnTestServer({ dataDir: tempDir(), args: ['--demo'] });
  const laptop = await demoLaptop(server.url, 'inspector');
  const listening = await laptop.fetch('/v1/hints');
  laptop.write(...Array.from({ length: 500 }, (_, n) => newChange('institution', newId(), { name: `单位${n}` })));
  const pushing = laptop.exchange({ push: laptop.push(1), pageLimit: 0 });
  await laptop.fetch('/v1/health');
  const ended = server.stop();
  expect((await pushing).ok).toBe(true);
  expect(await ended).toBe(0);
  await expect(listening.text()).resolves.toContain('event: news');
});

test('beyond this machine it speaks TLS', async () => {
  const folder = tempDir();
  const [cert, key] = [path.join(folder, 'cert.pem'), path.join(folder, 'key.pem')];
  execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', key, '-out', cert, '-days', '2', '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'], { stdio: 'ignore' });
  const { tls } = startOptions(['--data', 'x', '--host', '0.0.0.0', '--tls-cert', cert, '--tls-key', key]);
  const server = await openTestServer({ demo: true, tls });
  expect(server.url).toMatch(/^https:/);
  const status = await new Promise((resolve, reject) => {
    https.get(`${server.url}/v1/health`, { ca: readFileSync(cert) }, (reply) => resolve(reply.resume().statusCode)).once('error', reject);
  });
  expect(status).toBe(200);
  await expect(fetch(server.url.replace('https:', 'http:'))).rejects.toThrow(/fetch failed/);
});
