import type { PaperEntry } from '#shared/domain/documents/paper.ts';
import type { RecordOfInspection } from '#shared/domain/documents/record-of-inspection.ts';
import { dateWords } from '#shared/domain/documents/paper-time.ts';
import { pageFrame, upright } from './page-frame.ts';
import { filled, gapMark, ink, mm, noRules, thinRules, writingPlace } from './paper-style.ts';
import type { LayoutOptions, PdfBox, PdfDefinition, PdfNode } from './pdf-node.ts';

const labelWidth = 74;

/** 现场检查笔录, upright. */
export function recordLayout(content: RecordOfInspection, options: LayoutOptions): PdfDefinition {
  const { draft } = options;
  return {
    ...pageFrame(content, upright, options),
    content: [
      paperTitle(content.organ, content.title, draft),
      entryTable([...content.party, ...content.inspection], draft),
      officerTable(content, draft),
      entryTable(content.formalities, draft),
      ...(content.instruments.length > 0 || draft ? [instrumentTable(content, draft)] : []),
      sectionHead('检查情况'),
      factList(content.facts),
      ...(content.hasRoomList ? [{ text: '各房间的设定温度、读数和状态见《房间明细表》。', margin: [22, 2, 0, 0] }] : []),
      ...missingRooms(content, draft),
      ...closing(content.unitOpinion),
    ],
  };
}

export function paperTitle(organ: string | null, title: string, draft: boolean): PdfNode {
  return {
    stack: [
      { text: organ ?? (draft ? gapMark('leadOrganId', '待填：检查机关') : ' '), fontSize: 14, bold: true, alignment: 'center' },
      { text: title, fontSize: 20, bold: true, alignment: 'center', characterSpacing: 2 },
    ],
    margin: [0, 0, 0, 8],
  };
}

export function sectionHead(text: string): PdfNode {
  return { text, bold: true, fontSize: 12, margin: [0, 10, 0, 3], headlineLevel: 1 };
}

export function factList(facts: readonly string[]): PdfNode {
  return { stack: facts.map((text, index) => numbered(index + 1, text)) };
}

/** A number hanging left of its paragraph, so that the numbers can be found at a glance. */
function numbered(number: number, text: string): PdfBox {
  return { columns: [{ width: 22, text: `${number}.` }, { width: '*', text }], margin: [0, 1, 0, 2] };
}

export function entryTable(entries: readonly PaperEntry[], draft: boolean): PdfNode {
  return {
    layout: thinRules, margin: [0, 0, 0, -0.6],
    table: { widths: [labelWidth, '*'], dontBreakRows: true, body: entries.map((entry) => [{ text: entry.label, bold: true }, { text: filled(entry, draft) }]) },
  };
}

function officerTable(content: RecordOfInspection, draft: boolean): PdfNode {
  const rows = content.officers.map((officer) => [
    { text: officer.name },
    { text: officer.organ || ' ' },
    { text: officer.certificateNumber ?? (draft ? gapMark('officerIds', '待填：执法证号') : ' ') },
    { text: officer.validUntil ? dateWords(officer.validUntil) : ' ' },
  ]);
  const short = content.officers.length < 2 && draft ? [[{ text: gapMark('officerIds', '待填：第二名检查人员'), colSpan: 4 }, ' ', ' ', ' ']] : [];
  const helpers = content.assistants ? [[{ text: `辅助人员（协助检查，不具执法资格）：${content.assistants}`, colSpan: 4 }, ' ', ' ', ' ']] : [];
  return blockTable('检查人员', ['姓名', '所在单位', '执法证号', '有效期至'], [52, '*', 90, 82], [...rows, ...short, ...helpers]);
}

function instrumentTable(content: RecordOfInspection, draft: boolean): PdfNode {
  const rows = content.instruments.map((each) => [
    { text: each.name || ' ' },
    { text: each.number || ' ' },
    { text: each.certificate ?? (draft ? gapMark('instruments', '待填：证书编号') : ' ') },
    { text: each.validUntil ?? (draft ? gapMark('instruments', '待填：有效期') : ' ') },
    { text: each.error || ' ' },
  ]);
  const needed = content.missing.some((gap) => gap.path === 'instruments');
  if (rows.length === 0) {
    return entryTable([{ path: 'instruments', label: '检查仪器', value: needed ? null : '' }], draft);
  }
  return blockTable('检查仪器', ['名称', '编号', '检定或校准证书', '有效期至', '允许误差'], ['*', 58, 88, 82, 46], rows);
}

/** A label cell over several rows beside a small table with its own head. */
function blockTable(label: string, heads: readonly string[], widths: readonly (number | '*')[], rows: readonly (readonly PdfNode[])[]): PdfNode {
  const body = [heads.map((head) => ({ text: head, color: ink.faint, fontSize: 10 })), ...rows];
  return {
    layout: thinRules, margin: [0, 0, 0, -0.6],
    table: {
      widths: [labelWidth, ...widths], dontBreakRows: true,
      body: body.map((row, index) => [index === 0 ? { text: label, bold: true, rowSpan: body.length } : ' ', ...row]),
    },
  };
}

function missingRooms(content: RecordOfInspection, draft: boolean): readonly PdfNode[] {
  if (!draft) return [];
  return content.missing.filter((gap) => gap.path === 'rooms').map((gap) => ({ text: gapMark('rooms', `待填：${gap.label}`), margin: [0, 4, 0, 0] }));
}

/** The unit's opinion and the signatures stay together, so that no page holds signatures alone; a long opinion may run on. */
function closing(unitOpinion: string): readonly PdfNode[] {
  const lines = unitOpinion === '' ? [1, 2, 3].map(() => writingLine()) : [{ text: unitOpinion }];
  const opinion = [sectionHead('被检查单位意见'), ...lines];
  return unitOpinion.length < 600 ? [{ unbreakable: true, stack: [...opinion, signatureBlock()] }] : [...opinion, signatureBlock()];
}

function writingLine(): PdfBox {
  const width = mm(210 - 28 - 20);
  return { canvas: [{ type: 'line', x1: 0, y1: 20, x2: width, y2: 20, lineWidth: 0.6, lineColor: ink.black }] };
}

function signatureBlock(): PdfNode {
  const pair = (left: PdfBox, right: PdfBox): PdfBox => ({ layout: noRules, margin: [0, 13, 0, 0], table: { widths: ['*', 12, '*'], body: [[left, ' ', right]] } });
  return {
    unbreakable: true,
    margin: [0, 10, 0, 0],
    stack: [
      { text: '以上记录请被检查单位陪同人员逐页核对。有差错或者遗漏的，请在“被检查单位意见”中写明；核对无误的，请逐页签名或者盖章。' },
      pair(writingPlace('被检查单位代表（签名或盖章）：'), writingPlace('签名时间：')),
      pair(writingPlace('检查人员（签名）：'), writingPlace('检查人员（签名）：')),
      pair(writingPlace('拒绝签名或不能签名的理由：'), writingPlace('在场见证人（签名，可无）：')),
    ],
  };
}
