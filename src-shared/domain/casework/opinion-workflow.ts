import { dayNumber } from '../../kit/calendar-date.ts';
import { done, failed, type Outcome } from '../../kit/outcome.ts';
import type { DateText, Uuid } from '../../kit/values.ts';
import type { Role } from '../people/people.ts';
import { opinionSteps, type OpinionAct, type OpinionStep, type OpinionText } from './case-record.ts';

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
};

export type OpinionActor = { readonly officerId: Uuid; readonly roles: readonly Role[]; readonly organId: Uuid | null };

export type ProposedAct = {
  readonly step: ActStep;
  readonly decision: Decision;
  readonly comment: string;
  readonly issuedOn: DateText | null;
  /** Is there an imported original, and does the server hold its bytes? Only the seal asks. */
  readonly original: 'none' | 'missing-bytes' | 'held';
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

/** The form by the levels of unit and organ (本级, Articles 4, 35, 41): a lower level's unit only gets a letter to its own bureau. */
export function opinionForm(ownLevel: 'municipal' | 'district', unitLevel: 'municipal' | 'district'): Outcome<OpinionForm> {
  if (unitLevel === ownLevel) return done('opinion');
  return ownLevel === 'municipal' ? done('district-letter') : failed('not-own-level', { level: unitLevel });
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
 * out-of-range (issued after the day by which a reply is asked) or evidence-missing.
 */
export function stepAfter(standing: OpinionStanding, act: ProposedAct, actor: OpinionActor): Outcome<NextStep> {
  if (standing.nextStep !== act.step) return failed('wrong-step', { step: standing.nextStep });
  const rule = opinionStepRules[act.step];
  if (!rule.decisions.includes(act.decision)) return failed('not-allowed', { step: act.step, decision: act.decision });
  if (!mayAct(rule, act, standing.text, actor)) return failed('not-allowed', { step: act.step });
  const sends = act.decision !== 'return';
  if (sends && rule.notTheDrafter && standing.drafters.includes(actor.officerId)) return failed('same-person', { step: act.step });
  const isSpoken = act.decision === 'return' || act.decision === 'skip' || isRecordedConsent(act, standing.text, actor);
  if (isSpoken && act.comment.trim() === '') return failed('incomplete', { field: 'comment' });
  if (!sends) return done('draft');
  if (act.step === 'issue') return issued(standing, act.issuedOn);
  if (act.step === 'seal' && act.original === 'none') return failed('incomplete', { field: 'original' });
  if (act.step === 'seal' && act.original === 'missing-bytes') return failed('evidence-missing', { field: 'original' });
  return done(following(act.step, standing));
}

function mayAct(rule: StepRule, act: ProposedAct, text: OpinionText, actor: OpinionActor): boolean {
  const roles = act.decision === 'skip' ? [...rule.roles, ...(rule.skippers ?? [])] : rule.roles;
  const held = roles.filter((role) => actor.roles.includes(role));
  if (act.step !== 'countersign') return held.length > 0;
  return held.includes('section-head') || (held.includes('joint-staff') && actor.organId === text.jointOrganId);
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
  if (replyBy !== null && day > (dayNumber(replyBy) ?? day)) return failed('out-of-range', { field: 'issuedOn', limit: replyBy });
  return done(following('issue', standing));
}

/** A letter without a joint organ has nobody to countersign it. */
function following(step: ActStep, { text }: OpinionStanding): NextStep {
  const next: NextStep = opinionSteps[opinionSteps.indexOf(step) + 1] ?? 'finished';
  return next === 'countersign' && text.jointOrganId === null ? 'issue' : next;
}
