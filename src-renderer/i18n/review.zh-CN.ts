export const texts = {
  ownInspection: '您参加了这次检查，不能由您自己通过；可以退回。',
  title: '审核', figures: '检查情况', checked: '已检 {{checked}} / {{total}} 间', exceeding: '设定温度超标 {{count}} 间', toVerify: '待核 {{count}} 间', leads: '线索 {{count}} 间', rate: '超标率 {{exceeding}} / {{applicable}}（已检、运行且适用的房间）',
  rooms: '需要看的房间', noRooms: '没有超标或待核的房间', room: '房间', use: '用途', set: '设定', air: '实测', adjusted: '当场调整为', photos: '照片', remarks: '备注',
  lead: '线索', withinError: '误差内',
  papers: '文书', noPapers: '还没有文书', openPapers: '打开文书',
  decision: '审核意见', approve: '通过', sendBack: '退回', comment: '意见', commentNeeded: '退回要写明原因', untouched: '审核不改动已签的文书；要改只能另作补正。', notLocked: '尚未定稿，可先退回说明', past: '审核记录', approved: '通过', 'sent-back': '退回', noReviews: '还没有审核', onlyHead: '由处室负责人审核',
  handOver: '省平台移交', handOverHint: '省平台没有公开的导入模板，导出为本系统的表格和 JSON，供录入时对照。', xlsx: '导出 XLSX', json: '导出 JSON', entered: '已录入', number: '平台编号', save: '记下', saved: '已存到 {{path}}', enteredAt: '{{at}} 记为已录入', photoOnTheWay: '照片还在路上', unknownNumber: '未填',
} as const;
