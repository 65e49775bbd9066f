import Button from '@mui/material/Button';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { roomsThatCount } from '#shared/domain/documents/late-rooms.ts';
import type { InspectionLock } from '#shared/domain/inspection/inspection.ts';
import { lockIdOf } from '#shared/domain/inspection/lock-id.ts';
import { readInspection } from '#shared/domain/inspection/read-inspection.ts';
import type { Role } from '#shared/domain/people/people.ts';
import { mayWrite, tookPart } from '#shared/domain/policy.ts';
import { readRoomCheck } from '#shared/domain/room-check/read-room-check.ts';
import { latestReviews, reviewsInOrder } from '#shared/domain/review/inspection-standing.ts';
import { roomFigures } from '#shared/domain/room-check/room-figures.ts';
import { isLead, largestInstrumentError, measuredVerdict } from '#shared/domain/room-check/measured-verdict.ts';
import { settingVerdict } from '#shared/domain/room-check/setting-verdict.ts';
import type { RoomCheck } from '#shared/domain/room-check/room-check.ts';
import type { Problem } from '#shared/kit/problem.ts';
import { shanghaiDateTime } from '#shared/kit/shanghai-time.ts';
import type { JsonValue } from '#shared/kit/values.ts';
import type { RecordState } from '#shared/sync/record-state.ts';
import { useChildren, useDesk, useRecord } from '../../store/desk-context.tsx';
import { lockProblem } from '../../store/lock-check.ts';
import { useLockCheck } from '../../store/lock-check-context.tsx';
import { useMyRoles, useNames } from '../../store/use-names.ts';
import { EvidencePicture } from '../../ui/evidence-picture.tsx';
import { useKept } from '../../ui/kept.ts';
import { useOneAtATime } from '../../ui/one-at-a-time.ts';
import { Tag } from '../../ui/page.tsx';
import { ProblemLine } from '../../ui/problem-line.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { fits, WholeTextEntry } from '../../ui/whole-text-entry.tsx';
import { HandOverPanel } from './hand-over-panel.tsx';
import './review.css';
import { nowInstant } from '../../ui/now.ts';

const MAX_COMMENT = 2000;

/** What a section head reads of one inspection, and the decision. It never touches what was signed. */
export function ReviewPanel({ inspectionId }: { readonly inspectionId: string }) {
  const { t } = useTranslation('review');
  const inspection = useRecord(inspectionId);
  const records = useChildren('roomCheck', inspectionId);
  const amendments = useChildren('amendment', inspectionId);
  const lock = (inspection?.fields['lock'] ?? null) as InspectionLock | null;
  const rooms = useMemo(() => roomsThatCount(lock, records ?? [], amendments ?? []).map(readRoomCheck).sort((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1)), [lock, records, amendments]);
  if (!inspection || !records || !amendments) return <div className="review" aria-busy="true" />;
  const figures = roomFigures(rooms);
  return (
    <div className="review">
      <div className="review-main">
        <section className="review-panel">
          <h2>{t('figures')}</h2>
          <ul className="review-figures">
            <li>{t('checked', { checked: figures.byOutcome.checked, total: figures.total })}</li>
            <li>{t('exceeding', { count: figures.exceeding })}</li>
            <li>{t('toVerify', { count: figures.toVerify })}</li>
            <li>{t('leads', { count: figures.leads })}</li>
          </ul>
          <p className="review-hint">{t('rate', { exceeding: figures.exceeding, applicable: figures.applicable })}</p>
        </section>
        <RoomsToSee rooms={rooms} instrumentErrorC={largestInstrumentError(readInspection(inspection).instruments)} />
        <Papers inspectionId={inspectionId} />
      </div>
      <div className="review-side">
        <Decision inspection={inspection} />
        <HandOverPanel inspection={inspection} rooms={rooms} />
      </div>
    </div>
  );
}

/** A low air reading alone is marked as the lead it is, and as nothing at all within what the instrument may be off. */
function RoomsToSee({ rooms, instrumentErrorC }: { readonly rooms: readonly RoomCheck[]; readonly instrumentErrorC: string | null }) {
  const { t } = useTranslation('review');
  const shown = rooms
    .map((room) => {
      const measured = measuredVerdict(room, instrumentErrorC);
      const setting = settingVerdict(room);
      const lead = isLead(setting, measured) ? (measured.withinInstrumentError ? 'withinError' : 'lead') : null;
      return { room, setting: setting.kind, air: measured.kind, lead };
    })
    .filter(({ setting, air }) => setting === 'exceeds' || setting === 'to-verify' || air === 'exceeds');
  return (
    <section className="review-panel">
      <h2>{t('rooms')}</h2>
      {shown.length === 0 ? (
        <p className="review-hint">{t('noRooms')}</p>
      ) : (
        <table className="review-table">
          <thead><tr>{(['room', 'use', 'set', 'air', 'adjusted', 'photos', 'remarks'] as const).map((name) => <th key={name} scope="col" className={name === 'adjusted' ? 'is-number' : undefined}>{t(name)}</th>)}</tr></thead>
          <tbody>
            {shown.map(({ room, setting, air, lead }) => (
              <tr key={room.id}>
                <td>{room.room}</td>
                <td>{room.use}</td>
                <td><VerdictMark verdict={setting} text={room.setTemperatureC === null ? '—' : `${room.setTemperatureC} ℃`} /></td>
                <td><VerdictMark verdict={air} text={room.readings.map((reading) => reading.valueC).join(' ') || '—'} /> {lead && <Tag>{t(lead === 'withinError' ? 'withinError' : 'lead')}</Tag>}</td>
                <td className="is-number">{room.adjusted ? `${room.adjusted.toC} ℃` : ''}</td>
                <td>
                  <div className="review-thumbs">
                    {room.photos.slice(0, 4).map((photo) => <EvidencePicture key={photo.id} className="review-thumb" sha256={photo.evidence.sha256} alt={`${room.room} ${photo.note}`} onTheWay={t('photoOnTheWay')} />)}
                  </div>
                </td>
                <td>{room.remarks}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function Papers({ inspectionId }: { readonly inspectionId: string }) {
  const { t } = useTranslation('review');
  const documents = useChildren('document', inspectionId);
  return (
    <section className="review-panel">
      <div className="review-bar">
        <h2>{t('papers')}</h2>
        <a href={`#/inspections/${inspectionId}/papers`}>{t('openPapers')}</a>
      </div>
      {documents?.length === 0 && <p className="review-hint">{t('noPapers')}</p>}
      {(documents ?? []).map((document) => (
        <div key={document.recordId}>{String(document.fields['title'] ?? '')} {String(document.fields['fieldNumber'] ?? '')}</div>
      ))}
    </section>
  );
}

function Decision({ inspection }: { readonly inspection: RecordState }) {
  const { t } = useTranslation('review');
  const desk = useDesk();
  const nameOf = useNames();
  const roles = useMyRoles(desk.session.officerId);
  const reviews = useChildren('review', inspection.recordId);
  const [comment, setComment] = useKept(`review/${inspection.recordId}`, '');
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, begin] = useOneAtATime();
  const isOwn = tookPart(inspection, desk.session.officerId);
  // What the decision follows has to be known first.
  const ready = fits(comment, MAX_COMMENT) && reviews !== undefined;
  const { check, checkNow } = useLockCheck();
  const decide = async (verdict: 'approved' | 'sent-back'): Promise<void> => {
    const wrong = verdict === 'approved' ? lockProblem(await checkNow()) : null;
    if (wrong) return setProblem(wrong);
    const outcome = await desk.edit([{ recordType: 'review', recordId: desk.newId(), values: judged(inspection, reviews ?? [], verdict, comment) }]);
    setProblem(outcome.ok ? null : outcome.problem);
    if (outcome.ok) setComment('');
  };
  const past = reviewsInOrder(reviews ?? []);
  return (
    <section className="review-panel">
      <h2>{t('decision')}</h2>
      {mayWrite('review', 'create', roles as readonly Role[]) ? (
        <div className="review-form">
          {problem && <ProblemLine problem={problem} className="review-problem" />}
          <WholeTextEntry rows={3} label={t('comment')} value={comment} maxLength={MAX_COMMENT} onValue={setComment} />
          <p className="review-hint">{isOwn ? t('ownInspection') : inspection.fields['lock'] ? t('untouched') : t('notLocked')}</p>
          <div className="review-bar">
            <Button variant="contained" disabled={busy || isOwn || !inspection.fields['lock'] || !ready || (check !== null && lockProblem(check) !== null)} onClick={() => begin(() => decide('approved'))}>{t('approve')}</Button>
            <Button variant="outlined" disabled={busy || comment.trim() === '' || !ready} title={t('commentNeeded')} onClick={() => begin(() => decide('sent-back'))}>{t('sendBack')}</Button>
          </div>
        </div>
      ) : (
        <p className="review-hint">{t('onlyHead')}</p>
      )}
      <h2>{t('past')}</h2>
      {past.length === 0 && <p className="review-hint">{t('noReviews')}</p>}
      <ol className="review-past">
        {past.map((review) => (
          <li key={review.recordId}>
            <strong>{t(String(review.fields['verdict']) as 'approved')}</strong> {String(review.fields['comment'] ?? '')}
            <div><small>{nameOf(review.createdBy)} · {shanghaiDateTime(String(review.fields['at']))}</small></div>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** What is judged is named: the lock that the reviewer sees, and the reviews that stood before. */
function judged(inspection: RecordState, reviews: readonly RecordState[], verdict: 'approved' | 'sent-back', comment: string): Record<string, JsonValue> {
  const follows = latestReviews(reviews).map((review) => review.recordId).slice(0, 100);
  return { inspectionId: inspection.recordId, verdict, comment, at: nowInstant(), lockId: lockIdOf(inspection), follows };
}
