import * as z from 'zod';
import { meanOf, roundedText } from '#shared/domain/room-check/mean-temperature.ts';
import { measuredVerdict } from '#shared/domain/room-check/measured-verdict.ts';
import { conditionerModes } from '#shared/domain/room-check/room-check.ts';
import { settingVerdict } from '#shared/domain/room-check/setting-verdict.ts';
import type { RoomSituation } from '#shared/domain/room-check/verdict.ts';
import { decimalOfNumber } from '#shared/kit/decimal.ts';
import { readInput } from '../bad-input.ts';
import type { JsonNumberValue } from '../command.ts';

/** Outside -20 to 60 °C the typing is wrong (260 for 26.0). The desk is stricter with settings: 10 to 40. */
const Temperature = z.number().min(-20, 'must be at least -20 (°C)').max(60, 'must be at most 60 (°C)');

const RoomVerdictInput = z.strictObject({
  airConditioner: z.enum(conditionerModes),
  setTemperatureC: Temperature.nullable(),
  readingsC: z.array(Temperature).max(1000),
  specialUse: z.strictObject({ reason: z.string().refine((reason) => reason.trim() !== '', 'a special use needs its reason') }).optional(),
  approvedNeed: z.strictObject({ approvalDocument: z.string().nullable() }).optional(),
});

/** Both verdicts of one room, by the same rules as the desk. */
export function calcRoomVerdict(text: string): JsonNumberValue {
  const input = readInput(RoomVerdictInput, text);
  const situation: RoomSituation = { outcome: 'checked', mode: input.airConditioner, specialUse: input.specialUse ?? null, approvedNeed: input.approvedNeed ?? null };
  const readings = input.readingsC.map(decimal);
  const setting = settingVerdict({ ...situation, setReadBy: null, setTemperatureC: input.setTemperatureC === null ? null : decimal(input.setTemperatureC) });
  const measured = measuredVerdict({ ...situation, readings: readings.map((valueC) => ({ valueC })) });
  return {
    setting: { verdict: setting.kind, limitC: numberOrNull(setting.limitC) },
    measured: { verdict: measured.kind, valueC: meanNumber(readings), limitC: numberOrNull(measured.limitC) },
  };
}

function decimal(value: number): string {
  const text = decimalOfNumber(value);
  if (text === null) throw new Error(`JSON held the number ${value}`);
  return text;
}

/** The double nearest to the exact mean. */
function meanNumber(readings: readonly string[]): number | null {
  const mean = meanOf(readings);
  return mean === null ? null : Number(roundedText(mean, 25));
}

function numberOrNull(text: string | null): number | null {
  return text === null ? null : Number(text);
}
