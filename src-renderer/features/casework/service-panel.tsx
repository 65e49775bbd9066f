import Button from '@mui/material/Button';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { refusalRoutes, serviceMethods, serviceRules, type ServiceMethod } from '#shared/domain/casework/service.ts';
import type { Problem } from '#shared/kit/problem.ts';
import type { RecordState } from '#shared/sync/record-state.ts';
import { askOffice } from '../../bridge/bridge.ts';
import { useRecord } from '../../store/desk-context.tsx';
import { MomentEntry } from '../../ui/date-entry.tsx';
import { ChoiceEntry } from '../../ui/fields.tsx';
import { useKept } from '../../ui/kept.ts';
import { useOneAtATime } from '../../ui/one-at-a-time.ts';
import { ProblemLine } from '../../ui/problem-line.tsx';
import { fits, WholeTextEntry } from '../../ui/whole-text-entry.tsx';
import { heldOf, OriginalEntry } from './original-entry.tsx';
import { emptyServiceForm, shownFor, statementOf, type ServiceForm } from './service-draft.ts';

const limits = { name: 40, unit: 80, line: 120, text: 500 } as const;

/** 送达: how it was served, to whom and when, with what proves it. The server judges it again and records it. */
export function ServicePanel({ opinion }: { readonly opinion: RecordState }) {
  const institution = useRecord(String(opinion.fields['institutionId'] ?? ''));
  if (institution === undefined) return null;
  const unit = opinion.fields['form'] === 'district-letter' ? institution?.fields['authority'] : opinion.fields['institutionName'];
  return <ServiceEntry opinion={opinion} unit={String(unit ?? '')} />;
}

function ServiceEntry({ opinion, unit }: { readonly opinion: RecordState; readonly unit: string }) {
  const { t } = useTranslation('casework');
  const [form, setForm, forget] = useKept<ServiceForm>(`opinion/${opinion.recordId}/service`, emptyServiceForm(unit));
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, begin] = useOneAtATime();
  const panel = useRef<HTMLElement>(null);
  // Files are stored while other fields are typed in.
  const latest = useRef(form);
  const change = (part: Partial<ServiceForm>): void => {
    latest.current = { ...latest.current, ...part };
    setForm(latest.current);
  };
  const { statement, gaps } = statementOf(form);
  const serve = async (): Promise<void> => {
    const unread = panel.current?.querySelector<HTMLElement>('[aria-invalid="true"]');
    if (unread) return unread.focus();
    if (!statement) return;
    const receipt = form.receipt[0] ? heldOf(form.receipt[0]) : null;
    const outcome = await askOffice('opinion.act', { opinionId: opinion.recordId, step: 'serve', decision: 'done', comment: '', issuedOn: null, original: null, service: { statement, receipt } });
    setProblem(outcome.ok ? null : outcome.problem);
    if (outcome.ok) forget();
  };
  const missing = gaps.map((gap) => gapText(t, gap, form.method));
  return (
    <section ref={panel} className="casework-panel casework-fields" aria-label={t('opinionSteps.serve')}>
      <h2>{t('opinionSteps.serve')}</h2>
      <div className="ui-form">
        <ChoiceEntry label={t('serviceMethod')} needed value={form.method} disabled={busy} choices={serviceMethods.map((method) => [method, t(`serviceMethods.${method}`)])} onValue={(method) => change({ method })} />
        <MomentEntry label={t('servedAt')} needed value={form.servedAt} disabled={busy} hint={t('servedAtHint')} onValue={(servedAt) => change({ servedAt })} />
        <Recipient form={form} busy={busy} onChange={change} />
        <ByMethod form={form} busy={busy} onChange={change} onProblem={setProblem} />
        <OriginalEntry label={t('receipt')} hint={t('receiptHint')} accept="application/pdf,image/*" disabled={busy} originals={form.receipt} onOriginals={(receipt) => change({ receipt })} onProblem={setProblem} />
        <WholeTextEntry wide rows={2} label={t('serviceNote')} value={form.note} maxLength={limits.text} disabled={busy} onValue={(note) => change({ note })} />
      </div>
      {problem && <ProblemLine problem={problem} className="casework-problem" />}
      <div className="casework-bar">
        <span className="casework-grow casework-hint">{missing.length > 0 ? t('missing', { what: missing.join(t('comma')) }) : t('online')}</span>
        <Button variant="contained" disabled={busy || statement === null || !isWhole(form)} onClick={() => begin(serve)}>{t(busy ? 'underWay' : 'recordService')}</Button>
      </div>
    </section>
  );
}

type PartProps = { readonly form: ServiceForm; readonly busy: boolean; readonly onChange: (part: Partial<ServiceForm>) => void };

function Recipient({ form, busy, onChange }: PartProps) {
  const { t } = useTranslation('casework');
  const { recipient, method } = form;
  const needed = method !== null && serviceRules[method].person;
  const put = (part: Partial<ServiceForm['recipient']>): void => onChange({ recipient: { ...recipient, ...part } });
  return (
    <>
      <WholeTextEntry needed label={t('serviceGaps.recipient-unit')} value={recipient.unit} maxLength={limits.unit} disabled={busy} onValue={(unit) => put({ unit })} />
      <WholeTextEntry needed={needed} label={t('serviceGaps.recipient-name')} value={recipient.name} maxLength={limits.name} disabled={busy} {...(method === 'refused' ? { hint: t('refuserHint') } : {})} onValue={(name) => put({ name })} />
      <WholeTextEntry needed={needed} label={t('serviceGaps.recipient-post')} value={recipient.post} maxLength={limits.name} disabled={busy} onValue={(post) => put({ post })} />
    </>
  );
}

/** What only some methods ask for. */
function ByMethod({ form, busy, onChange, onProblem }: PartProps & { readonly onProblem: (problem: Problem) => void }) {
  const { t } = useTranslation('casework');
  const { method, witness } = form;
  const shown = shownFor(method);
  return (
    <>
      {shown.place && <WholeTextEntry needed label={t('serviceGaps.service-place')} value={form.place} maxLength={limits.line} disabled={busy} onValue={(place) => onChange({ place })} />}
      {shown.reference && method && <WholeTextEntry needed={serviceRules[method].reference} label={t(`references.${method as 'post'}`)} value={form.reference} maxLength={limits.line} disabled={busy} onValue={(reference) => onChange({ reference })} />}
      {shown.refusal && (
        <>
          <WholeTextEntry wide needed rows={2} label={t('serviceGaps.refusal-reason')} value={form.reason} maxLength={limits.text} disabled={busy} onValue={(reason) => onChange({ reason })} />
          <ChoiceEntry label={t('refusalRoute')} hint={t('refusalRouteHint')} value={form.route} disabled={busy} choices={refusalRoutes.map((route) => [route, t(`refusalRoutes.${route}`)])} onValue={(route) => route && onChange({ route })} />
          {form.route === 'witness' && <WholeTextEntry needed label={t('serviceGaps.refusal-witness-name')} value={witness.name} maxLength={limits.name} disabled={busy} onValue={(name) => onChange({ witness: { ...witness, name } })} />}
          {form.route === 'witness' && <WholeTextEntry needed label={t('serviceGaps.refusal-witness-unit')} value={witness.unit} maxLength={limits.unit} disabled={busy} onValue={(unit) => onChange({ witness: { ...witness, unit } })} />}
          {form.route === 'left-and-filmed' && <OriginalEntry needed multiple label={t('serviceGaps.refusal-films')} accept="image/*,video/*" disabled={busy} originals={form.films} onOriginals={(films) => onChange({ films })} onProblem={onProblem} />}
        </>
      )}
      {shown.consent && <OriginalEntry needed label={t('serviceGaps.consent')} hint={t('consentHint')} accept="application/pdf,image/*" disabled={busy} originals={form.consent} onOriginals={(consent) => onChange({ consent })} onProblem={onProblem} />}
    </>
  );
}

function gapText(t: ReturnType<typeof useTranslation<'casework'>>['t'], gap: string, method: ServiceMethod | null): string {
  if (gap === 'reference' && method) return t(`references.${method as 'post'}`);
  return t(`serviceGaps.${gap.replaceAll('.', '-') as 'method'}`);
}

function isWhole({ recipient, place, reference, reason, witness, note }: ServiceForm): boolean {
  return fits(recipient.name, limits.name) && fits(recipient.post, limits.name) && fits(recipient.unit, limits.unit) && fits(place, limits.line) && fits(reference, limits.line)
    && fits(reason, limits.text) && fits(witness.name, limits.name) && fits(witness.unit, limits.unit) && fits(note, limits.text);
}
