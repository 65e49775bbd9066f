import Button from '@mui/material/Button';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MediaStatus } from '#shared/bridge/calls.ts';
import type { Problem } from '#shared/kit/problem.ts';
import { pauseMedia, useMediaStatus } from '../../store/use-media-status.ts';
import { byteSize } from '../../ui/byte-size.ts';
import { Panel } from '../../ui/page.tsx';
import { ProblemLine } from '../../ui/problem-line.tsx';
import { useProblemText } from '../../ui/problem-text.ts';
import './sync.css';

/** Photos, files and videos on their way up: of all and of each, how fast, how long still, and what is refused and why. */
export function MediaPanel() {
  const { t } = useTranslation('media');
  const status = useMediaStatus();
  const [problem, setProblem] = useState<Problem | null>(null);
  if (!status) return null;
  const { paused, files } = status;
  return (
    <Panel title={t('title')} about={t('about')}>
      {problem && <ProblemLine problem={problem} />}
      {paused && <p className="ui-warning">{t('paused')}</p>}
      {files === 0 ? <p className="ui-notice">{t('nothing')}</p> : <OfAll status={status} />}
      {status.uploading.length > 0 && <OfEach uploading={status.uploading} />}
      {(files > 0 || paused) && (
        <div className="ui-row">
          <Button size="small" variant="outlined" onClick={() => void pauseMedia(!paused).then(setProblem)}>{t(paused ? 'goOn' : 'pause')}</Button>
        </div>
      )}
      {status.refused.length > 0 && <Refused refused={status.refused} />}
    </Panel>
  );
}

function OfAll({ status }: { readonly status: MediaStatus }) {
  const { t } = useTranslation('media');
  const { files, sentBytes, totalBytes, bytesPerSecond, secondsLeft, paused } = status;
  const isMoving = !paused && bytesPerSecond !== null && bytesPerSecond > 0;
  return (
    <>
      <p>{t('standing', { sent: byteSize(sentBytes), total: byteSize(totalBytes), count: files })}</p>
      <progress className="sync-media-progress" value={sentBytes} max={Math.max(1, totalBytes)} aria-label={t('progressOfAll')} />
      {isMoving && <p className="ui-muted">{t('pace', { size: byteSize(bytesPerSecond), left: secondsLeft === null ? t('unknownTime') : t('timeLeft', { time: timeOf(secondsLeft, t) }) })}</p>}
    </>
  );
}

function OfEach({ uploading }: { readonly uploading: MediaStatus['uploading'] }) {
  const { t } = useTranslation('media');
  return (
    <ul className="sync-media-list">
      {uploading.map(({ sha256, mediaType, byteLength, sentBytes }) => {
        const name = nameOf(sha256, mediaType, t);
        return (
          <li key={sha256}>
            <span>{name}</span>
            <progress className="sync-media-progress" value={sentBytes} max={Math.max(1, byteLength)} aria-label={t('progressOf', { name })} />
            <span className="ui-muted ui-small">{t('ofSize', { sent: byteSize(sentBytes), total: byteSize(byteLength) })}</span>
          </li>
        );
      })}
    </ul>
  );
}

function Refused({ refused }: { readonly refused: MediaStatus['refused'] }) {
  const { t } = useTranslation('media');
  const sentence = useProblemText();
  return (
    <>
      <p className="ui-warning">{t('refused', { count: refused.length })}{' '}{t('refusedAbout')}</p>
      <div className="ui-table-wrap">
        <table className="ui-table" aria-label={t('refused', { count: refused.length })}>
          <thead><tr><th scope="col">{t('file')}</th><th scope="col">{t('size')}</th><th scope="col">{t('why')}</th></tr></thead>
          <tbody>
            {refused.map(({ sha256, mediaType, byteLength, problem }) => (
              <tr key={sha256}><td>{nameOf(sha256, mediaType, t)}</td><td>{byteSize(byteLength)}</td><td>{sentence(problem)}</td></tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

type Say = TFunction<'media'>;

/** Originals have no names here: their kind, and the beginning of the hash that stands beside them elsewhere too. */
function nameOf(sha256: string, mediaType: string, t: Say): string {
  const [group] = mediaType.split('/');
  const kind = mediaType === 'application/pdf' ? 'pdf' : group === 'image' || group === 'video' || group === 'audio' ? group : 'other';
  return `${t(`kinds.${kind}`)} ${sha256.slice(0, 8)}`;
}

function timeOf(seconds: number, t: Say): string {
  if (seconds < 90) return t('seconds', { count: seconds });
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? t('minutes', { count: minutes }) : t('hours', { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
}
