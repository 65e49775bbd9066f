import { useMemo } from 'react';
import type { OpinionActor } from '#shared/domain/casework/opinion-workflow.ts';
import type { Role } from '#shared/domain/people/people.ts';
import { useDesk, useRecord } from '../../store/desk-context.tsx';

/** The signed-in officer as the workflow asks for him: roles and organ as the server last said, none until the first contact. */
export function useActor(): OpinionActor {
  const { officerId } = useDesk().session;
  const person = useRecord(officerId);
  return useMemo(() => ({
    officerId, roles: (person?.fields['roles'] ?? []) as readonly Role[], organId: (person?.fields['organId'] ?? null) as string | null,
  }), [officerId, person]);
}
