import type { Desk } from '../../store/desk.ts';
import { createRoomsModel, type RoomsModel } from './rooms-model.ts';

/** How many inspections stay open behind the one on the screen. */
const KEPT = 3;

/**
 * The rooms of an inspection for as long as the desk is open, so that leaving the screen loses neither a refused text nor
 * the way back by Ctrl+Z.
 */
const models = new WeakMap<Desk, Map<string, RoomsModel>>();

export function roomsModelOf(desk: Desk, inspectionId: string): RoomsModel {
  const held = models.get(desk) ?? new Map<string, RoomsModel>();
  models.set(desk, held);
  const model = held.get(inspectionId) ?? createRoomsModel(desk, inspectionId);
  // The one asked for last goes to the end; the oldest gives way.
  held.delete(inspectionId);
  held.set(inspectionId, model);
  const [oldest] = held.keys();
  if (held.size > KEPT && oldest !== undefined) {
    held.get(oldest)?.stop();
    held.delete(oldest);
  }
  return model;
}
