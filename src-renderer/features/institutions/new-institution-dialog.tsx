import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mayWrite } from '#shared/domain/policy.ts';
import type { Role } from '#shared/domain/people/people.ts';
import type { Problem } from '#shared/kit/problem.ts';
import { useDesk, useRecords } from '../../store/desk-context.tsx';
import { useMyRoles, useOwnAuthority } from '../../store/use-names.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { ChoiceEntry, TextEntry } from '../../ui/fields.tsx';
import { navigate } from '../../ui/navigation.ts';
import { ProblemLine } from '../../ui/problem-line.tsx';
import { CreditCodeEntry } from './credit-code-entry.tsx';

type Draft = { readonly name: string; readonly creditCode: string | null; readonly creditCodeMissingReason: string; readonly level: 'municipal' | 'district'; /** null: as usual for the level. */ readonly authority: string | null; readonly buildingKind: 'state-organ-office' | 'other-public' };

/** The few things a unit can not be without; the rest is entered on its own page. */
export function NewInstitutionDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('institutions');
  const desk = useDesk();
  const roles = useMyRoles(desk.session.officerId) as readonly Role[];
  const ownAuthority = useOwnAuthority(desk.session.officeName);
  const known = useRecords('institution');
  const [draft, setDraft] = useState<Draft>({ name: '', creditCode: null, creditCodeMissingReason: '', level: 'municipal', authority: null, buildingKind: 'state-organ-office' });
  const [problem, setProblem] = useState<Problem | null>(null);
  const put = (change: Partial<Draft>): void => setDraft((before) => ({ ...before, ...change }));
  const authority = (draft.authority ?? (draft.level === 'municipal' ? ownAuthority : '')).trim();
  const name = draft.name.trim();
  const same = (known ?? []).find(({ fields }) => fields['name'] === name || (draft.creditCode !== null && fields['creditCode'] === draft.creditCode));
  const complete = name !== '' && authority !== '' && (draft.creditCode !== null || draft.creditCodeMissingReason.trim() !== '');
  const create = async (): Promise<boolean> => {
    const recordId = desk.newId();
    const outcome = await desk.edit([{
      recordType: 'institution', recordId,
      values: {
        ...draft, name, authority, creditCodeMissingReason: draft.creditCode === null ? draft.creditCodeMissingReason.trim() : null,
        usingUnit: name, managingUnit: '', address: '', liaison: null, sample: desk.session.demo, removed: false,
      },
    }]);
    setProblem(outcome.ok ? null : outcome.problem);
    if (outcome.ok) navigate(`/institutions/${recordId}`);
    return false;
  };
  return (
    <ConfirmDialog title={t('new')} confirm={t('create')} disabled={!complete || !mayWrite('institution', 'create', roles)} onConfirm={create} onClose={onClose}>
      {problem && <ProblemLine problem={problem} />}
      <TextEntry label={t('name')} needed autoFocus value={draft.name} maxLength={80} warning={same ? t('sameAs', { name: String(same.fields['name']) }) : null} onValue={(value) => put({ name: value })} />
      <div className="ui-form">
        <CreditCodeEntry value={draft.creditCode} onValue={(creditCode) => put({ creditCode })} />
        {draft.creditCode === null && <TextEntry label={t('creditCodeMissingReason')} value={draft.creditCodeMissingReason} maxLength={200} hint={t('missingReasonHint')} onValue={(value) => put({ creditCodeMissingReason: value })} />}
        <ChoiceEntry label={t('level')} value={draft.level} choices={levels(t)} onValue={(level) => level && put({ level, authority: null })} />
        <TextEntry label={t('authority')} needed value={draft.authority ?? authority} maxLength={80} hint={t(draft.level === 'municipal' ? 'authorityOwn' : 'authorityDistrict')} onValue={(value) => put({ authority: value })} />
        <ChoiceEntry label={t('buildingKind')} value={draft.buildingKind} choices={buildingKinds(t)} onValue={(buildingKind) => buildingKind && put({ buildingKind })} />
      </div>
    </ConfirmDialog>
  );
}

type Words = (key: 'levels.municipal' | 'levels.district' | 'buildingKinds.state-organ-office' | 'buildingKinds.other-public') => string;

export function levels(t: Words): readonly (readonly ['municipal' | 'district', string])[] {
  return [['municipal', t('levels.municipal')], ['district', t('levels.district')]];
}

export function buildingKinds(t: Words): readonly (readonly ['state-organ-office' | 'other-public', string])[] {
  return [['state-organ-office', t('buildingKinds.state-organ-office')], ['other-public', t('buildingKinds.other-public')]];
}
