export const texts = {
  title: '同步', about: '填写的内容先存进本机日志，联网后自动发送；不需要守着这一页。', now: '立即同步', exchanging: '正在同步', standing: '现在的情况',
  phase: '网络', phases: { offline: '没有联网', idle: '已联网', exchanging: '正在收发', paused: '已暂停（锁定期间不收发）' },
  unsent: '待发送', records: '{{count}} 条', evidence: '照片和文件', evidenceNone: '都已传到服务器', evidencePending: '{{files}} 个待传，{{size}} MB', refusedCount: '被拒收', lastContact: '上次联系', never: '没有联系记录', clock: '本机时间',
  clockUnknown: '联系过服务器后才知道', clockFine: '与服务器一致', clockOff: '与服务器相差约 {{minutes}} 分钟', clockAhead: '本机时间比服务器快约 {{minutes}} 分钟。记录会注明存疑，请校准本机时间。', clockBehind: '本机时间比服务器慢约 {{minutes}} 分钟。记录会注明存疑，请校准本机时间。',
  server: '服务器', chain: '本机编号',
  someRefused: '有 {{count}} 条被服务器拒收。内容仍在本机日志里，没有丢失；请看下面的原因。', waitingOffline: '还有 {{count}} 条没有同步，联网后自动发送。', waiting: '还有 {{count}} 条没有同步，正在自动发送。', allSent: '全部内容都已送到服务器并取得回执。', noContactYet: '没有联系过服务器的记录；内容都在本机。',
  refused: '被拒收的 {{count}} 条', refusedAbout: '服务器保留了它们但没有公布给同事，本机也不会删除。改正后保存，会作为新的内容再次发送。', queue: '待发送的 {{count}} 条', queueAbout: '按写入的先后发送，收到回执才算发送成功。', queueMore: '另有 {{count}} 条未列出。',
  setBackGoesOn: '服务器换成了较早的备份（{{at}} 发现）。本机正在重新送去它丢失的内容，并从头取回全部记录；取完以前，这里仍按原有记录显示。已重新送达 {{count}} 条。',
  setBackDone: '服务器曾换成较早的备份（{{at}} 发现）。本机已重新送达它丢失的 {{count}} 条，并重新取回了全部记录。其他电脑没有再送去的内容，这里暂时看不到。',
  stuck: '没有存下的 {{count}} 处', stuckAbout: '这些内容填在了不合要求的项目里，没有进入记录，但仍留在本机。请在原处改正；不再需要的可以放弃。', stuckText: '填写的内容', giveUp: '放弃',
  parked: '由更新版本写成的 {{count}} 条', parkedAbout: '本机程序还读不懂它们，已原样保留；更新程序后会自动显示。',
  conflicts: '待选定的 {{count}} 份记录', conflictsAbout: '几个人在没有看到对方填写时写下了不同的值，都已保留。逐项选定现在的值，或另写一个；没有选上的仍在日志里。焦点在某个值上时，按 1、2 直接选定。', conflictsHere: '有 {{count}} 份记录里几个人填写的内容不同，请选定', conflictsMore: '再列出一些（还有 {{count}} 份）', noConflicts: '没有待选定的内容', noConflictsAbout: '几个人对同一项填写了不同内容时，会列在这里。', backToSync: '回到同步',
  what: '内容', unit: '单位', fields: '涉及的项目', why: '原因和办法', writtenAt: '写入时间',
  types: {
    organ: '机关', person: '人员', institution: '单位', inspection: '检查', roomCheck: '房间', document: '文书', amendment: '补正', case: '整改', review: '审核', handover: '平台移交', opinion: '意见书', basisList: '依据清单', other: '记录',
  },
} as const;
