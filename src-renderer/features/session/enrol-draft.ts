export type EnrolDraft = {
  /** With the code of the server's console: makes the office and its first administrator. */
  readonly first: boolean;
  readonly serverUrl: string;
  readonly code: string;
  readonly deviceName: string;
  readonly officeName: string;
  readonly name: string;
  readonly loginName: string;
  readonly passphrase: string;
  readonly again: string;
};

/** Shorter ones are guessed too fast on a stolen laptop; the key derivation makes up for the rest. */
export const MIN_PASSPHRASE = 8;

export type EnrolGap = 'needed' | 'short' | 'different' | 'address';

export function usualEnrolment(deviceName: string): EnrolDraft {
  return { first: false, serverUrl: '', code: '', deviceName, officeName: '', name: '', loginName: '', passphrase: '', again: '' };
}

/** What still keeps the enrolment from being sent, by field. */
export function enrolGaps(draft: EnrolDraft): Partial<Record<keyof EnrolDraft, EnrolGap>> {
  const gaps: Partial<Record<keyof EnrolDraft, EnrolGap>> = {};
  const needed: readonly (keyof EnrolDraft)[] = ['serverUrl', 'code', 'deviceName', ...(draft.first ? (['officeName', 'name', 'loginName'] as const) : [])];
  for (const name of needed) if (String(draft[name]).trim() === '') gaps[name] = 'needed';
  if (!gaps.serverUrl && !/^https?:\/\/\S+$/i.test(draft.serverUrl.trim())) gaps.serverUrl = 'address';
  if ([...draft.passphrase].length < MIN_PASSPHRASE) gaps.passphrase = 'short';
  if (draft.again !== draft.passphrase) gaps.again = 'different';
  return gaps;
}
