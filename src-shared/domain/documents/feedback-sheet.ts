import { shanghaiTimeOfDay } from '../../kit/shanghai-time.ts';
import { missingOf, type Officer, type PaperBase, type PaperEntry } from './paper.ts';
import { marksOf, officersOf, organNames, type PaperSources } from './paper-sources.ts';
import { dateWords, periodText } from './paper-time.ts';
import { seasonWords } from './paper-words.ts';
import { recordFacts, type Fact } from './record-facts.ts';

/**
 * 《现场检查情况反馈单》: tells the unit on the spot what was recorded and asks for a reply by a date. It carries no
 * 文号, orders nothing and names no article: only the organ, by an 意见书, may ask for more.
 */
export type FeedbackSheet = PaperBase & {
  readonly kind: 'feedback-sheet';
  /** 您单位 is addressed by name. */
  readonly opening: string;
  readonly facts: readonly string[];
  readonly adjustments: readonly { readonly room: string; readonly use: string; readonly found: string; readonly adjusted: string; readonly at: string }[];
  /** 请于×日前书面反馈 and to whom. */
  readonly reply: readonly PaperEntry[];
  readonly officers: readonly Officer[];
};

const told: ReadonlySet<Fact['about']> = new Set(['counts', 'not-entered', 'running', 'settings', 'readings', 'openings', 'special', 'approved']);

export function feedbackSheet(sources: PaperSources): FeedbackSheet {
  const { inspection, rooms } = sources;
  const { startedAt, endedAt } = inspection;
  const officers = officersOf(sources);
  const reply = replyEntries(sources, officers);
  const time: PaperEntry = { path: startedAt ? 'endedAt' : 'startedAt', label: '检查时间', value: startedAt && endedAt ? periodText(startedAt, endedAt) : null };
  const joint = organNames(sources, inspection.jointOrganIds);
  const organ = sources.organName(inspection.leadOrganId);
  return {
    kind: 'feedback-sheet', version: 1, title: '现场检查情况反馈单',
    organ, unit: inspection.institutionName ?? '',
    fieldNumber: sources.fieldNumber, madeAt: sources.madeAt, marks: marksOf(sources),
    opening: `${time.value ?? ''}，${organ ?? ''}${joint ? `会同${joint}` : ''}对你单位${inspection.place ? `（${inspection.place}）` : ''}${seasonWords[inspection.season ?? 'cooling']}空调温度设置和空调使用情况进行了现场检查。现将检查时记录的情况反馈如下：`,
    facts: recordFacts(rooms).filter((fact) => told.has(fact.about)).map((fact) => fact.text),
    adjustments: rooms.flatMap((room) => (room.adjusted === null ? [] : [{
      room: room.room, use: room.use, found: room.setTemperatureC === null ? '' : `${room.setTemperatureC}℃`, adjusted: `${room.adjusted.toC}℃`, at: shanghaiTimeOfDay(room.adjusted.at),
    }])),
    reply, officers,
    missing: missingOf([{ path: 'leadOrganId', label: '检查机关', value: organ }, time, ...reply]),
  };
}

function replyEntries(sources: PaperSources, officers: readonly Officer[]): readonly PaperEntry[] {
  const { leadOfficerId, replyBy } = sources.inspection;
  const telephone = leadOfficerId ? sources.person(leadOfficerId).telephone : null;
  return [
    { path: 'replyBy', label: '反馈日期', value: replyBy ? dateWords(replyBy) : null },
    { path: 'leadOfficerId', label: '联系人', value: [officers[0]?.name, telephone].filter(Boolean).join('　') },
  ];
}
