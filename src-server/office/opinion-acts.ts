import type { OpinionAct, OpinionText } from '#shared/domain/casework/case-record.ts';
import { handOn, opinionForm, opinionStanding, stepAfter, type NextStep, type OpinionForm, type ProposedAct } from '#shared/domain/casework/opinion-workflow.ts';
import { levelOf, ownBureauOf } from '#shared/domain/people/own-bureau.ts';
import { canonicalJson } from '#shared/journal/canonical-json.ts';
import { dayNumber } from '#shared/kit/calendar-date.ts';
import { done, failed, type Outcome } from '#shared/kit/outcome.ts';
import type { JsonValue } from '#shared/kit/values.ts';
import type { OfficeRequest } from '#shared/sync/office-calls.ts';
import type { RecordState } from '#shared/sync/record-state.ts';
import { giveOfficialNumber } from '../store/official-numbers.ts';
import type { Acting, OfficeAct } from './acting.ts';
import { holds, paperTypes, proposedService, serviceValues } from './service-acts.ts';

/**
 * Without an id: begins a draft, which needs nothing but the case. With the id of a draft: replaces its text and, unless it is
 * only to be kept, hands it to the section, which needs a complete text and the legal section's list of bases.
 */
export const draftOpinion: OfficeAct<'opinion.draft'> = async (acting, request) => {
  const { text } = request;
  if (text.jointOrganId !== null && (await acting.record('organ', text.jointOrganId))?.fields['kind'] !== 'joint') return failed('not-found', { field: 'jointOrganId' });
  if (text.replyBy !== null && dayNumber(text.replyBy) === null) return failed('not-a-date', { field: 'replyBy', given: text.replyBy });
  const subject = await subjectOf(acting, request.caseId);
  if (!subject.ok) return subject;
  return request.opinionId === null ? await beginDraft(acting, subject.value, text) : await handOnDraft(acting, request.opinionId, subject.value, request);
};

export const actOnOpinion: OfficeAct<'opinion.act'> = async (acting, request) => {
  const opinion = await acting.record('opinion', request.opinionId);
  if (!opinion) return failed('not-found', { field: 'opinionId' });
  const original = await originalHeld(acting, request.original);
  if (!original.ok) return original;
  const { step, decision, comment, issuedOn } = request;
  const service = await proposedService(acting, step === 'serve' ? (request.service ?? null) : null);
  if (!service.ok) return service;
  const next = stepAfter(opinionStanding(opinion), { step, decision, comment, issuedOn, original: original.value, service: service.value }, acting.caller.officer);
  if (!next.ok) return next;
  const actId = acting.newId();
  const values: Record<string, JsonValue> = { nextStep: next.value, ...actOf(acting, actId, step, decision, comment) };
  if (decision !== 'return' && step === 'issue') values['issuedOn'] = issuedOn;
  if (step === 'number') values['officialNumber'] = await numberFor(acting, opinion);
  if (step === 'seal' && request.original) values['original'] = { ...request.original, importedAt: acting.instant };
  if (step === 'serve' && request.service) Object.assign(values, serviceValues(acting, opinion, actId, request.service));
  await acting.write([{ recordType: 'opinion', recordId: request.opinionId, kind: step, values }]);
  const number = values['officialNumber'] ?? opinion.fields['officialNumber'] ?? null;
  return done({ officialNumber: typeof number === 'string' ? number : null });
};

type Subject = { readonly caseRecord: RecordState; readonly institutionId: string; readonly inspectionId: string; readonly form: OpinionForm };

/** The case, and which form its unit may be sent (本级). */
async function subjectOf(acting: Acting, caseId: string): Promise<Outcome<Subject>> {
  const caseRecord = await acting.record('case', caseId);
  if (!caseRecord) return failed('not-found', { field: 'caseId' });
  const institutionId = String(caseRecord.fields['institutionId'] ?? '');
  const institution = await acting.record('institution', institutionId);
  if (!institution) return failed('not-found', { field: 'institutionId' });
  const { caller: { officer, office } } = acting;
  const bureau = ownBureauOf(await acting.records('organ'), { organId: officer.organId, officeName: office.name });
  const form = opinionForm(bureau, { level: levelOf(institution), authority: String(institution.fields['authority'] ?? '') });
  return form.ok ? done({ caseRecord, institutionId, inspectionId: String(caseRecord.fields['inspectionId'] ?? ''), form: form.value }) : form;
}

async function beginDraft(acting: Acting, { caseRecord, institutionId, inspectionId, form }: Subject, text: OpinionText): Promise<Outcome<{ opinionId: string }>> {
  const opinionId = acting.newId();
  const values = {
    form, caseId: caseRecord.recordId, inspectionId, institutionId, institutionName: caseRecord.fields['institutionName'] ?? '', text, nextStep: 'draft',
    issuedOn: null, officialNumber: null, fieldNumbers: await fieldNumbersOf(acting, inspectionId), original: null, basisListId: null,
  };
  await acting.write([{ recordType: 'opinion', recordId: opinionId, kind: 'create', values }]);
  return done({ opinionId });
}

async function handOnDraft(acting: Acting, opinionId: string, subject: Subject, { caseId, text, comment, keep, over }: OfficeRequest<'opinion.draft'>): Promise<Outcome<{ opinionId: string }>> {
  const opinion = await acting.record('opinion', opinionId);
  if (!opinion || opinion.fields['caseId'] !== caseId) return failed('not-found', { field: 'opinionId' });
  // The unit was moved to another level meanwhile: the paper begun for it is not the right one any more.
  if (opinion.fields['form'] !== subject.form) return failed('not-own-level', { form: subject.form });
  const standing = opinionStanding(opinion);
  // Handing on the very text that is there takes nothing from anybody.
  const isSame = canonicalJson(text) === canonicalJson(opinion.fields['text'] ?? null);
  if (over !== undefined && standing.nextStep === 'draft' && opinion.by['text'] !== over && !isSame) return failed('wrong-step', { reason: 'changed-meanwhile', field: 'text' });
  if (keep) return await keepText(acting, opinionId, standing.nextStep, text);
  const basisListId = await newestBasisList(acting);
  const next = handOn(standing, text, basisListId !== null);
  if (!next.ok) return next;
  const values = { text, nextStep: next.value, basisListId, fieldNumbers: await fieldNumbersOf(acting, subject.inspectionId), ...actOf(acting, acting.newId(), 'draft', 'done', comment) };
  await acting.write([{ recordType: 'opinion', recordId: opinionId, kind: 'draft', values }]);
  return done({ opinionId });
}

/** The text as it stands, incomplete as it may be: it stays a draft, and whoever opens it on any laptop goes on from there. */
async function keepText(acting: Acting, opinionId: string, step: NextStep, text: OpinionText): Promise<Outcome<{ opinionId: string }>> {
  if (step !== 'draft') return failed('wrong-step', { step });
  await acting.write([{ recordType: 'opinion', recordId: opinionId, kind: 'keep', values: { text } }]);
  return done({ opinionId });
}

/** The newest by its place in the feed, not by any clock. */
async function newestBasisList({ sql, caller: { office } }: Acting): Promise<string | null> {
  const rows = await sql.all("SELECT record_id FROM changes WHERE office_id = ? AND record_type = 'basisList' AND cursor IS NOT NULL ORDER BY cursor DESC LIMIT 1", [office.officeId]);
  const newest = rows[0]?.['record_id'];
  return typeof newest === 'string' ? newest : null;
}

/** 现场编号 of the inspection's papers, so that the official number is linked to what was made offline. */
async function fieldNumbersOf(acting: Acting, inspectionId: string): Promise<string[]> {
  const papers = await acting.records('document', inspectionId);
  const numbers = papers.filter(({ fields }) => (fields['voided'] ?? null) === null).map(({ fields }) => fields['fieldNumber']);
  return numbers.filter((each): each is string => typeof each === 'string').sort().slice(0, 20);
}

function actOf({ caller, instant }: Acting, actId: string, step: OpinionAct['step'], decision: OpinionAct['decision'], comment: string): Record<string, JsonValue> {
  const act: OpinionAct = { step, decision, by: caller.officer.officerId, at: instant, comment };
  return { [`acts/${actId}`]: act };
}

async function originalHeld(acting: Acting, original: OfficeRequest<'opinion.act'>['original']): Promise<Outcome<ProposedAct['original']>> {
  if (original === null) return done('none');
  if (!paperTypes.has(original.mediaType)) return failed('invalid-input', { field: 'original.mediaType' });
  return done((await holds(acting, original)) ? 'held' : 'missing-bytes');
}

/** The year is that of the date the leader fixed: it stands on the paper, whenever the office gets to numbering it. */
async function numberFor({ sql, services, caller, at }: Acting, { recordId, fields }: RecordState): Promise<string> {
  const { officeId } = caller.office;
  const prefix = services.settings.prefixOf(officeId, fields['form'] as OpinionForm);
  const year = Number(String(fields['issuedOn']).slice(0, 4));
  return await giveOfficialNumber(sql, { officeId, prefix, year, opinionId: recordId, by: caller.officer.officerId, at });
}
