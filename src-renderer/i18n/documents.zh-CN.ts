export const texts = {
  title: '文书',
  about: '本机关全部文书。重印一律用留存的原件，副本另有标记。',
  
  
  cancel: '取消', close: '关闭', notFound: '没有找到这次检查，可能还没有同步到本机。',
  kinds: {
    'record-of-inspection': '现场检查笔录', 'room-list': '房间明细表', 'feedback-sheet': '现场检查情况反馈单', opinion: '节能整改意见书', 'district-letter': '反馈函', 'blank-form': '空白纸质表',
  },
  standings: { unmade: '未生成', made: '已生成', printed: '已打印', signed: '已签', 'sign-refused': '拒绝签名', 'receive-refused': '拒绝接收', voided: '已作废', preview: '预览' },
  number: '现场编号', officialNumber: '文号', unit: '被检查单位', kind: '文书种类', standing: '状态', madeAt: '生成时间', pages: '页数', search: '按编号、单位查找', allKinds: '全部种类', allStandings: '全部状态',
  noPapers: '还没有文书', noPapersHint: '检查定稿后，在检查的“文书”页生成笔录、明细表和反馈单。', noneMatches: '没有符合条件的文书',
  pagesCount: '{{count}} 页',

  conclude: '定稿', concludeHint: '定稿后内容不再改动，文书据此生成；以后更正用补正。',
  lockNow: '定稿锁定…', lockConfirm: '定稿锁定并生成文书', lockTitle: '定稿锁定：以下内容从此不再改动',
  lockedBy: '{{name}}已于 {{at}} 定稿锁定', lockedCovers: '锁定了检查信息和 {{rooms}} 间房间，含每条记录的校验值',
  blocks: '定稿前要补全（{{count}}）', warns: '请再看一眼（{{count}}），不影响定稿', ready: '可以定稿', waitForSave: '还有内容没有保存，保存后才能定稿。',
  lockRooms: '房间 {{rooms}} 间，其中进入检查 {{checked}} 间，读数 {{readings}} 个，照片 {{photos}} 张',
  lockFacts: '写进笔录的检查情况', lockOfficers: '检查人员', lockLate: '其他同事还没有同步过来的房间，到达后列为“补充”，由人决定是否采纳，不会改动已定稿的内容。',
  lockForEver: '定稿不能撤销。',
  toField: '去填写',
  gap: {
    'already-locked': '已经定稿', 'not-lead-officer': '只有主办检查人员可以定稿', conflicts: '有内容两人填得不同，请先选定', 'started-missing': '开始时间未填', 'ended-missing': '结束时间未填',
    'ended-before-started': '结束时间早于开始时间', 'no-rooms': '没有登记房间', 'room-without-number': '{{count}} 间房间没有房号', 'room-without-outcome': '{{count}} 间房间没有填检查情况',
    'same-room-twice': '{{count}} 间房间的房号重复', 'mode-missing': '{{count}} 间房间没有填运行状态', 'setting-missing': '{{count}} 间房间没有填设定温度，也没有注明无法读取',
    'claim-without-reason': '{{count}} 间特殊用途或经批准的房间没有写理由', 'accompanying-missing': '陪同人员未填', 'place-missing': '检查地点未填', 'sampling-missing': '抽取方式未填全',
    'fewer-rooms-than-checked': '房间总数少于登记的房间数', 'instrument-missing': '有读数但没有登记仪器', 'instrument-expired': '仪器证书在检查当日已过期',
    'two-officers-needed': '要有两名持有效执法证的检查人员，现有 {{count}} 名', 'certificates-not-shown': '没有记录出示证件', 'recusal-not-asked': '没有询问是否申请回避', 'recusal-answer-missing': '没有记下回避的答复',
    'person-unknown': '{{name}}：本机没有此人的资料', assistant: '{{name}}：辅助人员不计入检查人员', 'no-certificate': '{{name}}：没有执法证', 'certificate-not-yet-valid': '{{name}}：执法证在检查当日还未生效',
    'certificate-expired': '{{name}}：执法证在检查当日已过期', 'same-certificate': '{{name}}：与另一名检查人员的执法证号相同', 'blank-on-paper': '{{label}}未填，纸面留空',
  },

  papers: '文书', makePapers: '生成文书', making: '正在生成 {{done}} / {{total}}', finish: '未生成，继续', finishHint: '编号 {{number}} 已给出，继续生成用同一编号。',
  afterLock: '定稿后生成', previewOf: '预览：{{paper}}', previewNotice: '这是预览，定稿后才生成正式文书。',
  missingGlyphs: '字库里没有这些字：{{characters}}。纸面上显示为〓，不会漏印；请在打印件上手写补正，由签名人一并确认。',
  fontLine: '纸面字体：思源宋体（Noto Serif SC）。本版不读取系统的仿宋和小标宋，送审稿的字体以办公系统排版为准。',
  
  previewFailed: '预览没有画出来，文书本身不受影响；请关闭后重新打开这一页。',

  print: '打印：{{printer}} · {{pages}} 页', printCopies: '打印：{{printer}} · {{pages}} 页 × {{copies}} 份', printCopy: '打印副本', printer: '打印机', defaultPrinter: '系统默认打印机', noPrinters: '没有找到打印机', copies: '份数', save: '存到文件夹…', saved: '已存到 {{path}}',
  printing: '正在打印', printed: '已交给 {{printer}}，{{pages}} 页', printedNoPages: '已交给 {{printer}}', copyHint: '副本由留存的原件加标记而成，原件不动。', copyImpossible: '这份文件不是本程序生成的，不能加副本标记；可以按原样打印。',
  prints: '打印记录', printRow: '{{at}} · {{printer}} · 正本', copyRow: '{{at}} · {{printer}} · 副本第 {{number}} 份'
  fitWidth: '适合宽度', trueSize: '实际大小', page: '第 {{page}} 页，共 {{pages}} 页',

  signatures: '签名', signatureHint: '在打印件上签名后拍照或扫描回传，与这份文书的校验值绑定。', noSignatures: '还没有签名件', addSigned: '回传签名件…', addStamped: '回传盖章件…', addDrawn: '屏幕手写…',
  who: '签名人身份', whos: { party: '被检查单位', witness: '见证人', officer: '检查人员' }, ways: { 'signed-print': '签字件', stamped: '盖章件', drawn: '屏幕手写' }, name: '姓名', file: '照片或扫描件', files: '可选多张，一页一张', chooseFile: '选择文件…', chosen: '已选 {{count}} 个文件', bind: '绑定到文书',
  drawHere: '请在框内签名', clear: '重写', drawnHint: '屏幕手写只是笔迹图像，不是可靠电子签名。', view: '查看', signedRow: '{{who}} {{name}} · {{way}} · {{at}}', otherBytes: '签的是另一版本，不属于这份文书', onTheWay: '照片还在路上',
  refusals: '拒签、拒收', refuseSign: '记拒绝签名…', refuseReceive: '记拒绝接收…', refusalReason: '理由（必填）', witness: '在场见证人（可不填）', video: '录像（可不选）', refusalHint: '拒绝签名不影响文书效力，如实写明理由即可；见证人和录像都不是必需的。', recordRefusal: '记录',
  refusedRow: { sign: '拒绝签名：{{reason}}', receive: '拒绝接收：{{reason}}' }, refusalMore: '{{at}}{{witness}}{{video}}', withWitness: ' · 见证人 {{name}}', withVideo: ' · 有录像',

  sentBack: '{{name}}退回：{{comment}}', sentBackHint: '已签的文书不改；要更正请另作补正。', approved: '{{name}}已通过',
  late: '补充（定稿后到达）', lateHint: '这些房间在定稿后才到。采纳或不采纳都不改动已定稿的内容。', lateNew: '{{room}}：新增房间', lateChanged: '{{room}}：定稿后又有人填写', accept: '采纳', reject: '不采纳', accepted: '已采纳', rejected: '未采纳', decisionReason: '理由',
  amendments: '补正', amendHint: '已定稿的内容有误时，另立一条补正，写明理由；原文不动。', amend: '另作补正…', amendReason: '理由（必填）', amendText: '更正为', amendSave: '记下补正', amendWhole: '整次检查', amendTarget: '更正哪一项', amendRow: '{{at}} {{name}}：{{reason}}',
  paper: '纸质表', paperHint: '电脑用不了时，先打印空白表手写，回来再补录。', blank: '生成空白表',
  voidPaper: '作废…', voidReason: '作废理由（必填）', voidHint: '编号不再使用，文书和理由都保留。', voidConfirm: '作废',
  
} as const;
