import type * as z from 'zod';
import type { DateText, DecimalText, Instant, Uuid } from '../../kit/values.ts';
import { listItems, type RecordState } from '../../sync/record-state.ts';
import type { Certificate, Role } from '../people/people.ts';
import type { Accompanying, inspectionFields, InspectionLock, Instrument, Recusal, Sampling } from './inspection.ts';

/** An inspection as rules and screens read it. Missing fields read as "not asked yet": null, '' or []. */
export type Inspection = {
  readonly id: Uuid;
  readonly institutionId: Uuid;
  readonly institutionName: string;
  readonly title: string;
  readonly taskSource: string;
  readonly season: 'cooling' | 'heating';
  readonly leadOrganId: Uuid | null;
  readonly jointOrganIds: readonly Uuid[];
  readonly leadOfficerId: Uuid;
  readonly officerIds: readonly Uuid[];
  readonly assistantIds: readonly Uuid[];
  readonly accompanying: Readonly<z.infer<typeof Accompanying>> | null;
  readonly place: string;
  readonly startedAt: Instant | null;
  readonly endedAt: Instant | null;
  readonly outdoorTemperatureC: DecimalText | null;
  readonly instruments: readonly (Readonly<z.infer<typeof Instrument>> & { readonly id: string })[];
  readonly totalRooms: number | null;
  readonly sampling: Readonly<z.infer<typeof Sampling>> | null;
  readonly certificatesShownAt: Instant | null;
  readonly recusal: Readonly<z.infer<typeof Recusal>> | null;
  readonly unitOpinion: string;
  readonly replyBy: DateText | null;
  readonly inspectionRefused: z.infer<(typeof inspectionFields)['inspectionRefused']>;
  readonly fromPaper: z.infer<(typeof inspectionFields)['fromPaper']>;
  readonly lock: InspectionLock | null;
  readonly removed: boolean;
};

export function readInspection(state: RecordState): Inspection {
  const value = <T>(path: keyof typeof inspectionFields, otherwise: T): T => (state.fields[path] ?? otherwise) as T;
  return {
    id: state.recordId,
    institutionId: value('institutionId', ''),
    institutionName: value('institutionName', ''),
    title: value('title', ''),
    taskSource: value('taskSource', ''),
    season: value('season', 'cooling'),
    leadOrganId: value('leadOrganId', null),
    jointOrganIds: value('jointOrganIds', []),
    leadOfficerId: value('leadOfficerId', state.createdBy),
    officerIds: value('officerIds', []),
    assistantIds: value('assistantIds', []),
    accompanying: value('accompanying', null),
    place: value('place', ''),
    startedAt: value('startedAt', null),
    endedAt: value('endedAt', null),
    outdoorTemperatureC: value('outdoorTemperatureC', null),
    instruments: listItems(state, 'instruments').map(([id, item]) => ({ ...(item as z.infer<typeof Instrument>), id })),
    totalRooms: value('totalRooms', null),
    sampling: value('sampling', null),
    certificatesShownAt: value('certificatesShownAt', null),
    recusal: value('recusal', null),
    unitOpinion: value('unitOpinion', ''),
    replyBy: value('replyBy', null),
    inspectionRefused: value('inspectionRefused', null),
    fromPaper: value('fromPaper', null),
    lock: value('lock', null),
    removed: value('removed', false),
  };
}

/** A person as signing reads one. */
export type PersonToSign = {
  readonly id: Uuid;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly certificate: Certificate | null;
};

export function readPerson(state: RecordState): PersonToSign {
  const value = <T>(path: string, otherwise: T): T => (state.fields[path] ?? otherwise) as T;
  return { id: state.recordId, name: value('name', ''), roles: value('roles', []), certificate: value('certificate', null) };
}
