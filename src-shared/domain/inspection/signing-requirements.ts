import { shanghaiDate } from '../../kit/shanghai-time.ts';
import type { DateText, Instant, Uuid } from '../../kit/values.ts';
import type { Certificate } from '../people/people.ts';
import type { Inspection, PersonToSign } from './read-inspection.ts';

/** Why one listed person does not count as an officer for signing. */
export type OfficerGap = 'person-unknown' | 'assistant' | 'no-certificate' | 'certificate-not-yet-valid' | 'certificate-expired' | 'same-certificate';

export type SigningGap =
  | { readonly code: 'two-officers-needed'; readonly counted: number }
  | { readonly code: 'officer-does-not-count'; readonly officerId: Uuid; readonly why: OfficerGap }
  | { readonly code: 'certificates-not-shown' }
  | { readonly code: 'recusal-not-asked' }
  | { readonly code: 'recusal-answer-missing' };

export type SigningRequirements = {
  /** Officers who count, the lead first. */
  readonly counted: readonly Uuid[];
  /** Empty: the 现场检查笔录 may be signed. `officer-does-not-count` alone, beside two who do, is shown but does not block. */
  readonly gaps: readonly SigningGap[];
  readonly maySign: boolean;
};

/**
 * What signing the 现场检查笔录 needs: two different persons whose enforcement certificates are valid on every day of the check
 * (Asia/Shanghai), certificates shown, recusal asked and the answer written down. Assistants never count; officers of other organs with a
 * certificate do. Two officers and recusal are penalty-law rules, used here as cautious defaults.
 * docs/sources.md#two-officers. `now`: the day counted while the check has not ended.
 */
export function signingRequirements(inspection: Inspection, people: ReadonlyMap<Uuid, PersonToSign>, now: Instant): SigningRequirements {
  const firstDay = shanghaiDate(inspection.startedAt ?? now);
  const lastDay = shanghaiDate(inspection.endedAt ?? now);
  const gaps: SigningGap[] = [];
  const counted: Uuid[] = [];
  const certificates = new Set<string>();
  for (const officerId of new Set([inspection.leadOfficerId, ...inspection.officerIds].filter((id) => id !== ''))) {
    const why = gapOf(people.get(officerId), inspection.assistantIds.includes(officerId), firstDay, lastDay, certificates);
    if (why === null) counted.push(officerId);
    else gaps.push({ code: 'officer-does-not-count', officerId, why });
  }
  const blocking: SigningGap[] = [];
  if (counted.length < 2) blocking.push({ code: 'two-officers-needed', counted: counted.length });
  if (inspection.certificatesShownAt === null) blocking.push({ code: 'certificates-not-shown' });
  if (!inspection.recusal?.asked) blocking.push({ code: 'recusal-not-asked' });
  else if (inspection.recusal.answer.trim() === '') blocking.push({ code: 'recusal-answer-missing' });
  return { counted, gaps: [...blocking, ...gaps], maySign: blocking.length === 0 };
}

function gapOf(person: PersonToSign | undefined, isAssistant: boolean, firstDay: DateText, lastDay: DateText, certificates: Set<string>): OfficerGap | null {
  if (!person) return 'person-unknown';
  if (isAssistant || person.roles.includes('assistant')) return 'assistant';
  const validity = certificateOn(person.certificate, firstDay, lastDay);
  if (validity !== null) return validity;
  // One certificate under two accounts is one person.
  const number = (person.certificate?.number ?? '').normalize('NFKC').toUpperCase();
  if (certificates.has(number)) return 'same-certificate';
  certificates.add(number);
  return null;
}

/** Null when the certificate is valid from `firstDay` to `lastDay`; both ends of its validity are included. */
export function certificateOn(certificate: Certificate | null, firstDay: DateText, lastDay: DateText = firstDay): Extract<OfficerGap, 'no-certificate' | 'certificate-not-yet-valid' | 'certificate-expired'> | null {
  if (certificate === null) return 'no-certificate';
  if (firstDay < certificate.validFrom) return 'certificate-not-yet-valid';
  return lastDay > certificate.validUntil ? 'certificate-expired' : null;
}
