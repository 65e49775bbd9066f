import { lockOf } from '#shared/domain/inspection/conclude.ts';
import type { JsonValue } from '#shared/kit/values.ts';
import { conflictsToSettle, type RecordState } from '#shared/sync/record-state.ts';
import { hashText } from '../../src-main/journal/bytes.ts';
import type { Desk, Edit } from '../../src-renderer/store/desk.ts';
import type { Laptop } from './laptop.ts';
import type { Scene } from './scene.ts';
import { world } from './take-over.ts';

/** What a person does at an open desk. Resolves when it is done; what fails shows in the ledger, not here. */
export type DeskAct = (scene: Scene, laptop: Laptop, desk: Desk) => Promise<void>;

const instant = (): string => new Date(world.now()).toISOString();
type Values = Record<string, JsonValue>;

export const deskActs = {
  async newInspection(scene, laptop, desk) {
    const [institutionId, inspectionId] = [scene.dice.uuid(), scene.dice.uuid()];
    const name = `第${scene.count()}中学`;
    const { officerId } = laptop.place.person;
    await desk.edit([
      { recordType: 'institution', recordId: institutionId, kind: 'create', values: institution(name) },
      {
        recordType: 'inspection', recordId: inspectionId, kind: 'create',
        values: { institutionId, institutionName: name, title: '', season: 'cooling', leadOfficerId: officerId, officerIds: [officerId], assistantIds: [], place: '', unitOpinion: '', totalRooms: null, lock: null, removed: false },
      },
      ...Array.from({ length: scene.dice.below(4) }, (_, at) => room(scene, inspectionId, at)),
    ]);
  },
  async newRooms(scene, _laptop, desk) {
    const inspection = pick(scene, await desk.list('inspection'));
    if (inspection) await desk.edit(Array.from({ length: 1 + scene.dice.below(3) }, (_, at) => room(scene, inspection.recordId, at)));
  },
  /** More than one frame of the journal holds; all of it is saved, or nothing. */
  async importRooms(scene, _laptop, desk) {
    const inspection = pick(scene, await desk.list('inspection'));
    if (inspection) await desk.edit(Array.from({ length: 4 + scene.dice.below(9) }, (_, at) => room(scene, inspection.recordId, at)));
  },
  async draftRoom(scene, _laptop, desk) {
    const found = pick(scene, await desk.list('roomCheck'));
    if (found) desk.draft(typedOver(scene, found, { recordType: 'roomCheck', recordId: found.recordId, values: roomValues(scene) }));
  },
  async editRoom(scene, _laptop, desk) {
    const rooms = await desk.list('roomCheck');
    const edits = Array.from({ length: 1 + scene.dice.below(3) }, () => pick(scene, rooms)).flatMap((found) =>
      found ? [typedOver(scene, found, { recordType: 'roomCheck', recordId: found.recordId, values: roomValues(scene) })] : []);
    if (edits.length > 0) await desk.edit(edits);
  },
  async settleConflicts(scene, _laptop, desk) {
    const found = pick(scene, (await desk.list('roomCheck')).filter((state) => conflictsToSettle(state).length > 0));
    if (!found) return;
    const values = Object.fromEntries(conflictsToSettle(found).map((path) => [path, found.conflicts[path]?.at(-1)?.value ?? null]));
    await desk.edit([{ recordType: 'roomCheck', recordId: found.recordId, values }]);
  },
  async editInspection(scene, _laptop, desk) {
    const found = pick(scene, [...(await desk.list('inspection')), ...(await desk.list('institution'))]);
    if (!found) return;
    const values: Values = found.recordType === 'inspection'
      ? scene.dice.pick<Values>([{ unitOpinion: `意见${scene.count()}` }, { place: `地点${scene.count()}` }, { totalRooms: scene.dice.below(300) }])
      : { address: `路${scene.count()}号` };
    desk.draft({ recordType: found.recordType as 'inspection', recordId: found.recordId, values });
  },
  async lock(scene, laptop, desk) {
    const { officerId } = laptop.place.person;
    const mine = (await desk.list('inspection')).filter(({ fields, lockedThrough }) => fields['leadOfficerId'] === officerId && !lockedThrough);
    const inspection = pick(scene, mine);
    if (!inspection) return;
    await desk.flush();
    const fresh = await desk.get(inspection.recordId);
    const rooms = await desk.children('roomCheck', inspection.recordId);
    if (!fresh || fresh.lockedThrough) return;
    const lock = lockOf(fresh, rooms, { lockedAt: instant(), lockedBy: officerId, hashText });
    await desk.edit([{ recordType: 'inspection', recordId: fresh.recordId, kind: 'lock', values: { lock: lock as unknown as JsonValue } }]);
  },
  async amendment(scene, _laptop, desk) {
    const found = pick(scene, (await desk.list('roomCheck')).filter(({ lockedThrough }) => lockedThrough));
    const inspectionId = found?.fields['inspectionId'];
    if (!found || typeof inspectionId !== 'string') return;
    const decision = found.late.length > 0 ? scene.dice.pick(['supplement-accepted', 'supplement-rejected']) : 'corrected';
    await desk.edit([{
      recordType: 'amendment', recordId: scene.dice.uuid(), kind: 'create',
      values: { inspectionId, targetRecordId: found.recordId, lateChangeIds: found.late.map(({ id }) => id), decision, reason: '核对', text: `补正${scene.count()}`, at: instant() },
    }]);
  },
  async paper(scene, _laptop, desk) {
    const inspection = pick(scene, await desk.list('inspection'));
    if (!inspection) return;
    await desk.edit([{
      recordType: 'document', recordId: scene.dice.uuid(), kind: 'create',
      values: { kind: 'record-of-inspection', inspectionId: inspection.recordId, caseId: null, institutionId: inspection.fields['institutionId'] ?? '', title: '现场检查笔录', createdAt: instant(), pdf: null, officialNumber: null, issuedOn: null, voided: null },
    }]);
  },
  async review(scene, _laptop, desk) {
    const inspection = pick(scene, (await desk.list('inspection')).filter(({ lockedThrough }) => lockedThrough));
    if (!inspection) return;
    await desk.edit([{ recordType: 'review', recordId: scene.dice.uuid(), kind: 'create', values: { inspectionId: inspection.recordId, verdict: scene.dice.pick(['approved', 'sent-back']), comment: `阅${scene.count()}`, at: instant() } }]);
  },
  async openCase(scene, laptop, desk) {
    const inspection = pick(scene, await desk.list('inspection'));
    if (!inspection) return;
    await desk.edit([{
      recordType: 'case', recordId: scene.dice.uuid(), kind: 'create',
      values: {
        institutionId: inspection.fields['institutionId'] ?? '', institutionName: '单位', inspectionId: inspection.recordId, matter: 'room-temperature', procedureId: 'inspection-and-correction',
        procedureVersion: 1, openedAt: instant(), [`events/${scene.dice.uuid()}`]: caseEvent(laptop, 'opened', `立${scene.count()}`),
      },
    }]);
  },
  async addCaseEvent(scene, laptop, desk) {
    const found = pick(scene, await desk.list('case'));
    if (found) await desk.edit([{ recordType: 'case', recordId: found.recordId, values: { [`events/${scene.dice.uuid()}`]: caseEvent(laptop, 'note', `记${scene.count()}`) } }]);
  },
  async flush(_scene, _laptop, desk) {
    await desk.flush();
  },
} satisfies Readonly<Record<string, DeskAct>>;

function pick(scene: Scene, states: readonly RecordState[]): RecordState | null {
  return states.length > 0 ? scene.dice.pick(states) : null;
}

/** Sometimes the screen says what the person saw. */
function typedOver(scene: Scene, state: RecordState, edit: Edit): Edit {
  return scene.dice.chance(0.4) ? { ...edit, over: state } : edit;
}

function institution(name: string): Values {
  return {
    name, creditCode: null, creditCodeMissingReason: '待补', level: 'municipal', authority: '示例市机关事务管理局', buildingKind: 'state-organ-office', usingUnit: name,
    managingUnit: name, address: '', liaison: null, sample: true, removed: false,
  };
}

function room(scene: Scene, inspectionId: string, order: number): Edit {
  const values = { inspectionId, order, room: `${100 + scene.count()}`, floor: '1', use: '办公', outcome: null, mode: null, setTemperatureC: null, remarks: '', removed: false };
  return { recordType: 'roomCheck', recordId: scene.dice.uuid(), kind: 'create', values };
}

function roomValues(scene: Scene): Values {
  const { dice } = scene;
  const one = (): Values => {
    switch (dice.below(6)) {
      case 0: return { remarks: `备注${scene.count()}${'长'.repeat(dice.chance(0.1) ? dice.below(600) : 0)}` };
      case 1: return { use: dice.pick(['办公', '会议', '机房', '值班']) };
      case 2: return { setTemperatureC: `${22 + dice.below(6)}` };
      case 3: return { [`readings/r${dice.below(3)}`]: dice.chance(0.2) ? null : { valueC: `${24 + dice.below(5)}.${dice.below(10)}`, at: instant(), point: 1 } };
      case 4: return { [`photos/${dice.uuid()}`]: { evidence: { sha256: dice.bytes(32).toString('hex'), mediaType: 'image/jpeg', byteLength: 1 + dice.below(9_000_000), capturedAt: instant() }, subject: 'panel', note: '' } };
      default: return { floor: `${1 + dice.below(9)}` };
    }
  };
  return dice.chance(0.3) ? { ...one(), ...one() } : one();
}

function caseEvent(laptop: Laptop, type: string, text: string): JsonValue {
  return { type, findingId: null, follows: null, by: laptop.place.person.officerId, at: instant(), dueOn: null, complies: null, text, photos: [], documentId: null };
}
