import { demoInspections } from '../../../src-shared/domain/demo/demo-records.ts';
import type { DemoPerson } from '../../../src-shared/domain/demo/demo-people.ts';
import { deskAt, type Desk } from './desk.ts';
import type { OpenApp } from './launch.ts';

/** The demo's inspection in which somebody is in the middle of it: 60 rooms, 31 visited. */
export const underWay = demoInspections.underWay;

/** A laptop of the demo office: it opens as the inspector, without a word. */
export async function demoDesk(launched: Promise<OpenApp>, rail = '主导航'): Promise<Desk> {
  const desk = deskAt(await launched);
  await desk.page.getByRole('navigation', { name: rail }).waitFor({ timeout: 20_000 });
  return desk;
}

/** Another of the demo's people sits down at this laptop. */
export async function changeTo(desk: Desk, person: DemoPerson): Promise<void> {
  await desk.page.locator('.app-officer').click();
  await desk.page.getByRole('button', { name: '退出登录' }).click();
  await desk.page.locator('.session-person').filter({ hasText: person.name }).click();
  await desk.page.locator('.app-officer').filter({ hasText: person.name }).waitFor({ timeout: 20_000 });
}
