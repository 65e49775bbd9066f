import type { FeedbackSheet } from '#shared/domain/documents/feedback-sheet.ts';
import { pageFrame, upright } from './page-frame.ts';
import { filled, noRules, thinRules, writingPlace } from './paper-style.ts';
import type { LayoutOptions, PdfBox, PdfDefinition, PdfNode } from './pdf-node.ts';
import { factList, paperTitle, sectionHead } from './record-layout.ts';

/** 《现场检查情况反馈单》, upright, two pages at most for an ordinary inspection. */
export function feedbackLayout(content: FeedbackSheet, options: LayoutOptions): PdfDefinition {
  const { draft } = options;
  return {
    ...pageFrame(content, upright, options),
    content: [
      paperTitle(content.organ, content.title, draft),
      { text: `${content.unit}：`, fontSize: 12, margin: [0, 6, 0, 4] },
      { text: content.opening, leadingIndent: 22, margin: [0, 0, 0, 4] },
      factList(content.facts),
      ...adjustmentTable(content),
      { unbreakable: true, stack: [...request(content, draft), receiptBlock()] },
    ],
  };
}

/** What is asked stays together with who received it: no page holds signatures alone. */
function request(content: FeedbackSheet, draft: boolean): readonly PdfNode[] {
  const [replyBy, contact] = content.reply;
  return [
    sectionHead('请反馈'),
    {
      text: ['以上为检查时记录的情况。请你单位核对，并请于', replyBy ? { text: replyBy.value === null && !draft ? '　　　　年　　月　　日' : filled(replyBy, draft), bold: true } : '', '前将有关情况书面反馈我局。如有不同意见，请一并书面提出。'],
      leadingIndent: 22,
    },
    { text: ['联系人：', contact ? filled(contact, draft) : ''], margin: [22, 4, 0, 0] },
  ];
}

function adjustmentTable(content: FeedbackSheet): readonly PdfNode[] {
  if (content.adjustments.length === 0) return [];
  const cell = (text: string): PdfBox => ({ text, alignment: 'center' });
  return [
    sectionHead(`当场调整设定温度的房间（${content.adjustments.length}间）`),
    {
      layout: thinRules, fontSize: 10,
      table: {
        headerRows: 1, dontBreakRows: true, widths: [80, '*', 90, 90, 60],
        body: [
          ['房号', '用途', '检查时设定', '调整后设定', '时间'].map((text) => ({ text, bold: true, alignment: 'center' })),
          ...content.adjustments.map((each) => [each.room, each.use || ' ', each.found || ' ', each.adjusted, each.at].map(cell)),
        ],
      },
    },
  ];
}

function receiptBlock(): PdfNode {
  const pair = (left: PdfBox, right: PdfBox): PdfBox => ({ layout: noRules, margin: [0, 13, 0, 0], table: { widths: ['*', 12, '*'], body: [[left, ' ', right]] } });
  return {
    margin: [0, 14, 0, 0],
    stack: [
      pair(writingPlace('检查人员（签名）：'), writingPlace('检查人员（签名）：')),
      pair(writingPlace('收到本反馈单（签名或盖章）：'), writingPlace('收到时间：')),
      pair(writingPlace('拒绝接收的理由：'), writingPlace('在场见证人（签名，可无）：')),
    ],
  };
}
