import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { contentSecurityPolicy } from '../../../src-main/window/content-security-policy.ts';

test('the policy printed in the docs is the policy that is sent', () => {
  const page = readFileSync(path.resolve(import.meta.dirname, '../../../docs/window-security.md'), 'utf8');
  expect(page.split('\n')).toContain(contentSecurityPolicy('<n>'));
});
