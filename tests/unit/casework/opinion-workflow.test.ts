import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { officialNumberText } from '#shared/domain/casework/official-number.ts';
import { handOn, openDecisions, opinionForm, opinionStanding, opinionStepRules, stepAfter, stepsOf, type ActStep, type Decision, type OpinionActor, type OpinionStanding, type ProposedAct } from '#shared/domain/casework/opinion-workflow.ts';
import { opinionSteps, type OpinionText } from '#shared/domain/casework/case-record.ts';
import type { ServiceStatement } from '#shared/domain/casework/service.ts';
import { roles, type Role } from '#shared/domain/people/people.ts';
import { emptyRecord } from '#shared/sync/record-state.ts';

const centre = '0190d3c0-0000-7000-8000-0000000000a2';
const text: OpinionText = { facts: '3-0214 会议室设定 22 ℃', demand: '调至 26 ℃ 以上', replyBy: '2026-09-30', jointOrganId: centre, contact: '0571-0000-0001' };

const drafter = 'drafter';
const standing = (over: Partial<OpinionStanding> = {}): OpinionStanding => ({ form: 'opinion', nextStep: 'section-review', text, drafters: [drafter], sealedAt: '2026-09-02T03:00:00.000Z', ...over });
const actor = (role: Role, over: Partial<OpinionActor> = {}): OpinionActor => ({ officerId: `some ${role}`, roles: [role], organId: 'bureau', ...over });
const act = (step: ActStep, decision: Decision, over: Partial<ProposedAct> = {}): ProposedAct => ({ step, decision, comment: '同意', issuedOn: null, original: 'none', ...over });

const statement: ServiceStatement = {
  method: 'document-exchange', recipient: { name: '方晓岚', post: '办公室主任', unit: '示例市样例局' }, servedAt: '2026-09-03T06:03:00.000Z', place: '', reference: '', refusal: null, consent: null, note: '',
};
const service = { statement, missing: null, now: '2026-09-03T07:00:00.000Z' };

/** The ordinary way of an opinion through the house. */
const usualWay: readonly (readonly [ProposedAct, OpinionActor])[] = [
  [act('section-review', 'agree'), actor('section-head')],
  [act('legal-reading', 'agree'), actor('legal-section')],
  [act('countersign', 'agree'), actor('joint-staff', { organId: centre })],
  [act('issue', 'agree', { issuedOn: '2026-09-01' }), actor('leader')],
  [act('number', 'done'), actor('office')],
  [act('seal', 'done', { original: 'held' }), actor('office')],
  [act('serve', 'done', { service }), actor('inspector')],
];

function problemOf(outcome: ReturnType<typeof stepAfter>): unknown {
  return outcome.ok ? outcome.value : outcome.problem;
}

describe('the way of a 节能整改意见书 through the house', () => {
  test('goes from section review to service in the fixed order', () => {
    let nextStep: OpinionStanding['nextStep'] = 'section-review';
    const passed: string[] = [];
    for (const [each, who] of usualWay) {
      passed.push(nextStep);
      const outcome = stepAfter(standing({ nextStep }), each, who);
      if (!outcome.ok) throw new Error(JSON.stringify(outcome.problem));
      nextStep = outcome.value;
    }
    expect([...passed, nextStep]).toEqual([...opinionSteps.slice(1), 'finished']);
  });

  test('no step can be taken out of its turn, by anybody', () => {
    const steps = Object.keys(opinionStepRules) as ActStep[];
    fc.assert(fc.property(fc.constantFrom(...opinionSteps, 'finished' as const), fc.constantFrom(...steps), fc.constantFrom('done', 'agree', 'return', 'skip'), fc.constantFrom(...roles), (nextStep, step, decision, role) => {
      fc.pre(nextStep !== step);
      expect(problemOf(stepAfter(standing({ nextStep }), act(step, decision as Decision), actor(role)))).toEqual({ code: 'wrong-step', detail: { step: nextStep } });
    }));
  });

  test('no step can be taken by a role that the table does not name', () => {
    for (const [each] of usualWay) {
      const named = [...opinionStepRules[each.step].roles];
      for (const role of roles.filter((candidate) => !named.includes(candidate))) {
        expect(problemOf(stepAfter(standing({ nextStep: each.step }), each, actor(role, { organId: centre }))), `${each.step} by ${role}`).toMatchObject({ code: 'not-allowed' });
      }
    }
  });

  test('only legal reading can be skipped, by the legal section or the section head, and with a reason', () => {
    expect(stepAfter(standing({ nextStep: 'legal-reading' }), act('legal-reading', 'skip'), actor('section-head'))).toEqual({ ok: true, value: 'countersign' });
    expect(problemOf(stepAfter(standing({ nextStep: 'legal-reading' }), act('legal-reading', 'skip', { comment: ' ' }), actor('section-head')))).toEqual({ code: 'incomplete', detail: { field: 'comment' } });
    expect(problemOf(stepAfter(standing({ nextStep: 'legal-reading' }), act('legal-reading', 'agree'), actor('section-head')))).toMatchObject({ code: 'not-allowed' });
    for (const step of ['section-review', 'countersign', 'issue', 'number', 'seal', 'serve'] as const) {
      const skipped = stepAfter(standing({ nextStep: step }), act(step, 'skip'), actor(opinionStepRules[step].roles[0]!, { organId: centre }));
      expect(problemOf(skipped)).toEqual({ code: 'not-allowed', detail: { step, decision: 'skip' } });
    }
  });

  test('whoever drafted it neither reviews nor reads nor signs it, but may send it back', () => {
    for (const [step, role] of [['section-review', 'section-head'], ['legal-reading', 'legal-section'], ['issue', 'leader']] as const) {
      const same = actor(role, { officerId: drafter });
      expect(problemOf(stepAfter(standing({ nextStep: step }), act(step, 'agree', { issuedOn: '2026-09-01' }), same))).toEqual({ code: 'same-person', detail: { step } });
      expect(stepAfter(standing({ nextStep: step }), act(step, 'return'), same)).toEqual({ ok: true, value: 'draft' });
    }
  });

  test('sending back needs a comment and leads back to the draft', () => {
    expect(problemOf(stepAfter(standing(), act('section-review', 'return', { comment: '' }), actor('section-head')))).toEqual({ code: 'incomplete', detail: { field: 'comment' } });
    expect(stepAfter(standing(), act('section-review', 'return'), actor('section-head'))).toEqual({ ok: true, value: 'draft' });
  });

  test('the joint organ consents by its own staff; the section head may record its consent in words', () => {
    const at = standing({ nextStep: 'countersign' });
    expect(stepAfter(at, act('countersign', 'agree', { comment: '' }), actor('joint-staff', { organId: centre }))).toEqual({ ok: true, value: 'issue' });
    expect(problemOf(stepAfter(at, act('countersign', 'agree'), actor('joint-staff', { organId: 'another organ' })))).toMatchObject({ code: 'not-allowed' });
    expect(problemOf(stepAfter(at, act('countersign', 'agree', { comment: '' }), actor('section-head')))).toEqual({ code: 'incomplete', detail: { field: 'comment' } });
    expect(stepAfter(at, act('countersign', 'agree', { comment: '中心 9 月 1 日复函同意' }), actor('section-head'))).toEqual({ ok: true, value: 'issue' });
  });

  test('a letter without a joint organ goes straight to the leader', () => {
    const letter = standing({ form: 'district-letter', nextStep: 'legal-reading', text: { ...text, jointOrganId: null } });
    expect(stepAfter(letter, act('legal-reading', 'agree'), actor('legal-section'))).toEqual({ ok: true, value: 'issue' });
    expect(stepsOf(letter)).not.toContain('countersign');
    for (const countersigned of [standing(), standing({ form: 'district-letter' })]) expect(stepsOf(countersigned)).toEqual(opinionSteps);
  });

  test('the leader fixes a real date, not after the day by which a reply is asked', () => {
    const at = standing({ nextStep: 'issue' });
    const signed = (issuedOn: string | null): unknown => problemOf(stepAfter(at, act('issue', 'agree', { issuedOn }), actor('leader')));
    expect(signed(null)).toEqual({ code: 'incomplete', detail: { field: 'issuedOn' } });
    expect(signed('2026-02-30')).toMatchObject({ code: 'not-a-date' });
    expect(signed('2026-10-01')).toEqual({ code: 'out-of-range', detail: { field: 'issuedOn', reason: 'after-reply', limit: '2026-09-30' } });
    expect(signed('2026-09-30')).toBe('number');
  });

  test('nothing is sealed without the imported original on the server', () => {
    const at = standing({ nextStep: 'seal' });
    expect(problemOf(stepAfter(at, act('seal', 'done'), actor('office')))).toEqual({ code: 'incomplete', detail: { field: 'original' } });
    expect(problemOf(stepAfter(at, act('seal', 'done', { original: 'missing-bytes' }), actor('office')))).toMatchObject({ code: 'evidence-missing' });
  });
});

describe('leaving the draft', () => {
  const draft = standing({ nextStep: 'draft' });

  test('waits for the legal section to sign off the bases', () => {
    expect(handOn(draft, text, false)).toEqual({ ok: false, problem: { code: 'bases-not-approved' } });
    expect(handOn(draft, text, true)).toEqual({ ok: true, value: 'section-review' });
  });

  test('names the field that is empty, and what is not a date', () => {
    const missing = (part: Partial<OpinionText>): unknown => {
      const outcome = handOn(draft, { ...text, ...part }, true);
      return outcome.ok ? null : outcome.problem;
    };
    expect(missing({ facts: ' \n' })).toEqual({ code: 'incomplete', detail: { field: 'facts' } });
    expect(missing({ demand: '' })).toEqual({ code: 'incomplete', detail: { field: 'demand' } });
    expect(missing({ replyBy: null })).toEqual({ code: 'incomplete', detail: { field: 'replyBy' } });
    expect(missing({ replyBy: '2026-02-30' })).toMatchObject({ code: 'not-a-date', detail: { field: 'replyBy' } });
    expect(missing({ jointOrganId: null }), 'Article 41 asks for the joint organ').toEqual({ code: 'incomplete', detail: { field: 'jointOrganId' } });
  });

  test('a letter to a district needs no joint organ', () => {
    expect(handOn({ ...draft, form: 'district-letter' }, { ...text, jointOrganId: null }, true).ok).toBe(true);
  });

  test('happens once', () => {
    expect(handOn({ form: 'opinion', nextStep: 'issue' }, text, true)).toEqual({ ok: false, problem: { code: 'wrong-step', detail: { step: 'issue' } } });
  });
});

describe('who may be sent what (本级)', () => {
  const city = { name: '示例市机关事务管理局', level: 'municipal' } as const;
  const east = { name: '示例市东区机关事务服务中心', level: 'district' } as const;
  const unit = (level: 'municipal' | 'district', authority: string) => ({ level, authority });

  test('an opinion to units of the own level, a letter from the city to a district’s bureau, nothing upwards', () => {
    expect(opinionForm(city, unit('municipal', city.name))).toEqual({ ok: true, value: 'opinion' });
    expect(opinionForm(city, unit('district', east.name))).toEqual({ ok: true, value: 'district-letter' });
    expect(opinionForm(east, unit('district', east.name))).toEqual({ ok: true, value: 'opinion' });
    expect(opinionForm(east, unit('municipal', city.name))).toEqual({ ok: false, problem: { code: 'not-own-level', detail: { reason: 'upward' } } });
  });

  test('a district’s bureau sends nothing to the unit of another district, though both are 区县', () => {
    const authority = '示例市西区机关事务服务中心';
    expect(opinionForm(east, unit('district', authority))).toEqual({ ok: false, problem: { code: 'not-own-level', detail: { reason: 'other-authority', authority } } });
  });

  test('a unit of the own level that another organ looks after gets no opinion either', () => {
    expect(opinionForm(city, unit('municipal', '示例市人大常委会办公厅'))).toMatchObject({ ok: false, problem: { code: 'not-own-level', detail: { reason: 'other-authority' } } });
  });

  test('no letter goes to ourselves: a district’s unit with our name as its authority is a slip in the register', () => {
    expect(opinionForm(city, unit('district', city.name))).toMatchObject({ ok: false, problem: { code: 'not-own-level', detail: { reason: 'own-authority' } } });
  });

  test('a city’s one bureau may be written short or left out; a district’s may not', () => {
    for (const authority of ['', '市机关事务管理局', ' 示例市机关事务管理局（演示）']) expect(opinionForm(city, unit('municipal', authority))).toEqual({ ok: true, value: 'opinion' });
    for (const authority of ['局', '机关事务服务中心']) expect(opinionForm(city, unit('municipal', authority)).ok).toBe(false);
    expect(opinionForm(east, unit('district', '机关事务服务中心')).ok, 'every district has one').toBe(false);
    expect(opinionForm(east, unit('district', ' '))).toEqual({ ok: false, problem: { code: 'incomplete', detail: { field: 'authority' } } });
    expect(opinionForm(city, unit('district', '')), 'a letter needs its addressee').toMatchObject({ ok: false, problem: { code: 'incomplete' } });
  });
});

describe('what a screen offers', () => {
  test('is what the workflow would let this person decide, for every step and role', () => {
    for (const step of Object.keys(opinionStepRules) as ActStep[]) for (const role of roles) for (const organId of [centre, 'bureau']) {
      const at = standing({ nextStep: step });
      const { decisions } = openDecisions(at, actor(role, { organId }));
      for (const decision of ['done', 'agree', 'return', 'skip'] as const) {
        const outcome = stepAfter(at, act(step, decision, { issuedOn: '2026-09-01', original: 'held', service }), actor(role, { organId }));
        expect(decisions.includes(decision), `${step} ${decision} by ${role} of ${organId}`).toBe(outcome.ok);
      }
    }
  });

  test('to the drafter only sending back, and why', () => {
    expect(openDecisions(standing(), actor('section-head', { officerId: drafter }))).toEqual({ decisions: ['return'], barred: 'same-person' });
    expect(openDecisions(standing(), actor('assistant'))).toEqual({ decisions: [], barred: 'not-allowed' });
  });
});

describe('送达 as a step', () => {
  const at = standing({ nextStep: 'serve' });
  const serve = (part: Partial<ServiceStatement>, over: object = {}): unknown => problemOf(stepAfter(at, act('serve', 'done', { service: { ...service, statement: { ...statement, ...part }, ...over } }), actor('office')));

  test('needs to be said how, to whom and when', () => {
    expect(problemOf(stepAfter(at, act('serve', 'done'), actor('office')))).toEqual({ code: 'incomplete', detail: { field: 'method' } });
    expect(serve({ recipient: { ...statement.recipient, unit: ' ' } })).toEqual({ code: 'incomplete', detail: { field: 'recipient.unit' } });
    expect(serve({})).toBe('finished');
  });

  test('needs the bytes of what it names on the server', () => {
    expect(serve({}, { missing: 'receipt' })).toEqual({ code: 'evidence-missing', detail: { field: 'receipt' } });
  });

  test('is not before the day of the seal in Shanghai, whatever day that is in UTC', () => {
    const sealedAt = '2026-09-02T16:30:00.000Z';
    const on = (servedAt: string): unknown => problemOf(stepAfter({ ...at, sealedAt }, act('serve', 'done', { service: { ...service, statement: { ...statement, servedAt } } }), actor('office')));
    expect(on('2026-09-02T15:59:00.000Z')).toEqual({ code: 'out-of-range', detail: { field: 'servedAt', reason: 'before-seal', date: '2026-09-03' } });
    expect(on('2026-09-02T16:00:00.000Z'), 'the same day, before the office recorded the seal').toBe('finished');
  });

  test('is not in the future, but for a clock that is a little ahead', () => {
    expect(serve({ servedAt: '2026-09-03T07:01:00.000Z' })).toBe('finished');
    expect(serve({ servedAt: '2026-09-03T07:02:00.000Z' })).toEqual({ code: 'out-of-range', detail: { field: 'servedAt', reason: 'in-future' } });
  });
});

test('the standing of an opinion knows its drafters and when it was sealed', () => {
  const one = (step: string, by: string, at: string) => ({ step, decision: 'done', by, at, comment: '' });
  const record = { ...emptyRecord({ recordId: 'r', recordType: 'opinion', officeId: 'o', officerId: 'p' }), fields: { form: 'opinion', nextStep: 'serve', text, 'acts/1': one('draft', drafter, '2026-09-01T00:00:00.000Z'), 'acts/2': one('seal', 'clerk', '2026-09-02T03:00:00.000Z') } };
  expect(opinionStanding(record)).toEqual({ form: 'opinion', nextStep: 'serve', text, drafters: [drafter], sealedAt: '2026-09-02T03:00:00.000Z' });
});

test('an official number has a full year, hexagonal brackets and no padding', () => {
  expect(officialNumberText('示机事整', 2026, 3)).toBe('示机事整〔2026〕3号');
});
