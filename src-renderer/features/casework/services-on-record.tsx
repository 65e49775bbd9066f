import Button from '@mui/material/Button';
import { Fragment, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { servicesOf, type HeldOriginal, type StoredService } from '#shared/domain/casework/service.ts';
import type { Problem } from '#shared/kit/problem.ts';
import { shanghaiDateTime } from '#shared/kit/shanghai-time.ts';
import { officeCalls } from '#shared/sync/office-calls.ts';
import type { RecordState } from '#shared/sync/record-state.ts';
import { ask, askOffice } from '../../bridge/bridge.ts';
import { useNames } from '../../store/use-names.ts';
import { EvidencePicture } from '../../ui/evidence-picture.tsx';
import { useKept } from '../../ui/kept.ts';
import { useOneAtATime } from '../../ui/one-at-a-time.ts';
import { Tag } from '../../ui/page.tsx';
import { ProblemLine } from '../../ui/problem-line.tsx';
import { heldOf, OriginalEntry, type NamedOriginal } from './original-entry.tsx';
import { useActor } from './use-actor.ts';

/** How an opinion was served, and whether its 送达回证 is back. One served by an earlier version says no more than its act. */
export function ServicesOnRecord({ opinion }: { readonly opinion: RecordState }) {
  const { t } = useTranslation('casework');
  const services = servicesOf(opinion);
  if (services.length === 0) return null;
  return (
    <section className="casework-panel casework-fields" aria-label={t('serviceOnRecord')}>
      <h2>{t('serviceOnRecord')}</h2>
      {services.map((service) => <OneService key={service.id} opinionId={opinion.recordId} service={service} />)}
    </section>
  );
}

function OneService({ opinionId, service }: { readonly opinionId: string; readonly service: StoredService }) {
  const { t } = useTranslation('casework');
  const nameOf = useNames();
  const actor = useActor();
  const { recipient, refusal, consent, receipts } = service;
  const mayAdd = officeCalls['opinion.service-receipt'].roles.some((role) => actor.roles.includes(role));
  const lines: readonly (readonly [string, string])[] = [
    [t('serviceMethod'), t(`serviceMethods.${service.method}`)],
    [t('servedAt'), shanghaiDateTime(service.servedAt)],
    [t('recipient'), [recipient.unit, recipient.name, recipient.post].filter((each) => each !== '').join(' ')],
    [t('serviceGaps.service-place'), service.place],
    [service.reference === '' ? '' : t(`references.${service.method as 'post'}`), service.reference],
    [t('serviceGaps.refusal-reason'), refusal?.reason ?? ''],
    [t('refusalRoute'), refusal ? [t(`refusalRoutes.${refusal.route}`), refusal.witness.name, refusal.witness.unit].filter((each) => each !== '').join(' ') : ''],
    [t('serviceNote'), service.note],
    [t('by'), `${nameOf(service.by)} · ${shanghaiDateTime(service.at)}`],
  ];
  return (
    <>
      <dl className="ui-facts">
        {lines.filter(([, value]) => value !== '').map(([label, value]) => <Fragment key={label}><dt>{label}</dt><dd>{value}</dd></Fragment>)}
      </dl>
      <Originals label={t('serviceGaps.refusal-films')} originals={refusal?.films ?? []} />
      <Originals label={t('serviceGaps.consent')} originals={consent ? [consent] : []} />
      <div className="casework-bar">
        <strong>{t('receipt')}</strong>
        {receipts.length > 0 ? <Tag tone="ok">{t('receiptBack')}</Tag> : <Tag tone="toVerify">{t('receiptNotBack')}</Tag>}
      </div>
      {receipts.map((receipt) => (
        <div key={receipt.id}>
          <Originals label={t('receipt')} originals={[receipt.original]} />
          <small className="casework-hint">{nameOf(receipt.by)} · {shanghaiDateTime(receipt.at)}</small>
        </div>
      ))}
      {mayAdd && <AddReceipt opinionId={opinionId} serviceId={service.id} isFirst={receipts.length === 0} />}
    </>
  );
}

/** 回证已收. */
function AddReceipt({ opinionId, serviceId, isFirst }: { readonly opinionId: string; readonly serviceId: string; readonly isFirst: boolean }) {
  const { t } = useTranslation('casework');
  const [chosen, setChosen, forget] = useKept<readonly NamedOriginal[]>(`opinion/${opinionId}/receipt/${serviceId}`, []);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, begin] = useOneAtATime();
  const add = async (): Promise<void> => {
    const [receipt] = chosen;
    if (!receipt) return;
    const outcome = await askOffice('opinion.service-receipt', { opinionId, serviceId, receipt: heldOf(receipt), note: '' });
    setProblem(outcome.ok ? null : outcome.problem);
    if (!outcome.ok) return;
    setChosen([]);
    forget();
  };
  return (
    <>
      {problem && <ProblemLine problem={problem} className="casework-problem" />}
      <OriginalEntry label={t(isFirst ? 'receiptAdd' : 'receiptAddMore')} hint={t('receiptHint')} accept="application/pdf,image/*" disabled={busy} originals={chosen} onOriginals={setChosen} onProblem={setProblem} />
      <div className="casework-bar">
        <span className="casework-grow casework-hint">{t('online')}</span>
        <Button size="small" variant={isFirst ? 'contained' : 'outlined'} disabled={busy || chosen.length === 0} onClick={() => begin(add)}>{t(busy ? 'underWay' : 'receiptReceived')}</Button>
      </div>
    </>
  );
}

/** Pictures are shown, everything else goes out as the file it is. */
function Originals({ label, originals }: { readonly label: string; readonly originals: readonly HeldOriginal[] }) {
  const { t } = useTranslation('casework');
  const [said, setSaid] = useState<{ readonly path: string } | Problem | null>(null);
  if (originals.length === 0) return null;
  const save = async ({ sha256, mediaType }: HeldOriginal): Promise<void> => {
    const outcome = await ask('evidence.save', { sha256, suggestedName: `${label}-${sha256.slice(0, 8)}.${mediaType.split('/')[1] ?? 'bin'}` });
    setSaid(outcome.ok ? outcome.value : outcome.problem);
  };
  return (
    <div className="casework-thumbs">
      {originals.map((original, index) => (
        <span key={original.sha256} className="casework-held">
          {/^image\/(png|jpeg)$/.test(original.mediaType) && <EvidencePicture className="casework-thumb" sha256={original.sha256} alt={label} onTheWay={t('photoOnTheWay')} />}
          <button type="button" className="ui-small-button" onClick={() => void save(original)}>{t('saveOriginal', { label: originals.length > 1 ? `${label} ${index + 1}` : label })}</button>
        </span>
      ))}
      {said && ('code' in said ? <ProblemLine problem={said} className="casework-problem" /> : <p className="casework-hint">{t('saved', { path: said.path })}</p>)}
    </div>
  );
}
