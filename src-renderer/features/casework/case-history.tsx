import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseStanding, StoredEvent } from '#shared/domain/casework/case-state.ts';
import { caseTimeline, type ServedPaper } from '#shared/domain/casework/case-timeline.ts';
import { shanghaiDateTime } from '#shared/kit/shanghai-time.ts';
import type { RecordState } from '#shared/sync/record-state.ts';
import { useRecords } from '../../store/desk-context.tsx';
import { useNames } from '../../store/use-names.ts';
import { EvidencePicture } from '../../ui/evidence-picture.tsx';

/** What happened in a case: its own events, and what was served of the organ's papers that follow it. */
export function CaseHistory({ record, standing }: { readonly record: RecordState; readonly standing: CaseStanding }) {
  const opinions = useRecords('opinion');
  const entries = useMemo(() => caseTimeline(standing, (opinions ?? []).filter((opinion) => opinion.fields['caseId'] === record.recordId)), [standing, opinions, record.recordId]);
  const rooms = new Map(standing.findings.map((finding) => [finding.id, finding.finding.room]));
  return (
    <ol className="casework-events">
      {entries.map((entry) => (entry.kind === 'event' ? <Step key={entry.event.id} event={entry.event} room={rooms.get(entry.event.findingId ?? '') ?? ''} /> : <Served key={entry.served.service.id} {...entry.served} />))}
    </ol>
  );
}

function Step({ event, room }: { readonly event: StoredEvent; readonly room: string }) {
  const { t } = useTranslation('casework');
  const nameOf = useNames();
  return (
    <li>
      <strong>{t(`events.${event.type}`)}</strong> {room} {event.dueOn ?? ''}
      {event.complies !== null && ` ${t(event.complies ? 'compliesYes' : 'compliesNo')}`}
      {event.text && <div>{event.text}</div>}
      <small>{nameOf(event.by)} · {shanghaiDateTime(event.at)}</small>
      {event.photos.length > 0 && (
        <div className="casework-thumbs">
          {event.photos.map((photo) => <EvidencePicture key={photo.evidence.sha256} className="casework-thumb" sha256={photo.evidence.sha256} alt={photo.note || t('photos')} onTheWay={t('photoOnTheWay')} />)}
        </div>
      )}
    </li>
  );
}

function Served({ service, opinionId, form, officialNumber }: ServedPaper) {
  const { t } = useTranslation('casework');
  const { recipient } = service;
  return (
    <li>
      <strong>{t('opinionSteps.serve')}</strong> <a href={`#/opinions/${opinionId}`}>{t(form === 'district-letter' ? 'letters' : 'opinions')} {officialNumber ?? ''}</a>
      <div>{t(`serviceMethods.${service.method}`)} · {[recipient.unit, recipient.name, recipient.post].filter((each) => each !== '').join(' ')}</div>
      <small>{shanghaiDateTime(service.servedAt)} · {t(service.receipts.length > 0 ? 'receiptBack' : 'receiptNotBack')}</small>
    </li>
  );
}
