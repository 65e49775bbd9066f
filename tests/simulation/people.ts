import { createPrivateKey } from 'node:crypto';
import { demoOrgans } from '#shared/domain/demo/demo-people.ts';
import type { Role } from '#shared/domain/people/people.ts';
import { chainIdOf } from '#shared/journal/change.ts';
import { chainKey, type ChainKey } from '../../src-main/journal/chain-key.ts';
import type { ChainIdentity } from '../../src-main/journal/journal.ts';
import type { Dice } from './dice.ts';

export type Person = { readonly officerId: string; readonly name: string; readonly loginName: string; readonly organId: string; readonly roles: readonly Role[] };

/** One person on one laptop. */
export type Place = { readonly chain: ChainIdentity; readonly key: ChainKey; readonly person: Person };

export const organs = demoOrgans;
const all: readonly (readonly Role[])[] = [['inspector'], ['section-head', 'legal-section', 'leader', 'office', 'system-administrator'], ['inspector', 'assistant'], ['joint-staff']];
const apart: readonly (readonly Role[])[] = [['inspector'], ['section-head', 'inspector'], ['legal-section', 'leader', 'office', 'system-administrator'], ['joint-staff']];

/** Two to four people on three to eight laptops, each laptop with a chain of its own. */
export function peopleOf(dice: Dice, officeId: string): { readonly people: readonly Person[]; readonly places: readonly Place[] } {
  const count = 2 + dice.below(3);
  const roles = count > 2 && dice.chance(0.5) ? apart : all;
  const people = roles.slice(0, count).map((held, at): Person => ({
    officerId: dice.uuid(), name: `第${at + 1}人`, loginName: `p${at + 1}`, organId: held.includes('joint-staff') ? organs.energyCentre.organId : organs.bureau.organId, roles: held,
  }));
  const places = Array.from({ length: Math.max(count, 3 + dice.below(6)) }, (_, at): Place => {
    const person = people[at % people.length] as Person;
    const deviceId = dice.uuid();
    const chain = { officeId, deviceId, officerId: person.officerId, chainCode: `L${String(at + 1).padStart(2, '0')}`, chainId: chainIdOf(deviceId, person.officerId) };
    return { chain, key: keyFrom(dice), person };
  });
  return { people, places };
}

/** An Ed25519 key out of the seed's own randomness. */
export function keyFrom(dice: Dice): ChainKey {
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), dice.bytes(32)]);
  return chainKey(createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }));
}
