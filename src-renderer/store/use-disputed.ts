import { useEffect, useState } from 'react';
import { mayWrite } from '#shared/domain/policy.ts';
import type { Role } from '#shared/domain/people/people.ts';
import type { RecordTypeName } from '#shared/domain/records.ts';
import type { RecordState } from '#shared/sync/record-state.ts';
import { useDesk } from './desk-context.tsx';
import { useMyRoles } from './use-names.ts';

/**
 * Records in which two people's values differ and this officer may settle them: what is locked needs an amendment, and what he
 * may not write is somebody else's to settle. Reads only the disputed records, which the index names. undefined while reading.
 */
export function useDisputed(): readonly RecordState[] | undefined {
  const desk = useDesk();
  const roles = useMyRoles(desk.session.officerId);
  const [records, setRecords] = useState<readonly RecordState[]>();
  useEffect(() => {
    let stopped = false;
    let asked = 0;
    let known = '';
    const read = async (): Promise<void> => {
      const turn = (asked += 1);
      const ids = desk.disputed();
      known = ids.join(' ');
      // A copy that can not be read is made anew at the next commit or arrival, which then tells of every record.
      const found = await desk.getMany(ids).catch(() => null);
      if (found && !stopped && turn === asked) setRecords([...found.values()]);
    };
    void read();
    const stop = desk.onRecords((changed) => {
      const ids = desk.disputed();
      if (ids.join(' ') !== known || ids.some((id) => changed.has(id))) void read();
    });
    return () => {
      stopped = true;
      stop();
    };
  }, [desk]);
  return records?.filter((record) => record.lockedThrough === null && mayWrite(record.recordType as RecordTypeName, 'edit', roles as readonly Role[]));
}
