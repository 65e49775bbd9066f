import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { largestInstrumentError, isLead, measuredKind, measuredVerdict } from '#shared/domain/room-check/measured-verdict.ts';
import { settingVerdict } from '#shared/domain/room-check/setting-verdict.ts';
import { room } from './builders.ts';

const setting = (values: Parameters<typeof room>[0]) => settingVerdict(room(values)).kind;
const air = (values: Parameters<typeof room>[0]) => {
  const { kind } = measuredVerdict(room(values));
  expect(measuredKind(room(values))).toBe(kind);
  return kind;
};

describe('the setting', () => {
  test('cooling: 26 passes, a hundredth less exceeds', () => {
    expect(setting({ setTemperatureC: '26' })).toBe('ok');
    expect(setting({ setTemperatureC: '25.99' })).toBe('exceeds');
    expect(setting({ setTemperatureC: '26.0' })).toBe('ok');
    expect(setting({ setTemperatureC: '30' })).toBe('ok');
  });

  test('heating is a ceiling: 20 passes, a hundredth more exceeds', () => {
    expect(setting({ mode: 'heating', setTemperatureC: '20' })).toBe('ok');
    expect(setting({ mode: 'heating', setTemperatureC: '20.01' })).toBe('exceeds');
    expect(setting({ mode: 'heating', setTemperatureC: '16' })).toBe('ok');
  });

  test('25.96 is not 26 by rounding', () => {
    expect(settingVerdict(room({ setTemperatureC: '25.96' }))).toEqual({ kind: 'exceeds', why: null, limitC: '26' });
  });

  test('fan and off have no limit', () => {
    for (const mode of ['fan', 'off'] as const) expect(settingVerdict(room({ mode, setTemperatureC: '18' }))).toEqual({ kind: 'not-applicable', why: 'not-running', limitC: null });
  });

  test('an empty or unreadable setting is undetermined, not 0 and not an offence', () => {
    expect(settingVerdict(room())).toEqual({ kind: 'undetermined', why: 'set-temperature-missing', limitC: '26' });
    expect(settingVerdict(room({ setReadBy: 'not-readable' }))).toEqual({ kind: 'undetermined', why: 'set-temperature-not-readable', limitC: '26' });
  });

  test('without the mode nobody knows which limit holds', () => {
    expect(settingVerdict(room({ mode: null, setTemperatureC: '18' }))).toEqual({ kind: 'undetermined', why: 'mode-unknown', limitC: null });
  });

  test('a room nobody entered is undetermined, with the reason', () => {
    for (const outcome of ['locked-door', 'meeting', 'classified', 'refused'] as const) {
      expect(settingVerdict(room({ outcome, setTemperatureC: '18' }))).toEqual({ kind: 'undetermined', why: outcome, limitC: null });
    }
  });

  test('what is typed is judged before anybody picks an outcome', () => {
    expect(setting({ outcome: null, setTemperatureC: '24' })).toBe('exceeds');
  });

  test('an adjustment on the spot does not change the value found', () => {
    expect(setting({ setTemperatureC: '24', adjusted: { toC: '26', at: '2026-08-12T06:00:00.000Z' } })).toBe('exceeds');
  });
});

describe('exemptions', () => {
  test('a server room is not applicable, to the setting and to the air', () => {
    const serverRoom = { use: '机房', setTemperatureC: '20', readings: ['20.5'], specialUse: { reason: '信息机房' } };
    expect(setting(serverRoom)).toBe('not-applicable');
    expect(air(serverRoom)).toBe('not-applicable');
  });

  test('a special use without a reason exempts nothing: it has to be verified', () => {
    expect(setting({ setTemperatureC: '20', specialUse: { reason: ' ' } })).toBe('to-verify');
  });

  test('an approved need with its document is not applicable to both', () => {
    const approved = { setTemperatureC: '22', readings: ['22.1'], approvedNeed: { reason: '检测室', approvalDocument: '示机管〔2026〕3号' } };
    expect(setting(approved)).toBe('not-applicable');
    expect(air(approved)).toBe('not-applicable');
  });

  test('a need without its document only makes what would exceed a thing to verify', () => {
    for (const approvalDocument of [null, '', '  ']) {
      const approvedNeed = { reason: '检测室', approvalDocument };
      expect(settingVerdict(room({ setTemperatureC: '22', approvedNeed }))).toEqual({ kind: 'to-verify', why: 'need-without-document', limitC: '26' });
      expect(air({ readings: ['22.1'], approvedNeed })).toBe('to-verify');
      expect(setting({ setTemperatureC: '26', approvedNeed })).toBe('ok');
      expect(air({ readings: ['26'], approvedNeed })).toBe('ok');
      expect(setting({ approvedNeed })).toBe('undetermined');
      expect(air({ approvedNeed })).toBe('undetermined');
    }
  });
});

describe('the air', () => {
  test('the exact mean of the points decides', () => {
    expect(measuredVerdict(room({ readings: ['25.9', '26.0', '26.1'] }))).toMatchObject({ kind: 'ok', valueC: '26', valueExact: true, limitC: '26' });
    expect(measuredVerdict(room({ readings: ['25.9', '26.0', '26.0'] }))).toMatchObject({ kind: 'exceeds', valueC: '25.97', valueExact: false });
  });

  test('no readings: undetermined, and no value', () => {
    expect(measuredVerdict(room())).toEqual({ kind: 'undetermined', why: 'no-readings', limitC: '26', valueC: null, valueExact: true, withinInstrumentError: null });
  });

  test('means that binary floating point puts below 26 pass', () => {
    const tenths = fc.array(fc.integer({ min: 230, max: 290 }), { minLength: 2, maxLength: 11 });
    const balanced = tenths.map((values) => [...values, 260 * (values.length + 1) - values.reduce((sum, value) => sum + value, 0)]);
    fc.assert(fc.property(balanced, (values) => {
      expect(measuredVerdict(room({ readings: values.map((value) => `${Math.floor(value / 10)}.${value % 10}`) }))).toMatchObject({ kind: 'ok', valueC: '26' });
    }), { numRuns: 2000 });
  });

  test('a thousandth on any point below a mean of exactly 26 exceeds', () => {
    const readings = ['25.3', '26.7', '25.9', '26.1'];
    expect(air({ readings })).toBe('ok');
    expect(air({ readings: ['25.299', ...readings.slice(1)] })).toBe('exceeds');
  });

  test('a shown mean is never on the other side of the limit than its verdict', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 25_900, max: 26_100 }), { minLength: 1, maxLength: 50 }), (values) => {
      const verdict = measuredVerdict(room({ readings: values.map((value) => `${Math.floor(value / 1000)}.${String(value % 1000).padStart(3, '0')}`) }));
      expect(Number(verdict.valueC) < 26).toBe(verdict.kind === 'exceeds');
    }));
  });

  test('25.9966… is shown as 25.997 beside the limit of 26', () => {
    expect(measuredVerdict(room({ readings: ['25.99', '26', '26'] }))).toMatchObject({ kind: 'exceeds', valueC: '25.997' });
  });

  test('setting and air are two verdicts and never merged', () => {
    expect(setting({ setTemperatureC: '24', readings: ['27'] })).toBe('exceeds');
    expect(air({ setTemperatureC: '24', readings: ['27'] })).toBe('ok');
    expect(setting({ setTemperatureC: '26', readings: ['25.6'] })).toBe('ok');
    expect(air({ setTemperatureC: '26', readings: ['25.6'] })).toBe('exceeds');
  });
});

describe('leads', () => {
  const lead = (values: Parameters<typeof room>[0]) => isLead(settingVerdict(room(values)), measuredVerdict(room(values)));

  test('a low air reading with a right setting is a lead', () => {
    expect(lead({ setTemperatureC: '26', readings: ['25.2'] })).toBe(true);
    expect(lead({ setReadBy: 'not-readable', readings: ['25.2'] })).toBe(true);
  });

  test('a low setting is a finding, so its air reading is no lead beside it', () => {
    expect(lead({ setTemperatureC: '24', readings: ['25.2'] })).toBe(false);
  });

  test('a reading within the instrument’s error of the limit proves nothing, on either side', () => {
    const within = (readings: readonly string[], error: string | null) => measuredVerdict(room({ readings }), error).withinInstrumentError;
    expect(within(['25.7'], '0.3')).toBe(true);
    expect(within(['25.69'], '0.3')).toBe(false);
    expect(within(['26.3'], '0.3')).toBe(true);
    expect(within(['25.6', '25.8'], '0.3')).toBe(true);
    expect(within(['25.7'], null)).toBeNull();
  });

  test('the error never changes the verdict itself', () => {
    expect(measuredVerdict(room({ readings: ['25.9'] }), '0.5').kind).toBe('exceeds');
  });

  test('of several instruments the largest error counts', () => {
    expect(largestInstrumentError([{ errorC: '0.3' }, { errorC: null }, { errorC: '0.50' }])).toBe('0.50');
    expect(largestInstrumentError([{ errorC: null }])).toBeNull();
  });
});

test('for any room, the five verdicts follow from the rule written in words', () => {
  const mode = fc.constantFrom('cooling', 'heating', 'fan', 'off') as fc.Arbitrary<'cooling' | 'heating' | 'fan' | 'off'>;
  const tenths = fc.integer({ min: 100, max: 400 });
  const need = fc.constantFrom(null, { reason: '', approvalDocument: null }, { reason: '', approvalDocument: '文' });
  const special = fc.constantFrom(null, { reason: '机房' });
  fc.assert(fc.property(mode, fc.option(tenths), need, special, (air_, set, approvedNeed, specialUse) => {
    const got = setting({ mode: air_, setTemperatureC: set === null ? null : (set / 10).toFixed(1), approvedNeed, specialUse });
    const beyond = set !== null && (air_ === 'cooling' ? set < 260 : set > 200);
    const exempt = air_ === 'fan' || air_ === 'off' || specialUse !== null || approvedNeed?.approvalDocument === '文';
    expect(got).toBe(exempt ? 'not-applicable' : set === null ? 'undetermined' : !beyond ? 'ok' : approvedNeed ? 'to-verify' : 'exceeds');
  }));
});
