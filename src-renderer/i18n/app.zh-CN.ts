export const texts = {
  short: '巡查', rail: '主导航', demo: '演示', trial: '试用版', signOut: '退出登录', signOutAnyway: '仍然退出', cancel: '取消', now: '现在', time: '时刻', calendar: '选日期', dateForm: '如 2026-11-24', timeForm: '14:03', chainCode: '本机编号 {{code}}',
  sections: { today: '今日', inspections: '检查', corrections: '整改', documents: '文书', institutions: '单位', people: '人员', settings: '设置', sync: '同步' },
  truth: { label: '保存与同步', open: '查看同步情况', saved: '已保存', saving: '正在保存', failed: '保存失败', readOnly: '只读', unstored: '{{count}} 处未存', disputed: '待选定 {{count}}', unsent: '待同步 {{count}}', files: '待传文件 {{count}}', allSent: '已全部同步', refused: '拒收 {{count}}', offline: '离线', heldUp: '同步受阻', paused: '同步已暂停', exchanging: '正在同步', contact: '上次联系 {{at}}', noContact: '无联系记录', clock: '时钟存疑' },
  quick: { title: '快速操作', hint: '输入单位或操作', newInspection: '新建检查', syncNow: '立即同步', act: '操作', place: '前往', inspection: '检查', none: '没有找到' },
  tabs: { setup: '概况', rooms: '房间', walk: '逐间', papers: '文书', review: '审核' }, locked: '已定稿', lockUnlike: '与定稿时不一致：{{what}}', lockMore: '等 {{count}} 间', lockInspection: '检查基本情况', lockUnnamed: '未编号房间', lockAnd: '、',
  lockUnlikeHint: '本机不再据此生成文书、审核通过或移交，任何内容都没有改动；请与主办人员的电脑核对，并告知系统管理员。', lockAwaited: '尚未收齐：定稿的内容还有 {{count}} 条没有完整到达本机。收齐前不能据此生成文书、审核通过或移交。', sample: '样例', noScreen: '没有这一页', toToday: '回到今日',
  closing: { title: '还有内容没有保存', anyway: '仍然关闭', stay: '回去处理', lost: '现在关闭，屏幕上没有保存的内容会丢失；已保存的不受影响。', unstored: '“{{label}}”里的内容不符合要求，没有保存。' },
  conflict: { title: '两人填写了不同的内容', about: '两个值都已保留。选一个作为现在的值，另一个仍在日志里。', empty: '（空）', who: '{{name}}，{{at}}，{{device}}', thisDevice: '本机', device: '电脑 {{code}}', take: '用这个', mine: '用我的', theirs: '用{{name}}的', third: '另写一个值', write: '用新写的' },
  broken: { title: '这一页出错了', safe: '已保存的内容都在本机日志里，没有丢失；其他页面可以照常使用。', next: '请再试一次；反复出现时，把下面的文字告诉系统管理员。', again: '再试一次' },
} as const;
