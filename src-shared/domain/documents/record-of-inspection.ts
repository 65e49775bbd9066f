import { chineseDateTime } from '../../kit/shanghai-time.ts';
import { missingOf, type Missing, type Officer, type PaperBase, type PaperEntry } from './paper.ts';
import { marksOf, officersOf, organNames, type PaperSources } from './paper-sources.ts';
import { dateWords, periodText } from './paper-time.ts';
import { samplingWords, seasonWords } from './paper-words.ts';
import { recordFacts } from './record-facts.ts';

/** 现场检查笔录. Facts and formalities only; no limit, no verdict, no legal consequence. */
export type RecordOfInspection = PaperBase & {
  readonly kind: 'record-of-inspection';
  /** Who, where, when: the head table, in print order. */
  readonly party: readonly PaperEntry[];
  readonly inspection: readonly PaperEntry[];
  readonly officers: readonly Officer[];
  /** 行政执法辅助人员: they help, and never count as officers. */
  readonly assistants: string;
  readonly formalities: readonly PaperEntry[];
  readonly instruments: readonly PaperInstrument[];
  readonly facts: readonly string[];
  /** 被检查单位意见 as typed; '' leaves lines to write on. */
  readonly unitOpinion: string;
  readonly hasRoomList: boolean;
};

export type PaperInstrument = {
  readonly name: string;
  readonly number: string;
  readonly certificate: string | null;
  readonly validUntil: string | null;
  readonly error: string;
};

export function recordOfInspection(sources: PaperSources): RecordOfInspection {
  const { inspection, rooms } = sources;
  const party = partyEntries(sources);
  const about = inspectionEntries(sources);
  const formalities = formalityEntries(sources);
  const officers = officersOf(sources);
  const instruments = inspection.instruments.map(paperInstrument);
  return {
    kind: 'record-of-inspection', version: 1, title: '现场检查笔录',
    organ: sources.organName(inspection.leadOrganId), unit: inspection.institutionName ?? '',
    fieldNumber: sources.fieldNumber, madeAt: sources.madeAt, marks: marksOf(sources),
    party, inspection: about, formalities, officers, instruments,
    assistants: (inspection.assistantIds ?? []).map((id) => sources.person(id).name ?? id.slice(0, 8)).join('、'),
    facts: factSentences(sources),
    unitOpinion: inspection.unitOpinion ?? '',
    hasRoomList: rooms.length > 0,
    missing: [
      ...missingOf([...party, ...about]), ...missingOfficers(officers), ...missingOf(formalities), ...missingInstruments(sources, instruments), ...missingRooms(sources),
    ],
  };
}

function partyEntries({ inspection, institution }: PaperSources): readonly PaperEntry[] {
  const { accompanying } = inspection;
  return [
    { path: 'institutionId', label: '被检查单位', value: inspection.institutionName || null },
    { path: 'institutionId', label: '信用代码', value: institution.creditCode ?? institution.creditCodeMissingReason ?? '' },
    { path: 'accompanying', label: '陪同人员', value: accompanying?.name ? [accompanying.name, accompanying.post, accompanying.telephone].filter(Boolean).join('　') : null },
    { path: 'place', label: '检查地点', value: inspection.place || null },
  ];
}

function inspectionEntries(sources: PaperSources): readonly PaperEntry[] {
  const { inspection } = sources;
  const { startedAt, endedAt } = inspection;
  return [
    { path: startedAt ? 'endedAt' : 'startedAt', label: '检查时间', value: startedAt && endedAt ? periodText(startedAt, endedAt) : null },
    { path: 'season', label: '检查事项', value: `${seasonWords[inspection.season ?? 'cooling']}空调温度设置和空调使用情况` },
    { path: 'taskSource', label: '任务来源', value: inspection.taskSource || '' },
    { path: 'leadOrganId', label: '检查机关', value: sources.organName(inspection.leadOrganId) },
    { path: 'jointOrganIds', label: '会同单位', value: organNames(sources, inspection.jointOrganIds) },
  ];
}

function formalityEntries({ inspection, rooms }: PaperSources): readonly PaperEntry[] {
  const { recusal, sampling, fromPaper } = inspection;
  const refused = inspection.inspectionRefused ?? null;
  const entries: PaperEntry[] = [
    { path: 'certificatesShownAt', label: '出示证件', value: inspection.certificatesShownAt ? `检查人员于${chineseDateTime(inspection.certificatesShownAt)}出示行政执法证件。` : null },
    { path: 'recusal', label: '回避', value: recusal?.asked && recusal.answer ? `已告知申请回避的权利并询问是否申请回避。答复：${recusal.answer}` : null },
  ];
  if (refused === null) {
    const total = inspection.totalRooms ?? null;
    entries.push(
      { path: 'totalRooms', label: '房间总数', value: total === null ? null : `${total}间，本次登记${rooms.length}间` },
      { path: 'sampling', label: '抽取方式', value: sampling ? [`${samplingWords[sampling.method]}${sampling.by ? `（由${sampling.by}确定）` : ''}`, sampling.note].filter(Boolean).join('；') : null },
      { path: 'outdoorTemperatureC', label: '室外温度', value: inspection.outdoorTemperatureC ? `${inspection.outdoorTemperatureC}℃` : null },
    );
  }
  if (fromPaper) entries.push({ path: 'fromPaper', label: '据纸质补录', value: `本记录据现场填写的纸质记录补录，纸质记录扫描件SHA-256：${fromPaper.scanSha256}${fromPaper.note ? `；${fromPaper.note}` : ''}` });
  return entries;
}

function factSentences({ inspection, rooms }: PaperSources): readonly string[] {
  const refused = inspection.inspectionRefused ?? null;
  const refusal = refused ? [`被检查单位拒绝接受检查。理由：${refused.reason}${refused.witness ? `；在场见证人：${refused.witness}` : ''}${refused.videoSha256 ? '；现场录像另行保存' : ''}。`] : [];
  if (refused && rooms.length === 0) return refusal;
  return [...refusal, ...recordFacts(rooms).map((fact) => fact.text)];
}

function paperInstrument(instrument: PaperSources['inspection']['instruments'][number]): PaperInstrument {
  return {
    name: instrument.name, number: instrument.number,
    certificate: instrument.certificateNo || null,
    validUntil: instrument.validUntil ? dateWords(instrument.validUntil) : null,
    error: instrument.errorC ? `±${instrument.errorC.replace(/^-/, '')}℃` : '',
  };
}

/** Two different officers, each with a certificate number. Whether it is valid that day is for the signing rules. */
function missingOfficers(officers: readonly Officer[]): readonly Missing[] {
  const gaps = officers.filter((officer) => officer.certificateNumber === null).map((officer) => ({ path: 'officerIds', label: `执法证号（${officer.name}）` }));
  return officers.length < 2 ? [...gaps, { path: 'officerIds', label: '第二名检查人员' }] : gaps;
}

function missingInstruments({ rooms }: PaperSources, instruments: readonly PaperInstrument[]): readonly Missing[] {
  if (!rooms.some((room) => room.readings.length > 0)) return [];
  if (instruments.length === 0) return [{ path: 'instruments', label: '检查仪器' }];
  return instruments.flatMap((instrument) => [
    ...(instrument.certificate === null ? [{ path: 'instruments', label: `检定或校准证书编号（${instrument.name}）` }] : []),
    ...(instrument.validUntil === null ? [{ path: 'instruments', label: `证书有效期（${instrument.name}）` }] : []),
  ]);
}

function missingRooms({ inspection, rooms }: PaperSources): readonly Missing[] {
  if (inspection.inspectionRefused) return [];
  if (rooms.length === 0) return [{ path: 'rooms', label: '房间' }];
  const open = rooms.filter((room) => room.outcome === null).length;
  return open > 0 ? [{ path: 'rooms', label: `${open}间房间的检查情况` }] : [];
}
