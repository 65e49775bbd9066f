import { describe, expect, test } from 'vitest';
import { bootClock, uptimeClock } from '../../../src-main/journal/boot-clock.ts';
import { newSalt } from '../../../src-main/journal/salts.ts';

describe('the clocks of the machine', () => {
  test('name a boot and give instants that the contract takes', () => {
    const clock = bootClock();
    expect(clock.bootId).not.toBe('');
    expect(clock.wall()).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/);
    expect(Number.isSafeInteger(clock.mono()) && clock.mono() >= 0).toBe(true);
  });

  test('count sleep, without asking the system at every save', () => {
    let uptime = 50_000;
    let running = 100;
    let asked = 0;
    const mono = uptimeClock(() => {
      asked += 1;
      return uptime;
    }, () => running);
    running += 400;
    expect(mono()).toBe(50_400);
    expect(asked).toBe(1);
    // An hour asleep: the program's own clock stood still or not, the uptime did not.
    running += 2000;
    uptime += 3_600_000;
    expect(mono()).toBe(3_650_000);
    expect(asked).toBe(2);
  });
});

test('salts are 32 hexadecimal digits and never the same', () => {
  const salts = Array.from({ length: 2000 }, newSalt);
  expect(salts.every((salt) => /^[0-9a-f]{32}$/.test(salt))).toBe(true);
  expect(new Set(salts).size).toBe(2000);
});
