import Button from '@mui/material/Button';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BridgeRequest, ImportedEvidence } from '#shared/bridge/calls.ts';
import type { Problem } from '#shared/kit/problem.ts';
import { ask } from '../bridge/bridge.ts';
import { byteSize } from './byte-size.ts';

type ImportProps = {
  readonly label: string;
  readonly kind: BridgeRequest<'evidence.import'>['kind'];
  readonly chosen: ImportedEvidence | null;
  readonly onChosen: (imported: ImportedEvidence) => void;
  readonly onProblem: (problem: Problem | null) => void;
};

/** Takes in a file of any length: main asks for it and reads it, and only its hash comes back here. */
export function ImportEvidenceButton({ label, kind, chosen, onChosen, onProblem }: ImportProps) {
  const { t } = useTranslation('media');
  const [busy, setBusy] = useState(false);
  const choose = async (): Promise<void> => {
    setBusy(true);
    const outcome = await ask('evidence.import', { kind });
    setBusy(false);
    onProblem(outcome.ok ? null : outcome.problem);
    if (outcome.ok && outcome.value) onChosen(outcome.value);
  };
  return (
    <span className="ui-row">
      <Button size="small" variant="outlined" disabled={busy} onClick={() => void choose()}>{busy ? t('storing') : label}</Button>
      {chosen && <span className="ui-muted ui-small">{t('chosen', { name: chosen.name, size: byteSize(chosen.byteLength) })}</span>}
    </span>
  );
}

/** Copies an original to a place of the person's choice, to be watched with the machine's own player. */
export function SaveEvidenceButton({ sha256, suggestedName, onProblem }: { readonly sha256: string; readonly suggestedName: string; readonly onProblem: (problem: Problem | null) => void }) {
  const { t } = useTranslation('media');
  const [busy, setBusy] = useState(false);
  const [savedTo, setSavedTo] = useState<string | null>(null);
  const save = async (): Promise<void> => {
    setBusy(true);
    const outcome = await ask('evidence.save', { sha256, suggestedName });
    setBusy(false);
    onProblem(outcome.ok ? null : outcome.problem);
    setSavedTo(outcome.ok ? (outcome.value?.path ?? null) : null);
  };
  return (
    <span className="ui-row">
      <Button size="small" disabled={busy} onClick={() => void save()}>{t(busy ? 'saving' : 'save')}</Button>
      {savedTo && <span className="ui-muted ui-small">{t('saved', { path: savedTo })}</span>}
    </span>
  );
}
