import { knownBases } from '#shared/domain/casework/legal-bases.ts';
import type { Role } from '#shared/domain/people/people.ts';
import type { JsonValue } from '#shared/kit/values.ts';
import type { OfficeCallName } from '#shared/sync/office-calls.ts';
import type { RecordState } from '#shared/sync/record-state.ts';
import type { Laptop } from './laptop.ts';
import { organs } from './people.ts';
import type { Scene } from './scene.ts';

/** Acts that the server performs for a person who is online. */
export const officeActs = {
  async signOffBases(scene: Scene): Promise<void> {
    const { enabled: _enabled, note: _note, ...basis } = knownBases[0] as (typeof knownBases)[number];
    await ask(scene, ['legal-section'], 'bases.sign-off', { bases: [basis], comment: '' });
  },
  async draftOpinion(scene: Scene): Promise<void> {
    const laptop = withRole(scene, ['inspector', 'section-head']);
    const desk = laptop?.desk();
    if (!laptop || !desk) return;
    const cases = await desk.list('case');
    if (cases.length > 0) await ask(scene, laptop, 'opinion.draft', { opinionId: null, caseId: scene.dice.pick(cases).recordId, text: opinionText(scene), comment: '' });
  },
  /** Whoever may take the next step of some opinion takes it, mostly. */
  async moveOpinion(scene: Scene): Promise<void> {
    const reader = withRole(scene, ['inspector', 'section-head', 'legal-section', 'leader', 'office', 'joint-staff']);
    const opinions = ((await reader?.desk()?.list('opinion')) ?? []).filter(({ fields }) => fields['nextStep'] !== 'finished');
    if (!reader || opinions.length === 0) return;
    await nextStep(scene, scene.dice.pick(opinions));
  },
  async changeRole(scene: Scene): Promise<void> {
    const person = scene.people.find(({ roles }) => roles.includes('inspector') && !roles.includes('section-head'));
    if (!person) return;
    const roles = scene.dice.chance(0.5) ? ['assistant'] : [...person.roles];
    const { roles: _before, ...named } = person;
    await ask(scene, ['system-administrator'], 'person.save', { ...named, roles, certificate: null, telephone: null, active: true });
  },
  async revoke(scene: Scene): Promise<void> {
    const laptop = scene.dice.pick(scene.laptops);
    if (laptop.place.person.roles.includes('system-administrator') || scene.history.revoked.size > 0) return;
    // From now on it may happen: who asked need not live to hear of it.
    scene.history.revoked.add(laptop.place.chain.chainId);
    await ask(scene, ['system-administrator'], 'chain.revoke', { chainId: laptop.place.chain.chainId, reason: '遗失' });
  },
};

async function nextStep(scene: Scene, opinion: RecordState): Promise<void> {
  const { dice } = scene;
  const step = String(opinion.fields['nextStep']);
  const act = (roles: readonly Role[], decision: string, issuedOn: string | null = null): Promise<boolean> =>
    ask(scene, roles, 'opinion.act', { opinionId: opinion.recordId, step, decision, comment: `同意${scene.count()}`, issuedOn, original: null });
  switch (step) {
    case 'draft': {
      await ask(scene, ['inspector'], 'opinion.draft', { opinionId: opinion.recordId, caseId: opinion.fields['caseId'] ?? '', text: opinionText(scene), comment: '' });
      return;
    }
    case 'section-review': await act(['section-head'], dice.chance(0.1) ? 'return' : 'agree'); return;
    case 'legal-reading': await act(['legal-section'], dice.chance(0.1) ? 'skip' : 'agree'); return;
    case 'countersign': await act(['section-head'], 'agree'); return;
    case 'issue': await act(['leader'], 'agree', dice.pick(['2026-08-20', '2026-08-21', '2025-12-30'])); return;
    case 'number': await act(['office'], 'done'); return;
    default: return;
  }
}

function opinionText(scene: Scene): JsonValue {
  return { facts: `查明${scene.count()}`, demand: '整改', replyBy: '2026-12-31', jointOrganId: organs.energyCentre.organId, contact: '' };
}

function withRole(scene: Scene, roles: readonly Role[]): Laptop | null {
  const able = scene.laptops.filter((laptop) => laptop.isOpen() && !laptop.is.revoked && laptop.place.person.roles.some((role) => roles.includes(role)));
  return able.length > 0 ? scene.dice.pick(able) : null;
}

async function ask(scene: Scene, who: readonly Role[] | Laptop, name: OfficeCallName, input: JsonValue | object): Promise<boolean> {
  const laptop = 'place' in who ? who : withRole(scene, who);
  if (!laptop) return false;
  const outcome = await laptop.office(name, input as JsonValue);
  scene.trace(`${laptop.name} asks ${name}: ${outcome.ok ? 'done' : outcome.problem.code}`);
  if (!outcome.ok) return false;
  // As the product does it: the act is in the feed, so it is fetched now.
  void laptop.engine()?.now();
  return true;
}
