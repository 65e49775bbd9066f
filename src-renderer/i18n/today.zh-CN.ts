export const texts = {
  title: '今日', about: '{{date}}，待办 {{count}} 项。', newInspection: '新建检查', rooms: '{{done}}/{{total}} 间', replyBy: '请于 {{date}} 前反馈',
  groups: { 'sent-back': '审核退回', overdue: '反馈逾期', 'opinion-step': '意见书待办理', 'to-review': '待审核', unsigned: '文书待签字', 'in-work': '进行中的检查', 'due-soon': '七日内应反馈' },
  steps: { draft: '草拟', 'section-review': '处室审核', 'legal-reading': '法规核稿', countersign: '会签', issue: '局领导签发', number: '办公室编号', seal: '用印', serve: '送达' },
  firstTitle: '先导入单位名录', firstText: '有了单位就可以新建检查。名录可以从 CSV 或 XLSX 导入。', firstTextAdministrator: '有了单位就可以新建检查；人员和登记代码在“人员”里办理。', importInstitutions: '导入单位名录', beginTitle: '还没有检查', beginText: '选一个单位开始第一次检查，没有网络也可以。', nothing: '今天没有待办', nothingText: '新的待办会自动出现在这里，不用刷新。', seeInspections: '查看全部检查',
} as const;
