import Button from '@mui/material/Button';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Outcome } from '#shared/kit/outcome.ts';
import type { Problem } from '#shared/kit/problem.ts';
import { shanghaiDateTime } from '#shared/kit/shanghai-time.ts';
import type { OfficeReply } from '#shared/sync/office-calls.ts';
import { askOffice } from '../../bridge/bridge.ts';
import { useDesk } from '../../store/desk-context.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { TextEntry } from '../../ui/fields.tsx';
import { Panel, Tag } from '../../ui/page.tsx';
import { ProblemLine } from '../../ui/problem-line.tsx';

type Chain = OfficeReply<'chain.list'>[number];

/** Laptops and their officers as the server knows them; a lost one is retired here. */
export function DevicesPanel() {
  const { t } = useTranslation('people');
  const { session } = useDesk();
  const [chains, setChains] = useState<readonly Chain[]>([]);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [revoking, setRevoking] = useState<Chain | null>(null);
  const show = useCallback((outcome: Outcome<readonly Chain[]>): void => {
    if (outcome.ok) setChains(outcome.value);
    setProblem(outcome.ok ? null : outcome.problem);
  }, []);
  const load = useCallback(async (): Promise<void> => show(await askOffice('chain.list', {})), [show]);
  useEffect(() => void askOffice('chain.list', {}).then(show), [show]);
  return (
    <Panel title={t('devices')} about={t('devicesAbout')} actions={<Button size="small" variant="outlined" onClick={() => void load()}>{t('refresh')}</Button>}>
      {problem && <ProblemLine problem={problem} />}
      <div className="ui-table-wrap">
        <table className="ui-table" aria-label={t('devices')}>
          <thead><tr>{(['deviceName', 'officer', 'chainCode', 'enrolledAt', 'lastContact', 'state'] as const).map((name) => <th key={name} scope="col">{t(name)}</th>)}<th /></tr></thead>
          <tbody>
            {chains.map((chain) => (
              <tr key={chain.chainId}>
                <td>{chain.deviceName}</td><td>{chain.officerName}</td><td>{chain.chainCode}</td>
                <td className="is-nowrap">{shanghaiDateTime(chain.enrolledAt)}</td>
                <td className="is-nowrap">{chain.lastContactAt ? shanghaiDateTime(chain.lastContactAt) : t('never')}</td>
                <td>{chain.revoked ? <Tag tone="exceeds">{t('revoked')}</Tag> : chain.chainId === session.chainId ? <Tag>{t('thisLaptop')}</Tag> : ''}</td>
                <td>{!chain.revoked && chain.chainId !== session.chainId && <Button size="small" onClick={() => setRevoking(chain)}>{t('revoke')}</Button>}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {revoking && <RevokeDialog chain={revoking} onDone={load} onClose={() => setRevoking(null)} />}
    </Panel>
  );
}

function RevokeDialog({ chain, onDone, onClose }: { readonly chain: Chain; readonly onDone: () => Promise<void>; readonly onClose: () => void }) {
  const { t } = useTranslation('people');
  const [reason, setReason] = useState('');
  const [problem, setProblem] = useState<Problem | null>(null);
  const revoke = async (): Promise<boolean> => {
    const outcome = await askOffice('chain.revoke', { chainId: chain.chainId, reason: reason.trim() });
    setProblem(outcome.ok ? null : outcome.problem);
    if (outcome.ok) await onDone();
    return outcome.ok;
  };
  return (
    <ConfirmDialog title={t('revokeTitle', { device: chain.deviceName, officer: chain.officerName })} confirm={t('revoke')} disabled={reason.trim() === ''} onConfirm={revoke} onClose={onClose}>
      {problem && <ProblemLine problem={problem} />}
      <p>{t('revokeAbout')}</p>
      <TextEntry label={t('revokeReason')} needed autoFocus value={reason} maxLength={200} onValue={setReason} />
    </ConfirmDialog>
  );
}
