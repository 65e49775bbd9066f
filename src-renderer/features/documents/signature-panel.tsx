import Button from '@mui/material/Button';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BoundSignature } from '#shared/domain/documents/document.ts';
import type { PaperRecord } from '#shared/domain/documents/read-document.ts';
import { shanghaiDateTime } from '#shared/kit/shanghai-time.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { EvidencePicture } from '../../ui/evidence-picture.tsx';
import { Panel } from '../../ui/page.tsx';
import { RefusalDialog } from './refusal-dialog.tsx';
import { SignatureDialog } from './signature-dialog.tsx';

type Asking = BoundSignature['way'] | 'sign' | 'receive' | null;

/** Who signed the print, who would not: all bound to the bytes that were printed. `drawn`: the office allows drawing. */
export function SignaturePanel({ paper, partyName, drawn, mayWork }: { readonly paper: PaperRecord; readonly partyName: string; readonly drawn: boolean; readonly mayWork: boolean }) {
  const { t } = useTranslation('documents');
  const [asking, setAsking] = useState<Asking>(null);
  const { pdf } = paper;
  if (!pdf || paper.voided) return null;
  const close = (): void => setAsking(null);
  return (
    <Panel title={t('signatures')} about={t('signatureHint')}>
      <SignedList paper={paper} />
      {mayWork && <div className="ui-row">
        <Button size="small" variant="outlined" onClick={() => setAsking('signed-print')}>{t('addSigned')}</Button>
        <Button size="small" variant="outlined" onClick={() => setAsking('stamped')}>{t('addStamped')}</Button>
        {drawn && <Button size="small" variant="outlined" onClick={() => setAsking('drawn')}>{t('addDrawn')}</Button>}
      </div>}
      {(mayWork || paper.refusals.length > 0) && <h3 className="documents-sub">{t('refusals')}</h3>}
      {paper.refusals.map((refusal) => (
        <p key={refusal.id} className="documents-line">
          {t(`refusedRow.${refusal.what}`, { reason: refusal.reason })}
          <small>{t('refusalMore', { at: shanghaiDateTime(refusal.at), witness: refusal.witness ? t('withWitness', { name: refusal.witness }) : '', video: refusal.videoSha256 ? t('withVideo') : '' })}</small>
        </p>
      ))}
      {mayWork && <div className="ui-row">
        <Button size="small" variant="outlined" onClick={() => setAsking('sign')}>{t('refuseSign')}</Button>
        <Button size="small" variant="outlined" onClick={() => setAsking('receive')}>{t('refuseReceive')}</Button>
      </div>}
      {(asking === 'signed-print' || asking === 'stamped' || asking === 'drawn') && <SignatureDialog paperId={paper.id} pdfSha256={pdf.evidence.sha256} way={asking} partyName={partyName} onClose={close} />}
      {(asking === 'sign' || asking === 'receive') && <RefusalDialog paperId={paper.id} what={asking} onClose={close} />}
    </Panel>
  );
}

function SignedList({ paper }: { readonly paper: PaperRecord }) {
  const { t } = useTranslation('documents');
  const [viewed, setViewed] = useState<string | null>(null);
  if (paper.signatures.length === 0) return <p className="documents-hint">{t('noSignatures')}</p>;
  return (
    <ul className="documents-signed">
      {paper.signatures.map((each) => (
        <li key={each.id}>
          <EvidencePicture className="documents-thumb" sha256={each.evidence.sha256} alt={each.name} onTheWay={t('onTheWay')} />
          <span>
            {t('signedRow', { who: t(`whos.${each.who}`), name: each.name, way: t(`ways.${each.way}`), at: shanghaiDateTime(each.at) })}
            {each.pdfSha256 !== paper.pdf?.evidence.sha256 && <em className="documents-warn">{t('otherBytes')}</em>}
          </span>
          <button type="button" className="documents-link" onClick={() => setViewed(each.evidence.sha256)}>{t('view')}</button>
        </li>
      ))}
      {viewed !== null && (
        <ConfirmDialog wide title={t('view')} confirm={t('close')} onClose={() => setViewed(null)} onConfirm={() => true}>
          <EvidencePicture className="documents-large" sha256={viewed} alt={t('signatures')} onTheWay={t('onTheWay')} />
        </ConfirmDialog>
      )}
    </ul>
  );
}
