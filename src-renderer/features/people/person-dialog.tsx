import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Certificate, roles as allRoles, type Role } from '#shared/domain/people/people.ts';
import type { Problem } from '#shared/kit/problem.ts';
import type { RecordState } from '#shared/sync/record-state.ts';
import { askOffice } from '../../bridge/bridge.ts';
import { syncNow } from '../../store/use-sync-status.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { DateEntry } from '../../ui/date-entry.tsx';
import { CheckEntry, ChoiceEntry, ManyEntry, TextEntry } from '../../ui/fields.tsx';
import { ProblemLine } from '../../ui/problem-line.tsx';
import { changedSince } from './changed-since.ts';

type CertificateDraft = { readonly number: string; readonly issuingOrgan: string; readonly validFrom: string; readonly validUntil: string };
const noCertificate: CertificateDraft = { number: '', issuingOrgan: '', validFrom: '', validUntil: '' };

/** A person's account: organ, roles, enforcement certificate. Leaving is "no longer active"; a person is never deleted. */
export function PersonDialog({ person, organs, onClose }: { readonly person: RecordState | null; readonly organs: readonly RecordState[]; readonly onClose: () => void }) {
  const { t } = useTranslation('people');
  const known = person?.fields ?? {};
  const [name, setName] = useState(String(known['name'] ?? ''));
  const [loginName, setLoginName] = useState(String(known['loginName'] ?? ''));
  const [organId, setOrganId] = useState((known['organId'] ?? organs[0]?.recordId ?? null) as string | null);
  const [roles, setRoles] = useState<readonly Role[]>((known['roles'] ?? ['inspector']) as readonly Role[]);
  const [telephone, setTelephone] = useState(String(known['telephone'] ?? ''));
  const [active, setActive] = useState(known['active'] !== false);
  const [certificate, setCertificate] = useState<CertificateDraft>((known['certificate'] as CertificateDraft | null) ?? noCertificate);
  const [problem, setProblem] = useState<Problem | null>(null);
  const given = Object.values(certificate).some((value) => value !== '');
  const read = given ? Certificate.safeParse(certificate) : null;
  const fault = read?.success === false ? String(read.error.issues[0]?.path[0] ?? 'number') : certificate.validFrom > certificate.validUntil ? 'validUntil' : null;
  const complete = name.trim() !== '' && loginName.trim() !== '' && organId !== null && roles.length > 0 && fault === null;

  const save = async (): Promise<boolean> => {
    const values = {
      name: name.trim(), loginName: loginName.trim(), organId: organId ?? '', roles: [...roles],
      certificate: read?.success ? read.data : null, telephone: telephone.trim() === '' ? null : telephone.trim(), active,
    };
    const outcome = await askOffice('person.save', { officerId: person?.recordId ?? null, ...values, ...changedSince(person, values) });
    setProblem(outcome.ok ? null : outcome.problem);
    if (outcome.ok) void syncNow();
    return outcome.ok;
  };
  const certificateText = (part: keyof CertificateDraft, maxLength: number) => (
    <TextEntry label={t(part)} value={certificate[part]} maxLength={maxLength} problem={given && fault === part ? t('certificateFault') : null} onValue={(value) => setCertificate((before) => ({ ...before, [part]: value }))} />
  );
  const certificateDate = (part: 'validFrom' | 'validUntil') => (
    <DateEntry onlyAsWritten label={t(part)} value={certificate[part] || null} warning={given && fault === part ? t('certificateFault') : null} onValue={(value) => setCertificate((before) => ({ ...before, [part]: value ?? '' }))} />
  );
  return (
    <ConfirmDialog wide title={person ? t('changePerson') : t('newPerson')} confirm={t('save')} disabled={!complete} onConfirm={save} onClose={onClose}>
      {problem && <ProblemLine problem={problem} />}
      <div className="ui-form">
        <TextEntry label={t('name')} needed autoFocus value={name} maxLength={40} onValue={setName} />
        <TextEntry label={t('loginName')} needed value={loginName} maxLength={40} hint={t('loginNameHint')} onValue={setLoginName} />
        <ChoiceEntry label={t('organ')} value={organId} choices={organs.map(({ recordId, fields }) => [recordId, String(fields['name'] ?? '')])} onValue={setOrganId} />
        <TextEntry label={t('telephone')} value={telephone} maxLength={40} onValue={setTelephone} />
        <ManyEntry label={t('roles')} needed wide values={roles} choices={allRoles.map((role) => [role, t(`roleNames.${role}`)])} onValues={setRoles} hint={t('rolesHint')} />
      </div>
      <strong>{t('certificate')}</strong>
      <p className="ui-page-about">{t('certificateAbout')}</p>
      <div className="ui-form">
        {certificateText('number', 40)}
        {certificateText('issuingOrgan', 80)}
        {certificateDate('validFrom')}
        {certificateDate('validUntil')}
      </div>
      {person && <CheckEntry label={t('active')} checked={active} onValue={setActive} hint={t('activeHint')} />}
    </ConfirmDialog>
  );
}
