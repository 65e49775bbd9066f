import { useMemo } from 'react';
import { useRecords } from './desk-context.tsx';

/** Names of people and organs by record id; an unknown id reads as its first eight characters. */
export function useNames(): (id: string | null | undefined) => string {
  const people = useRecords('person');
  const organs = useRecords('organ');
  return useMemo(() => {
    const names = new Map([...(people ?? []), ...(organs ?? [])].map((record) => [record.recordId, String(record.fields['name'] ?? '')]));
    return (id) => (id ? (names.get(id) ?? id.slice(0, 8)) : '');
  }, [people, organs]);
}

/** Name of our own 机关事务 authority: the bureau among the organs, else the office's name. */
export function useOwnAuthority(officeName: string): string {
  const organs = useRecords('organ');
  return useMemo(() => String(organs?.find((organ) => organ.fields['kind'] === 'bureau' && organ.fields['level'] !== 'district')?.fields['name'] ?? officeName), [organs, officeName]);
}

/** The roles of the signed-in officer, as the server last said; empty until the first contact. */
export function useMyRoles(officerId: string): readonly string[] {
  const people = useRecords('person');
  return useMemo(() => (people?.find((person) => person.recordId === officerId)?.fields['roles'] ?? []) as readonly string[], [people, officerId]);
}
