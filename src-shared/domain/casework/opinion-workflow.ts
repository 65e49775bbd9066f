import { dayNumber } from '../../kit/calendar-date.ts';
import { done, failed, type Outcome } from '../../kit/outcome.ts';
import type { DateText, Instant, Uuid } from '../../kit/values.ts';
import { listItems, type RecordState } from '../../sync/record-state.ts';
import type { Role } from '../people/people.ts';
import { opinionSteps, type OpinionAct, type OpinionStep, type OpinionText } from './case-record.ts';
import { serviceProblem, type ServiceStatement } from './service.ts';

export type OpinionForm = 'opinion' | 'district-letter';
export type NextStep = OpinionStep | 'finished';
export type ActStep = Exclude<OpinionStep, 'draft'>;
export type Decision = OpinionAct['decision'];

/** What the workflow must know of an opinion, whoever keeps it. */
export type OpinionStanding = {
  readonly form: OpinionForm;
  readonly nextStep: NextStep;
  readonly text: OpinionText;
  /** Everybody who ever handed the draft on. */
  readonly drafters: readonly Uuid[];
  /** When the seal was last recorded; null: never. */
  readonly sealedAt: Instant | null;
};

export type OpinionActor = { readonly officerId: Uuid; readonly roles: readonly Role[]; readonly organId: Uuid | null };

export type ProposedAct = {
  readonly step: ActStep;
  readonly decision: Decision;
  readonly comment: string;
  readonly issuedOn: DateText | null;
  /** Is there an imported original, and does the server hold its bytes? Only the seal asks. */
  readonly original: 'none' | 'missing-bytes' | 'held';
  /** Only 送达 asks. `missing`: the field whose bytes the server does not hold; `now` by the server's clock. */
  readonly service?: { readonly statement: ServiceStatement; readonly missing: string | null; readonly now: Instant } | null;
};

type StepRule = {
  readonly decisions: readonly Decision[];
  readonly roles: readonly Role[];
  /** Further roles that may decide to skip. */
  readonly skippers?: readonly Role[];
  /** Nobody decides on a text that he drafted. */
  readonly notTheDrafter: boolean;
};

/** Who takes which step how. 会签 is the joint organ's consent: given by its own staff, or recorded by the section head. */
export const opinionStepRules: Readonly<Record<ActStep, StepRule>> = {
  'section-review': { decisions: ['agree', 'return'], roles: ['section-head'], notTheDrafter: true },
  'legal-reading': { decisions: ['agree', 'return', 'skip'], roles: ['legal-section'], skippers: ['section-head'], notTheDrafter: true },
  countersign: { decisions: ['agree', 'return'], roles: ['joint-staff', 'section-head'], notTheDrafter: false },
  issue: { decisions: ['agree', 'return'], roles: ['leader'], notTheDrafter: true },
  number: { decisions: ['done'], roles: ['office'], notTheDrafter: false },
  seal: { decisions: ['done'], roles: ['office'], notTheDrafter: false },
  serve: { decisions: ['done'], roles: ['office', 'inspector'], notTheDrafter: false },
};

export type Level = 'municipal' | 'district';
export type Bureau = { readonly name: string; readonly level: Level };

/**
 * What a unit may be sent (本级, Articles 4, 35, 41): an opinion goes to a unit of the own level that is the own bureau's, a letter to
 * the bureau of a district's unit, nothing upwards. Two districts bear one level word, so the unit's 主管机关事务部门 counts too; a city
 * has one bureau, which may be written short, or for its own units not at all. Fails with not-own-level, or incomplete {field: authority}.
 */
export function opinionForm(own: Bureau, unit: { readonly level: Level; readonly authority: string }): Outcome<OpinionForm> {
  const authority = plainName(unit.authority);
  if (own.level === 'district' && unit.level === 'municipal') return failed('not-own-level', { reason: 'upward' });
  if (authority === '') return own.level === 'municipal' && unit.level === 'municipal' ? done('opinion') : failed('incomplete', { field: 'authority' });
  const isOurs = authority === plainName(own.name) || (own.level === 'municipal' && authority.length >= SHORT_NAME && plainName(own.name).endsWith(authority));
  if (unit.level === own.level) return isOurs ? done('opinion') : failed('not-own-level', { reason: 'other-authority', authority: unit.authority });
  return isOurs ? failed('not-own-level', { reason: 'own-authority', authority: unit.authority }) : done('district-letter');
}

/** A word such as 「局」 ends every name; 「机关事务管理局」 is one. */
const SHORT_NAME = 5;

/** Names are compared without spaces, widths and what stands behind in brackets, such as 「（演示）」. */
function plainName(name: string): string {
  return name.normalize('NFKC').replaceAll(/\s/g, '').replace(/\([^()]*\)$/, '');
}

/** May the draft be handed to the section? Fails with wrong-step, not-a-date, incomplete {field} or bases-not-approved. */
export function handOn(standing: Pick<OpinionStanding, 'form' | 'nextStep'>, text: OpinionText, basesSignedOff: boolean): Outcome<'section-review'> {
  if (standing.nextStep !== 'draft') return failed('wrong-step', { step: standing.nextStep });
  if (text.facts.trim() === '') return failed('incomplete', { field: 'facts' });
  if (text.demand.trim() === '') return failed('incomplete', { field: 'demand' });
  if (text.replyBy === null) return failed('incomplete', { field: 'replyBy' });
  if (dayNumber(text.replyBy) === null) return failed('not-a-date', { field: 'replyBy', given: text.replyBy });
  if (standing.form === 'opinion' && text.jointOrganId === null) return failed('incomplete', { field: 'jointOrganId' });
  return basesSignedOff ? done('section-review') : failed('bases-not-approved');
}

/**
 * The step after `act`, or why it may not be taken: wrong-step, not-allowed, same-person, incomplete {field}, not-a-date,
 * out-of-range (issued after the day by which a reply is asked, served before the seal or in the future) or evidence-missing.
 */
export function stepAfter(standing: OpinionStanding, act: ProposedAct, actor: OpinionActor): Outcome<NextStep> {
  if (standing.nextStep !== act.step) return failed('wrong-step', { step: standing.nextStep });
  const rule = opinionStepRules[act.step];
  if (!rule.decisions.includes(act.decision)) return failed('not-allowed', { step: act.step, decision: act.decision });
  if (!mayDecide(act.step, act.decision, standing.text, actor)) return failed('not-allowed', { step: act.step });
  const sends = act.decision !== 'return';
  if (sends && rule.notTheDrafter && standing.drafters.includes(actor.officerId)) return failed('same-person', { step: act.step });
  const isSpoken = act.decision === 'return' || act.decision === 'skip' || isRecordedConsent(act, standing.text, actor);
  if (isSpoken && act.comment.trim() === '') return failed('incomplete', { field: 'comment' });
  if (!sends) return done('draft');
  if (act.step === 'issue') return issued(standing, act.issuedOn);
  if (act.step === 'seal' && act.original === 'none') return failed('incomplete', { field: 'original' });
  if (act.step === 'seal' && act.original === 'missing-bytes') return failed('evidence-missing', { field: 'original' });
  if (act.step === 'serve') return served(standing, act.service ?? null);
  return done(following(act.step, standing));
}

/**
 * What a person may decide about the next step, before he has filled in anything: a screen offers just this. Of what his role
 * may, his own draft takes everything but sending it back (`barred: same-person`).
 */
export function openDecisions(standing: OpinionStanding, actor: OpinionActor): { readonly decisions: readonly Decision[]; readonly barred: 'not-allowed' | 'same-person' | null } {
  const { nextStep } = standing;
  if (nextStep === 'draft' || nextStep === 'finished') return { decisions: [], barred: 'not-allowed' };
  const rule = opinionStepRules[nextStep];
  const may = rule.decisions.filter((decision) => mayDecide(nextStep, decision, standing.text, actor));
  if (may.length === 0) return { decisions: [], barred: 'not-allowed' };
  if (!rule.notTheDrafter || !standing.drafters.includes(actor.officerId)) return { decisions: may, barred: null };
  return { decisions: may.filter((decision) => decision === 'return'), barred: 'same-person' };
}

function mayDecide(step: ActStep, decision: Decision, text: OpinionText, actor: OpinionActor): boolean {
  const rule = opinionStepRules[step];
  const roles = decision === 'skip' ? [...rule.roles, ...(rule.skippers ?? [])] : rule.roles;
  const held = roles.filter((role) => actor.roles.includes(role));
  if (step !== 'countersign') return held.length > 0;
  return held.includes('section-head') || (held.includes('joint-staff') && actor.organId === text.jointOrganId);
}

/** What the workflow must know of an opinion, out of its record. */
export function opinionStanding(record: RecordState): OpinionStanding {
  const acts = listItems(record, 'acts').map(([, item]) => item as unknown as OpinionAct);
  const { form, nextStep, text } = record.fields;
  return {
    form: form as OpinionForm, nextStep: nextStep as NextStep, text: text as unknown as OpinionText,
    drafters: acts.filter(({ step }) => step === 'draft').map(({ by }) => by),
    sealedAt: acts.filter(({ step }) => step === 'seal').map(({ at }) => at).at(-1) ?? null,
  };
}

/** The section head writes down what the joint organ said: then it must be said how. */
function isRecordedConsent(act: ProposedAct, text: OpinionText, actor: OpinionActor): boolean {
  return act.step === 'countersign' && !(actor.roles.includes('joint-staff') && actor.organId === text.jointOrganId);
}

function issued(standing: OpinionStanding, issuedOn: DateText | null): Outcome<NextStep> {
  if (issuedOn === null) return failed('incomplete', { field: 'issuedOn' });
  const day = dayNumber(issuedOn);
  if (day === null) return failed('not-a-date', { field: 'issuedOn', given: issuedOn });
  const replyBy = standing.text.replyBy;
  if (replyBy !== null && day > (dayNumber(replyBy) ?? day)) return failed('out-of-range', { field: 'issuedOn', reason: 'after-reply', limit: replyBy });
  return done(following('issue', standing));
}

function served(standing: OpinionStanding, service: ProposedAct['service']): Outcome<NextStep> {
  if (!service) return failed('incomplete', { field: 'method' });
  const flaw = serviceProblem(service.statement, { sealedAt: standing.sealedAt, now: service.now });
  if (flaw) return { ok: false, problem: flaw };
  return service.missing === null ? done(following('serve', standing)) : failed('evidence-missing', { field: service.missing });
}

/** The steps that a paper goes through: a letter without a joint organ has nobody to countersign it. */
export function stepsOf({ form, text }: Pick<OpinionStanding, 'form' | 'text'>): readonly OpinionStep[] {
  return form === 'district-letter' && text.jointOrganId === null ? opinionSteps.filter((step) => step !== 'countersign') : opinionSteps;
}

function following(step: ActStep, standing: OpinionStanding): NextStep {
  const steps = stepsOf(standing);
  return steps[steps.indexOf(step) + 1] ?? 'finished';
}
