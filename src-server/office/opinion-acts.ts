import type { OpinionAct, OpinionText } from '#shared/domain/casework/case-record.ts';
import { handOn, opinionForm, stepAfter, type NextStep, type OpinionForm, type OpinionStanding, type ProposedAct } from '#shared/domain/casework/opinion-workflow.ts';
import { dayNumber } from '#shared/kit/calendar-date.ts';
import { done, failed, type Outcome } from '#shared/kit/outcome.ts';
import type { JsonValue } from '#shared/kit/values.ts';
import type { OfficeRequest } from '#shared/sync/office-calls.ts';
import { listItems, type RecordState } from '#shared/sync/record-state.ts';
import { evidenceRow } from '../store/evidence-rows.ts';
import { giveOfficialNumber } from '../store/official-numbers.ts';
import type { Acting, OfficeAct } from './acting.ts';

/**
 * Without an id: begins a draft, which needs nothing but the case. With the id of a draft: replaces its text and hands it
 * to the section, which needs a complete text and the legal section's list of bases.
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
  const next = stepAfter(standingOf(opinion), { step, decision, comment, issuedOn, original: original.value }, acting.caller.officer);
  if (!next.ok) return next;
  const values: Record<string, JsonValue> = { nextStep: next.value, ...actOf(acting, step, decision, comment) };
  if (decision !== 'return' && step === 'issue') values['issuedOn'] = issuedOn;
  if (step === 'number') values['officialNumber'] = await numberFor(acting, opinion);
  if (step === 'seal' && request.original) values['original'] = { ...request.original, importedAt: acting.instant };
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
  const form = opinionForm(levelOf(await ownBureau(acting)), levelOf(institution));
  return form.ok ? done({ caseRecord, institutionId, inspectionId: String(caseRecord.fields['inspectionId'] ?? ''), form: form.value }) : form;
}

/** The organ in whose name the drafter acts; the list may hold bureaus of districts too. */
async function ownBureau({ caller, records }: Acting): Promise<RecordState | undefined> {
  const bureaus = (await records('organ')).filter(({ fields }) => fields['kind'] === 'bureau');
  return bureaus.find(({ recordId }) => recordId === caller.officer.organId) ?? bureaus.find(({ fields }) => fields['name'] === caller.office.name) ?? bureaus[0];
}

function levelOf(record: RecordState | undefined): 'municipal' | 'district' {
  return record?.fields['level'] === 'district' ? 'district' : 'municipal';
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

async function handOnDraft(acting: Acting, opinionId: string, subject: Subject, { caseId, text, comment }: OfficeRequest<'opinion.draft'>): Promise<Outcome<{ opinionId: string }>> {
  const opinion = await acting.record('opinion', opinionId);
  if (!opinion || opinion.fields['caseId'] !== caseId) return failed('not-found', { field: 'opinionId' });
  // The unit was moved to another level meanwhile: the paper begun for it is not the right one any more.
  if (opinion.fields['form'] !== subject.form) return failed('not-own-level', { form: subject.form });
  const basisListId = await newestBasisList(acting);
  const next = handOn(standingOf(opinion), text, basisListId !== null);
  if (!next.ok) return next;
  const values = { text, nextStep: next.value, basisListId, fieldNumbers: await fieldNumbersOf(acting, subject.inspectionId), ...actOf(acting, 'draft', 'done', comment) };
  await acting.write([{ recordType: 'opinion', recordId: opinionId, kind: 'draft', values }]);
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

function standingOf({ fields, ...record }: RecordState): OpinionStanding {
  const acts = listItems({ fields, ...record }, 'acts').map(([, item]) => item as unknown as OpinionAct);
  return {
    form: fields['form'] as OpinionForm, nextStep: fields['nextStep'] as NextStep, text: fields['text'] as unknown as OpinionText,
    drafters: acts.filter(({ step }) => step === 'draft').map(({ by }) => by),
  };
}

function actOf({ newId, caller, instant }: Acting, step: OpinionAct['step'], decision: OpinionAct['decision'], comment: string): Record<string, JsonValue> {
  const act: OpinionAct = { step, decision, by: caller.officer.officerId, at: instant, comment };
  return { [`acts/${newId()}`]: act };
}

const sealable = new Set(['application/pdf', 'image/png', 'image/jpeg', 'image/tiff']);

async function originalHeld({ sql, caller }: Acting, original: OfficeRequest<'opinion.act'>['original']): Promise<Outcome<ProposedAct['original']>> {
  if (original === null) return done('none');
  if (!sealable.has(original.mediaType)) return failed('invalid-input', { field: 'original.mediaType' });
  const row = await evidenceRow(sql, caller.office.officeId, original.sha256);
  return done(row?.completedAt != null && row.byteLength === original.byteLength ? 'held' : 'missing-bytes');
}

/** The year is that of the date the leader fixed: it stands on the paper, whenever the office gets to numbering it. */
async function numberFor({ sql, services, caller, at }: Acting, { recordId, fields }: RecordState): Promise<string> {
  const { officeId } = caller.office;
  const prefix = services.settings.prefixOf(officeId, fields['form'] as OpinionForm);
  const year = Number(String(fields['issuedOn']).slice(0, 4));
  return await giveOfficialNumber(sql, { officeId, prefix, year, opinionId: recordId, by: caller.officer.officerId, at });
}
