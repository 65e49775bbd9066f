import { chineseDate } from '../../kit/calendar-date.ts';
import { shanghaiDate } from '../../kit/shanghai-time.ts';
import type { DateText, Instant, Uuid } from '../../kit/values.ts';
import { temperatureLimits, type RunningMode } from '../room-check/verdict.ts';
import type { Finding, OpinionText } from './case-record.ts';
import type { OpinionForm } from './opinion-workflow.ts';

export type OpinionOccasion = {
  readonly form: OpinionForm;
  readonly institutionName: string;
  readonly checkedAt: Instant | null;
  /** 请于×日前书面反馈: chosen by a person; null leaves the gap marked. The law names no number of days. */
  readonly replyBy: DateText | null;
  readonly jointOrganId: Uuid | null;
};

const modeWords: Readonly<Record<RunningMode, string>> = { cooling: '制冷', heating: '制热' };
const limitWords: Readonly<Record<RunningMode, string>> = {
  cooling: `夏季室内空调温度设置不得低于${temperatureLimits.cooling}℃`,
  heating: `冬季室内空调温度设置不得高于${temperatureLimits.heating}℃`,
};
const beyondWords: Readonly<Record<RunningMode, string>> = {
  cooling: `制冷低于${temperatureLimits.cooling}℃`,
  heating: `制热高于${temperatureLimits.heating}℃`,
};
const MAX_FACTS = 4800;

/**
 * A first wording of the 节能整改意见书 under Article 41, for people to edit: facts found (the waste), what to do, by when to reply.
 * The paper adds the bases and the reply sentence. No 责令, no 限期改正, no consequence: those belong to Article 37, which does not know
 * temperatures. docs/sources.md#article-30-35-41
 * The 反馈函 to a district's bureau states what was recorded and asks nothing of the unit: that is the other bureau's (本级).
 */
export function opinionTextFor(findings: readonly Finding[], occasion: OpinionOccasion): OpinionText {
  if (occasion.form === 'district-letter') {
    return { facts: linesText(letterHead(findings, occasion), findings), demand: '该单位属你局监督管理的范围，现将有关情况函告你局。', replyBy: occasion.replyBy, jointOrganId: null, contact: '' };
  }
  return { facts: factsText(findings, occasion), demand: demandText(findings), replyBy: occasion.replyBy, jointOrganId: occasion.jointOrganId, contact: '' };
}

function letterHead(findings: readonly Finding[], occasion: OpinionOccasion): string {
  return `${whoWhen(occasion)}对${occasion.institutionName}进行现场检查，记录到${findings.length}间房间空调运行时的设定温度${modesOf(findings).map((mode) => beyondWords[mode]).join('或者')}：`;
}

/** `2026年8月12日，我局会同有关部门`. */
function whoWhen({ checkedAt, jointOrganId }: OpinionOccasion): string {
  return `${checkedAt === null ? '' : `${chineseDate(shanghaiDate(checkedAt))}，`}我局${jointOrganId === null ? '' : '会同有关部门'}`;
}

function factsText(findings: readonly Finding[], occasion: OpinionOccasion): string {
  const limits = modesOf(findings).map((mode) => limitWords[mode]).join('、');
  return linesText(`${whoWhen(occasion)}对${occasion.institutionName}空调温度设置情况进行监督检查，发现${findings.length}间房间空调运行时的设定温度不符合“${limits}”的规定：`, findings);
}

/** The head and one line a finding, as many as fit into the paper's field. */
function linesText(head: string, findings: readonly Finding[]): string {
  const lines: string[] = [];
  let length = head.length;
  for (const [index, finding] of findings.entries()) {
    const line = `${index + 1}. ${findingText(finding)}${index === findings.length - 1 ? '。' : '；'}`;
    if (length + line.length + 1 > MAX_FACTS) {
      lines.push(`其余${findings.length - index}间见《房间明细表》。`);
      break;
    }
    lines.push(line);
    length += line.length + 1;
  }
  return [head, ...lines].join('\n');
}

function findingText(finding: Finding): string {
  const use = finding.use === '' ? '' : `（${finding.use}）`;
  const adjusted = finding.adjustedToC === null ? '' : `，检查时已当场调整为${finding.adjustedToC}℃`;
  return `${finding.room}${use}，${modeWords[finding.mode]}，设定温度${finding.setTemperatureC}℃${adjusted}`;
}

function demandText(findings: readonly Finding[]): string {
  const settings = modesOf(findings)
    .map((mode) => (mode === 'cooling' ? `制冷时不低于${temperatureLimits.cooling}℃` : `制热时不高于${temperatureLimits.heating}℃`))
    .join('，');
  return [
    `一、及时将上述房间空调设定温度调整到位：${settings}；已当场调整的，请保持。`,
    '二、对本单位其他房间空调温度设置情况进行自查，发现同类问题一并整改。',
    '三、加强空调运行管理，明确责任人，空调运行期间关闭门窗，做到人走机停。',
  ].join('\n');
}

function modesOf(findings: readonly Finding[]): readonly RunningMode[] {
  return (['cooling', 'heating'] as const).filter((mode) => findings.some((finding) => finding.mode === mode));
}
