import { shanghaiDate } from '../../kit/shanghai-time.ts';
import type { DateText, DecimalText, Uuid } from '../../kit/values.ts';
import type { RecordState } from '../../sync/record-state.ts';
import type { CaseEvent, FindingState } from './case-record.ts';
import { caseStanding, type CaseStanding, type FindingStanding } from './case-state.ts';

/** One line of the 整改台账. Dates are Shanghai dates of the recorded steps, null while the step is not taken. */
export type LedgerRow = {
  readonly caseId: Uuid;
  readonly inspectionId: Uuid;
  readonly institutionName: string;
  readonly findingId: string;
  readonly room: string;
  readonly use: string;
  readonly setTemperatureC: DecimalText;
  readonly limitC: DecimalText;
  readonly adjustedToC: DecimalText | null;
  readonly state: FindingState;
  readonly openedOn: DateText | null;
  readonly correctedOn: DateText | null;
  readonly replyBy: DateText | null;
  readonly repliedOn: DateText | null;
  readonly recheckedOn: DateText | null;
  readonly closedOn: DateText | null;
  readonly photos: number;
  /** Two officers each took a next step without seeing the other's. */
  readonly forked: boolean;
  /** The reply date has passed without a reply. */
  readonly isOverdue: boolean;
};

/** The ledger of the given cases, cases in their order, findings by room. `today` is the Shanghai date of reading. */
export function ledgerRows(cases: readonly RecordState[], today: DateText): readonly LedgerRow[] {
  return cases.flatMap((record) => {
    const standing = caseStanding(record);
    return standing.findings.map((finding) => ledgerRow(record, finding, standing, today));
  });
}

function ledgerRow(record: RecordState, standing: FindingStanding, { openedAt, dueOn: replyBy }: CaseStanding, today: DateText): LedgerRow {
  const { finding, state } = standing;
  return {
    caseId: record.recordId,
    inspectionId: String(record.fields['inspectionId'] ?? ''),
    institutionName: String(record.fields['institutionName'] ?? ''),
    findingId: standing.id,
    room: finding.room, use: finding.use, setTemperatureC: finding.setTemperatureC, limitC: finding.limitC, adjustedToC: finding.adjustedToC,
    state,
    openedOn: openedAt === null ? null : shanghaiDate(openedAt),
    correctedOn: lastDateOf(standing, 'corrected-on-spot'),
    replyBy,
    repliedOn: lastDateOf(standing, 'replied'),
    recheckedOn: lastDateOf(standing, 'rechecked'),
    closedOn: state === 'closed' ? lastDateOf(standing, 'closed') : null,
    photos: standing.events.reduce((sum, event) => sum + event.photos.length, 0),
    forked: standing.forked,
    isOverdue: state === 'awaiting-reply' && replyBy !== null && replyBy < today,
  };
}

/** Of several such steps the one nearest to the present state, along `follows`. */
function lastDateOf(standing: FindingStanding, type: CaseEvent['type']): DateText | null {
  const step = standing.path.findLast((event) => event.type === type);
  return step ? shanghaiDate(step.at) : null;
}
