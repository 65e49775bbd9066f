export const texts = {
  title: '人员', about: '人员、岗位和执法证由服务器统一登记，改动需要联网，完成后自动发到每台电脑。', notYours: '这一页由系统管理员使用', notYoursText: '需要调整人员或设备时，请联系本单位的系统管理员。', newPerson: '添加人员', changePerson: '修改人员', newOrgan: '添加机关', changeOrgan: '修改机关', change: '修改', acts: '办理', code: '登记代码', save: '保存', close: '关闭',
  name: '姓名', loginName: '登录名', loginNameHint: '字母或拼音，全单位不重复。', organ: '所属机关', roles: '岗位', rolesHint: '系统、安全、审计三类管理员应由不同的人担任。', telephone: '电话', certificate: '行政执法证', certificateAbout: '没有执法证的人员可以协助，不能签署笔录。格式各地不同，只核对长度和字符。', certificateLine: '{{number}}，至 {{until}}',
  number: '证件号', issuingOrgan: '发证机关', validFrom: '生效日期', validUntil: '有效期至', certificateFault: '请补全或改正这一项。', active: '在岗', activeHint: '离岗后不能再登录和同步，已写的记录保留。', inactive: '已离岗', gaps: { 'no-certificate': '未登记', 'certificate-not-yet-valid': '尚未生效', 'certificate-expired': '已过期' },
  organs: '机关', organsAbout: '本局和参加联合检查的机关；每个人属于一个机关。', organName: '机关名称', kind: '类别', kinds: { bureau: '本局', joint: '联合检查机关' }, level: '层级', drawn: '允许在屏幕上手写签字', drawnHint: '默认不允许：打印后手写签字，再拍照或扫描存回。由本机关决定，牵头检查时适用。', levels: { municipal: '市级', district: '区县' },
  codeFor: '{{name}} 的登记代码', codeAbout: '生成一个一次性代码，让他在自己的电脑上登记。之前没有用过的代码会作废。', codeMake: '生成代码', codeUse: '在登记页填写服务器地址 {{server}} 和这个代码，{{at}} 前有效。', codeOnce: '代码只显示这一次，关闭后无法再看；需要时请重新生成。',
  devices: '设备', devicesAbout: '登记过的电脑和使用人。电脑遗失或换人时停用：它不再收发，已收到的内容保留。', refresh: '刷新', deviceName: '电脑', officer: '使用人', chainCode: '编号', enrolledAt: '登记时间', lastContact: '上次联系', state: '状态', never: '从未', revoked: '已停用', thisLaptop: '本机', revoke: '停用', revokeTitle: '停用 {{officer}} 的 {{device}}', revokeAbout: '停用后这台电脑不再能同步，上面还没有发送的内容不会再送达。停用不能撤销，重新使用需要再登记。', revokeReason: '停用原因',
  roleNames: {
    inspector: '执法人员', assistant: '执法辅助人员', 'section-head': '处室负责人', 'legal-section': '法规处', leader: '分管局领导', office: '办公室', archivist: '档案', 'external-auditor': '外聘审计人员',
    'joint-staff': '联合检查人员', 'system-administrator': '系统管理员', 'security-administrator': '安全管理员', 'audit-administrator': '审计管理员',
  },
} as const;
