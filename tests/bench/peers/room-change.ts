import type { NewChange, Patch } from '#shared/journal/change.ts';
import type { JsonValue } from '#shared/kit/values.ts';
import { makeRecord, recordId } from './rivals/workload.mjs';

/** The inspection that record `index` belongs to: 250 rooms each. */
export function inspectionOf(index: number): string {
  return `0190c5a0-0000-7000-8000-${String(Math.floor(index / 250)).padStart(12, '0')}`;
}

/**
 * Record `index` of the workload as our own: every field that the room sheet knows, the rest as remarks, so that as many bytes are
 * carried (1.2 kB of JSON). Version 1 creates the room; a later one changes what changes, over change `was`.
 */
export function roomChange(index: number, version: number, was: string | null): NewChange {
  const record = makeRecord(index, version);
  const values: Record<string, JsonValue> = {
    setTemperatureC: String(record.setTempC), setReadBy: 'panel', mode: 'cooling', openings: 'closed', occupied: record.fanSpeed > 2, conditionerKind: 'split', conditionerControl: 'room', outcome: 'checked',
    remarks: JSON.stringify({ note: record.note, gps: record.gps, checks: record.checks, device: record.deviceId, model: record.deviceModel, task: record.taskId, project: record.projectId, humidity: record.readings.map(({ rh, mps }) => [rh, mps]) }),
  };
  record.readings.forEach(({ at, tempC }, place) => (values[`readings/r${place}`] = { valueC: tempC.toFixed(1), at, point: place + 1 }));
  record.media.forEach(({ sha256, size }, place) => (values[`photos/p${place}`] = { evidence: { sha256, mediaType: 'image/jpeg', byteLength: size, capturedAt: record.createdAt }, subject: 'panel', note: '' }));
  if (was === null) Object.assign(values, { inspectionId: inspectionOf(index), order: index, room: record.roomName, floor: String(record.roomId), use: '办公', areaM2: '25.5' });
  const patch: Patch = Object.fromEntries(Object.entries(values).map(([path, to]) => [path, { was: was === null || !wasThere(index, path) ? null : was, to }]));
  return { recordType: 'roomCheck', recordId: recordId(index), kind: was === null ? 'create' : 'edit', patch };
}

/** A later version may have more readings than the first one. */
function wasThere(index: number, path: string): boolean {
  const place = /^readings\/r(\d+)$/.exec(path)?.[1];
  return place === undefined || Number(place) < makeRecord(index).readings.length;
}
