import { describe, expect, test } from 'vitest';
import { listeningAddress } from '../../../scripts/server-child.mjs';
import { withoutMainCluster } from '../../../scripts/postgres-programs.mjs';
import { checkNode, staleReason } from '../../../scripts/setup.mjs';
import { missingPackages } from '../../../scripts/system-packages.mjs';

describe('Node', () => {
  test.each(['20.19.0', '20.20.2', '21.0.0', '24.1.0'])('%s is new enough', (version) => {
    expect(() => checkNode(version)).not.toThrow();
  });
  test.each(['18.20.0', '20.18.9', '16.0.0'])('%s is too old and the message names what is needed', (version) => {
    expect(() => checkNode(version)).toThrow('needs 20.19 or newer');
  });
});

describe('npm packages are installed again', () => {
  const wanted = { packages: { '': {}, 'node_modules/zod': { version: '4.6.7', integrity: 'sha512-a' }, 'node_modules/other-os': { version: '1.0.0', optional: true } } };

  test('not when node_modules holds exactly the lock file', () => {
    expect(staleReason(wanted, { packages: { 'node_modules/zod': { version: '4.6.7', integrity: 'sha512-a' } } })).toBeNull();
  });
  test('when nothing is installed, or an installation was interrupted', () => {
    expect(staleReason(wanted, null)).toBe('not installed');
  });
  test('when a package is missing', () => {
    expect(staleReason(wanted, { packages: {} })).toBe('zod is missing');
  });
  test('when a version changed', () => {
    expect(staleReason(wanted, { packages: { 'node_modules/zod': { version: '4.6.6', integrity: 'sha512-a' } } })).toBe('zod is 4.6.6, wanted 4.6.7');
  });
  test('when the same version has other bytes', () => {
    expect(staleReason(wanted, { packages: { 'node_modules/zod': { version: '4.6.7', integrity: 'sha512-b' } } })).not.toBeNull();
  });
});

describe('system packages', () => {
  test('one of several names of a library is enough', () => {
    expect(missingPackages(['libgtk-3-0|libgtk-3-0t64', 'xvfb'], new Set(['libgtk-3-0t64']))).toEqual(['xvfb']);
  });
  test("PostgreSQL's package is told not to make a cluster for the whole system, whatever stood there", () => {
    expect(withoutMainCluster("# create_main_cluster = true\ncreate_main_cluster = true\nssl = on\n")).toBe('# create_main_cluster = true\nssl = on\ncreate_main_cluster = false\n');
  });
});

describe('the line that says where the server listens', () => {
  test('is recognised among other lines', () => {
    expect(listeningAddress('{"listening":"http://127.0.0.1:40123"}')).toBe('http://127.0.0.1:40123');
    expect(listeningAddress('{"level":30,"msg":"ready"}')).toBeUndefined();
    expect(listeningAddress('{half a line')).toBeUndefined();
    expect(listeningAddress('first account code: 1234')).toBeUndefined();
  });
});
